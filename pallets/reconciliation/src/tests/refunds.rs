//! Refunds in books: what is right follows from the link to the payment.

use super::*;
use counterfoil_primitives::{Amount, DebitRule, Kind, RefundFee, Trade};

/// The day after [`DAY`].
const NEXT: BusinessDay = BusinessDay(DAY.0 + 1);

/// A small part of a payment: of two such refunds, one after the other, rounding puts a unit of
/// credit on the second alone.
const PART: Amount = 20;

/// What the chain says is right on a position of the bank's book of [`DAY`], by these trades.
fn right_of(position: u8, trades: &[Trade]) -> Entry {
    let missing = SlotDiff {
        offset: position,
        found: None,
    };
    crate::breaks::of_slots::<Test>(CREDIT, 0, trades, &[missing])[0].right
}

/// The right amount on a position of the bank's book of [`DAY`], where the trade there has lost its own.
fn derived(position: u8) -> Amount {
    let mut trades = MockWorld::page(AGREEMENT, DAY, 0);
    let trade = &mut trades[usize::from(position)];
    (trade.debit, trade.credit) = (Amount::MAX, Amount::MAX);
    right_of(position, &trades).amount
}

/// The cause that the chain names where the bank's entry on a position is changed so.
fn cause_of(position: usize, change: impl FnOnce(&mut Entry)) -> Cause {
    let mut book = chain_book(CREDIT);
    change(book.slots[position].as_mut().expect("it is the chain's"));
    commit(CREDIT, &book);
    report_whole(CREDIT, &report_of(CREDIT, &book));
    let [(at, cause)] = slot_breaks(CREDIT)[..] else {
        panic!("one break");
    };
    assert_eq!(at as usize, position);
    cause
}

/// The bank misses what is on a position of a day; what it has to book there.
fn corrected(day: BusinessDay, position: u32) -> Entry {
    let side_id = SideId::new(AGREEMENT, day, Side::Credit);
    let mut book = chain_book(side_id);
    book.slots[position as usize] = None;
    commit(side_id, &book);
    report_whole(side_id, &report_of(side_id, &book));
    let [one] = Reconciliation::proven_slot_breaks(side_id)[..] else {
        panic!("one break");
    };
    assert_eq!((one.position, one.cause), (position, Cause::Missing));
    one.right
}

/// Both refunds of a payment, on two days that may be reported.
fn refund_on_two_days() -> [Entry; 2] {
    let refunds = [DAY, NEXT].map(|day| put_refund(day, 2, PART).entry(Side::Credit));
    world(|world| world.sealed.insert(NEXT));
    set_block_time(world(|world| world.agreement.preset_of(NEXT)).expect("it is a day"));
    assert_eq!(refunds.map(|refund| refund.amount), [0, 1]);
    refunds
}

#[test]
fn two_refunds_of_a_payment_on_two_days_are_each_corrected_by_what_was_given_back_before() {
    at_preset(5, || {
        let refunds = refund_on_two_days();
        assert_eq!([corrected(DAY, 5), corrected(NEXT, 0)], refunds);
    });
}

#[test]
fn what_is_given_back_later_changes_no_correction() {
    at_preset(5, || {
        let refunds = refund_on_two_days();
        put_refund(BusinessDay(DAY.0 + 2), 2, 12_000_000);
        assert_eq!([corrected(DAY, 5), corrected(NEXT, 0)], refunds);
    });
}

#[test]
fn the_right_amount_of_a_refund_is_derived_from_its_link_and_not_copied() {
    at_preset(5, || {
        put_refund(DAY, 2, PART);
        put_refund(DAY, 2, PART);
        put_refund(BusinessDay(DAY.0 + 2), 2, 12_000_000);
        let amounts = [5, 6].map(derived);
        assert_eq!(amounts, [0, 1]);
    });
}

#[test]
fn the_right_amount_of_a_refund_follows_the_terms_of_its_payment() {
    at_preset(5, || {
        world(|world| world.trades.get_mut(&DAY).expect("it is there")[2].terms_version = 0);
        put_refund(DAY, 2, 1_000_000);
        assert_eq!(derived(5), 10_000);
        // Terms that came later do not count.
        world(|world| world.terms[1].credit.rate_ppm = 7_000);
        assert_eq!(derived(5), 10_000);
    });
}

#[test]
fn where_the_bank_keeps_its_fee_the_right_amount_of_its_refunds_is_zero() {
    at_preset(5, || {
        put_refund(DAY, 2, 1_000_000);
        world(|world| world.terms[1].refund_fee = RefundFee::Kept);
        assert_eq!(world(|world| world.terms[1].debit), DebitRule::Residual);
        assert_eq!(derived(5), 0);
    });
}

#[test]
fn a_refund_without_its_link_keeps_its_recorded_amount() {
    at_preset(5, || {
        let refund = put_refund(DAY, 2, 1_000_000);
        world(|world| world.links.clear());
        let trades = MockWorld::page(AGREEMENT, DAY, 0);
        assert_eq!(right_of(5, &trades), refund.entry(Side::Credit));
    });
}

#[test]
fn a_refund_booked_as_a_payment_is_named() {
    at_preset(5, || {
        put_refund(DAY, 2, 1_000_000);
        let cause = cause_of(5, |entry| entry.kind = Kind::Payment);
        assert_eq!(cause, Cause::WrongKind);
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 1 });
    });
}

#[test]
fn a_payment_booked_as_a_refund_is_named() {
    at_preset(5, || {
        let cause = cause_of(2, |entry| entry.kind = Kind::Refund);
        assert_eq!(cause, Cause::WrongKind);
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 1 });
    });
}

#[test]
fn the_amount_of_a_refund_is_named_by_no_older_terms() {
    at_preset(5, || {
        put_refund(DAY, 2, 1_000_000);
        // One per cent, as the first version says of a payment and of a refund.
        let cause = cause_of(5, |entry| entry.amount = 10_000);
        assert_eq!(cause, Cause::OtherAmount);
    });
}

#[test]
fn the_other_causes_of_amounts_are_named_of_refunds() {
    for (amount, cause) in [
        (1_000_000, Cause::GrossBooked),
        (975_000, Cause::OtherSide),
        (250, Cause::UnitScale),
        (25_001, Cause::RoundingDifference),
    ] {
        at_preset(5, || {
            put_refund(DAY, 2, 1_000_000);
            assert_eq!(cause_of(5, |entry| entry.amount = amount), cause);
        });
    }
}

#[test]
fn a_refund_that_stands_twice_in_a_book_is_a_duplicate() {
    at_preset(5, || {
        let refund = put_refund(DAY, 2, 1_000_000).entry(Side::Credit);
        let mut book = chain_book(CREDIT);
        book.extras = vec![refund];
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(
            Reconciliation::extra_breaks(CREDIT),
            vec![(refund, Cause::Duplicate)]
        );
    });
}

#[test]
fn a_false_total_of_refunds_rejects_the_book() {
    at_preset(5, || {
        put_refund(DAY, 2, 1_000_000);
        let mut book = chain_book(CREDIT);
        book.slots[5] = None;
        commit(CREDIT, &book);
        falsify_totals(CREDIT, |totals| totals.refunds += 1);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Awaited);
    });
}

#[test]
fn totals_that_are_false_by_as_much_of_either_kind_reject_the_book() {
    at_preset(5, || {
        put_refund(DAY, 2, 1_000_000);
        let mut book = chain_book(CREDIT);
        book.slots[5] = None;
        commit(CREDIT, &book);
        // What is owed by them is the same.
        falsify_totals(CREDIT, |totals| {
            totals.payments += 1;
            totals.refunds += 1;
        });
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Awaited);
    });
}

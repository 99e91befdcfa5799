//! What amendments booked, in books: what is right follows from the link to the payment.

use super::*;
use counterfoil_primitives::{Amount, Link, Original, RefundFee, Relation, Trade};

/// What the user paid on position 2, in minor units.
const PAID: Amount = 12_345_600;

/// Puts a trade that an amendment booked of `gross` on the next position of [`DAY`], by the terms of the
/// payment on position 2 and with its amounts. Returns its position.
fn put(gross: Amount, link: Option<Link>) -> u8 {
    world(|world| {
        let trades = world.trades.get_mut(&DAY).expect("the day has payments");
        let position = trades.len() as u32;
        let payment = trades[2];
        let terms = world.terms[usize::from(payment.terms_version)];
        let amounts = match link {
            Some(link) => link.amounts(&terms, gross).expect("nothing is below zero"),
            None => terms.amounts(gross),
        };
        trades.push(Trade {
            id: TradeId {
                client: 0,
                sequence: u64::from(position),
            },
            kind: link.map_or(payment.kind, |link| link.relation.kind()),
            gross,
            debit: amounts.debit,
            credit: amounts.credit,
            ..payment
        });
        if let Some(link) = link {
            world.links.insert((DAY, position), link);
        }
        position as u8
    })
}

/// Puts a trade of this relation to the payment on position 2.
fn put_linked(relation: Relation, paid: Amount, refunded_before: Amount, gross: Amount) -> u8 {
    let payment = world(|world| world.trades[&DAY][2]);
    let link = Link {
        relation,
        original: Original {
            id: payment.id,
            day: DAY,
            position: 2,
        },
        paid,
        refunded_before,
    };
    put(gross, Some(link))
}

/// Puts a trade that takes or puts back all that was left of the payment, or states it right.
fn put_all(relation: Relation, paid: Amount, refunded_before: Amount) -> u8 {
    put_linked(relation, paid, refunded_before, paid - refunded_before)
}

/// The right amount on a position of the bank's book, where the trade there has lost its own.
fn derived(position: u8) -> Amount {
    let mut trades = MockWorld::page(AGREEMENT, DAY, 0);
    let trade = &mut trades[usize::from(position)];
    (trade.debit, trade.credit) = (Amount::MAX, Amount::MAX);
    let missing = SlotDiff {
        offset: position,
        found: None,
    };
    crate::breaks::of_slots::<Test>(CREDIT, 0, &trades, &[missing])[0]
        .right
        .amount
}

/// The cause that the chain names where the bank has another amount on a position.
fn cause_of(position: u8, amount: Amount) -> Cause {
    let trades = MockWorld::page(AGREEMENT, DAY, 0);
    let found = Entry {
        amount,
        ..trades[usize::from(position)].entry(Side::Credit)
    };
    let changed = SlotDiff {
        offset: position,
        found: Some(found),
    };
    crate::breaks::of_slots::<Test>(CREDIT, 0, &trades, &[changed])[0].cause
}

#[test]
fn the_right_amount_of_a_cancellation_is_what_was_left() {
    at_preset(5, || {
        for relation in [Relation::Cancellation, Relation::UndoneCancellation] {
            let position = put_all(relation, PAID, 345_600);
            assert_eq!(derived(position), 300_000, "{relation:?}");
        }
    });
}

#[test]
fn the_right_amount_of_a_cancellation_has_all_of_a_kept_fee() {
    at_preset(5, || {
        world(|world| world.terms[1].refund_fee = RefundFee::Kept);
        let position = put_all(Relation::Cancellation, PAID, 345_600);
        assert_eq!(derived(position), 308_640);
    });
}

#[test]
fn the_right_amount_of_an_undone_refund_is_that_of_the_refund() {
    at_preset(5, || {
        // Rounding puts a unit of credit on the second of two such refunds alone.
        let amounts = [0, 20].map(|before| {
            let position = put_linked(Relation::UndoneRefund, PAID, before, 20);
            derived(position)
        });
        assert_eq!(amounts, [0, 1]);
    });
}

#[test]
fn the_right_amount_of_a_replacement_is_what_is_right_less_what_was_given_back() {
    at_preset(5, || {
        let position = put_all(Relation::Replacement, 1_000_000, 40_000);
        assert_eq!(derived(position), 24_000);
    });
}

#[test]
fn the_right_amount_of_a_supplement_is_that_of_its_terms() {
    at_preset(5, || {
        let position = put(1_000_000, None);
        assert_eq!(derived(position), 25_000);
    });
}

#[test]
fn what_an_amendment_booked_and_a_book_lacks_is_corrected() {
    at_preset(5, || {
        let positions = [
            put_all(Relation::Cancellation, PAID, 345_600),
            put_all(Relation::Replacement, 1_000_000, 345_600),
            put_linked(Relation::UndoneRefund, PAID, 0, 345_600),
            put(1_000_000, None),
        ];
        let mut book = chain_book(CREDIT);
        let right = positions.map(|position| book.slots[usize::from(position)].take());
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        let breaks = Reconciliation::proven_slot_breaks(CREDIT);
        let corrected: Vec<_> = breaks.iter().map(|one| Some(one.right)).collect();
        assert_eq!(corrected, right);
        assert!(breaks.iter().all(|one| one.cause == Cause::Missing));
    });
}

#[test]
fn a_payment_that_is_stated_right_or_was_missing_may_be_booked_by_older_terms() {
    at_preset(5, || {
        let replacement = put_all(Relation::Replacement, 1_000_000, 40_000);
        assert_eq!(cause_of(replacement, 9_600), Cause::OlderTerms);
        let supplement = put(1_000_000, None);
        assert_eq!(cause_of(supplement, 10_000), Cause::OlderTerms);
    });
}

#[test]
fn what_takes_or_puts_back_is_named_by_no_older_terms() {
    at_preset(5, || {
        let positions = [
            put_linked(Relation::UndoneRefund, PAID, 0, 1_000_000),
            put_all(Relation::Cancellation, PAID, PAID - 1_000_000),
            put_all(Relation::UndoneCancellation, PAID, PAID - 1_000_000),
        ];
        for position in positions {
            assert_eq!(derived(position), 25_000);
            // One per cent, as the first version says.
            assert_eq!(cause_of(position, 10_000), Cause::OtherAmount);
        }
    });
}

#[test]
fn an_extra_with_an_amendments_id_is_known_by_its_number() {
    at_preset(5, || {
        let position = put(1_000_000, None);
        let mut found = chain_book(CREDIT).slots[usize::from(position)].expect("it is the chain's");
        found.reference.0[0] ^= 0xFF;
        let cause = |entry| {
            let extras = [(entry, None)];
            let breaks = crate::breaks::of_extras::<Test>(CREDIT, &extras).expect("no witness");
            breaks[0].cause
        };
        assert_eq!(cause(found), Cause::NotMatched);
        found.id.sequence = 999;
        assert_eq!(cause(found), Cause::NotOnChain);
    });
}

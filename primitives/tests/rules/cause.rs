//! Every cause is found for the case that defines it, and the order is respected.

use crate::samples::trade;
use counterfoil_primitives::{
    cause::{extra_cause, slot_cause},
    Amount, BusinessDay, Cause, Entry, Kind, ProductId, Reference, Side, Trade, TradeId, UserId,
};
use proptest::prelude::*;

/// What older terms of the sample trade gave the bank.
const OLDER: Amount = 1_800;

fn right() -> Entry {
    trade().entry(Side::Credit)
}

fn cause_of(found: Entry) -> Option<Cause> {
    slot_cause(&trade(), Side::Credit, Some(&found), [OLDER])
}

fn cause_of_amount(amount: Amount) -> Option<Cause> {
    cause_of(Entry { amount, ..right() })
}

/// A trade with these amounts, and the cause of a bank's entry of `found`.
fn cause_with(gross: Amount, debit: Amount, credit: Amount, found: Amount) -> Option<Cause> {
    let trade = Trade {
        gross,
        debit,
        credit,
        ..trade()
    };
    let entry = Entry {
        amount: found,
        ..trade.entry(Side::Credit)
    };
    slot_cause(&trade, Side::Credit, Some(&entry), [])
}

#[test]
fn an_equal_entry_has_no_cause() {
    assert_eq!(cause_of(right()), None);
    let debit = trade().entry(Side::Debit);
    assert_eq!(slot_cause(&trade(), Side::Debit, Some(&debit), []), None);
}

#[test]
fn an_empty_slot_is_missing() {
    let cause = slot_cause(&trade(), Side::Credit, None, [OLDER]);
    assert_eq!(cause, Some(Cause::Missing));
}

#[test]
fn another_id_is_a_wrong_id() {
    let id = TradeId {
        client: 1,
        sequence: 43,
    };
    assert_eq!(cause_of(Entry { id, ..right() }), Some(Cause::WrongId));
}

#[test]
fn another_kind_is_a_wrong_kind() {
    let kind = Kind::Refund;
    assert_eq!(cause_of(Entry { kind, ..right() }), Some(Cause::WrongKind));
}

#[test]
fn a_refund_booked_as_a_payment_is_a_wrong_kind() {
    let refund = Trade {
        kind: Kind::Refund,
        ..trade()
    };
    let found = refund.entry(Side::Debit);
    assert_eq!(slot_cause(&refund, Side::Debit, Some(&found), []), None);
    let found = Entry {
        kind: Kind::Payment,
        ..found
    };
    let cause = slot_cause(&refund, Side::Debit, Some(&found), []);
    assert_eq!(cause, Some(Cause::WrongKind));
}

#[test]
fn another_reference_is_a_wrong_reference() {
    let reference = Reference([1; 16]);
    let found = Entry {
        reference,
        ..right()
    };
    assert_eq!(cause_of(found), Some(Cause::WrongReference));
}

#[test]
fn another_user_is_a_wrong_user() {
    let user = UserId([1; 16]);
    assert_eq!(cause_of(Entry { user, ..right() }), Some(Cause::WrongUser));
}

#[test]
fn another_product_is_a_wrong_product() {
    let product: ProductId = 9;
    let found = Entry { product, ..right() };
    assert_eq!(cause_of(found), Some(Cause::WrongProduct));
}

#[test]
fn another_time_is_a_wrong_time() {
    let found = Entry {
        occurred_at: 1,
        ..right()
    };
    assert_eq!(cause_of(found), Some(Cause::WrongTime));
}

#[test]
fn the_gross_amount_is_gross_booked() {
    assert_eq!(cause_of_amount(100_000), Some(Cause::GrossBooked));
}

#[test]
fn the_amount_of_the_other_side_is_the_other_side() {
    assert_eq!(cause_of_amount(97_750), Some(Cause::OtherSide));
}

#[test]
fn an_amount_by_older_terms_is_older_terms() {
    assert_eq!(cause_of_amount(OLDER), Some(Cause::OlderTerms));
}

#[test]
fn an_amount_off_by_a_hundred_is_a_unit_scale() {
    assert_eq!(cause_of_amount(225_000), Some(Cause::UnitScale));
    // 2,250 holds no whole hundredth but 22.5; a right amount of 2,200 has 22.
    assert_eq!(
        cause_with(100_000, 97_800, 2_200, 22),
        Some(Cause::UnitScale)
    );
}

#[test]
fn an_amount_off_by_one_is_a_rounding_difference() {
    assert_eq!(cause_of_amount(2_249), Some(Cause::RoundingDifference));
    assert_eq!(cause_of_amount(2_251), Some(Cause::RoundingDifference));
}

#[test]
fn any_other_amount_is_an_other_amount() {
    assert_eq!(cause_of_amount(2_252), Some(Cause::OtherAmount));
    assert_eq!(cause_of_amount(0), Some(Cause::OtherAmount));
    assert_eq!(cause_of_amount(Amount::MAX), Some(Cause::OtherAmount));
}

#[test]
fn the_debit_side_has_the_credit_amount_as_its_other() {
    let found = Entry {
        amount: 2_250,
        ..trade().entry(Side::Debit)
    };
    let cause = slot_cause(&trade(), Side::Debit, Some(&found), [OLDER]);
    assert_eq!(cause, Some(Cause::OtherSide));
}

#[test]
fn what_names_the_trade_goes_before_the_amount_in_its_order() {
    let mut found = Entry {
        id: TradeId::default(),
        kind: Kind::Refund,
        reference: Reference::default(),
        user: UserId::default(),
        product: 0,
        amount: 100_000,
        occurred_at: 0,
    };
    assert_eq!(cause_of(found), Some(Cause::WrongId));
    found.id = right().id;
    assert_eq!(cause_of(found), Some(Cause::WrongKind));
    found.kind = right().kind;
    assert_eq!(cause_of(found), Some(Cause::WrongReference));
    found.reference = right().reference;
    assert_eq!(cause_of(found), Some(Cause::WrongUser));
    found.user = right().user;
    assert_eq!(cause_of(found), Some(Cause::WrongProduct));
    found.product = right().product;
    assert_eq!(cause_of(found), Some(Cause::WrongTime));
    found.occurred_at = right().occurred_at;
    assert_eq!(cause_of(found), Some(Cause::GrossBooked));
}

#[test]
fn gross_goes_before_the_other_side() {
    assert_eq!(cause_with(500, 500, 0, 500), Some(Cause::GrossBooked));
}

#[test]
fn the_other_side_goes_before_older_terms() {
    let found = Entry {
        amount: 97_750,
        ..right()
    };
    let cause = slot_cause(&trade(), Side::Credit, Some(&found), [97_750]);
    assert_eq!(cause, Some(Cause::OtherSide));
}

#[test]
fn older_terms_go_before_unit_scale_and_rounding() {
    for amount in [225_000, 2_251] {
        let found = Entry { amount, ..right() };
        let cause = slot_cause(&trade(), Side::Credit, Some(&found), [7, amount]);
        assert_eq!(cause, Some(Cause::OlderTerms));
    }
}

#[test]
fn gross_and_the_other_side_go_before_unit_scale_and_rounding() {
    assert_eq!(cause_with(500, 495, 5, 500), Some(Cause::GrossBooked));
    assert_eq!(cause_with(505, 500, 5, 500), Some(Cause::OtherSide));
    assert_eq!(cause_with(11, 5, 10, 11), Some(Cause::GrossBooked));
    assert_eq!(cause_with(21, 11, 10, 11), Some(Cause::OtherSide));
}

#[test]
fn huge_amounts_do_not_overflow_into_a_unit_scale() {
    let hundredth = Amount::MAX / 100 + 1;
    let cause = cause_with(Amount::MAX, 1, hundredth, hundredth.wrapping_mul(100));
    assert_eq!(cause, Some(Cause::OtherAmount));
}

const DAY: BusinessDay = BusinessDay(20_000);

#[test]
fn an_extra_with_a_witness_of_its_day_is_a_duplicate() {
    for used in [None, Some(false), Some(true)] {
        assert_eq!(extra_cause(DAY, Some(DAY), used), Cause::Duplicate);
    }
}

#[test]
fn an_extra_with_a_witness_of_another_day_belongs_there() {
    for other in [DAY.previous(), DAY.next()] {
        assert_eq!(extra_cause(DAY, Some(other), Some(true)), Cause::OtherDay);
    }
}

#[test]
fn an_extra_whose_sequence_is_unused_is_not_on_chain() {
    assert_eq!(extra_cause(DAY, None, Some(false)), Cause::NotOnChain);
}

#[test]
fn an_extra_of_a_used_or_untold_sequence_is_not_matched() {
    assert_eq!(extra_cause(DAY, None, Some(true)), Cause::NotMatched);
    assert_eq!(extra_cause(DAY, None, None), Cause::NotMatched);
}

proptest! {
    #[test]
    fn every_difference_has_a_cause_and_no_equality_has(
        found in prop_oneof![crate::samples::any_entry(), Just(right())],
        amount in prop_oneof![crate::samples::amount(), Just(right().amount)],
    ) {
        for found in [found, Entry { amount, ..right() }] {
            prop_assert_eq!(cause_of(found).is_none(), found == right());
        }
    }
}

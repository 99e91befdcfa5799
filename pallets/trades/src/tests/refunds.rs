//! Refunds: what is recorded of them, and what is left of their payments.

mod batches;
mod consistency;
mod pool;
mod reads;
mod refused;
mod successors;
mod weighing;

use crate::{mock::*, Days, Links, Refunded, Refusal};
use counterfoil_primitives::{
    ports::DayTrades, Amount, Amounts, BusinessDay, DayTotals, KindTotals, Link, RefundRequest,
    Relation, Side, SideId, TradeRequest,
};
use std::collections::BTreeSet;

/// Eleven on the first day, when refunds of that day occur.
fn eleven() -> u64 {
    at(0, 11, 0)
}

/// What was given back of the payment on a place.
fn refunded((day, position): Place) -> Amount {
    Refunded::<Test>::get((AGREEMENT, day, position))
}

/// The link of the refund on a place.
fn link((day, position): Place) -> Option<Link> {
    Links::<Test>::get((AGREEMENT, day, position))
}

/// Records a payment of `gross`, the first of the first day.
fn pay(product: u32, gross: Amount) -> TradeRequest {
    let payment = priced(0, product, gross, at(0, 10, 0));
    record(vec![payment]);
    payment
}

/// Refunds these amounts of the first payment, one by one. Returns the amounts of each side.
fn give_in_parts(parts: &[Amount]) -> Vec<Amounts> {
    (1..)
        .zip(parts)
        .map(|(sequence, gross)| {
            let refund = refund_of(sequence, (FIRST, 0), *gross, eleven());
            assert_eq!(refund_outcome(refund), Ok(()));
            Amounts {
                debit: refund.debit,
                credit: refund.credit,
            }
        })
        .collect()
}

#[test]
fn a_refund_is_a_trade_of_its_day() {
    build_and_execute(|| {
        record(trades(0..2));
        let refund = refund_of(2, (FIRST, 1), 10_000, eleven());
        assert_eq!(refund_outcome(refund), Ok(()));
        assert_eq!(stored(FIRST)[2], refund.into_trade(CLIENT, 0));
    });
}

#[test]
fn a_refund_after_the_end_of_an_agreement_is_a_trade_of_its_day() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        end(1, 2);
        set_time(at(2, 12, 0));
        let payment = priced(1, PRODUCT, 10_000, at(2, 11, 0));
        assert_eq!(outcome(payment), Err(Refusal::AgreementEnded));
        let refund = refund_of(1, (FIRST, 0), 4_000, at(2, 11, 0));
        assert_eq!(refund_outcome(refund), Ok(()));
        assert_eq!(stored(day(2)), [refund.into_trade(CLIENT, 0)]);
        assert_eq!(refunded((FIRST, 0)), 4_000);
    });
}

#[test]
fn a_refund_that_is_late_for_the_last_day_of_an_agreement_goes_to_the_day_after_it() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        end(1, 2);
        set_time(at(1, 0, 30));
        let refund = refund_of(1, (FIRST, 0), 4_000, eleven());
        assert_eq!(refund_outcome(refund), Ok(()));
        assert_eq!(stored(day(1)), [refund.into_trade(CLIENT, 0)]);
    });
}

#[test]
fn a_refund_is_linked_to_its_payment() {
    build_and_execute(|| {
        record(trades(0..2));
        let refund = refund_of(2, (FIRST, 1), 4_000, eleven());
        give_back(vec![refund]);
        let expected = Link {
            relation: Relation::Refund,
            original: refund.original,
            paid: 10_000,
            refunded_before: 0,
        };
        assert_eq!(link((FIRST, 2)), Some(expected));
        assert_eq!([refunded((FIRST, 0)), refunded((FIRST, 1))], [0, 4_000]);
    });
}

/// The keys of storage that something makes. It takes none away.
fn keys_of(make: impl FnOnce()) -> BTreeSet<Vec<u8>> {
    let keys = || {
        let mut keys = BTreeSet::new();
        let mut last = Vec::new();
        while let Some(key) = sp_io::storage::next_key(&last) {
            keys.insert(key.clone());
            last = key;
        }
        keys
    };
    let before = keys();
    make();
    let after = keys();
    assert!(after.is_superset(&before));
    after.difference(&before).cloned().collect()
}

#[test]
fn only_refunds_and_refunded_payments_cost_state() {
    build_and_execute(|| {
        record(trades(0..3));
        // A call of one trade also notes, until the block ends, what it touched.
        record(trades(3..4));
        let of_link = |position: u32| Links::<Test>::hashed_key_for((AGREEMENT, FIRST, position));
        let of_payment =
            |position: u32| Refunded::<Test>::hashed_key_for((AGREEMENT, FIRST, position));
        let payments = keys_of(|| record(trades(4..6)));
        assert_eq!(payments, BTreeSet::new());
        let give = |sequence| give_back(vec![refund_of(sequence, (FIRST, 1), 1, eleven())]);
        let first = keys_of(|| give(6));
        assert_eq!(first, BTreeSet::from([of_link(6), of_payment(1)]));
        let second = keys_of(|| give(7));
        assert_eq!(second, BTreeSet::from([of_link(7)]));
    });
}

#[test]
fn partial_refunds_add_up_to_the_payment() {
    for product in [PRODUCT, OWN_DEBIT] {
        build_and_execute(|| {
            let payment = pay(product, 10_001);
            let given = give_in_parts(&[3_333, 1, 3_333, 3_334]);
            let sum = |of: fn(&Amounts) -> Amount| given.iter().map(of).sum::<Amount>();
            assert_eq!(sum(|amounts| amounts.debit), payment.debit);
            assert_eq!(sum(|amounts| amounts.credit), payment.credit);
        });
    }
}

#[test]
fn nothing_is_given_back_beyond_the_payment() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        give_in_parts(&[6_000, 4_000]);
        let more = refund_of(3, (FIRST, 0), 1, eleven());
        assert_eq!(refund_outcome(more), Err(Refusal::MoreThanLeft));
        assert_eq!(refunded((FIRST, 0)), 10_000);
    });
}

#[test]
fn a_kept_fee_stays_with_the_bank() {
    build_and_execute(|| {
        pay(FEE_KEPT, 10_000);
        let given = give_in_parts(&[1_000, 9_000]);
        let expected = [1_000, 9_000].map(|debit| Amounts { debit, credit: 0 });
        assert_eq!(given, expected);
    });
}

#[test]
fn a_returned_fee_is_no_amount_of_a_kept_one() {
    build_and_execute(|| {
        pay(FEE_KEPT, 10_000);
        let kept = refund_of(1, (FIRST, 0), 1_000, eleven());
        let returned = RefundRequest {
            debit: 15,
            credit: 985,
            ..kept
        };
        assert_eq!(refund_outcome(returned), Err(Refusal::WrongDebit));
        assert_eq!(refund_outcome(kept), Ok(()));
    });
}

#[test]
fn a_payment_of_an_earlier_sealed_day_is_given_back_on_the_day_of_the_refund() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        set_time(at(1, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, FIRST).unwrap();
        give_back(vec![refund_of(1, (FIRST, 0), 500, at(1, 11, 0))]);
        assert_eq!((sequences(FIRST), sequences(day(1))), (vec![0], vec![1]));
        let original = link((day(1), 0)).unwrap().original;
        assert_eq!((original.day, original.position), (FIRST, 0));
        assert_eq!(refunded((FIRST, 0)), 500);
    });
}

#[test]
fn a_late_refund_goes_to_a_later_day() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        set_time(at(2, 12, 0));
        give_back(vec![refund_of(1, (FIRST, 0), 500, eleven())]);
        assert_eq!(sequences(day(2)), [1]);
    });
}

#[test]
fn a_refund_is_priced_by_the_terms_of_its_payment() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        set_time(at(2, 12, 0));
        assert_eq!(CHANGE, day(2));
        let refund = refund_of(1, (FIRST, 0), 1_000, at(2, 11, 0));
        assert_eq!((refund.debit, refund.credit), (15, 985));
        let by_todays_terms = RefundRequest {
            debit: 30,
            credit: 970,
            ..refund
        };
        assert_eq!(refund_outcome(by_todays_terms), Err(Refusal::WrongDebit));
        assert_eq!(refund_outcome(refund), Ok(()));
        assert_eq!(stored(day(2))[0].terms_version, 0);
    });
}

#[test]
fn a_payment_of_a_later_version_is_given_back_by_that_version() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        record(vec![priced(0, PRODUCT, 10_000, at(2, 10, 0))]);
        let refund = refund_of(1, (day(2), 0), 1_000, at(2, 11, 0));
        assert_eq!((refund.debit, refund.credit), (30, 970));
        assert_eq!(refund_outcome(refund), Ok(()));
        assert_eq!(stored(day(2))[1].terms_version, 1);
    });
}

#[test]
fn a_refund_formed_before_another_one_is_refused() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let [first, crossing] = [1, 2].map(|seq| refund_of(seq, (FIRST, 0), 500, eleven()));
        assert_eq!(refund_outcome(first), Ok(()));
        assert_eq!(refund_outcome(crossing), Err(Refusal::RefundedMeanwhile));
        let anew = refund_of(2, (FIRST, 0), 500, eleven());
        assert_eq!(refund_outcome(anew), Ok(()));
    });
}

#[test]
fn refunds_and_payments_share_their_numbers() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let refund = |sequence| refund_of(sequence, (FIRST, 0), 500, eleven());
        assert_eq!(refund_outcome(refund(0)), Err(Refusal::SequenceUsed));
        assert_eq!(refund_outcome(refund(1)), Ok(()));
        assert_eq!(outcome(trade(1)), Err(Refusal::SequenceUsed));
        assert_eq!(outcome(trade(2)), Ok(()));
    });
}

#[test]
fn a_day_counts_its_kinds_apart() {
    build_and_execute(|| {
        record(trades(0..2));
        give_back(vec![refund_of(2, (FIRST, 1), 1_000, eleven())]);
        let totals = Days::<Test>::get(AGREEMENT, FIRST);
        let expected = DayTotals {
            payments: KindTotals {
                count: 2,
                gross: 20_000,
                debit: 300,
                credit: 19_700,
            },
            refunds: KindTotals {
                count: 1,
                gross: 1_000,
                debit: 15,
                credit: 985,
            },
        };
        assert_eq!(totals, expected);
        assert_eq!(totals.obligation(), 18_715);
    });
}

#[test]
fn a_day_of_refunds_alone_is_owed_by_the_bank() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        set_time(at(1, 12, 0));
        give_back(vec![refund_of(1, (FIRST, 0), 10_000, at(1, 11, 0))]);
        let totals = Days::<Test>::get(AGREEMENT, day(1));
        assert_eq!(totals.obligation(), -9_850);
    });
}

/// The page roots that are stored of a side.
fn page_roots(day: BusinessDay, side: Side) -> Vec<sp_core::H256> {
    Trades::page_roots(SideId::new(AGREEMENT, day, side))
}

#[test]
fn refunds_stand_on_positions_and_in_roots_as_payments_do() {
    build_and_execute(|| {
        record(trades(0..255));
        give_back(vec![
            refund_of(255, (FIRST, 3), 1_000, eleven()),
            refund_of(256, (FIRST, 4), 1_000, eleven()),
        ]);
        assert!(link((FIRST, 255)).is_some() && link((FIRST, 256)).is_some());
        for side in Side::BOTH {
            let expected = roots_from_scratch(FIRST, side);
            assert_eq!(page_roots(FIRST, side), expected[..1]);
        }
    });
}

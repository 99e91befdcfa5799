//! Sums by kind: of a book, of a side, of a day.

use crate::samples::{amount, kind, trade};
use counterfoil_primitives::{
    Amount, DayTotals, Entry, Kind, KindTotals, Side, SideTotals, SignedAmount, Trade,
};
use proptest::{collection::vec, prelude::*};

fn side_totals(payments: Amount, refunds: Amount) -> SideTotals {
    SideTotals { payments, refunds }
}

/// The totals of a day with a payment and a refund, of which the bank's amounts are these.
fn day_of(payment: Amount, refund: Amount) -> DayTotals {
    let mut totals = DayTotals::default();
    for (kind, credit) in [(Kind::Payment, payment), (Kind::Refund, refund)] {
        totals.add(&Trade {
            kind,
            credit,
            ..trade()
        });
    }
    totals
}

#[test]
fn an_amount_goes_to_the_sum_of_its_kind() {
    let mut totals = SideTotals::default();
    totals.add(Kind::Payment, 5);
    totals.add(Kind::Refund, 2);
    totals.add(Kind::Refund, 1);
    assert_eq!(totals, side_totals(5, 3));
    assert_eq!(Kind::BOTH.map(|kind| totals.of(kind)), [5, 3]);
}

#[test]
fn an_entry_goes_to_the_sum_of_its_kind() {
    for kind in Kind::BOTH {
        let mut totals = SideTotals::default();
        totals.add_entry(&Entry {
            kind,
            amount: 7,
            ..Entry::default()
        });
        assert_eq!((totals.of(kind), totals.of(kind.other())), (7, 0));
    }
}

#[test]
fn the_net_is_payments_less_refunds_and_may_be_below_zero() {
    assert_eq!(side_totals(5, 3).net(), 2);
    assert_eq!(side_totals(3, 5).net(), -2);
    assert_eq!(side_totals(3, 3).net(), 0);
}

#[test]
fn the_net_saturates() {
    let most = SignedAmount::MAX as Amount;
    assert_eq!(side_totals(most, 0).net(), SignedAmount::MAX);
    assert_eq!(side_totals(most + 1, 0).net(), SignedAmount::MAX);
    assert_eq!(side_totals(Amount::MAX, 0).net(), SignedAmount::MAX);
    assert_eq!(side_totals(0, Amount::MAX).net(), -SignedAmount::MAX);
    assert_eq!(side_totals(Amount::MAX, Amount::MAX).net(), 0);
}

#[test]
fn sums_saturate_each_by_itself() {
    let mut totals = side_totals(Amount::MAX - 1, 1);
    totals.add(Kind::Payment, 2);
    assert_eq!(totals, side_totals(Amount::MAX, 1));
    let more = totals.saturating_add(side_totals(1, 1));
    assert_eq!(more, side_totals(Amount::MAX, 2));
    let less = side_totals(1, 5).saturating_sub(side_totals(2, 3));
    assert_eq!(less, side_totals(0, 2));
}

#[test]
fn a_day_counts_payments_and_refunds_apart() {
    let payment = trade();
    let refund = Trade {
        kind: Kind::Refund,
        gross: 40_000,
        debit: 39_100,
        credit: 900,
        ..trade()
    };
    let mut day = DayTotals::default();
    for trade in [payment, refund, payment] {
        day.add(&trade);
    }
    let payments = KindTotals {
        count: 2,
        gross: 200_000,
        debit: 195_500,
        credit: 4_500,
    };
    let refunds = KindTotals {
        count: 1,
        gross: 40_000,
        debit: 39_100,
        credit: 900,
    };
    assert_eq!(day, DayTotals { payments, refunds });
    assert_eq!(day.count(), 3);
    assert_eq!(day.of_kind(Kind::Payment), &payments);
    assert_eq!(day.of_kind(Kind::Refund), &refunds);
    assert_eq!(day.of(Side::Debit), side_totals(195_500, 39_100));
    assert_eq!(day.of(Side::Credit), side_totals(4_500, 900));
}

#[test]
fn the_obligation_is_the_banks_amounts_of_payments_less_those_of_refunds() {
    assert_eq!(day_of(900, 500).obligation(), 400);
    assert_eq!(day_of(500, 900).obligation(), -400);
    assert_eq!(day_of(500, 500).obligation(), 0);
    assert_eq!(DayTotals::default().obligation(), 0);
}

#[test]
fn the_counts_of_a_day_saturate() {
    let full = KindTotals {
        count: u32::MAX,
        gross: Amount::MAX,
        debit: Amount::MAX,
        credit: Amount::MAX,
    };
    let mut day = DayTotals {
        payments: full,
        refunds: full,
    };
    for kind in Kind::BOTH {
        day.add(&Trade { kind, ..trade() });
    }
    assert_eq!((day.payments, day.refunds), (full, full));
    assert_eq!(day.count(), u32::MAX);
}

proptest! {
    #[test]
    fn the_totals_of_a_day_are_those_of_its_entries(
        trades in vec((kind(), amount(), amount()), 0..20),
    ) {
        let mut day = DayTotals::default();
        let mut sides = Side::BOTH.map(|_| SideTotals::default());
        for (kind, debit, credit) in &trades {
            let trade = Trade { kind: *kind, debit: *debit, credit: *credit, ..trade() };
            day.add(&trade);
            for (side, totals) in Side::BOTH.into_iter().zip(&mut sides) {
                totals.add_entry(&trade.entry(side));
            }
        }
        prop_assert_eq!(day.count() as usize, trades.len());
        prop_assert_eq!(Side::BOTH.map(|side| day.of(side)), sides);
    }
}

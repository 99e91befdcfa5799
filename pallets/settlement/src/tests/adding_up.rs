//! Whatever days come to, and in whatever order they are reconciled: each counts once, in the payment of its
//! period, in an asset or outside the chain. The oracle groups days by what their dates look like.

use crate::{mock::*, DayObligations, Due, Obligations};
use counterfoil_primitives::{
    ports::OnReconciled,
    settlement::{Period, Rail},
    written::date,
    BusinessDay, SignedAmount,
};
use frame_support::assert_ok;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Days from [`DAY`] on, all of whole months: from October 2024 to January 2025.
const DAYS: u32 = 28 + 30 + 31 + 31;

/// What a party has at first: more than it can owe.
const FUNDS: u128 = 1_000_000;

/// What names a day's period: the month, or the whole date.
fn name_of(day: u32, period: Period) -> String {
    let text = date::show(BusinessDay(day));
    match period {
        Period::Month => text[..7].into(),
        Period::Day | Period::WorkingDay => text,
    }
}

/// The days by period.
fn periods(period: Period) -> BTreeMap<String, Vec<u32>> {
    let mut periods: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for day in DAY.0..DAY.0 + DAYS {
        periods.entry(name_of(day, period)).or_default().push(day);
    }
    periods
}

/// Days in any order, each with what is owed for it.
fn any_days() -> impl Strategy<Value = Vec<(u32, SignedAmount)>> {
    prop::collection::vec(-1_000i128..=1_000, DAYS as usize).prop_flat_map(|amounts| {
        let days: Vec<_> = (DAY.0..).zip(amounts).collect();
        Just(days).prop_shuffle()
    })
}

/// Compares what is stored of a period with the days of it that are reconciled.
fn assert_adds_up(days: &[u32], reconciled: &BTreeMap<u32, SignedAmount>) {
    let first = BusinessDay(days[0]);
    let counted: Vec<_> = days.iter().filter_map(|day| reconciled.get(day)).collect();
    let Some(stored) = Obligations::<Test>::get(AGREEMENT, first) else {
        assert!(counted.is_empty());
        return;
    };
    let sum: SignedAmount = counted.iter().copied().sum();
    assert_eq!((stored.amount, stored.days as usize), (sum, counted.len()));
    let is_whole = counted.len() == days.len();
    assert_eq!(stored.due_since.is_some(), is_whole);
    assert_eq!(
        Due::<Test>::contains_key(AGREEMENT, first),
        is_whole && sum != 0
    );
}

/// The debtor pays what is owed for a period, as the rail says: outside the chain, the creditor acknowledges
/// the whole of it.
fn pay(first: BusinessDay, owed: SignedAmount, rail: Rail) {
    let [debtor, creditor] = match owed > 0 {
        true => ["Bob", "Charlie"],
        false => ["Charlie", "Bob"],
    };
    if rail != Rail::External {
        assert_ok!(Settlement::pay(by(debtor), AGREEMENT, first));
        return;
    }
    let (amount, reference) = (owed.unsigned_abs(), reference("B-1"));
    assert_ok!(Settlement::declare(
        by(debtor),
        AGREEMENT,
        first,
        amount,
        DAY,
        reference.clone()
    ));
    assert_ok!(Settlement::acknowledge(
        by(creditor),
        AGREEMENT,
        first,
        0,
        reference,
        amount
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_day_counts_once_in_the_payment_of_its_period(
        days in any_days(),
        period in prop::sample::select(Period::ALL.to_vec()),
        rail in prop::sample::select(vec![Rail::Asset(ASSET), Rail::External]),
        stop in 0..=DAYS as usize,
    ) {
        build_and_execute(|| {
            go_by(period, rail);
            fund(FUNDS);
            fund_bank(FUNDS);
            let mut reconciled = BTreeMap::new();
            for (day, owed) in &days[..stop] {
                Settlement::on_reconciled(AGREEMENT, BusinessDay(*day), *owed);
                check_state();
                reconciled.insert(*day, *owed);
            }
            let periods = periods(period);
            periods.values().for_each(|days| assert_adds_up(days, &reconciled));
            assert_eq!(DayObligations::<Test>::iter().count(), stop);

            let mut paid = 0;
            for days in periods.values() {
                let owed: Option<Vec<_>> = days.iter().map(|day| reconciled.get(day)).collect();
                let sum: SignedAmount = owed.into_iter().flatten().sum();
                if sum != 0 {
                    pay(BusinessDay(days[0]), sum, rail);
                    check_state();
                }
                paid += sum;
            }
            let in_asset = if rail == Rail::External { 0 } else { paid };
            let after = |moved| FUNDS.checked_add_signed(moved).expect("it is less");
            assert_eq!(balance(&bank()), after(in_asset));
            assert_eq!(balance(&company()), after(-in_asset));
            assert_eq!(Due::<Test>::iter().count(), 0);
        });
    }
}

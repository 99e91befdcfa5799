//! What people read of how is paid, why what is owed is not, and who is stopped.

use super::*;
use crate::{
    views_in_words::{AgreementInWords, AmountInWords, DayInWords},
    Settlement,
};
use counterfoil_primitives::{
    day::DAY,
    ports::Directory,
    settlement::{BankReference, ClientLimits, Period, Rail},
    Amount, Conditions,
};
use pallet_registry::Limits;
use sp_keyring::Sr25519Keyring::{Bob, Charlie};

/// 2026-11-24, the first day that has not begun.
const FIRST: BusinessDay = BusinessDay(20_781);

/// Changes the agreement's conditions from the first day on, and lets that day come.
fn settle_by(change: impl FnOnce(&mut Conditions)) {
    let agreement = Registry::agreement(1).expect("it is there");
    let mut conditions = *agreement.conditions_on(FIRST).expect("it is known");
    change(&mut conditions);
    Registry::set_conditions(RuntimeOrigin::root(), 1, FIRST, conditions)
        .expect("the day has not begun");
    pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + DAY);
}

fn day() -> DayInWords {
    <Runtime as CounterfoilApi<Block>>::day_in_words(1, FIRST).expect("it has begun")
}

/// What is owed for the settlement period of a day, how the money moves, and why it does not.
fn owed(day: DayInWords) -> Option<String> {
    day.period_obligation.map(|obligation| obligation.summary)
}

fn agreement() -> AgreementInWords {
    <Runtime as CounterfoilApi<Block>>::agreement_in_words(1).expect("it is there")
}

fn signed(key: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(key.to_account_id())
}

#[test]
fn a_day_reads_with_the_days_that_are_paid_together_with_it() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        assert_eq!(day().period, "2026-11-24 to 2026-11-30");
        assert_eq!(owed(day()), None);
        reconcile(FIRST, 1_250);
        let expected =
            "company owes bank 12.50 CZK in asset 1: 6 days of its period are not reconciled";
        assert_eq!(owed(day()).as_deref(), Some(expected));
    });
}

#[test]
fn what_can_be_paid_reads_without_a_reason_and_what_is_zero_without_a_rail() {
    on_development_chain(|| {
        pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + DAY);
        reconcile(FIRST, -1_250);
        assert_eq!(day().period, "2026-11-24");
        // The bank has nothing to pay with.
        let expected = "bank owes company 12.50 CZK in asset 1: \
                        the debtor's account holds too little, 12.50 CZK";
        assert_eq!(owed(day()).as_deref(), Some(expected));
        reconcile(FIRST.previous(), 1_250);
        let of = |digits| <Runtime as CounterfoilApi<Block>>::day_in_words(1, digits).unwrap();
        let expected = "company owes bank 12.50 CZK in asset 1";
        assert_eq!(owed(of(TODAY)).as_deref(), Some(expected));
        reconcile(BusinessDay(20_779), 0);
        let nothing = of(BusinessDay(20_779));
        assert!(nothing.paid_at.is_some());
        assert_eq!(owed(nothing).as_deref(), Some("nothing"));
    });
}

#[test]
fn what_is_paid_outside_the_chain_reads_with_what_is_left() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.rail = Rail::External);
        reconcile(FIRST, 1_250);
        let expected = "company owes bank 12.50 CZK outside the chain: \
                        the debtor has to pay outside the chain, and to declare it, 12.50 CZK";
        assert_eq!(owed(day()).as_deref(), Some(expected));
        let reference = || BankReference::truncated("P-1");
        let amount: Amount = 1_000;
        Settlement::declare(signed(Bob), 1, FIRST, amount, FIRST, reference()).expect("it is owed");
        Settlement::acknowledge(signed(Charlie), 1, FIRST, 0, reference(), amount)
            .expect("it was declared");
        let expected = "company owes bank 12.50 CZK outside the chain, 2.50 CZK left: \
                        the debtor has to pay outside the chain, and to declare it, 2.50 CZK";
        assert_eq!(owed(day()).as_deref(), Some(expected));
    });
}

#[test]
fn an_agreement_reads_with_its_period_its_rail_and_its_limits() {
    on_development_chain(|| {
        let plain = agreement();
        assert_eq!(plain.period, "each day by itself");
        assert_eq!(plain.rail, "in asset 1");
        assert_eq!((plain.max_gross, plain.client_payments), (None, None));
        assert_eq!(plain.client_refunds, None);
        settle_by(|conditions| {
            conditions.period = Period::WorkingDay;
            conditions.rail = Rail::External;
            conditions.client_limits = Some(ClientLimits {
                payments: 100_000,
                refunds: 5_000,
            });
        });
        let view = Registry::agreement(1).expect("it is there");
        let limits = Limits {
            caps: view.caps,
            deadline_minutes: view.deadline_minutes,
            max_late_minutes: view.max_late_minutes,
            refund_days: view.refund_days,
            amend_days: view.amend_days,
            answer_days: view.answer_days,
            max_gross: Some(250_000),
        };
        Registry::set_limits(RuntimeOrigin::root(), 1, limits).expect("they are valid");
        let changed = agreement();
        assert_eq!(changed.period, "the days that come due together");
        assert_eq!(changed.rail, "outside the chain");
        let words = |amount: Option<AmountInWords>| amount.map(|amount| amount.words);
        let most = words(changed.max_gross);
        assert_eq!(most.as_deref(), Some("2500.00 CZK"));
        let [payments, refunds] = [changed.client_payments, changed.client_refunds].map(words);
        assert_eq!(payments.as_deref(), Some("1000.00 CZK"));
        assert_eq!(refunds.as_deref(), Some("50.00 CZK"));
    });
}

#[test]
fn an_agreement_reads_with_the_successors_of_its_clients() {
    on_development_chain(|| {
        assert!(agreement().successors.is_empty());
        Registry::name_successor(RuntimeOrigin::root(), 1, 1, Some(5)).expect("both are clients");
        let named = agreement().successors;
        assert_eq!(named.len(), 1);
        assert!(named[0].starts_with("5 (Web shop) for 1 ("), "{named:?}");
    });
}

#[test]
fn an_agreement_reads_with_the_clients_that_are_suspended() {
    on_development_chain(|| {
        assert!(agreement().suspended.is_empty());
        Registry::suspend_client(signed(Bob), 1, 5).expect("it is a client");
        assert_eq!(agreement().suspended, ["5 (Web shop)"]);
        assert_eq!(agreement().clients.len(), 2);
    });
}

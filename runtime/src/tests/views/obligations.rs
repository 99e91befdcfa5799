//! What is owed for settlement periods as staff reads it, and each reason why it is not paid.

use super::*;
use crate::{
    presets::{ASSET, COMPANY_TREASURY},
    AccountId, Assets, Settlement,
};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{
        BankReference, ClientLimits, ObligationView, Period, Rail, SettlementPeriod, Waiting,
    },
    Amount, Conditions, SignedAmount,
};
use frame_support::assert_ok;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

const COMPANY: MemberId = 2;
const BANK: MemberId = 3;
/// 2026-11-24, the first day that has not begun.
const FIRST: BusinessDay = BusinessDay(20_781);
/// 2026-11-30, the last of its month.
const LAST: BusinessDay = BusinessDay(20_787);
/// Another asset, of which an account holds ten units or none.
const COARSE: u32 = ASSET + 1;

fn signed(key: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(key.to_account_id())
}

/// Changes the agreement's conditions from the first day on.
fn settle_by(change: impl FnOnce(&mut Conditions)) {
    let agreement = Registry::agreement(1).expect("it is there");
    let mut conditions = *agreement.conditions_on(TODAY).expect("it has begun");
    change(&mut conditions);
    assert_ok!(Registry::set_conditions(
        RuntimeOrigin::root(),
        1,
        FIRST,
        conditions
    ));
}

fn view(day: BusinessDay) -> Option<ObligationView> {
    <Runtime as CounterfoilApi<Block>>::obligation(1, day)
}

fn waiting(day: BusinessDay) -> Option<Waiting> {
    view(day).expect("a day is reconciled").waiting
}

fn unpaid() -> Vec<BusinessDay> {
    <Runtime as CounterfoilApi<Block>>::unpaid_obligations(1)
        .into_iter()
        .map(|view| view.period.first)
        .collect()
}

fn company() -> AccountId {
    AccountId::from(COMPANY_TREASURY)
}

/// Days from the first on are paid in the coarse asset, of which the company has `funds`.
fn pay_in_coarse(funds: Amount) {
    let root = RuntimeOrigin::root;
    let issuer = Alice.to_account_id();
    assert_ok!(Assets::force_create(
        root(),
        COARSE,
        issuer.into(),
        true,
        10
    ));
    let name = || b"coarse".to_vec();
    assert_ok!(Assets::force_set_metadata(
        root(),
        COARSE,
        name(),
        name(),
        2,
        false
    ));
    assert_ok!(Assets::mint(signed(Alice), COARSE, company().into(), funds));
    settle_by(|conditions| conditions.rail = Rail::Asset(COARSE));
}

#[test]
fn any_day_of_a_period_leads_to_what_is_owed_for_it() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        assert_eq!(view(FIRST), None);
        reconcile(FIRST, 100);
        reconcile(FIRST.next(), -30);
        let of_first = view(FIRST).expect("a day is reconciled");
        let period = SettlementPeriod {
            first: FIRST,
            last: LAST,
        };
        assert_eq!(of_first.period, period);
        assert_eq!(of_first.obligation.amount, 70);
        assert_eq!(of_first.days, [(FIRST, 100), (FIRST.next(), -30)]);
        let parties = (of_first.debtor, of_first.creditor);
        assert_eq!(parties, (Some(COMPANY), Some(BANK)));
        // 2026-11-26 by its digits, and the last day.
        for day in [BusinessDay(20_261_126), LAST] {
            assert_eq!(view(day).as_ref(), Some(&of_first));
        }
        for day in [TODAY, LAST.next(), BusinessDay(20_261_131)] {
            assert_eq!(view(day), None);
        }
        let of_another = <Runtime as CounterfoilApi<Block>>::obligation(2, FIRST);
        assert_eq!(of_another, None);
    });
}

#[test]
fn what_is_not_paid_is_listed_the_oldest_first() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        reconcile(FIRST, 100);
        reconcile(TODAY, 100);
        reconcile(TODAY.previous(), 0);
        assert_eq!(unpaid(), [TODAY, FIRST]);
        assert_ok!(Settlement::pay(signed(Bob), 1, TODAY));
        assert_eq!(unpaid(), [FIRST]);
        let of_another = <Runtime as CounterfoilApi<Block>>::unpaid_obligations(2);
        assert!(of_another.is_empty());
    });
}

#[test]
fn the_days_of_a_period_are_settled_together() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + 10 * DAY);
        let settled = || views::settled_days(1, BusinessDay(0)).0;
        let days: Vec<_> = (FIRST.0..=LAST.0).map(BusinessDay).collect();
        for day in days.iter().rev() {
            assert!(settled().is_empty());
            reconcile(*day, 10);
        }
        assert!(settled().is_empty());
        assert_ok!(Settlement::pay(signed(Bob), 1, LAST));
        assert_eq!(settled(), days);
        let from_within = views::settled_days(1, FIRST.next()).0;
        assert_eq!(from_within, days[1..]);
    });
}

#[test]
fn a_day_shows_its_period_and_when_that_was_paid() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + 10 * DAY);
        (FIRST.0..=LAST.0).for_each(|day| reconcile(BusinessDay(day), 10));
        let shown = || views::day(1, LAST).expect("it has begun");
        let period = SettlementPeriod {
            first: FIRST,
            last: LAST,
        };
        assert_eq!(shown().period, period);
        assert_eq!((shown().obligation, shown().paid_at), (Some(10), None));
        assert_eq!(shown().status, DayStatus::Reconciled);
        assert_ok!(Settlement::pay(signed(Bob), 1, FIRST));
        assert_eq!(shown().paid_at, Some(crate::tests::NOON + 10 * DAY));
        assert_eq!(shown().status, DayStatus::Settled);
    });
}

#[test]
fn what_can_be_paid_and_what_is_paid_waits_for_nothing() {
    on_development_chain(|| {
        reconcile(TODAY, 100);
        assert_eq!(waiting(TODAY), None);
        assert_ok!(Settlement::pay(signed(Bob), 1, TODAY));
        assert_eq!(waiting(TODAY), None);
        reconcile(FIRST, 0);
        assert_eq!(waiting(FIRST), None);
    });
}

#[test]
fn a_period_waits_for_its_days() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        reconcile(FIRST, 100);
        assert_eq!(waiting(FIRST), Some(Waiting::Days { missing: 6 }));
        reconcile(LAST, 100);
        assert_eq!(waiting(FIRST), Some(Waiting::Days { missing: 5 }));
    });
}

#[test]
fn what_a_client_brought_beyond_its_limit_waits_for_a_release() {
    on_development_chain(|| {
        let limits = ClientLimits {
            payments: 150,
            refunds: 0,
        };
        settle_by(|conditions| conditions.client_limits = Some(limits));
        pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + DAY);
        // Each of them brings the bank 100.
        record(&[1, 2]);
        reconcile(FIRST, 200);
        assert_eq!(waiting(FIRST), Some(Waiting::Release));
        assert_ok!(Settlement::release(signed(Bob), 1, FIRST));
        assert_eq!(waiting(FIRST), None);
    });
}

#[test]
fn a_debtor_that_holds_too_little_is_short_by_the_rest() {
    on_development_chain(|| {
        let funds = Assets::balance(ASSET, company());
        reconcile(TODAY, funds as SignedAmount + 25);
        assert_eq!(waiting(TODAY), Some(Waiting::Short { by: 25 }));
    });
}

#[test]
fn a_frozen_account_pays_nothing() {
    on_development_chain(|| {
        reconcile(TODAY, 100);
        assert_ok!(Assets::freeze(signed(Alice), ASSET, company().into()));
        assert_eq!(waiting(TODAY), Some(Waiting::Frozen));
    });
}

#[test]
fn an_account_that_would_keep_less_than_it_may_hold_pays_nothing() {
    on_development_chain(|| {
        pay_in_coarse(105);
        reconcile(FIRST, 100);
        assert_eq!(waiting(FIRST), Some(Waiting::LeavesDust));
    });
}

#[test]
fn a_creditor_that_could_not_hold_the_payment_is_not_paid() {
    on_development_chain(|| {
        pay_in_coarse(105);
        reconcile(FIRST, 5);
        assert_eq!(waiting(FIRST), Some(Waiting::CreditorCannotReceive));
    });
}

#[test]
fn nothing_is_paid_in_an_asset_that_is_being_destroyed() {
    on_development_chain(|| {
        reconcile(TODAY, 100);
        assert_ok!(Assets::start_destroy(RuntimeOrigin::root(), ASSET));
        assert_eq!(waiting(TODAY), Some(Waiting::AssetUnavailable));
    });
}

#[test]
fn nothing_is_paid_in_an_asset_that_counts_in_other_decimals() {
    on_development_chain(|| {
        reconcile(TODAY, 100);
        let name = || b"CZK".to_vec();
        let root = RuntimeOrigin::root();
        assert_ok!(Assets::force_set_metadata(
            root,
            ASSET,
            name(),
            name(),
            3,
            false
        ));
        assert_eq!(waiting(TODAY), Some(Waiting::OtherDecimals));
    });
}

#[test]
fn nothing_is_paid_to_the_account_that_it_would_come_from() {
    on_development_chain(|| {
        let day = BusinessDay(20_790);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, BANK, day, company()));
        reconcile(day, 100);
        assert_eq!(waiting(day), Some(Waiting::SameAccount));
    });
}

#[test]
fn a_bank_that_is_no_longer_a_member_is_not_paid() {
    on_development_chain(|| {
        reconcile(TODAY, 100);
        pallet_registry::Members::<Runtime>::remove(BANK);
        assert_eq!(waiting(TODAY), Some(Waiting::NoAccount));
    });
}

#[test]
fn what_is_paid_outside_the_chain_waits_for_its_debtor_and_then_for_its_creditor() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.rail = Rail::External);
        reconcile(FIRST, 100);
        let undeclared = |undeclared| Some(Waiting::Declaration { undeclared });
        let declared = |declared| Some(Waiting::Acknowledgement { declared });
        let reference = |number: u32| BankReference::truncated(&format!("P-{number}"));
        assert_eq!(waiting(FIRST), undeclared(100));
        let declare = |number, amount| {
            Settlement::declare(signed(Bob), 1, FIRST, amount, FIRST, reference(number))
        };
        assert_ok!(declare(0, 60));
        assert_eq!(waiting(FIRST), undeclared(40));
        assert_ok!(declare(1, 40));
        assert_eq!(waiting(FIRST), declared(100));
        let acknowledge = |number, received| {
            Settlement::acknowledge(
                signed(Charlie),
                1,
                FIRST,
                number,
                reference(number),
                received,
            )
        };
        assert_ok!(acknowledge(0, 60));
        assert_eq!(waiting(FIRST), declared(40));
        let half_way = view(FIRST).expect("a day is reconciled");
        assert_eq!(half_way.obligation.left(), 40);
        assert_eq!(half_way.declarations.len(), 2);
        assert_ok!(acknowledge(1, 40));
        assert_eq!(waiting(FIRST), None);
        assert!(unpaid().is_empty());
    });
}

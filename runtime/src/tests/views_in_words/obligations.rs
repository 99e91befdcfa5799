//! What people read of what is owed, and what its payment waits for.

use super::*;
use crate::{
    presets::{ASSET, COMPANY_TREASURY},
    tests::NOON,
    views_in_words::{AwaitedInWords, ObligationInWords},
    Assets, Settlement,
};
use counterfoil_primitives::{
    day::DAY,
    ports::Directory,
    settlement::{BankReference, Period, Rail},
    Conditions,
};
use frame_support::assert_ok;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

/// 2026-11-24, the first day that has not begun.
const FIRST: BusinessDay = BusinessDay(20_781);
const COMPANY: [&str; 1] = ["2 (Fund house)"];
const BANK: [&str; 1] = ["3 (Bank)"];

fn signed(key: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(key.to_account_id())
}

/// Changes the agreement's conditions from the first day on, and lets that day come.
fn settle_by(change: impl FnOnce(&mut Conditions)) {
    let agreement = Registry::agreement(1).expect("it is there");
    let mut conditions = *agreement.conditions_on(FIRST).expect("it is known");
    change(&mut conditions);
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_conditions(root, 1, FIRST, conditions));
    pallet_timestamp::Now::<Runtime>::put(NOON + DAY);
}

fn obligations() -> Vec<ObligationInWords> {
    <Runtime as CounterfoilApi<Block>>::obligations_in_words(1)
}

/// The only one.
fn obligation() -> ObligationInWords {
    let mut obligations = obligations();
    assert_eq!(obligations.len(), 1);
    obligations.remove(0)
}

/// What the only obligation waits for: what, and from whom.
fn awaited() -> (String, Vec<String>) {
    let AwaitedInWords {
        what,
        from,
        until,
        is_late,
    } = obligation().awaited.expect("it waits");
    assert_eq!((until, is_late), (None, false));
    (what, from)
}

/// What is awaited from these members, as [`awaited`] returns it.
fn from<const N: usize>(members: [&str; N], what: &str) -> (String, Vec<String>) {
    (what.into(), members.map(String::from).into())
}

#[test]
fn what_is_due_reads_with_its_parties_and_amounts() {
    on_development_chain(|| {
        reconcile(BusinessDay(20_780), 1_250);
        let owed = obligation();
        assert_eq!(owed.summary, "company owes bank 12.50 CZK in asset 1");
        assert_eq!(
            (&*owed.period, owed.day),
            ("2026-11-23", BusinessDay(20_780))
        );
        assert_eq!(
            (&*owed.owed.words, owed.owed.amount),
            ("company owes bank 12.50 CZK", 1_250)
        );
        let parties = [owed.debtor.as_deref(), owed.creditor.as_deref()];
        assert_eq!(parties, [Some(COMPANY[0]), Some(BANK[0])]);
        assert_eq!(owed.rail, "in asset 1");
        assert_eq!((owed.paid.amount, &*owed.left.words), (0, "12.50 CZK"));
        assert_eq!(owed.due_since.as_deref(), Some("2026-11-23T13:00:00+01:00"));
        assert_eq!((owed.paid_at, &*owed.release), (None, "not needed"));
        let days: Vec<_> = owed.days.iter().map(|day| &*day.date).collect();
        assert_eq!((days, owed.declarations), (vec!["2026-11-23"], vec![]));
        let payment = "the payment of 12.50 CZK, which the debtor's node makes";
        assert_eq!(awaited(), from(COMPANY, payment));
    });
}

#[test]
fn what_is_zero_is_not_listed() {
    on_development_chain(|| {
        reconcile(BusinessDay(20_780), 0);
        assert_eq!(obligations(), []);
        let other = <Runtime as CounterfoilApi<Block>>::obligations_in_words(9);
        assert_eq!(other, []);
    });
}

#[test]
fn a_period_under_way_waits_for_its_other_days_until_the_deadline_of_the_last() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.period = Period::Month);
        reconcile(FIRST, 1_250);
        let expected = AwaitedInWords {
            what: "the reconciliation of 6 days of its settlement period".into(),
            from: vec![],
            until: Some("2026-12-01T13:00:00+01:00".into()),
            is_late: false,
        };
        let owed = obligation();
        assert_eq!(owed.awaited, Some(expected));
        assert_eq!(owed.due_since, None);
        for day in FIRST.0 + 1..FIRST.0 + 6 {
            reconcile(BusinessDay(day), 0);
        }
        let what = obligation().awaited.expect("it waits").what;
        assert_eq!(what, "the reconciliation of a day of its settlement period");
    });
}

#[test]
fn a_debtor_that_holds_too_little_is_awaited_with_what_is_missing() {
    on_development_chain(|| {
        // The bank has nothing to pay with.
        reconcile(BusinessDay(20_780), -1_250);
        assert_eq!(
            awaited(),
            from(BANK, "12.50 CZK more on the debtor's account")
        );
    });
}

#[test]
fn of_a_debtor_whose_account_is_frozen_nothing_is_awaited() {
    on_development_chain(|| {
        reconcile(BusinessDay(20_780), 1_250);
        let company = AccountId::from(COMPANY_TREASURY);
        assert_ok!(Assets::freeze(signed(Alice), ASSET, company.into()));
        let what = "a remedy: the asset or the debtor's account is frozen";
        assert_eq!(awaited(), from([], what));
    });
}

#[test]
fn no_party_is_awaited_where_their_asset_is_gone() {
    on_development_chain(|| {
        reconcile(BusinessDay(20_780), 1_250);
        assert_ok!(Assets::start_destroy(RuntimeOrigin::root(), ASSET));
        let what = "a remedy: the asset does not exist any more";
        assert_eq!(awaited(), from([], what));
    });
}

#[test]
fn no_party_is_awaited_where_both_have_one_account() {
    on_development_chain(|| {
        let day = BusinessDay(20_790);
        let company = AccountId::from(COMPANY_TREASURY);
        assert_ok!(Registry::set_account(
            RuntimeOrigin::root(),
            3,
            day,
            company
        ));
        reconcile(day, 1_250);
        let what = "a remedy: debtor and creditor have the same account";
        assert_eq!(awaited(), from([], what));
    });
}

#[test]
fn a_payment_beyond_a_clients_limit_waits_for_its_release() {
    on_development_chain(|| {
        let day = BusinessDay(20_780);
        pallet_trades::OverLimit::<Runtime>::insert(1, day, ());
        reconcile(day, 1_250);
        assert_eq!(awaited(), from(COMPANY, "the release of the payment"));
        let release = obligation().release;
        assert_eq!(release, "awaited: a client went beyond its limits");
        assert_ok!(Settlement::release(signed(Bob), 1, day));
        let release = obligation().release;
        assert_eq!(release, "given 2026-11-23T13:00:00+01:00");
    });
}

#[test]
fn what_is_paid_outside_the_chain_waits_for_its_debtor_and_then_for_its_creditor() {
    on_development_chain(|| {
        settle_by(|conditions| conditions.rail = Rail::External);
        reconcile(FIRST, 1_250);
        let what = "a payment of 12.50 CZK outside the chain, and its declaration";
        assert_eq!(awaited(), from(COMPANY, what));
        let reference = || BankReference::truncated("P-1");
        let declared = Settlement::declare(signed(Bob), 1, FIRST, 1_250, FIRST, reference());
        assert_ok!(declared);
        let what = "the answer to declared payments of 12.50 CZK";
        assert_eq!(awaited(), from(BANK, what));
        let owed = obligation();
        let [declaration] = &owed.declarations[..] else {
            panic!("there is one")
        };
        assert_eq!(declaration.amount.words, "12.50 CZK");
        assert_eq!(
            (&*declaration.value_date, &*declaration.reference),
            ("2026-11-24", "P-1")
        );
        assert_eq!(declaration.declared_at, "2026-11-24T13:00:00+01:00");
        assert_eq!(
            (&declaration.received, declaration.returned.amount),
            (&None, 0)
        );
        let acknowledged =
            Settlement::acknowledge(signed(Charlie), 1, FIRST, 0, reference(), 1_000);
        assert_ok!(acknowledged);
        let owed = obligation();
        let received = owed.declarations[0].received.as_ref();
        assert_eq!(received.map(|amount| amount.amount), Some(1_000));
        assert_eq!(
            (&*owed.paid.words, &*owed.left.words),
            ("10.00 CZK", "2.50 CZK")
        );
    });
}

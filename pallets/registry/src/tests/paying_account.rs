//! The account that a member pays from: one that the council set, whatever the member named.

use crate::{mock::*, AccountRequests, Accounts, SetBy, ACCOUNT_DAYS};
use counterfoil_primitives::{ports::Directory, BusinessDay, MemberId, Role};
use frame_support::{assert_ok, BoundedVec};
use sp_core::crypto::AccountId32;
use sp_runtime::DispatchError;

/// A day from which on an account can be changed.
const FROM: BusinessDay = BusinessDay(TODAY.0 + 3);
/// The first day from which on a member may replace an account of [`FROM`].
const LATER: BusinessDay = BusinessDay(FROM.0 + ACCOUNT_DAYS);

/// The bank changes its account.
fn change(from: BusinessDay, new: &str) {
    let charlie = RuntimeOrigin::signed(account("Charlie"));
    assert_ok!(Registry::change_account(charlie, from, account(new)));
}

/// The council sets the bank's account.
fn set(from: BusinessDay, new: &str) {
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_account(root, BANK, from, account(new)));
}

/// The account with which the bank began.
fn first() -> AccountId32 {
    member(Role::Bank, "Charlie").account
}

/// What the bank pays from on a day, and what it is paid to.
fn on(day: BusinessDay) -> (AccountId32, AccountId32) {
    let both = Registry::paying_account(BANK, day).zip(Registry::account(BANK, day));
    both.expect("a member has accounts")
}

#[test]
fn before_any_change_a_member_pays_from_what_it_is_paid_to() {
    with_agreement(|| {
        assert_eq!(on(TODAY), (first(), first()));
        assert_eq!(Registry::paying_account(77, TODAY), None);
    });
}

#[test]
fn a_member_is_paid_to_the_account_that_it_named_and_does_not_pay_from_it() {
    with_agreement(|| {
        change(FROM, "Ferdie");
        assert_eq!(on(FROM.previous()), (first(), first()));
        for day in [FROM, FROM.next(), LATER] {
            assert_eq!(on(day), (first(), account("Ferdie")));
        }
    });
}

#[test]
fn a_member_pays_from_what_the_council_set_from_its_first_day_on() {
    with_agreement(|| {
        set(FROM, "Ferdie");
        assert_eq!(on(FROM.previous()), (first(), first()));
        assert_eq!(on(FROM), (account("Ferdie"), account("Ferdie")));
    });
}

#[test]
fn a_change_after_what_the_council_set_leaves_that_to_pay() {
    with_agreement(|| {
        set(FROM, "Ferdie");
        change(LATER, "One");
        for day in [LATER, LATER.next()] {
            assert_eq!(on(day), (account("Ferdie"), account("One")));
        }
        let kept = vec![
            (FROM, set_by(SetBy::Council, "Ferdie")),
            (LATER, set_by(SetBy::Member, "One")),
        ];
        assert_eq!(Accounts::<Test>::get(BANK).into_inner(), kept);
    });
}

#[test]
fn what_the_council_sets_after_a_change_pays_and_is_paid_to() {
    with_agreement(|| {
        change(FROM, "Ferdie");
        set(LATER, "One");
        assert_eq!(on(LATER.previous()), (first(), account("Ferdie")));
        assert_eq!(on(LATER), (account("One"), account("One")));
        let kept = vec![
            (FROM, set_by(SetBy::Member, "Ferdie")),
            (LATER, set_by(SetBy::Council, "One")),
        ];
        assert_eq!(Accounts::<Test>::get(BANK).into_inner(), kept);
    });
}

#[test]
fn what_the_council_sets_in_the_place_of_a_change_pays() {
    with_agreement(|| {
        change(FROM, "Ferdie");
        set(FROM, "One");
        assert_eq!(on(FROM), (account("One"), account("One")));
    });
}

#[test]
fn an_objection_leaves_the_account_that_pays() {
    with_agreement(|| {
        set(FROM, "Ferdie");
        change(LATER, "One");
        let root = RuntimeOrigin::root();
        let named = account("One");
        assert_ok!(Registry::object_to_account(root, BANK, LATER, named));
        assert_eq!(on(LATER), (account("Ferdie"), account("Ferdie")));
    });
}

/// What the check of storage says of an account that a member has from [`FROM`] on.
fn verdict(id: MemberId, by: SetBy, requested: bool) -> &'static str {
    let mut ext = externalities(genesis(vec![]));
    ext.execute_with(|| {
        let versions = vec![(FROM, set_by(by, "Ferdie"))];
        Accounts::<Test>::mutate(id, |kept| *kept = BoundedVec::truncate_from(versions));
        if requested {
            AccountRequests::<Test>::insert(id, FROM);
        }
        match Registry::do_try_state() {
            Ok(()) => "all is well",
            Err(DispatchError::Other(text)) => text,
            Err(other) => panic!("unexpected: {other:?}"),
        }
    })
}

#[test]
fn an_account_that_a_company_set_by_itself_is_found() {
    assert_eq!(verdict(COMPANY, SetBy::Council, false), "all is well");
    assert_eq!(
        verdict(COMPANY, SetBy::Member, false),
        "a company set an account by itself"
    );
}

#[test]
fn a_request_for_what_the_council_set_is_found() {
    assert_eq!(verdict(BANK, SetBy::Member, true), "all is well");
    assert_eq!(
        verdict(BANK, SetBy::Council, true),
        "an account that a member asked for is not kept"
    );
}

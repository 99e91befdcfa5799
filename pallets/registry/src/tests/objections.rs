//! An objection takes back the change of account that it names, and no other.

use crate::{mock::*, Error};
use counterfoil_primitives::BusinessDay;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

/// A day from which on an account can be changed.
const FROM: BusinessDay = BusinessDay(TODAY.0 + 3);

/// The bank changes its account.
fn change(from: BusinessDay, new: &str) -> DispatchResult {
    let bank = RuntimeOrigin::signed(account("Charlie"));
    Registry::change_account(bank, from, account(new))
}

/// The bank objects to a change of this first day and account.
fn object_to(from: BusinessDay, named: &str) -> DispatchResult {
    let bank = RuntimeOrigin::signed(account("Charlie"));
    Registry::object_to_account(bank, BANK, from, account(named))
}

#[test]
fn an_objection_that_names_another_account_takes_nothing_back() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        assert_noop!(object_to(FROM, "One"), Error::<Test>::OtherAccountChange);
        assert_ok!(object_to(FROM, "Ferdie"));
    });
}

#[test]
fn an_objection_that_names_another_day_takes_nothing_back() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        for other in [FROM.previous(), FROM.next()] {
            assert_noop!(
                object_to(other, "Ferdie"),
                Error::<Test>::OtherAccountChange
            );
        }
        assert_ok!(object_to(FROM, "Ferdie"));
    });
}

#[test]
fn an_objection_that_is_repeated_leaves_a_change_made_since() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        assert_ok!(object_to(FROM, "Ferdie"));
        assert_ok!(change(FROM.next(), "One"));
        assert_noop!(object_to(FROM, "Ferdie"), Error::<Test>::OtherAccountChange);
        assert_eq!(Registry::open_account_change(BANK), Some(FROM.next()));
    });
}

#[test]
fn the_council_names_the_change_too() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        let object = |named: &str| {
            let root = RuntimeOrigin::root();
            Registry::object_to_account(root, BANK, FROM, account(named))
        };
        assert_noop!(object("One"), Error::<Test>::OtherAccountChange);
        assert_ok!(object("Ferdie"));
    });
}

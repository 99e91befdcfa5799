//! The storage invariants notice what must not be.

use crate::{mock::*, Reports, SessionStart, Validators as List, MAX_REPORTS};
use counterfoil_primitives::institution::institution_account;
use frame_support::{assert_ok, BoundedVec};
use pallet_session::{historical::HistoricalSessions, NextKeys, QueuedKeys};
use sp_core::H256;

/// Damages the state of a sound chain, and checks that it is noticed.
fn is_noticed(damage: impl FnOnce()) {
    externalities().execute_with(|| {
        assert_ok!(Validators::do_try_state());
        damage();
        assert!(Validators::do_try_state().is_err());
    });
}

#[test]
fn an_empty_list_is_noticed() {
    is_noticed(List::<Test>::kill);
}

#[test]
fn a_list_out_of_order_is_noticed() {
    is_noticed(|| List::<Test>::put(BoundedVec::truncate_from(vec![2, 1])));
}

#[test]
fn a_validator_without_keys_is_noticed() {
    is_noticed(|| NextKeys::<Test>::remove(institution_account(1)));
}

#[test]
fn a_validator_that_is_no_member_is_noticed() {
    is_noticed(|| pallet_registry::Members::<Test>::remove(1));
}

#[test]
fn a_session_of_accounts_with_keys_is_noticed() {
    is_noticed(|| pallet_session::Validators::<Test>::append(account(1)));
    is_noticed(|| QueuedKeys::<Test>::append((account(1), keys(7))));
}

#[test]
fn a_session_of_nobody_is_noticed() {
    is_noticed(pallet_session::Validators::<Test>::kill);
    is_noticed(QueuedKeys::<Test>::kill);
}

#[test]
fn keys_of_an_account_that_is_no_institution_are_noticed() {
    is_noticed(|| NextKeys::<Test>::insert(account(4), keys(4)));
}

#[test]
fn keys_of_a_member_that_left_are_noticed() {
    is_noticed(|| {
        assert_ok!(set_keys(4, 4));
        pallet_registry::Members::<Test>::remove(4);
    });
}

#[test]
fn reports_of_a_session_to_come_and_too_many_reports_are_noticed() {
    is_noticed(|| Reports::<Test>::insert(1, 1, 1));
    is_noticed(|| Reports::<Test>::insert(0, 1, MAX_REPORTS + 1));
}

#[test]
fn keys_that_were_set_past_this_pallet_are_noticed() {
    is_noticed(|| NextKeys::<Test>::insert(institution_account(4), keys(4)));
}

#[test]
fn a_session_that_begins_in_a_block_to_come_is_noticed() {
    is_noticed(|| SessionStart::<Test>::put(2));
}

#[test]
fn a_session_that_was_to_be_forgotten_is_noticed() {
    is_noticed(|| HistoricalSessions::<Test>::insert(9, (H256::zero(), 3)));
}

#[test]
fn a_range_of_too_many_sessions_is_noticed() {
    is_noticed(|| {
        pallet_session::historical::StoredRange::<Test>::put((0, LONGEVITY + 3));
    });
}

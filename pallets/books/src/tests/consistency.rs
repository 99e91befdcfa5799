//! The check of storage finds each kind of damage.

use crate::{mock::*, Commitments, Replacements, MAX_REPLACEMENTS};
use counterfoil_primitives::{Commitment, SideId};
use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::DispatchError;

fn commitment() -> Commitment {
    chain_commitment(BANK_SIDE)
}

/// What the check says of a side that was rejected once and committed once more, after `damage`.
fn verdict(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    build_and_execute(|| {
        record(10);
        seal();
        Commitments::<Test>::insert(BANK_SIDE, 0, commitment());
        reject(BANK_SIDE);
        Commitments::<Test>::insert(BANK_SIDE, 1, commitment());
        with_transaction(|| {
            damage();
            found = match Books::do_try_state() {
                Ok(()) => "all is well",
                Err(DispatchError::Other(text)) => text,
                Err(other) => panic!("unexpected: {other:?}"),
            };
            TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
        })
        .unwrap();
    });
    found
}

#[test]
fn an_undamaged_state_passes() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn a_side_whose_rounds_are_used_up_passes() {
    assert_eq!(verdict(|| reject(BANK_SIDE)), "all is well");
}

#[test]
fn a_commitment_of_no_agreement_is_found() {
    let found = verdict(|| {
        let side_id = SideId {
            agreement: 8,
            ..BANK_SIDE
        };
        Commitments::<Test>::insert(side_id, 0, commitment());
    });
    assert_eq!(found, "a commitment belongs to no agreement");
}

#[test]
fn a_commitment_of_an_open_day_is_found() {
    let found = verdict(|| {
        let side_id = SideId {
            day: DAY_ONE.next(),
            ..BANK_SIDE
        };
        Commitments::<Test>::insert(side_id, 0, commitment());
    });
    assert_eq!(found, "a commitment belongs to a day that is not sealed");
}

#[test]
fn a_commitment_of_another_number_of_positions_is_found() {
    let found = verdict(|| {
        let shorter = Commitment {
            slots: 9,
            ..commitment()
        };
        Commitments::<Test>::insert(BANK_SIDE, 1, shorter);
    });
    assert_eq!(found, "a commitment has not the chain's positions");
}

#[test]
fn a_commitment_of_a_round_to_come_is_found() {
    let found = verdict(|| Commitments::<Test>::insert(BANK_SIDE, 2, commitment()));
    assert_eq!(found, "a commitment is of a round to come");
}

#[test]
fn a_commitment_after_the_last_rejection_is_found() {
    let found = verdict(|| {
        reject(BANK_SIDE);
        Commitments::<Test>::insert(BANK_SIDE, 2, commitment());
    });
    assert_eq!(found, "a commitment came after the last rejection");
}

#[test]
fn a_replacement_of_nothing_is_found() {
    let found = verdict(|| {
        Commitments::<Test>::remove(BANK_SIDE, 1);
        Replacements::<Test>::insert(BANK_SIDE, 1, 1);
    });
    assert_eq!(found, "a commitment that is not there was replaced");
}

#[test]
fn a_number_of_replacements_that_cannot_be_is_found() {
    for replacements in [0, MAX_REPLACEMENTS + 1] {
        let found = verdict(|| Replacements::<Test>::insert(BANK_SIDE, 1, replacements));
        assert_eq!(found, "a commitment was replaced too often, or not at all");
    }
}

#[test]
fn a_replacement_after_a_rejection_is_found() {
    let found = verdict(|| Replacements::<Test>::insert(BANK_SIDE, 1, 1));
    assert_eq!(found, "a commitment was replaced after a rejection");
}

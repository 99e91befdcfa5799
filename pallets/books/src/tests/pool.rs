//! What the pool accepts of the worker's calls.

use crate::{mock::*, Call};
use codec::Encode;
use counterfoil_primitives::{Commitment, Replacement, Round, Side, MAX_REPLACEMENTS, MAX_ROUNDS};
use frame_support::assert_ok;
use sp_runtime::transaction_validity::InvalidTransaction;

fn commit(round: Round, commitment: Commitment) -> Call<Test> {
    commit_under(round, 0, commitment)
}

fn commit_under(round: Round, replacement: Replacement, commitment: Commitment) -> Call<Test> {
    Call::commit {
        agreement: AGREEMENT,
        day: DAY_ONE,
        side: Side::Credit,
        round,
        replacement,
        commitment,
    }
}

fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_SIDE)
}

#[test]
fn a_commitment_is_known_by_side_and_number_and_goes_before_other_calls() {
    build_and_execute(|| {
        let commitment = sealed_day();

        let validity = apply(BANK, commit(0, commitment)).expect("valid");

        let tag = ("counterfoil", ("commit", BANK_SIDE, (0u8, 0u8)));
        assert_eq!(validity.provides, vec![tag.encode()]);
        assert_eq!(validity.priority, u64::MAX / 2);
    });
}

#[test]
fn an_applied_commitment_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(0, commitment);
        assert_ok!(apply(BANK, call.clone()));

        assert_eq!(apply(BANK, call), Err(InvalidTransaction::Stale.into()));
    });
}

/// The bank's commitment to another book in `round`, applied and then rejected.
fn rejected_commitment(round: Round) -> Call<Test> {
    let false_one = Commitment {
        slots_root: sp_core::H256::repeat_byte(1),
        ..chain_commitment(BANK_SIDE)
    };
    let call = commit(round, false_one);
    assert_ok!(apply(BANK, call.clone()));
    reject(BANK_SIDE);
    call
}

#[test]
fn a_commitment_of_an_earlier_round_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let replayed = rejected_commitment(0);

        for call in [replayed, commit(0, commitment)] {
            assert_eq!(apply(BANK, call), Err(InvalidTransaction::Stale.into()));
        }
    });
}

#[test]
fn a_commitment_of_a_round_to_come_comes_too_early() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_eq!(
            apply(BANK, commit(1, commitment)),
            Err(InvalidTransaction::Future.into())
        );
    });
}

#[test]
fn a_commitment_of_a_round_that_never_comes_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();

        for round in [MAX_ROUNDS, MAX_ROUNDS + 1, Round::MAX] {
            assert_eq!(
                apply(BANK, commit(round, commitment)),
                Err(InvalidTransaction::Stale.into())
            );
        }
    });
}

#[test]
fn a_commitment_of_the_next_round_is_stale_once_the_side_takes_none() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let next = commit(1, commitment);
        assert_eq!(
            apply(BANK, next.clone()),
            Err(InvalidTransaction::Future.into())
        );

        chain(|chain| chain.closed.insert(BANK_SIDE));

        assert_eq!(apply(BANK, next), Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn after_a_rejection_a_commitment_of_the_next_round_is_taken() {
    build_and_execute(|| {
        let commitment = sealed_day();
        rejected_commitment(0);

        let validity = apply(BANK, commit(1, commitment)).expect("valid");

        let tag = ("counterfoil", ("commit", BANK_SIDE, (1u8, 0u8)));
        assert_eq!(validity.provides, vec![tag.encode()]);
    });
}

#[test]
fn after_the_last_rejection_a_commitment_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        rejected_commitment(0);
        rejected_commitment(1);

        assert_eq!(
            apply(BANK, commit(2, commitment)),
            Err(InvalidTransaction::Stale.into())
        );
    });
}

#[test]
fn a_commitment_before_the_seal_comes_too_early() {
    build_and_execute(|| {
        let call = commit(0, Commitment::default());

        assert_eq!(apply(BANK, call), Err(InvalidTransaction::Future.into()));
    });
}

#[test]
fn the_other_partys_commitment_does_not_enter() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(0, commitment);

        assert_eq!(apply(COMPANY, call), Err(InvalidTransaction::Call.into()));
    });
}

/// A commitment to another book than the chain's, the one of this number.
fn other(number: u8) -> Commitment {
    Commitment {
        slots_root: sp_core::H256::repeat_byte(number),
        ..chain_commitment(BANK_SIDE)
    }
}

#[test]
fn a_replaced_commitment_is_stale_as_long_as_another_may_come_and_afterwards() {
    build_and_execute(|| {
        sealed_day();
        chain(|chain| chain.before_preset = true);
        let calls = [0, 1].map(|number| commit_under(0, number, other(number)));
        for call in &calls {
            assert_ok!(apply(BANK, call.clone()));
        }
        // The party goes back to what it committed to first.
        assert_ok!(apply(BANK, commit_under(0, 2, other(0))));
        for before_preset in [true, false] {
            chain(|chain| chain.before_preset = before_preset);
            for call in &calls {
                let refused = apply(BANK, call.clone());
                assert_eq!(refused, Err(InvalidTransaction::Stale.into()));
            }
        }
    });
}

#[test]
fn a_replacement_is_known_by_its_number() {
    build_and_execute(|| {
        sealed_day();
        chain(|chain| chain.before_preset = true);
        assert_ok!(apply(BANK, commit(0, other(1))));
        let validity = apply(BANK, commit_under(0, 1, other(2))).expect("valid");
        let tag = ("counterfoil", ("commit", BANK_SIDE, (0u8, 1u8)));
        assert_eq!(validity.provides, vec![tag.encode()]);
    });
}

#[test]
fn a_replacement_before_its_turn_comes_too_early_and_is_stale_once_it_cannot_come() {
    build_and_execute(|| {
        sealed_day();
        chain(|chain| chain.before_preset = true);
        let early = commit_under(0, 2, other(1));
        assert_eq!(
            apply(BANK, early.clone()),
            Err(InvalidTransaction::Future.into())
        );
        let never = commit_under(0, MAX_REPLACEMENTS + 1, other(1));
        assert_eq!(apply(BANK, never), Err(InvalidTransaction::Stale.into()));

        chain(|chain| chain.before_preset = false);
        assert_eq!(apply(BANK, early), Err(InvalidTransaction::Stale.into()));
    });
}

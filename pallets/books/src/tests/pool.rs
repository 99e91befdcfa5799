//! What the pool accepts of the worker's calls.

use crate::{mock::*, Call};
use codec::Encode;
use counterfoil_primitives::{ports::Commitments, summary::SideStatus, Commitment, Side};
use frame_support::assert_ok;
use sp_runtime::transaction_validity::InvalidTransaction;

fn commit(commitment: Commitment) -> Call<Test> {
    Call::commit {
        agreement: AGREEMENT,
        day: DAY_ONE,
        side: Side::Credit,
        commitment,
    }
}

fn confirm(commitment: Commitment) -> Call<Test> {
    Call::confirm_repair {
        agreement: AGREEMENT,
        day: DAY_ONE,
        side: Side::Credit,
        commitment,
    }
}

fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_BOOK)
}

#[test]
fn a_commitment_is_known_by_its_place_and_goes_before_other_calls() {
    build_and_execute(|| {
        let commitment = sealed_day();

        let validity = apply(BANK, commit(commitment)).expect("valid");

        let tag = ("counterfoil", ("commit", AGREEMENT, DAY_ONE, Side::Credit));
        assert_eq!(validity.provides, vec![tag.encode()]);
        assert_eq!(validity.priority, u64::MAX / 2);
    });
}

#[test]
fn an_applied_commitment_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(commitment);
        assert_ok!(apply(BANK, call.clone()));

        assert_eq!(apply(BANK, call), Err(InvalidTransaction::Stale.into()));
    });
}

/// The bank's commitment to another book, applied and then rejected.
fn rejected_commitment() -> Call<Test> {
    let false_one = Commitment {
        slots_root: sp_core::H256::repeat_byte(1),
        ..sealed_day()
    };
    let call = commit(false_one);
    assert_ok!(apply(BANK, call.clone()));
    Books::reject(AGREEMENT, DAY_ONE, Side::Credit);
    call
}

#[test]
fn a_rejected_commitment_does_not_come_back_without_a_nonce() {
    build_and_execute(|| {
        let replayed = rejected_commitment();

        assert_eq!(apply(BANK, replayed), Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn after_a_rejection_another_commitment_is_taken() {
    build_and_execute(|| {
        rejected_commitment();
        let commitment = chain_commitment(BANK_BOOK);

        assert_ok!(apply(BANK, commit(commitment)));
    });
}

#[test]
fn a_commitment_before_the_seal_comes_too_early() {
    build_and_execute(|| {
        let commitment = Commitment::default();
        let call = commit(commitment);

        assert_eq!(apply(BANK, call), Err(InvalidTransaction::Future.into()));
    });
}

#[test]
fn the_other_partys_commitment_does_not_enter() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(commitment);

        assert_eq!(apply(COMPANY, call), Err(InvalidTransaction::Call.into()));
    });
}

#[test]
fn a_confirmed_repair_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 1 });
        let call = confirm(commitment);
        assert_ok!(apply(BANK, call.clone()));

        assert_eq!(apply(BANK, call), Err(InvalidTransaction::Stale.into()));
    });
}

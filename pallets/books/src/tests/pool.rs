//! What the pool accepts of the worker's calls.

use crate::{mock::*, Call};
use codec::Encode;
use counterfoil_primitives::{
    ports::{Commitments, Directory},
    summary::SideStatus,
    Commitment, MemberId, OperatorAuth, Side,
};
use frame_support::assert_ok;
use sp_runtime::transaction_validity::InvalidTransaction;

fn auth(member: MemberId, action: &str, commitment: Commitment) -> Option<OperatorAuth> {
    chain(|chain| chain.keys.insert(member));
    Script::sign(
        member,
        action,
        &(AGREEMENT, DAY_ONE, Side::Credit, commitment),
    )
}

fn commit(commitment: Commitment, auth: Option<OperatorAuth>) -> RuntimeCall {
    RuntimeCall::Books(Call::commit {
        agreement: AGREEMENT,
        day: DAY_ONE,
        side: Side::Credit,
        commitment,
        auth,
    })
}

fn confirm(commitment: Commitment, auth: Option<OperatorAuth>) -> RuntimeCall {
    RuntimeCall::Books(Call::confirm_repair {
        agreement: AGREEMENT,
        day: DAY_ONE,
        side: Side::Credit,
        commitment,
        auth,
    })
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

        let validity =
            apply(commit(commitment, auth(BANK, "books.commit", commitment))).expect("valid");

        let tag = ("counterfoil", ("commit", AGREEMENT, DAY_ONE, Side::Credit));
        assert_eq!(validity.provides, vec![tag.encode()]);
        assert_eq!(validity.priority, u64::MAX / 2);
    });
}

#[test]
fn an_applied_commitment_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(commitment, auth(BANK, "books.commit", commitment));
        assert_ok!(apply(call.clone()));

        assert_eq!(apply(call), Err(InvalidTransaction::Stale.into()));
    });
}

/// The bank's authority for a commitment to another book, applied and then rejected.
fn rejected_commitment() -> RuntimeCall {
    let false_one = Commitment {
        slots_root: sp_core::H256::repeat_byte(1),
        ..sealed_day()
    };
    let call = commit(false_one, auth(BANK, "books.commit", false_one));
    assert_ok!(apply(call.clone()));
    Books::reject(AGREEMENT, DAY_ONE, Side::Credit);
    call
}

#[test]
fn a_rejected_commitment_does_not_come_back_by_its_authority() {
    build_and_execute(|| {
        let replayed = rejected_commitment();

        assert_eq!(apply(replayed), Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn after_a_rejection_another_commitment_is_taken_by_authority() {
    build_and_execute(|| {
        rejected_commitment();
        let commitment = chain_commitment(BANK_BOOK);

        assert_ok!(apply(commit(
            commitment,
            auth(BANK, "books.commit", commitment)
        )));
    });
}

#[test]
fn a_commitment_before_the_seal_comes_too_early() {
    build_and_execute(|| {
        let commitment = Commitment::default();
        let call = commit(commitment, auth(BANK, "books.commit", commitment));

        assert_eq!(apply(call), Err(InvalidTransaction::Future.into()));
    });
}

#[test]
fn a_commitment_without_an_authority_does_not_enter() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_eq!(
            apply(commit(commitment, None)),
            Err(InvalidTransaction::Call.into())
        );
    });
}

#[test]
fn an_authority_covers_the_commitment_it_was_given_for() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(
            commitment,
            auth(BANK, "books.commit", Commitment::default()),
        );

        assert_eq!(apply(call), Err(InvalidTransaction::BadProof.into()));
    });
}

#[test]
fn an_authority_to_commit_confirms_no_repair() {
    build_and_execute(|| {
        let commitment = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 1 });
        let call = confirm(commitment, auth(BANK, "books.commit", commitment));

        assert_eq!(apply(call), Err(InvalidTransaction::BadProof.into()));
    });
}

#[test]
fn the_other_partys_authority_does_not_enter() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let call = commit(commitment, auth(COMPANY, "books.commit", commitment));

        assert_eq!(apply(call), Err(InvalidTransaction::Call.into()));
    });
}

#[test]
fn a_confirmed_repair_is_stale() {
    build_and_execute(|| {
        let commitment = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 1 });
        let call = confirm(commitment, auth(BANK, "books.confirm_repair", commitment));
        assert_ok!(apply(call.clone()));

        assert_eq!(apply(call), Err(InvalidTransaction::Stale.into()));
    });
}

//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! Everybody sees a commitment's transaction, and could send it again until its era ends. After a
//! rejection that does no harm: the commitment names its round, and that round is over. Nor does it after a
//! replacement: the commitment names which of its round it is, and that one was applied.

use crate::{
    commitments::{self, Number},
    replaced_commitment, Call, Config, Error, WeightInfo,
};
use counterfoil_primitives::{
    ports::SideView, AgreementId, Commitment, MemberId, Side, SideId, MAX_REPLACEMENTS, MAX_ROUNDS,
};
use counterfoil_support::{
    ensure_party, is_signed_by, unordered::NEEDS_NONCE, worker_priority::worker_call,
    ValidateUnordered,
};
use frame_support::pallet_prelude::Weight;
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};

/// Whether a commitment of a side costs its signer no fee: it is the side's party.
pub(crate) fn is_free_to_commit<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    side: Side,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        ensure_party::<T::Directory>(member, agreement, side).is_ok()
    })
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(&self, member: MemberId, _: TransactionSource) -> TransactionValidity {
        match self {
            Self::commit {
                agreement,
                day,
                side,
                round,
                replacement,
                commitment,
            } => {
                let side_id = commitments::side_of_input::<T>(*agreement, *day, *side)
                    .map_err(|_| InvalidTransaction::Call)?;
                commit::<T>(member, side_id, (*round, *replacement), commitment)
            }
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::commit { .. } => T::WeightInfo::validate_commit(),
            _ => Weight::zero(),
        }
    }
}

fn commit<T: Config>(
    member: MemberId,
    side_id: SideId,
    number: Number,
    commitment: &Commitment,
) -> TransactionValidity {
    commitments::ensure_committable::<T>(member, side_id, number, commitment)
        .map_err(|error| refusal::<T>(error, side_id, number))?;
    Ok(worker_call(("commit", side_id, number)))
}

/// How the pool words an error: too early, too late, or never.
fn refusal<T: Config>(error: Error<T>, side_id: SideId, number: Number) -> InvalidTransaction {
    match error {
        Error::<T>::NotSealed => InvalidTransaction::Future,
        Error::<T>::OtherRound if may_begin::<T>(side_id, number) => InvalidTransaction::Future,
        Error::<T>::OtherReplacement if may_follow::<T>(side_id, number) => {
            InvalidTransaction::Future
        }
        Error::<T>::OtherRound
        | Error::<T>::OtherReplacement
        | Error::<T>::AlreadyCommitted
        | Error::<T>::NoMoreReplacements
        | Error::<T>::NoMoreCommitments
        | Error::<T>::TooLate => InvalidTransaction::Stale,
        _ => InvalidTransaction::Call,
    }
}

/// Whether the round of a side has not begun and may still begin. A program that is told to send a
/// commitment again later must not do so for good.
fn may_begin<T: Config>(side_id: SideId, (round, _): Number) -> bool {
    let is_to_come = T::Sides::round(side_id) < round && round < MAX_ROUNDS;
    is_to_come && T::Sides::may_commit(side_id).is_ok()
}

/// Whether another commitment of the current round may still come before this one.
fn may_follow<T: Config>(side_id: SideId, (round, replacement): Number) -> bool {
    let next = replaced_commitment::next_replacement::<T>(side_id, round);
    let is_to_come = next < replacement && replacement <= MAX_REPLACEMENTS;
    is_to_come && T::Sides::is_before_preset(side_id) && T::Sides::may_commit(side_id).is_ok()
}

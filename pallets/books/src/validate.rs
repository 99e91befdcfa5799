//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! A commitment that was rejected does not come back without a nonce: everybody saw the transaction,
//! and could send it again until its era ends, to use up the party's second chance. A party that
//! wants the same commitment again sends it with a nonce.

use crate::{commitments, Call, Config, Error, WeightInfo};
use counterfoil_primitives::{
    written::day_of_input, AgreementId, BusinessDay, Commitment, MemberId, Side,
};
use counterfoil_support::{
    is_signed_by,
    unordered::{worker_call, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::{ensure, pallet_prelude::Weight};
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};

/// Whether a commitment or a repair of a side costs its signer no fee: it is the side's party.
pub(crate) fn is_free_to_commit<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    side: Side,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        commitments::ensure_party::<T>(member, agreement, side).is_ok()
    })
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(&self, member: MemberId, _: TransactionSource) -> TransactionValidity {
        match self {
            Self::commit {
                agreement,
                day,
                side,
                commitment,
            } => commit::<T>(member, *agreement, *day, *side, commitment),
            Self::confirm_repair {
                agreement,
                day,
                side,
                commitment,
            } => confirm_repair::<T>(member, *agreement, *day, *side, commitment),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::commit { .. } => T::WeightInfo::validate_commit(),
            Self::confirm_repair { .. } => T::WeightInfo::validate_confirm_repair(),
            _ => Weight::zero(),
        }
    }
}

fn commit<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> TransactionValidity {
    let day = day_of_input(day).map_err(|_| InvalidTransaction::Call)?;
    commitments::ensure_committable::<T>(member, agreement, day, side, commitment)
        .map_err(refusal)?;
    ensure!(
        !commitments::was_rejected::<T>(agreement, day, side, commitment),
        InvalidTransaction::Stale
    );
    Ok(worker_call(("commit", agreement, day, side)))
}

fn confirm_repair<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> TransactionValidity {
    let day = day_of_input(day).map_err(|_| InvalidTransaction::Call)?;
    commitments::ensure_repaired::<T>(member, agreement, day, side, commitment).map_err(refusal)?;
    Ok(worker_call(("confirm_repair", agreement, day, side)))
}

/// How the pool words an error: too early, too late, or never.
fn refusal<T: Config>(error: Error<T>) -> InvalidTransaction {
    match error {
        Error::<T>::NotSealed => InvalidTransaction::Future,
        Error::<T>::AlreadyCommitted
        | Error::<T>::NoMoreCommitments
        | Error::<T>::TooLate
        | Error::<T>::NothingToRepair => InvalidTransaction::Stale,
        _ => InvalidTransaction::Call,
    }
}

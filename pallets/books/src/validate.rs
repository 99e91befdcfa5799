//! What the pool takes of calls without a nonce.
//!
//! A commitment that was rejected does not come back without a nonce: everybody saw the transaction,
//! and could send it again until its era ends, to use up the party's second chance. A party that
//! wants the same commitment again sends it with a nonce.

use crate::{commitments, Call, Config, Error, WeightInfo};
use counterfoil_primitives::{
    written::day_of_input, AgreementId, BusinessDay, Commitment, MemberId, Side,
};
use counterfoil_support::{
    unordered::{worker_call, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::pallet_prelude::Weight;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};

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
    if commitments::was_rejected::<T>(agreement, day, side, commitment) {
        return Err(InvalidTransaction::Stale.into());
    }
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
        Error::NotSealed => InvalidTransaction::Future,
        Error::AlreadyCommitted
        | Error::NoMoreCommitments
        | Error::TooLate
        | Error::NothingToRepair => InvalidTransaction::Stale,
        _ => InvalidTransaction::Call,
    }
}

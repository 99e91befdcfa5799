//! What the pool accepts of the calls that carry an operator's authority.
//!
//! State comes first: what was applied already, or cannot be, is refused before a signature is
//! looked at.
//!
//! A commitment that was rejected does not come back by authority: everybody saw that authority,
//! and could send it again until it expires, to use up the party's second chance. A party that
//! wants the same commitment again signs a transaction, which has a nonce.

use crate::{commitments, Config, Error};
use counterfoil_primitives::{AgreementId, BusinessDay, Commitment, OperatorAuth, Side};
use frame_support::pallet_prelude::Weight;
use pallet_registry::origin;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidityWithRefund,
};

/// What an operator signs to commit.
pub const COMMIT: &str = "books.commit";

/// What an operator signs to confirm a repair.
pub const CONFIRM_REPAIR: &str = "books.confirm_repair";

/// The validity of a commitment.
pub fn commit<T: Config>(
    source: TransactionSource,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
    auth: &Option<OperatorAuth>,
) -> TransactionValidityWithRefund {
    let member = auth.as_ref().ok_or(InvalidTransaction::Call)?.member;
    commitments::ensure_committable::<T>(member, agreement, day, side, commitment)
        .map_err(refusal)?;
    if commitments::was_rejected::<T>(agreement, day, side, commitment) {
        return Err(InvalidTransaction::Stale.into());
    }
    let arguments = (agreement, day, side, commitment);
    origin::authorise::<T::Directory>(source, auth, COMMIT, &arguments)?;
    let tag = ("commit", agreement, day, side);
    Ok((origin::worker_call(tag), Weight::zero()))
}

/// The validity of the confirmation of a repair.
pub fn confirm_repair<T: Config>(
    source: TransactionSource,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
    auth: &Option<OperatorAuth>,
) -> TransactionValidityWithRefund {
    let member = auth.as_ref().ok_or(InvalidTransaction::Call)?.member;
    commitments::ensure_repaired::<T>(member, agreement, day, side, commitment).map_err(refusal)?;
    let arguments = (agreement, day, side, commitment);
    origin::authorise::<T::Directory>(source, auth, CONFIRM_REPAIR, &arguments)?;
    let tag = ("confirm_repair", agreement, day, side);
    Ok((origin::worker_call(tag), Weight::zero()))
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

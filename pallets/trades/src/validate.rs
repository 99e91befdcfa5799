//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! Without a nonce, storage must tell whether a call was applied: a seal by the day's seal, a batch by
//! its sequences. A batch that was taken in part is kept as spent until its era ends.

use crate::{batch, request::Request, seal, weighing, Call, Config, Error, WeightInfo};
use counterfoil_primitives::{
    ports::Directory, window::Status, written::day_of_input, AgreementId, BusinessDay, MemberId,
    Sequence,
};
use counterfoil_support::{
    is_signed_by,
    unordered::{NEEDS_NONCE, SUSPENDED},
    worker_priority::worker_call,
    ValidateUnordered,
};
use frame_support::{
    ensure,
    pallet_prelude::{
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidity,
        TransactionValidityError, ValidTransaction, Weight,
    },
};
use frame_system::pallet_prelude::OriginFor;

/// As a signed call that pays no fee; workers' calls go first.
const RECORD_PRIORITY: TransactionPriority = 0;

/// Whether recording costs its signer no fee: the agreement admits it as a client, and it is not suspended,
/// so that its batches can be taken.
pub(crate) fn is_free_to_record<T: Config>(
    origin: &OriginFor<T>,
    agreement_id: AgreementId,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        T::Directory::agreement(agreement_id)
            .is_some_and(|agreement| agreement.admits(member) && !agreement.is_suspended(member))
    })
}

/// Whether sealing costs its signer no fee: the agreement names it.
pub(crate) fn is_free_to_seal<T: Config>(origin: &OriginFor<T>, agreement: AgreementId) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| is_named::<T>(member, agreement))
}

/// Whether the agreement names `member`.
fn is_named<T: Config>(member: MemberId, agreement_id: AgreementId) -> bool {
    T::Directory::agreement(agreement_id).is_some_and(|agreement| agreement.names(member))
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(&self, member: MemberId, _: TransactionSource) -> TransactionValidity {
        match self {
            Self::record { agreement, trades } => record::<T, _>(member, *agreement, trades),
            Self::refund { agreement, refunds } => record::<T, _>(member, *agreement, refunds),
            Self::seal { agreement, day } => seal::<T>(member, *agreement, *day),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::record { trades, .. } => weighing::before_validating::<T>(trades),
            Self::refund { refunds, .. } => weighing::before_validating_refunds::<T>(refunds),
            Self::seal { .. } => T::WeightInfo::validate_seal(),
            _ => Weight::zero(),
        }
    }
}

/// Takes a batch of payments or of refunds that has a fresh sequence, of an admitted client that is not
/// suspended.
///
/// Batches of a client with different first fresh sequences can wait side by side.
fn record<T: Config, R: Request>(
    client: MemberId,
    agreement_id: AgreementId,
    requests: &[R],
) -> TransactionValidity {
    let agreement = T::Directory::agreement(agreement_id).ok_or(InvalidTransaction::Call)?;
    ensure!(agreement.admits(client), InvalidTransaction::BadSigner);
    ensure!(!agreement.is_suspended(client), SUSPENDED);
    let sequence = first_fresh::<T, R>(client, requests)?;
    Ok(ValidTransaction {
        priority: RECORD_PRIORITY,
        ..worker_call(("record", client, sequence))
    })
}

/// The first sequence of a batch that can be taken.
fn first_fresh<T: Config, R: Request>(
    client: MemberId,
    requests: &[R],
) -> Result<Sequence, TransactionValidityError> {
    let mut window = batch::window_of::<T>(client);
    let mut refusal = InvalidTransaction::Stale;
    for request in requests {
        match window.status(request.sequence()) {
            Status::Fresh => return Ok(request.sequence()),
            Status::Above => refusal = InvalidTransaction::Future,
            Status::Used | Status::Below => {}
        }
    }
    Err(refusal.into())
}

/// Takes a seal of a day that can be sealed now, by a member that the agreement names.
fn seal<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> TransactionValidity {
    let day = day_of_input(day).map_err(|_| InvalidTransaction::Call)?;
    let due = seal::ensure_due::<T>(agreement, day);
    due.map_err(|error| match error {
        Error::<T>::AlreadySealed => InvalidTransaction::Stale,
        Error::<T>::BeforeCutOff => InvalidTransaction::Future,
        _ => InvalidTransaction::Call,
    })?;
    ensure!(
        is_named::<T>(member, agreement),
        InvalidTransaction::BadSigner
    );
    Ok(worker_call(("seal", agreement, day)))
}

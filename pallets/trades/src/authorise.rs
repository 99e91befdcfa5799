//! What the pool accepts of authorised calls.
//!
//! An authorised call has no nonce, so storage must tell whether it was applied: a seal by the
//! day's seal, a batch by its sequences, and one that was taken in part by its signature in
//! [`crate::spent`].

use crate::{batch, seal, spent, Config, Error};
use counterfoil_primitives::{
    ports::Directory, window::Status, AgreementId, BusinessDay, MemberId, OperatorAuth, Sequence,
    TradeRequest,
};
use frame_support::{
    pallet_prelude::{
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidityError,
        TransactionValidityWithRefund, ValidTransaction, Weight,
    },
    traits::OriginTrait,
    BoundedVec,
};
use frame_system::pallet_prelude::OriginFor;
use pallet_registry::origin::{authorise, worker_call};

/// As a signed call that pays no fee; workers' calls go first.
const RECORD_PRIORITY: TransactionPriority = 0;

/// Whether a call is signed by a client that the agreement admits. A batch of anybody else fails,
/// after it took its room in the block: it is not free, so that the pool refuses it.
pub(crate) fn is_admitted<T: Config>(origin: &OriginFor<T>, agreement: AgreementId) -> bool {
    origin
        .as_signer()
        .and_then(T::Directory::member_of)
        .is_some_and(|member| {
            T::Directory::agreement(agreement).is_some_and(|view| view.clients.contains(&member))
        })
}

/// Accepts a batch of an admitted client that has a fresh sequence and was not applied.
///
/// Batches of a client with different first fresh sequences can wait side by side.
pub(crate) fn record<T: Config>(
    source: TransactionSource,
    agreement: AgreementId,
    trades: &BoundedVec<TradeRequest, T::MaxBatch>,
    auth: &Option<OperatorAuth>,
) -> TransactionValidityWithRefund {
    let client = authorise::<T::Directory>(source, auth, "trades.record", &(agreement, trades))?;
    let view = T::Directory::agreement(agreement).ok_or(InvalidTransaction::Call)?;
    if !view.clients.contains(&client) {
        return Err(InvalidTransaction::BadSigner.into());
    }
    let sequence = first_fresh::<T>(client, trades)?;
    if let Some(auth) = auth {
        spent::ensure_unused::<T>(auth)?;
    }
    let validity = worker_call(("record", client, sequence));
    Ok((
        ValidTransaction {
            priority: RECORD_PRIORITY,
            ..validity
        },
        Weight::zero(),
    ))
}

/// The first sequence of a batch that can be taken.
fn first_fresh<T: Config>(
    client: MemberId,
    trades: &[TradeRequest],
) -> Result<Sequence, TransactionValidityError> {
    let mut window = batch::window_of::<T>(client);
    let mut refusal = InvalidTransaction::Stale;
    for trade in trades {
        match window.status(trade.sequence) {
            Status::Fresh => return Ok(trade.sequence),
            Status::Above => refusal = InvalidTransaction::Future,
            Status::Used | Status::Below => {}
        }
    }
    Err(refusal.into())
}

/// Accepts a seal of a day that can be sealed now.
pub(crate) fn seal<T: Config>(
    source: TransactionSource,
    agreement: AgreementId,
    day: BusinessDay,
    auth: &Option<OperatorAuth>,
) -> TransactionValidityWithRefund {
    authorise::<T::Directory>(source, auth, "trades.seal", &(agreement, day))?;
    seal::ensure_due::<T>(agreement, day).map_err(|error| match error {
        Error::AlreadySealed => InvalidTransaction::Stale,
        Error::BeforeCutOff => InvalidTransaction::Future,
        _ => InvalidTransaction::Call,
    })?;
    Ok((worker_call(("seal", agreement, day)), Weight::zero()))
}

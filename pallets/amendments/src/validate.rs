//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! A step and a lapse may come without a nonce: the proposal shows whether they were applied. All else needs
//! one. A call is free for those for whom it can succeed; a proposal is free for those who may make one.

use crate::{
    answer, booking_steps, withdraw_and_lapse, Call, Config, Error, Proposals, WeightInfo,
};
use counterfoil_primitives::{amendment::Standing, ports::Directory, AgreementId, MemberId};
use counterfoil_support::{
    is_signed_by, unordered::NEEDS_NONCE, worker_priority::worker_call, ValidateUnordered,
};
use frame_support::{
    ensure,
    pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidity, Weight},
};
use frame_system::pallet_prelude::OriginFor;
use sp_core::H256;

/// Whether a proposal costs its signer no fee: it is a party of the agreement, or an admitted client that is
/// not suspended.
pub(crate) fn is_free_to_propose<T: Config>(
    origin: &OriginFor<T>,
    agreement_id: AgreementId,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        T::Directory::agreement(agreement_id).is_some_and(|agreement| agreement.may_amend(member))
    })
}

/// Whether an answer costs its signer no fee: it is awaited.
pub(crate) fn is_free_to_answer<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
    accept: bool,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        answer::check_answer::<T>(member, agreement, number, fingerprint, accept).is_ok()
    })
}

/// Whether a step costs its signer no fee: it is the next one, and the agreement names the signer.
pub(crate) fn is_free_to_book<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    number: u32,
    from: u32,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        is_named::<T>(member, agreement)
            && booking_steps::check_next::<T>(agreement, number, from).is_ok()
    })
}

/// Whether a withdrawal costs its signer no fee: the proposal is its own or left to it, and is open.
pub(crate) fn is_free_to_withdraw<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        withdraw_and_lapse::check_withdraw::<T>(member, agreement, number, fingerprint).is_ok()
    })
}

/// Whether it costs its signer no fee to write a claim off: the claim is its own or left to it.
pub(crate) fn is_free_to_write_off<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        withdraw_and_lapse::check_write_off::<T>(member, agreement, number, fingerprint).is_ok()
    })
}

/// Whether a lapse costs its signer no fee: the time is over, and the agreement names the signer.
pub(crate) fn is_free_to_lapse<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    number: u32,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        is_named::<T>(member, agreement)
            && withdraw_and_lapse::check_lapse::<T>(agreement, number).is_ok()
    })
}

/// Whether the agreement names `member`.
fn is_named<T: Config>(member: MemberId, agreement_id: AgreementId) -> bool {
    T::Directory::agreement(agreement_id).is_some_and(|agreement| agreement.names(member))
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(&self, member: MemberId, _: TransactionSource) -> TransactionValidity {
        match self {
            Self::book {
                agreement,
                number,
                from,
            } => book::<T>(member, *agreement, *number, *from),
            Self::lapse { agreement, number } => lapse::<T>(member, *agreement, *number),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::book { .. } => T::WeightInfo::validate_book(),
            Self::lapse { .. } => T::WeightInfo::validate_lapse(),
            _ => Weight::zero(),
        }
    }
}

/// Takes the next step of an accepted proposal, by a member that the agreement names.
fn book<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    number: u32,
    from: u32,
) -> TransactionValidity {
    booking_steps::check_next::<T>(agreement, number, from).map_err(|error| match error {
        Error::<T>::OtherStep => InvalidTransaction::Stale,
        Error::<T>::NotAccepted if is_open::<T>(agreement, number) => InvalidTransaction::Future,
        Error::<T>::NotAccepted => InvalidTransaction::Stale,
        // Tomorrow takes it.
        Error::<T>::DayFull => InvalidTransaction::Future,
        _ => InvalidTransaction::Call,
    })?;
    ensure!(
        is_named::<T>(member, agreement),
        InvalidTransaction::BadSigner
    );
    Ok(worker_call(("amend.book", agreement, number, from)))
}

/// Takes a lapse of a proposal whose time is over, by a member that the agreement names.
fn lapse<T: Config>(member: MemberId, agreement: AgreementId, number: u32) -> TransactionValidity {
    withdraw_and_lapse::check_lapse::<T>(agreement, number).map_err(|error| match error {
        Error::<T>::NotLapsed if is_open::<T>(agreement, number) => InvalidTransaction::Future,
        Error::<T>::NotLapsed => InvalidTransaction::Stale,
        _ => InvalidTransaction::Call,
    })?;
    ensure!(
        is_named::<T>(member, agreement),
        InvalidTransaction::BadSigner
    );
    Ok(worker_call(("amend.lapse", agreement, number)))
}

fn is_open<T: Config>(agreement: AgreementId, number: u32) -> bool {
    Proposals::<T>::get(agreement, number)
        .is_some_and(|proposal| matches!(proposal.standing, Standing::Open))
}

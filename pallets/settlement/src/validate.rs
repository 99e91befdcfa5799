//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! A payment may come without a nonce: the obligation shows whether it was made. All else needs one. Each
//! call of staff is free for whom it can succeed; a payment is free for who owes, so that staff which pays by
//! hand reads why the chain refuses.

use crate::{
    asset_payment::check_pay,
    declarations::{self, Stated},
    release::check_release,
    who_owes, Call, Config, Error, WeightInfo,
};
use codec::Encode;
use counterfoil_primitives::{
    refusal::FIRST_OF_PAYMENTS, settlement::BankReference, AgreementId, Amount, BusinessDay,
    MemberId,
};
use counterfoil_support::{
    is_signed_by, unordered::NEEDS_NONCE, worker_priority::worker_call, ValidateUnordered,
};
use frame_support::pallet_prelude::{
    InvalidTransaction, TransactionSource, TransactionValidity, Weight,
};
use frame_system::pallet_prelude::OriginFor;

/// Whether a payment costs its signer no fee: it owes for the settlement period of the day, which may be
/// given by the digits of its date, or owed before it paid.
pub(crate) fn is_free_to_pay<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        who_owes::find::<T>(agreement, day)
            .and_then(|owed| owed.debt_of::<T>(member))
            .is_ok()
    })
}

/// Whether a release costs its signer no fee: it is awaited.
pub(crate) fn is_free_to_release<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        check_release::<T>(member, agreement, day).is_ok()
    })
}

/// Whether a declaration costs its signer no fee: it owes as much, and has not declared it yet.
pub(crate) fn is_free_to_declare<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
    stated: Stated,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        declarations::check_declare::<T>(member, agreement, day, stated).is_ok()
    })
}

/// Whether the withdrawal of a declaration costs its signer no fee: it is its own, and not answered.
pub(crate) fn is_free_to_withdraw<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
    number: u32,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        declarations::check_withdraw::<T>(member, agreement, day, number).is_ok()
    })
}

/// Whether an acknowledgement costs its signer no fee: it is awaited.
pub(crate) fn is_free_to_acknowledge<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
    number: u32,
    reference: &BankReference,
    received: Amount,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        declarations::check_acknowledge::<T>(member, agreement, day, number, reference, received)
            .is_ok()
    })
}

/// Whether the report of a return costs its signer no fee: as much stayed with the creditor by now, and what
/// came back before is what the report names.
pub(crate) fn is_free_to_return<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
    number: u32,
    amount: Amount,
    returned_before: Amount,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        declarations::check_return::<T>(member, agreement, day, number, amount, returned_before)
            .is_ok()
    })
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(&self, member: MemberId, _: TransactionSource) -> TransactionValidity {
        match self {
            Self::pay { agreement, day } => pay::<T>(member, *agreement, *day),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::pay { .. } => T::WeightInfo::validate_pay(),
            _ => Weight::zero(),
        }
    }
}

/// Takes a payment that the chain could make now, and refuses the rest by its reason.
fn pay<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> TransactionValidity {
    let checked = check_pay::<T>(member, agreement, day).map_err(refused)?;
    // Whichever day of the period the call names, the pool holds it once.
    Ok(worker_call(("pay", agreement, checked.owed.first)))
}

/// How the pool names a payment that cannot be made: in its own words where it has some, else by the
/// error of the call.
fn refused<T>(error: Error<T>) -> InvalidTransaction {
    match error {
        Error::NoSuchDate | Error::UnknownAgreement => InvalidTransaction::Call,
        Error::NotReconciled | Error::NotDue => InvalidTransaction::Future,
        Error::NotTheDebtor => InvalidTransaction::BadSigner,
        Error::AlreadyPaid => InvalidTransaction::Stale,
        other => {
            let index = other.encode().first().copied().unwrap_or_default();
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS.saturating_add(index))
        }
    }
}

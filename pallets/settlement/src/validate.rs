//! What the pool takes of calls without a nonce, and which calls are free.

use crate::{debt::is_debtor, payment::check_pay, Call, Config, Error, WeightInfo};
use codec::Encode;
use counterfoil_primitives::{
    refusal::FIRST_OF_PAYMENTS, written::day_of_input, AgreementId, BusinessDay, MemberId,
};
use counterfoil_support::{
    is_signed_by,
    unordered::{worker_call, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::pallet_prelude::{
    InvalidTransaction, TransactionSource, TransactionValidity, Weight,
};
use frame_system::pallet_prelude::OriginFor;

/// Whether a payment costs its signer no fee: it owes for the day, which may be given by the digits of
/// its date.
pub(crate) fn is_free_to_pay<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        day_of_input(day).is_ok_and(|day| is_debtor::<T>(member, agreement, day))
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
    Ok(worker_call(("pay", agreement, checked.day)))
}

/// How the pool names a payment that cannot be made: in its own words where it has some, else by the
/// error of the call.
fn refused<T>(error: Error<T>) -> InvalidTransaction {
    match error {
        Error::NoSuchDate | Error::UnknownAgreement => InvalidTransaction::Call,
        Error::NotReconciled => InvalidTransaction::Future,
        Error::NotTheDebtor => InvalidTransaction::BadSigner,
        Error::AlreadyPaid => InvalidTransaction::Stale,
        other => {
            let index = other.encode().first().copied().unwrap_or_default();
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS.saturating_add(index))
        }
    }
}

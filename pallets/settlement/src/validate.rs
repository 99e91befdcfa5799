//! What the pool takes of calls without a nonce, and which calls are free.

use crate::{
    debt::{is_debtor, Debt},
    payment::{accounts, ensure_can_pay},
    Call, Config, Error, Obligations, WeightInfo,
};
use codec::Encode;
use counterfoil_primitives::{
    ports::Directory, refusal::FIRST_OF_PAYMENTS, written::day_of_input, AgreementId, BusinessDay,
    MemberId,
};
use counterfoil_support::{
    is_signed_by,
    unordered::{worker_call, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::{
    ensure,
    pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidity, Weight},
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
    agreement_id: AgreementId,
    day: BusinessDay,
) -> TransactionValidity {
    let day = day_of_input(day).map_err(|_| InvalidTransaction::Call)?;
    let agreement = T::Directory::agreement(agreement_id).ok_or(InvalidTransaction::Call)?;
    let obligation = Obligations::<T>::get(agreement_id, day).ok_or(InvalidTransaction::Future)?;
    let debt = Debt::of(&agreement, obligation.amount).ok_or(InvalidTransaction::Stale)?;
    ensure!(member == debt.debtor, InvalidTransaction::BadSigner);
    ensure!(obligation.paid_at.is_none(), InvalidTransaction::Stale);
    accounts::<T>(&debt, day)
        .ok_or(Error::<T>::NoAccount)
        .and_then(|accounts| {
            ensure_can_pay::<T>(&agreement, &accounts, obligation.asset, debt.amount)
        })
        .map_err(refused)?;
    Ok(worker_call(("pay", agreement_id, day)))
}

/// How the pool names a payment that cannot be made: by the error of the call.
fn refused<T>(error: Error<T>) -> InvalidTransaction {
    let index = error.encode().first().copied().unwrap_or_default();
    InvalidTransaction::Custom(FIRST_OF_PAYMENTS.saturating_add(index))
}

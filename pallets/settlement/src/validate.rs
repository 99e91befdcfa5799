//! What the pool takes of calls without a nonce.

use crate::{
    payment::{accounts, ensure_can_pay},
    Call, Config, Error, Payables, WeightInfo,
};
use codec::Encode;
use counterfoil_primitives::{
    ports::Directory, refusal::FIRST_OF_PAYMENTS, written::day_of_input, AgreementId, BusinessDay,
    MemberId,
};
use counterfoil_support::{
    unordered::{worker_call, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::pallet_prelude::{
    InvalidTransaction, TransactionSource, TransactionValidity, Weight,
};

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
    let day = day_of_input(day).map_err(|_| InvalidTransaction::Call)?;
    let contract = T::Directory::agreement(agreement).ok_or(InvalidTransaction::Call)?;
    if member != contract.company {
        return Err(InvalidTransaction::BadSigner.into());
    }
    let payable = Payables::<T>::get(agreement, day).ok_or(InvalidTransaction::Future)?;
    if payable.paid_at.is_some() {
        return Err(InvalidTransaction::Stale.into());
    }
    accounts::<T>(&contract, day)
        .ok_or(Error::<T>::NoAccount)
        .and_then(|accounts| {
            ensure_can_pay::<T>(&contract, &accounts, payable.asset, payable.amount)
        })
        .map_err(refused)?;
    Ok(worker_call(("pay", agreement, day)))
}

/// How the pool names a payment that cannot be made: by the error of the call.
fn refused<T>(error: Error<T>) -> InvalidTransaction {
    let index = error.encode().first().copied().unwrap_or_default();
    InvalidTransaction::Custom(FIRST_OF_PAYMENTS.saturating_add(index))
}

//! What the pool takes of calls without a nonce.

use crate::{payment::can_pay, Call, Config, Payables, WeightInfo};
use counterfoil_primitives::{ports::Directory, AgreementId, BusinessDay, MemberId};
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
    let contract = T::Directory::agreement(agreement).ok_or(InvalidTransaction::Call)?;
    if member != contract.company {
        return Err(InvalidTransaction::BadSigner.into());
    }
    let payable = Payables::<T>::get(agreement, day).ok_or(InvalidTransaction::Future)?;
    if payable.paid_at.is_some() {
        return Err(InvalidTransaction::Stale.into());
    }
    if !can_pay::<T>(&contract, payable.asset, payable.amount) {
        return Err(InvalidTransaction::Payment.into());
    }
    Ok(worker_call(("pay", agreement, day)))
}

//! Checks and counts each transaction.

use crate::{
    charge::{Account, Charge},
    dear_checks::ensure_room_for_dear_checks,
    signer_and_rank::Signer,
    Config, WeightInfo,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    pallet_prelude::{TransactionSource, TransactionValidity},
    weights::Weight,
};
use scale_info::{StaticTypeInfo, TypeInfo};
use sp_runtime::{
    traits::{
        DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication, PostDispatchInfoOf,
        RefundWeight, TransactionExtension, TransactionExtensionMetadata, ValidateResult,
    },
    transaction_validity::TransactionValidityError,
    DispatchResult,
};

/// The extensions `S`, and the check that the signer's member keeps to its room in the block.
///
/// `S` ends with `CheckWeight`, which books what a call costs. What has a worker's priority by `S` is
/// checked by the chain's state to do something, once: it has a room of its own.
///
/// Wallets see `S` alone: the metadata is that one's, and there are no bytes beside its own.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq)]
pub struct CheckShare<T, S>(S, PhantomData<T>);

impl<T: Config, S> CheckShare<T, S> {
    /// What counting a member's first call in a block costs more than counting another one: its use
    /// comes from the database, and goes there.
    pub(crate) fn saved() -> Weight {
        let first = T::WeightInfo::calls(1);
        let later = T::WeightInfo::calls(2).saturating_sub(first);
        first.saturating_sub(later)
    }
}

impl<T, S> From<S> for CheckShare<T, S> {
    fn from(inner: S) -> Self {
        Self(inner, PhantomData)
    }
}

impl<T, S: StaticTypeInfo> TypeInfo for CheckShare<T, S> {
    type Identity = S;

    fn type_info() -> scale_info::Type {
        S::type_info()
    }
}

impl<T, S: Encode> core::fmt::Debug for CheckShare<T, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        write!(f, "CheckShare({:?})", self.0.encode())
    }
}

impl<T, S> TransactionExtension<T::RuntimeCall> for CheckShare<T, S>
where
    T: Config + Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    S: TransactionExtension<T::RuntimeCall>,
{
    const IDENTIFIER: &'static str = S::IDENTIFIER;
    type Implicit = S::Implicit;
    /// That of `S`, and whose use it is, where it is counted.
    type Val = (S::Val, Option<Account>);
    /// That of `S`, and what is counted at the end.
    type Pre = (S::Pre, Option<Charge>);

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        S::metadata()
    }

    fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
        self.0.implicit()
    }

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        self.0.weight(call).saturating_add(T::WeightInfo::calls(1))
    }

    fn validate(
        &self,
        origin: DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
        implicit: Self::Implicit,
        implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, T::RuntimeCall> {
        if source == TransactionSource::InBlock {
            ensure_room_for_dear_checks::<T>(&origin, info, len)?;
        }
        let (mut validity, val, origin) =
            self.0
                .validate(origin, call, info, len, implicit, implication, source)?;
        let signer = Signer::of::<T>(&origin, call, validity.priority)?;
        // A block has no use for priorities.
        if source != TransactionSource::InBlock {
            let is_next = validity.requires.is_empty();
            let added = signer.priority::<T>(call, is_next);
            validity.priority = validity.priority.saturating_add(added);
        }
        Ok((validity, (val, signer.account()), origin))
    }

    fn prepare(
        self,
        (val, account): Self::Val,
        origin: &DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let charge = account
            .map(|account| Charge::begin::<T>(account, info, len))
            .transpose()?;
        let pre = self.0.prepare(val, origin, call, info, len)?;
        Ok((pre, charge))
    }

    /// Refunds what a later call of a member costs less than its first in a block. `S` refunds first, so
    /// that what is counted is what the block was charged.
    fn post_dispatch_details(
        (pre, charge): Self::Pre,
        info: &DispatchInfoOf<T::RuntimeCall>,
        post_info: &PostDispatchInfoOf<T::RuntimeCall>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        let mut actual = *post_info;
        if charge.as_ref().is_none_or(|charge| !charge.is_first) {
            actual.refund(Self::saved());
        }
        S::post_dispatch(pre, info, &mut actual, len, result)?;
        if let Some(charge) = charge {
            charge.end::<T>();
        }
        let before = post_info.calc_actual_weight(info);
        Ok(before.saturating_sub(actual.calc_actual_weight(info)))
    }

    fn bare_validate(
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> TransactionValidity {
        S::bare_validate(call, info, len)
    }

    fn bare_validate_and_prepare(
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<(), TransactionValidityError> {
        S::bare_validate_and_prepare(call, info, len)
    }

    fn bare_post_dispatch(
        info: &DispatchInfoOf<T::RuntimeCall>,
        post_info: &mut PostDispatchInfoOf<T::RuntimeCall>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<(), TransactionValidityError> {
        S::bare_post_dispatch(info, post_info, len, result)
    }
}

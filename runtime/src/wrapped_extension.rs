//! An extension of a transaction, as this chain runs it.
//!
//! What the extension inside refuses is told by its reason. What that did not use of its weight is given
//! back, and the priority that comes of it is bounded. The wrapper lets nothing in, and adds no byte.

use crate::{
    cannot_pay_explained::explain, extension_weights::Charged, RuntimeCall, RuntimeOrigin,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    traits::OriginTrait,
    weights::Weight,
};
use scale_info::{StaticTypeInfo, Type, TypeInfo};
use sp_runtime::{
    traits::{Implication, TransactionExtension, TransactionExtensionMetadata, ValidateResult},
    transaction_validity::{TransactionSource, TransactionValidityError},
    DispatchResult,
};

/// An extension as this chain runs it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking)]
pub struct Wrapped<S>(pub S);

// From the outside this is the extension that it holds.
impl<S: StaticTypeInfo> TypeInfo for Wrapped<S> {
    type Identity = S;

    fn type_info() -> Type {
        S::type_info()
    }
}

impl<S: Charged> TransactionExtension<RuntimeCall> for Wrapped<S> {
    const IDENTIFIER: &'static str = S::IDENTIFIER;
    type Implicit = S::Implicit;
    type Val = S::Val;
    type Pre = S::Pre;

    fn implicit(&self) -> Result<S::Implicit, TransactionValidityError> {
        self.0.implicit()
    }

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        S::metadata()
    }

    fn weight(&self, call: &RuntimeCall) -> Weight {
        self.0.weight(call)
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfo,
        len: usize,
        implicit: S::Implicit,
        implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<S::Val, RuntimeCall> {
        let signer = origin.as_signer().cloned();
        self.0
            .validate(origin, call, info, len, implicit, implication, source)
            .map(|(mut validity, val, origin)| {
                validity.priority = validity.priority.min(S::MAX_PRIORITY);
                (validity, val, origin)
            })
            .map_err(|error| explain(error, signer.as_ref(), call))
    }

    fn prepare(
        self,
        val: S::Val,
        origin: &RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfo,
        len: usize,
    ) -> Result<S::Pre, TransactionValidityError> {
        self.0
            .prepare(val, origin, call, info, len)
            .map_err(|error| explain(error, origin.as_signer(), call))
    }

    fn post_dispatch_details(
        pre: S::Pre,
        info: &DispatchInfo,
        post_info: &PostDispatchInfo,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        let unspent = S::unspent(&pre);
        let more = S::post_dispatch_details(pre, info, post_info, len, result)?;
        Ok(unspent.saturating_add(more))
    }
}

//! Says why an account's call is not taken, where the SDK says only that it cannot pay.
//!
//! Strangers are kept out by the nonce, and members by the fee of what is not free for them. Both
//! are the SDK's `Payment`, "account balance too low", which sends people looking for money. This
//! wrapper looks once more who signs what, after it was refused; it lets nothing in and adds no byte. It
//! also gives back what the extension inside did not use, and bounds the priority that comes of it.

use crate::{weights::Charged, AccountId, Registry, RuntimeCall, RuntimeOrigin};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use counterfoil_primitives::{ports::Directory, refusal, AgreementId, MemberId};
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    traits::OriginTrait,
    weights::Weight,
};
use scale_info::{StaticTypeInfo, Type, TypeInfo};
use sp_runtime::{
    traits::{Implication, TransactionExtension, TransactionExtensionMetadata, ValidateResult},
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    DispatchResult,
};

/// The account is no member's operator.
pub const STRANGER: InvalidTransaction = InvalidTransaction::Custom(refusal::STRANGER);

/// The agreement does not admit the member as a client.
pub const NOT_ADMITTED: InvalidTransaction = InvalidTransaction::Custom(refusal::NOT_ADMITTED);

/// The call is not free for the member, and its account has nothing to pay with.
pub const NOT_FREE: InvalidTransaction = InvalidTransaction::Custom(refusal::NOT_FREE);

/// An extension whose refusals for lack of funds, or for the signer, are told by their reason.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking)]
pub struct SayWhy<S>(pub S);

// From the outside this is the extension that it holds.
impl<S: StaticTypeInfo> TypeInfo for SayWhy<S> {
    type Identity = S;

    fn type_info() -> Type {
        S::type_info()
    }
}

impl<S: Charged> TransactionExtension<RuntimeCall> for SayWhy<S> {
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

/// The reason behind a refusal for lack of funds, or for the signer.
fn explain(
    error: TransactionValidityError,
    signer: Option<&AccountId>,
    call: &RuntimeCall,
) -> TransactionValidityError {
    let otherwise = match error {
        TransactionValidityError::Invalid(InvalidTransaction::Payment) => NOT_FREE,
        TransactionValidityError::Invalid(why @ InvalidTransaction::BadSigner) => why,
        other => return other,
    };
    let Some(signer) = signer else { return error };
    let Some(member) = Registry::member_of(signer) else {
        return STRANGER.into();
    };
    match recorded_under(call) {
        Some(agreement) if !admits(agreement, member) => NOT_ADMITTED.into(),
        _ => otherwise.into(),
    }
}

/// The agreement for which a call records.
fn recorded_under(call: &RuntimeCall) -> Option<AgreementId> {
    match call {
        RuntimeCall::Trades(
            pallet_trades::Call::record { agreement, .. }
            | pallet_trades::Call::record_one { agreement, .. }
            | pallet_trades::Call::refund { agreement, .. },
        ) => Some(*agreement),
        _ => None,
    }
}

fn admits(agreement_id: AgreementId, member: MemberId) -> bool {
    Registry::agreement(agreement_id).is_some_and(|agreement| agreement.admits(member))
}

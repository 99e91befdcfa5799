//! Which calls may come without a nonce: those of which the chain's state shows that they were applied.
//! A call that is nested in another one never may.

use crate::RuntimeCall;
use counterfoil_primitives::MemberId;
use counterfoil_support::{unordered::NEEDS_NONCE, ValidateUnordered};
use frame_support::weights::Weight;
use sp_runtime::transaction_validity::{TransactionSource, TransactionValidity};

impl ValidateUnordered for RuntimeCall {
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity {
        match self {
            Self::Trades(call) => call.validate_unordered(member, source),
            Self::Books(call) => call.validate_unordered(member, source),
            Self::Reconciliation(call) => call.validate_unordered(member, source),
            Self::Settlement(call) => call.validate_unordered(member, source),
            Self::Amendments(call) => call.validate_unordered(member, source),
            // A call that carries others is none of these, so nothing nested comes without a nonce.
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::Trades(call) => call.weight_of_unordered(),
            Self::Books(call) => call.weight_of_unordered(),
            Self::Reconciliation(call) => call.weight_of_unordered(),
            Self::Settlement(call) => call.weight_of_unordered(),
            Self::Amendments(call) => call.weight_of_unordered(),
            _ => Weight::zero(),
        }
    }
}

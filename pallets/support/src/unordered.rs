//! What the pool takes of a call without a nonce.

use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{refusal, MemberId};
use sp_runtime::{
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity},
    Weight,
};

/// The call needs a nonce: the chain's state does not tell whether it was applied.
pub const NEEDS_NONCE: InvalidTransaction = InvalidTransaction::Custom(refusal::NEEDS_NONCE);

/// Bank or company suspended the client that signed: it records nothing.
pub const SUSPENDED: InvalidTransaction = InvalidTransaction::Custom(refusal::SUSPENDED);

/// Calls that can come without a nonce, because the chain's state tells whether they were applied.
pub trait ValidateUnordered {
    /// The validity of this call, signed by `member`'s operator without a nonce.
    ///
    /// # Errors
    ///
    /// `Stale` where it was applied already, `Future` where it comes too early, [`NEEDS_NONCE`]
    /// where it cannot come so, else what keeps it from being applied.
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity;

    /// The weight of [`Self::validate_unordered`].
    fn weight_of_unordered(&self) -> Weight;
}

/// Keeps the transaction that is being applied from being applied again.
pub trait KeepSpent {
    /// Keeps it until its era ends: its call did something, and could do more later. Does nothing
    /// for a transaction with a nonce, which cannot come back anyway.
    fn keep_spent();
}

/// The pool's tag of what a call does.
pub fn tag_of(tag: impl Encode) -> Vec<u8> {
    ("counterfoil", tag).encode()
}

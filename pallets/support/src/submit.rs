//! How a worker signs a call and hands it to the pool.
//!
//! That the pool took a call does not mean that it is applied: the next runs look at the chain, and
//! send again what it does not show.

use counterfoil_primitives::MemberId;
use frame_system::offchain::{CreateTransactionBase, SubmitTransaction};

/// The log's target of what workers send.
const LOG: &str = "counterfoil::submit";

/// A runtime that makes transactions without a nonce for its workers.
pub trait CreateUnorderedTransaction<LocalCall>: CreateTransactionBase<LocalCall> {
    /// The transaction of `call`, signed by the member's operator key. `None` where this node's
    /// keystore does not hold the key.
    fn create_unordered_transaction(
        member: MemberId,
        call: Self::RuntimeCall,
    ) -> Option<Self::Extrinsic>;
}

/// What became of a worker's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// The pool took it.
    Taken,
    /// The pool did not take it, which may hold it already.
    Refused,
    /// The keystore does not hold the member's key.
    Unsigned,
}

/// Signs `call` as `member` and hands it to the pool. `name` is for the log.
pub fn submit<T, C>(member: MemberId, name: &str, call: C) -> Submitted
where
    T: CreateUnorderedTransaction<C>,
    C: Into<T::RuntimeCall>,
{
    let Some(transaction) = T::create_unordered_transaction(member, call.into()) else {
        log::warn!(
            target: LOG,
            "{name}: the keystore did not sign for member {member}. Remedy: insert its operator key."
        );
        return Submitted::Unsigned;
    };
    match SubmitTransaction::<T, C>::submit_transaction(transaction) {
        Ok(()) => Submitted::Taken,
        Err(()) => {
            log::debug!(
                target: LOG,
                "{name}: the pool did not take the call of member {member}, which may be pending \
                 already. A later run looks again."
            );
            Submitted::Refused
        }
    }
}

//! Sending calls, and following them to finality.
//!
//! | module | what it does |
//! |---|---|
//! | `pool` | asks the chain whether it would take a transaction, and hands it to the pool |
//! | `follow` | follows it to finality |

mod follow;
mod pool;

use super::{call::Call, events::Event, Chain, Config};
use crate::{
    error::{Error, Explain, PoolRefusal, Result},
    operator::Operator,
};
use counterfoil_primitives::envelope::UNORDERED;
use sp_core::H256;

/// Whether a call waits for those that its account sent before.
#[derive(Clone, Copy)]
enum Order {
    /// It has the account's next nonce.
    Next,
    /// It has no nonce: the chain's state keeps it from being applied twice.
    Free,
}

/// A call in a finalised block.
#[derive(Clone, Debug)]
pub struct Included {
    /// The block.
    pub block: H256,
    /// What the call did.
    pub events: Vec<Event>,
}

impl Included {
    /// The first event `pallet.name`.
    pub fn find(&self, pallet: &str, name: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.is(pallet, name))
    }
}

impl Chain {
    /// Signs `call` by the operator's own account with its next nonce, sends it, and follows it to
    /// finality. An error names what the chain refused.
    pub async fn submit_signed(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit(call, operator, Order::Next).await
    }

    /// As [`Self::submit_signed`], without a nonce: for calls that the chain's state keeps from being
    /// applied twice.
    pub async fn submit_unordered(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit(call, operator, Order::Free).await
    }

    /// Makes `call` as the chain's administrator, whose key `operator` is.
    pub async fn submit_sudo(&self, call: &Call, operator: &Operator) -> Result<Included> {
        let included = self.submit_signed(&self.sudo(call)?, operator).await?;
        let result = included
            .find("Sudo", "Sudid")
            .and_then(|event| event.fields.get("sudo_result"))
            .ok_or_else(|| Error::Absent("event of the administrator's call".into()))?;
        match result.get("Err") {
            Some(error) => Err(Error::Dispatch {
                call: call.title(),
                refusal: self.dispatch_refusal(error),
            }),
            None => Ok(included),
        }
    }

    /// Signs `call` without a nonce, hands it to the node's pool, and does not wait.
    pub async fn enqueue_unordered(&self, call: &Call, operator: &Operator) -> Result<()> {
        match self.try_enqueue(call, operator).await {
            Err(error) if is_void(&error) => self.try_enqueue(call, operator).await,
            outcome => outcome,
        }
    }

    async fn try_enqueue(&self, call: &Call, operator: &Operator) -> Result<()> {
        let envelope = self.envelope().await?;
        let bytes = envelope.sign(call, operator, UNORDERED)?;
        let refused = |refusal| Error::Pool {
            call: call.title(),
            refusal,
        };
        self.check(&envelope, &bytes).await.map_err(refused)?;
        self.enqueue(&bytes).await.map_err(refused)
    }

    /// A fork or a runtime upgrade may void what was signed: then it is signed once more.
    async fn submit(&self, call: &Call, operator: &Operator, order: Order) -> Result<Included> {
        match self.try_submit(call, operator, order).await {
            Err(error) if is_void(&error) => self.try_submit(call, operator, order).await,
            outcome => outcome,
        }
    }

    async fn try_submit(&self, call: &Call, operator: &Operator, order: Order) -> Result<Included> {
        let nonce = match order {
            Order::Next => self.next_nonce(operator).await?,
            Order::Free => UNORDERED,
        };
        let envelope = self.envelope().await?;
        let bytes = envelope.sign(call, operator, nonce)?;
        // The chain says why it would not take a call; the pool hardly does.
        self.check(&envelope, &bytes)
            .await
            .map_err(|refusal| Error::Pool {
                call: call.title(),
                refusal,
            })?;
        self.follow(bytes, &envelope, &call.title()).await
    }

    async fn next_nonce(&self, operator: &Operator) -> Result<u32> {
        let account = subxt::tx::Signer::<Config>::account_id(operator);
        let nonce = self
            .methods
            .system_account_next_index(&account)
            .await
            .of_node("the node does not tell the account's nonce")?;
        u32::try_from(nonce).of_shape("the account's nonce")
    }
}

/// Whether an error says that what was signed holds no more.
const fn is_void(error: &Error) -> bool {
    matches!(
        error,
        Error::Pool {
            refusal: PoolRefusal::Void(_),
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_holds_no_more_is_signed_anew() {
        let refused = |refusal| Error::Pool {
            call: "trades.seal".into(),
            refusal,
        };
        assert!(is_void(&refused(PoolRefusal::Void("a fork".into()))));
        assert!(!is_void(&refused(PoolRefusal::Stale)));
    }
}

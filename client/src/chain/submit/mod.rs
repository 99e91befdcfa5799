//! Sending calls, and following them to finality.
//!
//! | module | what it does |
//! |---|---|
//! | `pool` | asks the chain whether it would take a transaction, and hands it to the pool |
//! | `attempts` | whether a refused call is tried once more, and when |
//! | `follow` | follows it to a block, which is a final one unless a caller waits for less |

mod attempts;
mod follow;
mod pool;

use super::{call::Call, envelope::Envelope, events::Event, read::At, Chain, Config};
use crate::{
    error::{Error, Explain, Result},
    operator::Operator,
};
use attempts::Attempts;
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

/// How far a call is followed, and which state is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Until {
    /// Until it is final: nothing takes it back.
    #[default]
    Final,
    /// Until a block of the best chain holds it, which another block may still replace: for a chain on
    /// which nothing becomes final.
    Best,
}

/// A call in a block: a finalised one, unless it was followed [`Until::Best`].
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
    /// The newest state of the kind that `until` names.
    pub async fn newest(&self, until: Until) -> Result<At> {
        match until {
            Until::Final => self.finalized().await,
            Until::Best => self.best().await,
        }
    }

    /// Signs `call` by the operator's own account with its next nonce, sends it, and follows it to
    /// finality. An error names what the chain refused.
    pub async fn submit_signed(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit_signed_until(call, operator, Until::Final).await
    }

    /// As [`Self::submit_signed`], and follows the call as far as `until` says.
    pub async fn submit_signed_until(
        &self,
        call: &Call,
        operator: &Operator,
        until: Until,
    ) -> Result<Included> {
        self.submit(call, operator, Order::Next, until).await
    }

    /// As [`Self::submit_signed`], without a nonce: for calls that the chain's state keeps from being
    /// applied twice.
    pub async fn submit_unordered(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit(call, operator, Order::Free, Until::Final).await
    }

    /// Sends `call` without a signature, and follows it as far as `until` says: for calls that the chain
    /// takes from anybody.
    pub async fn submit_bare(&self, call: &Call, until: Until) -> Result<Included> {
        let envelope = self.envelope().await?;
        let bytes = envelope.bare(call)?;
        self.check_and_follow(bytes, &envelope, call, until).await
    }

    /// Signs `call` without a nonce, hands it to the node's pool, and does not wait.
    pub async fn enqueue_unordered(&self, call: &Call, operator: &Operator) -> Result<()> {
        let mut attempts = Attempts::new();
        loop {
            let error = match self.try_enqueue(call, operator).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            match attempts.rest_after(&error) {
                Some(rest) => tokio::time::sleep(rest).await,
                None => return Err(error),
            }
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

    /// A fork or a runtime upgrade may void what was signed: then it is signed once more. A pool that lags
    /// behind the chain is asked again.
    async fn submit(
        &self,
        call: &Call,
        operator: &Operator,
        order: Order,
        until: Until,
    ) -> Result<Included> {
        let mut attempts = Attempts::new();
        loop {
            let error = match self.try_submit(call, operator, order, until).await {
                Ok(included) => return Ok(included),
                Err(error) => error,
            };
            match attempts.rest_after(&error) {
                Some(rest) => tokio::time::sleep(rest).await,
                None => return Err(error),
            }
        }
    }

    async fn try_submit(
        &self,
        call: &Call,
        operator: &Operator,
        order: Order,
        until: Until,
    ) -> Result<Included> {
        let nonce = match order {
            Order::Next => self.next_nonce(operator).await?,
            Order::Free => UNORDERED,
        };
        let envelope = self.envelope().await?;
        let bytes = envelope.sign(call, operator, nonce)?;
        self.check_and_follow(bytes, &envelope, call, until).await
    }

    async fn check_and_follow(
        &self,
        bytes: Vec<u8>,
        envelope: &Envelope,
        call: &Call,
        until: Until,
    ) -> Result<Included> {
        // The chain says why it would not take a call; the pool hardly does.
        self.check(envelope, &bytes)
            .await
            .map_err(|refusal| Error::Pool {
                call: call.title(),
                refusal,
            })?;
        self.follow(bytes, envelope, &call.title(), until).await
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

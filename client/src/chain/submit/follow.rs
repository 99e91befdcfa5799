//! Following a call to a block, and what it did there.

use super::{
    pool::{INVALID, UNVERIFIED},
    Included, Until,
};
use crate::{
    chain::{
        envelope::Envelope,
        events::{pallet_refusal, Event},
        Chain, Config,
    },
    error::{DispatchRefusal, Error, Explain, PoolRefusal, Result, Source},
};
use sp_core::H256;
use std::time::Duration;
use subxt::{
    client::OnlineClientAtBlockImpl,
    error::{
        BackendError, DispatchError, ExtrinsicError, RpcError, TransactionEventsError,
        TransactionFinalizedSuccessError,
    },
    rpcs::Error as NodeError,
    transactions::{TransactionInBlock, TransactionStatus},
};

/// How long a call may take to become final before this client stops waiting.
const PATIENCE: Duration = Duration::from_secs(180);

/// A transaction in a block, as subxt knows it.
type InBlock = TransactionInBlock<Config, OnlineClientAtBlockImpl<Config>>;

impl Chain {
    /// Sends a transaction, the call named `call`, and waits as long as `until` says.
    pub(super) async fn follow(
        &self,
        transaction: Vec<u8>,
        envelope: &Envelope,
        call: &str,
        until: Until,
    ) -> Result<Included> {
        let mut entered = None;
        let inclusion = inclusion(&transaction, envelope, until, &mut entered);
        let block = match tokio::time::timeout(PATIENCE, inclusion).await {
            Err(_) => return Err(late(call.into(), entered, envelope.ends_at())),
            Ok(Ok(block)) => block,
            Ok(Err(source)) => {
                // The pool does not say why it drops a transaction.
                let call = call.into();
                let now = match self.envelope().await {
                    Ok(now) => now,
                    // It was sent, and may have been applied before the upgrade.
                    Err(Error::Unfit(_)) => return Err(Error::Unfollowed { call, source }),
                    Err(error) => return Err(error),
                };
                return Err(match self.check(&now, &transaction).await {
                    Err(refusal @ PoolRefusal::Void(_)) => Error::Pool { call, refusal },
                    Ok(()) => match refused_at_once(&source) {
                        Some(why) => Error::Pool {
                            call,
                            refusal: PoolRefusal::Lagging(why),
                        },
                        None => Error::Unfollowed { call, source },
                    },
                    Err(_) => Error::Unfollowed { call, source },
                });
            }
        };
        let events = match block.wait_for_success().await {
            Ok(events) => events,
            Err(TransactionEventsError::ExtrinsicFailed(error)) => {
                return Err(Error::Dispatch {
                    call: call.into(),
                    refusal: self.refused_by(&error),
                })
            }
            Err(error) => {
                return Err(Error::node(
                    format!("cannot read what became of {call}"),
                    TransactionFinalizedSuccessError::from(error),
                ))
            }
        };
        let events = events
            .iter()
            .map(|event| Event::read(&event.of_shape("an event")?))
            .collect::<Result<_>>()?;
        Ok(Included {
            block: H256(block.block_hash().0),
            events,
        })
    }

    /// The refusal that a dispatch error tells of.
    fn refused_by(&self, error: &DispatchError) -> DispatchRefusal {
        let of_pallet = || {
            let DispatchError::Module(module) = error else {
                return None;
            };
            let pallet = self.metadata.pallet_by_error_index(module.pallet_index())?;
            let variant = pallet.error_variant_by_index(module.error_index())?;
            Some(pallet_refusal(&pallet, variant))
        };
        of_pallet().unwrap_or_else(|| DispatchRefusal::Other(error.to_string()))
    }
}

/// Sends a transaction and waits as long as `until` says. `entered` is told the block of the best chain
/// that holds it meanwhile.
async fn inclusion(
    transaction: &[u8],
    envelope: &Envelope,
    until: Until,
    entered: &mut Option<H256>,
) -> Result<InBlock, Source> {
    let transaction = envelope.at().tx().from_bytes(transaction.to_vec());
    let mut progress = transaction.submit_and_watch().await?;
    while let Some(status) = progress.next().await {
        match status? {
            TransactionStatus::InFinalizedBlock(block) => return Ok(block),
            TransactionStatus::InBestBlock(block) if until == Until::Best => return Ok(block),
            TransactionStatus::InBestBlock(block) => *entered = Some(H256(block.block_hash().0)),
            TransactionStatus::NoLongerInBestBlock => *entered = None,
            TransactionStatus::Error { message }
            | TransactionStatus::Invalid { message }
            | TransactionStatus::Dropped { message } => return Err(message.into()),
            TransactionStatus::Validated | TransactionStatus::Broadcasted => {}
        }
    }
    Err("the node stopped telling of it".into())
}

/// Why a node's pool did not take the transaction, or could not judge it, when it was handed over; `None`
/// for every other error. What the pool says later of a transaction that it took has no code.
fn refused_at_once(error: &Source) -> Option<String> {
    let ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
        NodeError::User(refusal),
    ))) = error.downcast_ref::<ExtrinsicError>()?
    else {
        return None;
    };
    let data = refusal.data.as_ref().map_or("", |data| data.get());
    let why = || format!("{} {}", refusal.message, data.trim_matches('"'));
    matches!(refusal.code, INVALID | UNVERIFIED).then(|| why().trim().to_owned())
}

/// What is known of a transaction that is not final in time.
fn late(call: String, entered: Option<H256>, ends_at: u64) -> Error {
    match entered {
        Some(block) => Error::NotFinal {
            call,
            block,
            waited: PATIENCE,
        },
        None => Error::NotIncluded {
            call,
            ends_at,
            waited: PATIENCE,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subxt::rpcs::UserError;

    /// What subxt makes of an error while a transaction is handed over.
    fn submitting(error: NodeError) -> Source {
        ExtrinsicError::ErrorSubmittingTransaction(error.into()).into()
    }

    /// An error that a node answers with, and the reason in its data.
    fn answer(code: i32) -> NodeError {
        let reason = serde_json::value::to_raw_value("Transaction is outdated");
        NodeError::User(UserError {
            code,
            message: "Invalid Transaction".into(),
            data: Some(reason.unwrap()),
        })
    }

    #[test]
    fn another_answer_of_the_pool_is_no_refusal_whatever_its_words() {
        assert_eq!(refused_at_once(&submitting(answer(1012))), None);
        let words: Source = "Invalid Transaction (1010)".into();
        assert_eq!(refused_at_once(&words), None);
    }

    #[test]
    fn a_refusal_is_told_from_a_lost_connection_and_has_its_reason() {
        let why = refused_at_once(&submitting(answer(INVALID)));
        assert_eq!(
            why.as_deref(),
            Some("Invalid Transaction Transaction is outdated")
        );
        assert!(refused_at_once(&submitting(answer(UNVERIFIED))).is_some());
        let broken = NodeError::Client("the background task closed".into());
        assert_eq!(refused_at_once(&submitting(broken)), None);
    }

    #[test]
    fn what_is_late_is_said_to_be_in_a_block_or_in_none() {
        let late = |entered| late("trades.seal".into(), entered, 128);
        assert!(matches!(
            late(None),
            Error::NotIncluded { ends_at: 128, .. }
        ));
        let entered = H256::repeat_byte(7);
        let error = late(Some(entered));
        assert!(matches!(error, Error::NotFinal { block, .. } if block == entered));
    }
}

//! The chain as the import of one client sees it.
//!
//! | module | what it does |
//! |---|---|
//! | `batches_to_pool` | hands batches to the pool, side by side |
//! | `news` | reads what finalised blocks hold |
//! | `originals` | the payments that refunds give back from |
//! | [`refusal_reasons`] | why the chain refused a trade, in words |
//! | [`recorded_without_key`] | the trades of a client, read without its key |
//! | `waiting` | waiting that a machine's sleep does not use up |

mod batches_to_pool;
mod news;
mod originals;
pub mod recorded_without_key;
pub mod refusal_reasons;
mod waiting;

use super::{Batch, News, TradeChain, Usage};
use crate::{
    chain::{
        envelope::{birth_of, end_of},
        views::Agreement,
        Chain,
    },
    error::{Error, PoolRefusal},
    operator::Operator,
};
use anyhow::Result;
use batches_to_pool::{has_pending, in_full, Sender};
use counterfoil_primitives::{MemberId, Sequence};
use news::is_gone;
use recorded_without_key::ClientRecord;
use refusal_reasons::refusal;
use std::collections::BTreeSet;

/// The chain, for one client and one agreement.
pub struct ClientChain {
    /// What the client has recorded.
    record: ClientRecord,
    operator: Operator,
    /// The last finalised block of which the import was told.
    told: u64,
}

impl ClientChain {
    /// The chain for `client`, whose key `operator` is, from the finalised block on. Fails for a chain for
    /// whose calls this release was not built.
    pub async fn new(
        chain: Chain,
        agreement: Agreement,
        client: MemberId,
        operator: Operator,
    ) -> Result<Self> {
        chain.check_calls().await?;
        let told = chain.finalized().await?.number().await?;
        Ok(Self {
            record: ClientRecord::new(chain, agreement, client).await?,
            operator,
            told,
        })
    }
}

impl TradeChain for ClientChain {
    async fn ends_at(&mut self) -> Result<u64> {
        // What is sent now is noted in the journal before it is signed.
        self.record.chain.check_calls().await?;
        Ok(end_of(self.record.chain.birth().await?))
    }

    async fn is_quiet(&mut self) -> Result<bool> {
        let finalized = self
            .record
            .chain
            .finalized()
            .await?
            .highest_sequence(self.record.client)
            .await?;
        let best = self
            .record
            .chain
            .best()
            .await?
            .highest_sequence(self.record.client)
            .await?;
        if best != finalized {
            return Ok(false);
        }
        Ok(!has_pending(&self.record.chain, &self.operator.account()).await?)
    }

    async fn usage(&mut self, sequences: &[Sequence]) -> Result<Vec<Usage>> {
        let at = self.record.chain.finalized().await?;
        let used = at.used_sequences(self.record.client, sequences).await?;
        let usage = used.into_iter().map(|used| match used {
            None => Usage::Below,
            Some(true) => Usage::Used,
            Some(false) => Usage::Unused,
        });
        Ok(usage.collect())
    }

    async fn submit(&mut self, batches: Vec<Batch>, ends_at: u64) -> Vec<Result<(), PoolRefusal>> {
        let envelope = match self.record.chain.envelope_of(birth_of(ends_at)).await {
            Ok(envelope) => envelope,
            Err(error) => {
                let refusal = match error {
                    Error::Unfit(unfit) => PoolRefusal::Unfit(unfit),
                    error => PoolRefusal::Unreachable(in_full(error)),
                };
                return vec![Err(refusal); batches.len()];
            }
        };
        let sender = Sender {
            chain: self.record.chain.clone(),
            envelope,
            agreement: self.record.agreement.id,
            operator: self.operator.clone(),
        };
        sender.send_all(batches).await
    }

    async fn advance(&mut self) -> Result<News> {
        let (head, number) = self.finalized_after(self.told).await?;
        let mut news = News {
            finalized: number,
            ..News::default()
        };
        let mut touched = BTreeSet::new();
        for block in self.told + 1..=number {
            let at = if block == number {
                Ok(head.clone())
            } else {
                self.record.chain.at_number(block).await
            };
            let read = match at {
                Ok(at) => at.events().await.map(|events| (at, events)),
                Err(error) => Err(error),
            };
            let (at, events) = match read.map_err(anyhow::Error::from) {
                Ok(read) => read,
                // A node keeps old states for a while, and this client may have slept longer.
                Err(error) if block < number && is_gone(&error) => {
                    news.gap = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            touched.extend(self.touched(&events));
            news.refused.extend(self.refusals(&events));
            let failed = at
                .failed_records(
                    self.operator.account().as_ref(),
                    self.record.agreement.id,
                    &events,
                )
                .await?;
            let failed = failed.into_iter();
            news.refused
                .extend(failed.map(|(sequence, reason)| (sequence, refusal(&reason))));
        }
        news.landed = recorded_without_key::on_pages(
            &head,
            &self.record.agreement,
            self.record.client,
            touched,
        )
        .await?;
        self.told = number;
        Ok(news)
    }
}

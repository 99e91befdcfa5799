//! The chain as the import of one client sees it.

use super::{call::Call, events::Event, read::At, submit::PoolRefusal, views::Agreement, Chain};
use crate::{
    import::{News, Refusal, TradeChain, Usage},
    signer::Operator,
};
use anyhow::{bail, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    tree::{locate, page_count},
    window::{chunk_of, reach, ring_slot, Chunk, Reach},
    AgreementId, BusinessDay, MemberId, Moment, Sequence, Trade, TradeRequest,
};
use futures::{stream, StreamExt, TryStreamExt};
use std::{collections::BTreeSet, time::Duration};
use subxt::rpcs::rpc_params;

/// How often the node is asked for a new finalised block.
const PULSE: Duration = Duration::from_millis(500);

/// How long finality may stand still before an import gives up.
const PATIENCE: Duration = Duration::from_secs(300);

/// Pages read side by side: an answer may take some forty milliseconds on its way, however short
/// the way, since TCP holds small packets back.
const PARALLEL: usize = 32;

/// What a transaction has behind the arguments of an authorised call: the authority, in its
/// `Some`.
const AUTHORITY_LEN: usize = 1 + 4 + 8 + 64;

/// The chain, for one client and one agreement.
pub struct ClientChain {
    chain: Chain,
    agreement: AgreementId,
    client: MemberId,
    operator: Operator,
    last_day: LastDay,
    told: u64,
}

/// Finds the last day that may hold trades.
struct LastDay(Agreement);

impl LastDay {
    /// The current business day: a trade is booked to its day or a later one, and none to a day
    /// that has not begun.
    async fn at(&self, at: &At) -> Result<BusinessDay> {
        let now = at.now().await?;
        // A clock may run a little ahead of the chain's.
        let soon = now.saturating_add(3_600_000);
        self.0
            .view
            .day_of(soon)
            .with_context(|| format!("agreement {} has not begun", self.0.id))
    }
}

impl ClientChain {
    /// The chain for `client`, whose key `operator` is, from the finalised block on.
    pub async fn new(
        chain: Chain,
        agreement: Agreement,
        client: MemberId,
        operator: Operator,
    ) -> Result<Self> {
        let told = chain.finalised().await?.number().await?;
        Ok(Self {
            chain,
            agreement: agreement.id,
            client,
            operator,
            last_day: LastDay(agreement),
            told,
        })
    }

    /// The client's trades on pages of days.
    async fn own(
        &self,
        at: &At,
        pages: impl IntoIterator<Item = (BusinessDay, u32)>,
    ) -> Result<Vec<(BusinessDay, Trade)>> {
        let mut reading = stream::iter(pages)
            .map(|(day, page)| async move {
                let trades = at.page(self.agreement, day, page).await?;
                anyhow::Ok((day, trades))
            })
            .buffered(PARALLEL);
        let mut own = Vec::new();
        while let Some((day, trades)) = reading.try_next().await? {
            let of_client = trades
                .into_iter()
                .filter(|trade| trade.id.client == self.client);
            own.extend(of_client.map(|trade| (day, trade)));
        }
        Ok(own)
    }

    /// The pages of the agreement to which the events added trades.
    fn touched(&self, events: &[Event]) -> BTreeSet<(BusinessDay, u32)> {
        let mut pages = BTreeSet::new();
        for event in events
            .iter()
            .filter(|event| event.is("Trades", "DebitEntriesIssued"))
        {
            let field = |name| event.number(name);
            let fields = (
                field("agreement"),
                field("day"),
                field("first"),
                field("count"),
            );
            let (Some(agreement), Some(day), Some(first), Some(count @ 1..)) = fields else {
                continue;
            };
            if agreement == u64::from(self.agreement) {
                let last = locate((first + count - 1) as u32).0;
                let first = locate(first as u32).0;
                pages.extend((first..=last).map(|page| (BusinessDay(day as u32), page)));
            }
        }
        pages
    }

    /// The client's refused trades in the events.
    fn refusals(&self, events: &[Event]) -> Vec<(Sequence, Refusal)> {
        let own = |event: &&Event| {
            event.is("Trades", "TradeRefused")
                && event.number("client") == Some(self.client.into())
                && event.number("agreement") == Some(self.agreement.into())
        };
        events
            .iter()
            .filter(own)
            .filter_map(|event| {
                let reason = event.variant("reason").unwrap_or_default();
                Some((event.number("sequence")?, refusal(&reason)))
            })
            .collect()
    }

    async fn finalised_after(&self, told: u64) -> Result<(At, u64)> {
        let wait = async {
            loop {
                let at = self.chain.finalised().await?;
                let number = at.number().await?;
                if number > told {
                    return Ok((at, number));
                }
                tokio::time::sleep(PULSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait)
            .await
            .with_context(|| {
                format!(
                    "the chain has finalised nothing for {} s; run the import again when it does",
                    PATIENCE.as_secs()
                )
            })?
    }

    /// Whether a pending transaction records trades of the client.
    fn is_own(&self, transaction: &[u8]) -> bool {
        let authorised = transaction
            .len()
            .checked_sub(AUTHORITY_LEN)
            .and_then(|start| transaction.get(start..start + 5))
            .is_some_and(|tail| tail == (Some(self.client)).encode());
        let account = self.operator.account();
        let account: &[u8] = account.as_ref();
        let signed = transaction
            .windows(account.len())
            .take(40)
            .any(|part| part == account);
        authorised || signed
    }
}

/// Sends batches of a client under its operator's authority.
struct Sender {
    chain: Chain,
    agreement: AgreementId,
    client: MemberId,
    operator: Operator,
}

impl Sender {
    async fn submit(&self, trades: &[TradeRequest], expires_at: Moment) -> Result<(), PoolRefusal> {
        let arguments = (self.agreement, trades);
        let auth = self.operator.authorise(
            self.chain.genesis(),
            "trades.record",
            &arguments,
            self.client,
            expires_at,
        );
        let call = Call::of_member("Trades", "record", &arguments, Some(auth));
        let bytes = self
            .chain
            .general_transaction(&call)
            .map_err(|error| PoolRefusal::Invalid(format!("{error:#}")))?;
        // The pool may take a call that the chain refuses, and then drop it without a word.
        self.chain.check(&bytes).await?;
        self.chain.enqueue(&bytes).await
    }
}

/// What a reason by its name means for an import.
fn refusal(reason: &str) -> Refusal {
    let why = match reason {
        "SequenceUsed" | "SequenceBelowWindow" => return Refusal::Sequence,
        "SequenceAboveWindow" => return Refusal::TooFarAhead,
        "UnknownProduct" => "the agreement has no terms for the product on that day; have them set, or correct the product",
        "InFuture" => "the payment lies in the future; correct its time or the zone in the mapping",
        "WrongDebit" | "WrongCredit" => "the amounts are not what the terms of the day give; run the import again, the terms may just have changed",
        "TooLate" => "the payment is later than the agreement allows; settle it outside the chain",
        "BeforeFirstDay" => "the payment lies before the agreement's first day; correct its time",
        "AgreementEnded" => "the agreement has ended by the day that would take the payment; record it under the agreement that follows, or settle it outside the chain",
        "DayFull" => "the day is full",
        other => return Refusal::Trade(format!("the chain says {other}")),
    };
    Refusal::Trade(format!("{why} ({reason})"))
}

/// How many pulses a chain that has just begun may take to finalise its first block.
const FIRST_BLOCK_PULSES: u32 = 120;

impl TradeChain for ClientChain {
    fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        self.last_day.0.view.day_of(moment)
    }

    async fn now(&mut self) -> Result<Moment> {
        // A genesis block has no time: what it dates would have expired long ago.
        for _ in 0..FIRST_BLOCK_PULSES {
            let now = self.chain.finalised().await?.now().await?;
            if now > 0 {
                return Ok(now);
            }
            tokio::time::sleep(PULSE).await;
        }
        bail!("the chain has finalised no block yet; see that enough of its nodes run, and import again")
    }

    async fn highest(&mut self) -> Result<Option<Sequence>> {
        self.chain
            .finalised()
            .await?
            .highest_sequence(self.client)
            .await
    }

    async fn is_quiet(&mut self) -> Result<bool> {
        let finalised = self
            .chain
            .finalised()
            .await?
            .highest_sequence(self.client)
            .await?;
        let best = self
            .chain
            .best()
            .await?
            .highest_sequence(self.client)
            .await?;
        if best != finalised {
            return Ok(false);
        }
        let pending: Vec<String> = self
            .chain
            .rpc()
            .request("author_pendingExtrinsics", rpc_params![])
            .await
            .context("the node does not list its pending transactions")?;
        let own = pending
            .iter()
            .filter_map(|text| hex::decode(text.trim_start_matches("0x")).ok())
            .any(|transaction| self.is_own(&transaction));
        Ok(!own)
    }

    async fn usage(&mut self, sequences: &[Sequence]) -> Result<Vec<Usage>> {
        let at = self.chain.finalised().await?;
        let highest = at.highest_sequence(self.client).await?;
        let mut chunk: Option<Chunk> = None;
        let mut usage = Vec::with_capacity(sequences.len());
        for sequence in sequences {
            match reach(highest, *sequence) {
                Reach::Below => usage.push(Usage::Below),
                Reach::Above => usage.push(Usage::Unused),
                Reach::Within => {
                    let index = chunk_of(*sequence);
                    if chunk.as_ref().is_none_or(|chunk| chunk.index != index) {
                        let keys = [self.client.encode(), ring_slot(index).encode()];
                        let stored = at.storage("Trades", "WindowChunks", &keys).await?;
                        // An older chunk in the slot means that this one is empty.
                        chunk = stored
                            .filter(|chunk: &Chunk| chunk.index == index)
                            .or_else(|| Some(Chunk::empty(index)));
                    }
                    let used = chunk.as_ref().is_some_and(|chunk| chunk.is_used(*sequence));
                    usage.push(if used { Usage::Used } else { Usage::Unused });
                }
            }
        }
        Ok(usage)
    }

    async fn trades_since(&mut self, from: BusinessDay) -> Result<Vec<(BusinessDay, Trade)>> {
        let at = self.chain.finalised().await?;
        let last = self.last_day.at(&at).await?;
        let first = from.max(self.last_day.0.view.first_day);
        let mut trades = Vec::new();
        for day in (first.0..=last.0).map(BusinessDay) {
            let count = at.trade_count(self.agreement, day).await?;
            let pages = (0..page_count(count)).map(|page| (day, page));
            trades.extend(self.own(&at, pages).await?);
        }
        Ok(trades)
    }

    async fn submit(
        &mut self,
        batches: Vec<Vec<TradeRequest>>,
        expires_at: Moment,
    ) -> Vec<Result<(), PoolRefusal>> {
        // Each in a task of its own: signing and encoding a batch takes a core for a while.
        let sending: Vec<_> = batches
            .into_iter()
            .map(|trades| {
                let sender = Sender {
                    chain: self.chain.clone(),
                    agreement: self.agreement,
                    client: self.client,
                    operator: self.operator.clone(),
                };
                tokio::spawn(async move { sender.submit(&trades, expires_at).await })
            })
            .collect();
        let mut outcomes = Vec::with_capacity(sending.len());
        for task in sending {
            let outcome = task.await.unwrap_or_else(|error| {
                Err(PoolRefusal::Unreachable(format!(
                    "the sending ended: {error}"
                )))
            });
            outcomes.push(outcome);
        }
        outcomes
    }

    async fn advance(&mut self) -> Result<News> {
        let (head, number) = self.finalised_after(self.told).await?;
        let mut news = News {
            now: head.now().await?,
            ..News::default()
        };
        let mut touched = BTreeSet::new();
        for block in self.told + 1..=number {
            let at = if block == number {
                head.clone()
            } else {
                self.chain.at_number(block).await?
            };
            let events = at.events().await?;
            touched.extend(self.touched(&events));
            news.refused.extend(self.refusals(&events));
        }
        news.landed = self.own(&head, touched).await?;
        self.told = number;
        Ok(news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sequence_that_is_gone_sends_the_import_looking() {
        assert_eq!(refusal("SequenceUsed"), Refusal::Sequence);
        assert_eq!(refusal("SequenceBelowWindow"), Refusal::Sequence);
        assert_eq!(refusal("SequenceAboveWindow"), Refusal::TooFarAhead);
    }

    #[test]
    fn a_bad_trade_is_refused_with_a_remedy_and_the_chains_own_word() {
        let Refusal::Trade(why) = refusal("InFuture") else {
            panic!()
        };
        assert!(
            why.contains("correct its time") && why.contains("InFuture"),
            "{why}"
        );
        let Refusal::Trade(why) = refusal("SomethingNew") else {
            panic!()
        };
        assert!(why.contains("SomethingNew"), "{why}");
    }
}

//! The chain as the import of one client sees it.

use super::{
    call::Call,
    envelope::{birth_of, end_of, Envelope},
    events::Event,
    patience::until,
    read::At,
    record,
    submit::PoolRefusal,
    views::Agreement,
    Chain,
};
use crate::{
    import::{News, Refusal, TradeChain, Usage},
    signer::Operator,
};
use anyhow::{bail, Context, Result};
use codec::{Compact, Decode, Encode};
use counterfoil_primitives::{
    envelope::UNORDERED,
    tree::locate,
    window::{chunk_of, reach, ring_slot, Chunk, Reach},
    AgreementId, BusinessDay, MemberId, Moment, Sequence, Trade, TradeRequest,
};
use sp_core::crypto::AccountId32;
use std::{collections::BTreeSet, time::Duration};
use subxt::rpcs::rpc_params;

/// How often the node is asked for a new finalised block.
const PULSE: Duration = Duration::from_millis(500);

/// How long finality may stand still before an import gives up; time asleep does not count.
const PATIENCE: Duration = Duration::from_secs(300);

/// The chain, for one client and one agreement.
pub struct ClientChain {
    chain: Chain,
    agreement: AgreementId,
    client: MemberId,
    operator: Operator,
    deal: Agreement,
    told: u64,
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
            deal: agreement,
            told,
        })
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
        let next = until(PULSE, PATIENCE, || async {
            let at = self.chain.finalised().await?;
            let number = at.number().await?;
            anyhow::Ok((number > told).then_some((at, number)))
        });
        match next.await? {
            Some(finalised) => Ok(finalised),
            None => bail!(stalled(
                self.chain.url(),
                told,
                self.chain.best().await?.number().await?
            )),
        }
    }
}

/// What is known when finality has stood still at the block `told` for as long as an import waits.
fn stalled(url: &str, told: u64, best: u64) -> String {
    let patience = PATIENCE.as_secs();
    if best > told {
        format!(
            "by the node at {url} the chain makes blocks (it is at {best}), but has finalised none above {told} for {patience} s: what was sent may be in blocks that are not final yet. See that enough of its validators run; when it finalises again, run the import again, which takes it up"
        )
    } else {
        format!(
            "the node at {url} has shown no block above {told} for {patience} s. See that enough of the chain's validators run and that this node reaches them; when it shows blocks again, run the import again, which takes it up"
        )
    }
}

/// Whether a transaction is signed by an account.
fn is_signed_by(account: &AccountId32, transaction: &[u8]) -> bool {
    /// Signed, of the fourth version, by an account's own address.
    const SIGNED_BY_ID: [u8; 2] = [0b1000_0000 | 4, 0];
    let mut rest = transaction;
    let account: &[u8] = account.as_ref();
    Compact::<u32>::decode(&mut rest).is_ok()
        && rest
            .strip_prefix(&SIGNED_BY_ID)
            .is_some_and(|rest| rest.starts_with(account))
}

/// Sends batches of a client, signed without a nonce: many are on their way side by side.
struct Sender {
    chain: Chain,
    envelope: Envelope,
    agreement: AgreementId,
    operator: Operator,
}

impl Sender {
    async fn submit(&self, trades: &[TradeRequest]) -> Result<(), PoolRefusal> {
        let call = Call::new("Trades", "record", &(self.agreement, trades));
        let bytes = self
            .envelope
            .sign(&call, &self.operator, UNORDERED)
            .map_err(|error| PoolRefusal::Invalid(format!("{error:#}")))?;
        // The pool may take a call that the chain refuses, and then drop it without a word.
        self.chain.check(&self.envelope, &bytes).await?;
        self.chain.enqueue(&bytes).await
    }
}

/// What a reason by its name means for an import.
fn refusal(reason: &str) -> Refusal {
    match reason {
        "SequenceUsed" | "SequenceBelowWindow" => Refusal::Sequence,
        "SequenceAboveWindow" => Refusal::TooFarAhead,
        other => Refusal::Trade(in_words(other)),
    }
}

/// A reason by its name, in words: what is wrong with a trade, and what helps.
pub(crate) fn in_words(reason: &str) -> String {
    let why = match reason {
        "UnknownProduct" => "the agreement has no terms for the product on that day; have them set, or correct the product",
        "InFuture" => "by the chain's clock the payment lies in the future; import it once its time has come (without a time of day in the file, that is noon, or what `at` under [time] in the mapping says), or correct its time or the zone in the mapping",
        "WrongDebit" | "WrongCredit" => "the amounts are not what the terms of the day give; run the import again, the terms may just have changed",
        "TooLate" => "the payment is later than the agreement allows; settle it outside the chain",
        "BeforeFirstDay" => "the payment lies before the agreement's first day; correct its time",
        "AgreementEnded" => "the agreement has ended by the day that would take the payment; record it under the agreement that follows, or settle it outside the chain",
        "DayFull" => "the day is full",
        other => return format!("the chain says {other}"),
    };
    format!("{why} ({reason})")
}

/// Whether an error says that the node does not have a block, or its state any more. Any other one says
/// nothing of the block.
fn is_gone(error: &anyhow::Error) -> bool {
    // The SDK says so in words only.
    const SIGNS: [&str; 5] = [
        "already discarded",
        "unknown block",
        "unknownblock",
        "has no block",
        "cannot find the block header",
    ];
    let said = format!("{error:#}").to_lowercase();
    SIGNS.iter().any(|sign| said.contains(sign))
}

impl TradeChain for ClientChain {
    fn client(&self) -> MemberId {
        self.client
    }

    fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        self.deal.view.day_of(moment)
    }

    async fn finalised(&mut self) -> Result<u64> {
        self.chain.finalised().await?.number().await
    }

    async fn ends_at(&mut self) -> Result<u64> {
        Ok(end_of(self.chain.birth().await?))
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
            .any(|transaction| is_signed_by(&self.operator.account(), &transaction));
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
        record::since(&at, &self.deal, self.client, from).await
    }

    async fn submit(
        &mut self,
        batches: Vec<Vec<TradeRequest>>,
        ends_at: u64,
    ) -> Vec<Result<(), PoolRefusal>> {
        let envelope = match self.chain.envelope_of(birth_of(ends_at)).await {
            Ok(envelope) => envelope,
            Err(error) => {
                let unreachable = PoolRefusal::Unreachable(format!("{error:#}"));
                return vec![Err(unreachable); batches.len()];
            }
        };
        // Each in a task of its own: signing and encoding a batch takes a core for a while.
        let sending: Vec<_> = batches
            .into_iter()
            .map(|trades| {
                let sender = Sender {
                    chain: self.chain.clone(),
                    envelope: envelope.clone(),
                    agreement: self.agreement,
                    operator: self.operator.clone(),
                };
                tokio::spawn(async move { sender.submit(&trades).await })
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
            finalised: number,
            ..News::default()
        };
        let mut touched = BTreeSet::new();
        for block in self.told + 1..=number {
            let at = if block == number {
                Ok(head.clone())
            } else {
                self.chain.at_number(block).await
            };
            let read = match at {
                Ok(at) => at.events().await.map(|events| (at, events)),
                Err(error) => Err(error),
            };
            let (at, events) = match read {
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
                .failed_records(self.operator.account().as_ref(), self.agreement, &events)
                .await?;
            let failed = failed.into_iter();
            news.refused
                .extend(failed.map(|(sequence, reason)| (sequence, refusal(&reason))));
        }
        news.landed = record::on_pages(&head, &self.deal, self.client, touched).await?;
        self.told = number;
        Ok(news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pending_transaction_is_known_by_its_signer() {
        let account = |suri| Operator::from_suri(suri).unwrap().account();
        let signed = |head: [u8; 2]| {
            let mut bytes = head.to_vec();
            bytes.extend(account("//Alice").encode());
            bytes.extend([7; 100]);
            bytes.encode()
        };
        let transaction = signed([0x84, 0]);
        assert!(is_signed_by(&account("//Alice"), &transaction));
        assert!(!is_signed_by(&account("//Bob"), &transaction));
        assert!(!is_signed_by(&account("//Alice"), &signed([0x05, 0])));
        assert!(!is_signed_by(&account("//Alice"), &[]));
    }

    #[test]
    fn while_nothing_is_finalised_an_import_says_whether_blocks_are_made() {
        let running = stalled("ws://node", 10, 90);
        assert!(running.contains("not final yet"), "{running}");
        assert!(!running.contains("no block"), "{running}");
        let standing = stalled("ws://node", 10, 10);
        assert!(standing.contains("no block above 10"), "{standing}");
    }

    #[test]
    fn a_block_is_gone_only_where_the_node_says_so() {
        let under = |said: &'static str| anyhow::Error::msg(said).context("cannot read the events");
        for said in [
            "Client error: UnknownBlock: State already discarded for 0x07",
            "Client error: UnknownBlock: Header was not found in the database",
            "Api called for an unknown Block: State already discarded for 0x07",
            "the node has no block 7",
        ] {
            assert!(is_gone(&under(said)), "{said}");
        }
        for said in [
            "the connection to ws://node is lost, and no node has answered there for 120 s",
            "an event has an unknown shape",
            "Database error: the disk is full",
        ] {
            assert!(!is_gone(&under(said)), "{said}");
        }
    }

    #[test]
    fn only_a_sequence_that_is_gone_sends_the_import_looking() {
        assert_eq!(refusal("SequenceUsed"), Refusal::Sequence);
        assert_eq!(refusal("SequenceBelowWindow"), Refusal::Sequence);
        assert_eq!(refusal("SequenceAboveWindow"), Refusal::TooFarAhead);
    }

    #[test]
    fn a_payment_of_the_future_is_told_what_helps_a_file_without_times_of_day() {
        let why = in_words("InFuture");
        for part in ["once its time has come", "`at` under [time]", "or the zone"] {
            assert!(why.contains(part), "{part}: {why}");
        }
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

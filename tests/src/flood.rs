//! Floods of members' calls, and what they leave to others, counted in blocks.

use crate::{
    agreement::TestAgreement,
    chain::Chain,
    member::Member,
    submit::{next_nonce, sign, unordered, Birth},
    trades::{payment, record_call, recording_of},
    wait,
};
use anyhow::{ensure, Result};
use codec::Encode;
use counterfoil_primitives::{AgreementId, BusinessDay, Sequence, Side};
use counterfoil_runtime::{constants::SLOT_MILLIS, RuntimeCall, RuntimeEvent, UncheckedExtrinsic};
use jsonrpsee::rpc_params;
use sp_runtime::generic::Era;
use std::{
    sync::{
        atomic::{AtomicU64, AtomicUsize, Ordering},
        Arc,
    },
    time::Duration,
};
use tokio::task::JoinSet;

/// The most transactions that a node's pool keeps, those that wait for a nonce included.
pub const POOL: usize = 8_192 + 819;
/// Calls of a flood on their way to the node.
const AT_ONCE: u32 = 100;
/// Calls between two looks at the pool.
const LOOK_EVERY: u64 = 2_000;
/// Fewer calls taken, or waiting in the pool, are no flood.
const FLOOD: u64 = 1_000;
/// The blocks that a short-lived call lives.
const SHORT: u64 = 8;
/// Trades that are sent for each block, one a call.
const TRADES: u64 = 24;
/// How long blocks may take, by block.
const PATIENCE: Duration = Duration::from_millis(10 * SLOT_MILLIS);

/// How long a flood's calls live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// So short that they go first among equals.
    Short,
    /// For ever.
    Endless,
}

/// What a flood consists of.
#[derive(Clone)]
pub enum Kind {
    /// A call that is free for every member, and does the same each time.
    Endpoint,
    /// Calls on a day of an agreement that fail, and are charged for much before they run.
    Failing(AgreementId, BusinessDay),
    /// Trades of the agreement's client, one a call, without a nonce.
    Records(Box<TestAgreement>),
}

/// A member that floods.
#[derive(Clone)]
pub struct Flooder {
    /// Who.
    pub member: Member,
    /// With what.
    pub kind: Kind,
    /// For how long each.
    pub life: Life,
}

/// What floods came to, for whoever asks while they go on.
#[derive(Default)]
pub struct Flooded {
    /// The calls that the node took.
    pub taken: AtomicU64,
    /// The most transactions that were seen to wait in its pool.
    pub waited: AtomicUsize,
}

/// Calls that fill a block by what they are charged before they fail, in the proportion in which they
/// leave least room.
fn failing(agreement: AgreementId, day: BusinessDay) -> Vec<RuntimeCall> {
    use pallet_reconciliation::Call;
    let side = Side::Debit;
    let calls: [(usize, Call<_>); 4] = [
        (
            18,
            Call::mark_defaulted {
                agreement,
                day,
                side,
            },
        ),
        (
            2,
            Call::report_header {
                agreement,
                day,
                side,
                round: 0,
                header: Default::default(),
            },
        ),
        (
            6,
            Call::report_clean {
                agreement,
                day,
                side,
            },
        ),
        (
            1,
            Call::mark_overdue {
                agreement,
                day,
                side,
            },
        ),
    ];
    let repeat = |(times, call)| std::iter::repeat_n(RuntimeCall::Reconciliation(call), times);
    calls.into_iter().flat_map(repeat).collect()
}

impl Flooder {
    /// A call with a nonce.
    fn ordered(
        &self,
        chain: &Chain,
        birth: Birth,
        nonce: u32,
        call: RuntimeCall,
    ) -> UncheckedExtrinsic {
        let life = match self.life {
            Life::Short => (Era::mortal(SHORT, birth.number), birth.hash),
            Life::Endless => (Era::Immortal, chain.genesis()),
        };
        sign(chain.genesis(), self.member.pair(), life, nonce, call)
    }

    /// The next calls, of which `sent` came before.
    async fn calls(&self, chain: &Chain, sent: u64) -> Result<Vec<UncheckedExtrinsic>> {
        let birth = chain.birth().await?;
        if let Kind::Records(agreement) = &self.kind {
            let record = |sequence| {
                let trade = payment(agreement, &self.member, sequence)?;
                let call = record_call(agreement.id, vec![trade])?;
                Ok(unordered(chain.genesis(), self.member.pair(), birth, call))
            };
            return (sent..sent + u64::from(AT_ONCE)).map(record).collect();
        }
        let calls = match &self.kind {
            Kind::Failing(agreement, day) => failing(*agreement, *day),
            _ => vec![RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
                endpoint: Default::default(),
            })],
        };
        let first = next_nonce(chain, self.member.pair()).await?;
        let calls = calls.into_iter().cycle().take(AT_ONCE as usize);
        let ordered = |(nonce, call)| self.ordered(chain, birth, nonce, call);
        Ok((first..).zip(calls).map(ordered).collect())
    }

    /// Sends calls for ever, as fast as the node takes them; fails when its pool holds more than it
    /// may.
    pub async fn flood(self, chain: Chain, flooded: Arc<Flooded>) -> Result<()> {
        let (mut sent, mut look_at) = (0, 0);
        loop {
            let calls = self.calls(&chain, sent).await?;
            let submit = |call: UncheckedExtrinsic| {
                let chain = &chain;
                async move { chain.submit(&call.encode()).await.is_ok() }
            };
            let answers = futures::future::join_all(calls.into_iter().map(submit)).await;
            let good = answers.iter().filter(|is_taken| **is_taken).count() as u64;
            flooded.taken.fetch_add(good, Ordering::Relaxed);
            sent += u64::from(AT_ONCE);
            if sent >= look_at {
                look_at = sent + LOOK_EVERY;
                let pending: Vec<String> = chain
                    .request("author_pendingExtrinsics", rpc_params![])
                    .await?;
                flooded.waited.fetch_max(pending.len(), Ordering::Relaxed);
                ensure!(pending.len() <= POOL, "the pool holds {}", pending.len());
            }
        }
    }
}

/// Sends floods for ever, each on its own.
pub async fn flood(chain: &Chain, flooders: &[Flooder], flooded: &Arc<Flooded>) -> Result<()> {
    let mut floods = JoinSet::new();
    for flooder in flooders {
        floods.spawn(flooder.clone().flood(chain.clone(), flooded.clone()));
    }
    while let Some(ended) = floods.join_next().await {
        ended??;
    }
    Ok(())
}

/// Sends trades of an agreement's client, one a call, and sends again what a full pool has no room for,
/// until it has taken all.
pub async fn record_a_burst(chain: &Chain, agreement: &TestAgreement, trades: u64) -> Result<()> {
    let mut waiting: Vec<Sequence> = (0..trades).collect();
    while !waiting.is_empty() {
        let birth = chain.birth().await?;
        waiting = refused_of(chain, agreement, birth, waiting, has_no_room).await?;
    }
    Ok(())
}

/// Whether a full pool refused. One that holds the trade already refuses its like too.
fn has_no_room(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    ["1012", "1016", "temporarily banned", "Immediately Dropped"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Sends trades, one a call, all at once: one after the other they would take longer than a block.
/// Returns those that the pool refused for a reason that `counts`.
async fn refused_of(
    chain: &Chain,
    agreement: &TestAgreement,
    birth: Birth,
    trades: Vec<Sequence>,
    counts: impl Fn(&anyhow::Error) -> bool,
) -> Result<Vec<Sequence>> {
    let records: Vec<_> = trades
        .iter()
        .map(|sequence| {
            let trade = payment(agreement, agreement.client(), *sequence)?;
            recording_of(chain, birth, agreement.id, agreement.client(), vec![trade])
        })
        .collect::<Result<_>>()?;
    let submit =
        |record: UncheckedExtrinsic| async move { chain.submit(&record.encode()).await.err() };
    let refusals = futures::future::join_all(records.into_iter().map(submit)).await;
    let outcomes = trades.into_iter().zip(refusals);
    Ok(outcomes
        .filter(|(_, refusal)| refusal.as_ref().is_some_and(&counts))
        .map(|(sequence, _)| sequence)
        .collect())
}

/// A client that records the same number of trades for each block, for ever. What the pool refuses it
/// signs and sends again. It goes by blocks and not by the clock, so that a machine that is busy
/// slows both down alike.
pub async fn record_at_a_pace(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let mut waiting: Vec<Sequence> = Vec::new();
    let mut next = 0;
    let mut seen = chain.best_number().await?;
    loop {
        let due = wait::until("the next block", PATIENCE, || async {
            let best = chain.best_number().await?;
            Ok((best > seen).then_some(best - seen))
        })
        .await?;
        seen += due;
        let trades = TRADES * u64::from(due);
        waiting.extend(next..next + trades);
        next += trades;
        let birth = chain.birth().await?;
        waiting = refused_of(chain, agreement, birth, waiting, |_| true).await?;
    }
}

/// The trades of an agreement in the next `blocks` blocks, together.
pub async fn trades_in_blocks(chain: &Chain, agreement: AgreementId, blocks: u32) -> Result<u64> {
    let from = chain.finalized_number().await?;
    wait::until("blocks to be final", PATIENCE * blocks, || async {
        Ok((chain.finalized_number().await? >= from + blocks).then_some(()))
    })
    .await?;
    let mut trades = 0;
    for number in from + 1..=from + blocks {
        for event in chain.events(chain.block_hash(number).await?).await? {
            if let RuntimeEvent::Trades(pallet_trades::Event::DebitEntriesIssued {
                agreement: of,
                count,
                ..
            }) = event.event
            {
                trades += if of == agreement { u64::from(count) } else { 0 };
            }
        }
    }
    Ok(trades)
}

/// Blocks until a client that begins to record has as many trades in each final block.
const LEAD: u32 = 8;
/// Blocks until a flood has filled the pool, and others have got in among its first calls.
const BEGINNING: u32 = 16;
/// Blocks in which trades are counted: enough that the trades of one block more or less are few.
const COUNTED: u32 = 20;

/// Counts the trades of a client that records at a pace, while nobody floods and while each of the
/// floods goes on. Fails where a flood leaves less than nine tenths.
pub async fn leave_nine_tenths(
    chain: &Chain,
    third: &TestAgreement,
    floods: &[(&str, Vec<Flooder>)],
) -> Result<()> {
    let counted = async {
        trades_in_blocks(chain, third.id, LEAD).await?;
        let calm = trades_in_blocks(chain, third.id, COUNTED).await?;
        println!("no flood: {calm} trades in {COUNTED} blocks");
        let sent = TRADES * u64::from(COUNTED);
        ensure!(
            calm * 20 >= sent * 19,
            "without a flood {calm} of {sent} trades were recorded: the machine is too slow"
        );
        for (name, flooders) in floods {
            let flooded = Arc::default();
            let counted = async {
                trades_in_blocks(chain, third.id, BEGINNING).await?;
                trades_in_blocks(chain, third.id, COUNTED).await
            };
            let trades = tokio::select! {
                trades = counted => trades?,
                ended = flood(chain, flooders, &flooded) => {
                    ended?;
                    anyhow::bail!("{name}: the flood ended")
                }
            };
            let taken = flooded.taken.load(Ordering::Relaxed);
            let waited = flooded.waited.load(Ordering::Relaxed);
            println!("{name}: {trades} trades in {COUNTED} blocks; {taken} calls taken, {waited} waited at most");
            ensure!(
                taken >= FLOOD && waited >= FLOOD as usize,
                "{name}: no flood: {taken} calls taken, {waited} waited at most"
            );
            ensure!(
                trades * 10 >= calm * 9,
                "{name}: {trades} trades in {COUNTED} blocks, and {calm} without a flood"
            );
        }
        Ok(())
    };
    tokio::select! {
        result = counted => result,
        ended = record_at_a_pace(chain, third) => ended,
    }
}

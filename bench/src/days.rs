//! T+1: from the preset time to the accepted reports, on the local network of four nodes.
//!
//! The company's book is what it received; the bank's is its ledger, imported, with the breaks.

use crate::{
    load,
    nodes::{payments, Setup},
    results::Table,
};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus},
    Amount, Caps, LedgerEntry, Moment, Side, SideId, Source, Trade,
};
use counterfoil_runtime::{Runtime, RuntimeEvent};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    ledger::{confirm, import, right_line},
    member::now,
    wait,
};
use futures::future::try_join_all;
use pallet_reconciliation::Event;
use std::time::Duration;

/// How long a day may take to be reconciled after its preset time. A node forgets the states of
/// blocks that are older than some minutes, so it must not be long.
const PATIENCE: Duration = Duration::from_secs(300);
/// Minutes between two days' preset times.
const APART: u16 = 2;
/// Trades that an import on four nodes surely records in a second: how far ahead the cut-off of
/// the days must lie.
const SURELY: u64 = 3_000;
/// Trades that a worker surely aligns in a minute, from the cut-off to the preset time.
const ALIGNED: u64 = 400_000;

/// The days to measure: of each size, one with each number of breaks.
#[derive(Clone, Debug)]
pub struct Days {
    trades: Vec<u64>,
    breaks: Vec<u64>,
}

impl Days {
    /// Those that are wished for; the usual ones where nothing is.
    pub fn new(short: bool, trades: Vec<u64>, breaks: Vec<u64>) -> Self {
        let (usual_trades, usual_breaks): (&[u64], &[u64]) = if short {
            (&[2_000], &[0, 10])
        } else {
            (&[10_000, 100_000, 1_000_000], &[0, 10, 1_000])
        };
        let or = |wished: Vec<u64>, usual: &[u64]| match wished.is_empty() {
            true => usual.to_vec(),
            false => wished,
        };
        Self {
            trades: or(trades, usual_trades),
            breaks: or(breaks, usual_breaks),
        }
    }
}

/// Measures days.
pub async fn measure(days: &Days) -> Result<Vec<Table>> {
    let mut table = Table::new(
        "days",
        [
            "trades",
            "breaks",
            "side",
            "proven in block after the preset time",
            "s after the preset time",
            "compared in, ms",
            "of which fetching, ms",
            "bytes fetched",
            "most memory of a node, MiB",
        ],
    );
    for size in &days.trades {
        // A network of its own for each size.
        let setup = Setup::four().await?;
        let proven = run(&setup, *size, &days.breaks).await?;
        let memory = setup.peak_memory()?.into_iter().max().unwrap_or_default();
        for side in proven {
            table.row([
                size.to_string(),
                side.breaks.to_string(),
                format!("{:?}", side.side).to_lowercase(),
                side.proof.corrected.len().to_string(),
                format!("{:.1}", side.proof.millis as f64 / 1000.0),
                side.work.all.to_string(),
                side.work.fetching.to_string(),
                side.work.bytes.to_string(),
                memory.to_string(),
            ]);
        }
    }
    Ok(vec![table])
}

/// What was measured of a side.
#[derive(Clone, Debug)]
struct Proven {
    side: Side,
    breaks: u32,
    proof: Proof,
    work: Work,
}

/// How a side was proven.
#[derive(Clone, Debug)]
struct Proof {
    /// Breaks that each block took, from the preset time on; the last one proved the side.
    corrected: Vec<u32>,
    /// From the preset time to the time of the last block.
    millis: Moment,
}

/// What the reconciler's node says of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Work {
    all: u64,
    fetching: u64,
    bytes: u64,
}

/// Days of `size` trades, one for each number of breaks. They have one cut-off, before which one
/// after the other is recorded; then each has a preset time of its own, when nothing else happens.
async fn run(setup: &Setup, size: u64, breaks: &[u64]) -> Result<Vec<Proven>> {
    for breaks in breaks {
        ensure!(
            *breaks <= size,
            "a day of {size} trades cannot have {breaks} breaks"
        );
    }
    let all = size * breaks.len() as u64;
    let chain = setup.client();
    let mut agreements = Vec::new();
    for turn in 0..breaks.len() as u16 {
        let wish = Wish {
            ahead: Duration::from_secs(60 + all / SURELY),
            gap_minutes: 1 + (all / ALIGNED) as u16 + turn * APART,
            credit_source: Source::Ledger,
            caps: Caps {
                pages: 1_024,
                extras: 4_096,
            },
            ..Wish::default()
        };
        agreements.push(make(chain, wish).await?);
    }
    for (agreement, breaks) in agreements.iter().zip(breaks) {
        record(setup, agreement, size, *breaks).await?;
        let left = agreement.plan.cut_off_at().saturating_sub(now());
        ensure!(left > 0, "the import of {size} trades took too long");
        eprintln!("{size} trades with {breaks} breaks are on chain");
    }
    let days = agreements
        .iter()
        .map(|agreement| reconciled(setup, agreement));
    Ok(try_join_all(days).await?.concat())
}

/// Records a day, and hands the bank its ledger of it.
async fn record(setup: &Setup, agreement: &TestAgreement, size: u64, breaks: u64) -> Result<()> {
    let chain = setup.client();
    let payments = payments(agreement)?;
    let folder = setup.folder();
    load::import(
        chain.url(),
        folder,
        agreement,
        agreement.client(),
        &payments,
        size,
    )
    .await?;
    let trades = chain.trades(agreement.id, agreement.day()).await?;
    let lines = ledger(&trades, breaks);
    let bank = setup.of(Side::Credit);
    import(bank, agreement, Side::Credit, &lines).await?;
    confirm(bank, agreement, Side::Credit, &lines).await
}

/// Waits for a day to be reconciled, and tells how it came to that. Whether the company's account
/// of the genesis holds enough to pay it is another matter.
async fn reconciled(setup: &Setup, agreement: &TestAgreement) -> Result<Vec<Proven>> {
    let chain = setup.client();
    let left = agreement.plan.preset_at().saturating_sub(now());
    let day = wait::until(
        "the day to be reconciled",
        Duration::from_millis(left) + PATIENCE,
        || async {
            let day = chain.day(agreement.id, agreement.day()).await?;
            Ok(day.filter(|day| day.status >= DayStatus::Reconciled))
        },
    )
    .await?;
    let log = std::fs::read_to_string(setup.reconcilers_log())?;
    let mut proven = Vec::new();
    for side in Side::BOTH {
        let proof = Proven {
            side,
            breaks: breaks_of(&day, side)?,
            proof: proof_of(chain, agreement, &day, side).await?,
            work: work(&log, agreement, side).context("the reconciler's log has no such day")?,
        };
        eprintln!("{proof:?}");
        proven.push(proof);
    }
    Ok(proven)
}

/// A ledger in which `breaks` amounts are wrong, spread evenly over the day.
fn ledger(trades: &[Trade], breaks: u64) -> Vec<LedgerEntry> {
    let step = trades.len() / breaks.max(1) as usize;
    let wrong = |index: usize| (breaks > 0 && index % step == step / 2) as Amount;
    let line = |(index, trade): (usize, &Trade)| {
        let mut line = right_line(trade, Side::Credit);
        line.amount += 7 * wrong(index);
        line
    };
    trades.iter().enumerate().map(line).collect()
}

fn breaks_of(day: &DaySummary, side: Side) -> Result<u32> {
    match side.pick(day.debit.status, day.credit.status) {
        SideStatus::Proven { breaks } | SideStatus::Repaired { breaks } => Ok(breaks),
        other => anyhow::bail!("the {side:?} side of agreement's day is {other:?}"),
    }
}

/// How a side was proven, block by block from the preset time on.
async fn proof_of(
    chain: &Chain,
    agreement: &TestAgreement,
    day: &DaySummary,
    side: Side,
) -> Result<Proof> {
    let time_key = pallet_timestamp::Now::<Runtime>::hashed_key();
    let last = chain.finalized_number().await?;
    let mut blocks = Vec::new();
    for number in (1..=last).rev() {
        let block = chain.block_hash(number).await?;
        let time: Moment = chain
            .storage_at(&time_key, block)
            .await?
            .context("a block has no time")?;
        if time < day.preset_at {
            break;
        }
        blocks.push((block, time));
    }
    let side_id = agreement.side_id(side);
    let mut corrected = Vec::new();
    for (block, time) in blocks.into_iter().rev() {
        let (mut slots, mut is_proven) = (0, false);
        for record in chain.events(block).await? {
            match record.event {
                RuntimeEvent::Reconciliation(Event::Corrected {
                    agreement,
                    day,
                    side,
                    ..
                }) if SideId::new(agreement, day, side) == side_id => slots += 1,
                RuntimeEvent::Reconciliation(Event::SideProven {
                    agreement,
                    day,
                    side,
                    ..
                }) if SideId::new(agreement, day, side) == side_id => is_proven = true,
                _ => (),
            }
        }
        corrected.push(slots);
        if is_proven {
            let millis = time - day.preset_at;
            return Ok(Proof { corrected, millis });
        }
    }
    anyhow::bail!("no block proves the {side:?} side")
}

/// What the log says of the comparisons of a side.
fn work(log: &str, agreement: &TestAgreement, side: Side) -> Option<Work> {
    let name = format!("Compared the book of {} in ", agreement.side_id(side));
    all_work(log, &name)
}

/// All that the log says after `name`. A report of many parts takes more than one run: each
/// fetches and compares what the chain does not have yet.
fn all_work(log: &str, name: &str) -> Option<Work> {
    log.lines()
        .filter_map(|line| numbers(line.split_once(name)?.1))
        .reduce(|sum, work| Work {
            all: sum.all + work.all,
            fetching: sum.fetching + work.fetching,
            bytes: sum.bytes + work.bytes,
        })
}

/// The three numbers of such a line, in their order.
fn numbers(line: &str) -> Option<Work> {
    let mut numbers = line
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse().ok());
    Some(Work {
        all: numbers.next()?,
        fetching: numbers.next()?,
        bytes: numbers.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reconcilers_words_are_read() {
        let line = "40 ms, of which 31 ms went into fetching 12345 bytes.";
        let work = Work {
            all: 40,
            fetching: 31,
            bytes: 12_345,
        };
        assert_eq!(numbers(line), Some(work));
        assert_eq!(numbers("40 ms"), None);
    }

    #[test]
    fn all_runs_of_a_day_count() {
        let log = "day 1: 40 ms, 31 ms, 100 bytes\nday 2: 1 ms, 1 ms, 1 bytes\nday 1: 2 ms, 1 ms, 5 bytes";
        let work = Work {
            all: 42,
            fetching: 32,
            bytes: 105,
        };
        assert_eq!(all_work(log, "day 1: "), Some(work));
        assert_eq!(all_work(log, "day 3: "), None);
    }
}

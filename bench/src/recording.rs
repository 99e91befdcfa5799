//! Recording: the execution of blocks full of batches, at several sizes of state, beside calls
//! that only take the same batches and drop them; and what a trade takes on disk.

use crate::{
    chain::{signed, LocalChain},
    load::Payments,
    results::Table,
    stats::{median, per_second},
};
use anyhow::{ensure, Result};
use counterfoil_primitives::{DebitRule, Moment, Rule, Sequence, Terms};
use counterfoil_runtime::UncheckedExtrinsic;
use counterfoil_tests::{member::Member, submit::unordered, trades::record_call};
use std::{path::Path, time::Duration};

/// The agreement of the development genesis, and one that nobody made.
const AGREEMENT: u32 = 1;
const NO_AGREEMENT: u32 = 999;

/// Noon of the agreement's second day, 2026-11-23, in milliseconds since 1970.
pub(crate) const NOON: Moment = 1_795_431_600_000;

/// Trades of the largest call.
const LARGEST: usize = counterfoil_runtime::constants::MAX_BATCH as usize;
/// Trades of a call.
const BATCHES: [usize; 4] = [1, 10, 100, LARGEST];
/// Most trades of a measured block.
const BLOCK: usize = 20_000;
/// Most calls of a measured block: always below a block's weight limit.
const CALLS: usize = 200;
/// Trades of a block that only fills the state.
const FILL: usize = 40_000;

/// A call that is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Recorded, with a nonce.
    Ordered,
    /// Recorded, without one.
    Unordered,
    /// Taken, decoded and dropped: the agreement does not exist. It pays a fee, which a client
    /// that is admitted does not.
    Dropped,
    /// Without trades, for the same agreement: dropped too, and to pay costs it the same.
    EmptyPaid,
    /// Without trades, for the agreement that admits the client: dropped, and free.
    EmptyFree,
}

/// All of them, in the order of a [`Turn`].
const FORMS: [Form; 5] = [
    Form::Ordered,
    Form::Unordered,
    Form::Dropped,
    Form::EmptyPaid,
    Form::EmptyFree,
];

/// What a block of each form took beyond an empty one, in seconds.
struct Turn([f64; FORMS.len()]);

impl Turn {
    fn ordered(&self) -> f64 {
        self.0[0]
    }

    fn unordered(&self) -> f64 {
        self.0[1]
    }

    /// What dropped calls cost without their fee: recorded ones pay none, and are compared with them.
    fn dropped(&self) -> f64 {
        self.0[2] - self.fee()
    }

    fn fee(&self) -> f64 {
        self.0[3] - self.0[4]
    }
}

/// Measures all sizes.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| runtime.block_on(measure_all(short)))
}

async fn measure_all(short: bool) -> Result<Vec<Table>> {
    let (sizes, runs): (&[u64], usize) = if short {
        (&[0, 20_000], 3)
    } else {
        (&[0, 100_000, 1_000_000], 21)
    };
    let mut chain = Recorder::new()?;
    let mut times = Table::new(
        "recording",
        [
            "trades in state",
            "trades a call",
            "calls a block",
            "µs a trade, with a nonce",
            "trades a second, with a nonce",
            "µs a trade, without a nonce",
            "µs a trade, taken and dropped",
            "µs a call, fee taken off the dropped",
            "recorded ÷ dropped",
        ],
    );
    let mut disk = Table::new(
        "disk",
        [
            "trades in state",
            "keys and values of the state, bytes a trade",
            "database, MiB",
            "database, bytes a trade",
        ],
    );
    let empty = size_of(chain.chain.database())?;
    let empty_state = chain.chain.state_bytes()?;
    for size in sizes {
        chain.fill(*size).await?;
        if *size > 0 {
            let bytes = size_of(chain.chain.database())?;
            let state = chain.chain.state_bytes()?;
            disk.row([
                size.to_string(),
                (state.saturating_sub(empty_state) / size).to_string(),
                (bytes >> 20).to_string(),
                (bytes.saturating_sub(empty) / size).to_string(),
            ]);
        }
        for batch in BATCHES {
            let calls = (BLOCK / batch).min(CALLS);
            let trades = calls * batch;
            let turns = chain.turns(calls, batch, runs)?;
            let of = |part: fn(&Turn) -> f64| {
                median(turns.iter().map(part).collect()).unwrap_or_default()
            };
            let time = |seconds: f64| {
                ensure!(seconds > 0.0, "a block of {calls} calls took no time");
                Ok(Duration::try_from_secs_f64(seconds)?)
            };
            let ordered = time(of(Turn::ordered))?;
            let unordered = time(of(Turn::unordered))?;
            let dropped = time(of(Turn::dropped))?;
            let fee = of(Turn::fee) * 1e6 / calls as f64;
            let micros = |time: Duration| time.as_secs_f64() * 1e6 / trades as f64;
            times.row([
                size.to_string(),
                batch.to_string(),
                calls.to_string(),
                format!("{:.2}", micros(ordered)),
                format!("{:.0}", per_second(trades, ordered)),
                format!("{:.2}", micros(unordered)),
                format!("{:.2}", micros(dropped)),
                format!("{fee:.1}"),
                format!("{:.2}", ordered.as_secs_f64() / dropped.as_secs_f64()),
            ]);
        }
    }
    Ok(vec![times, disk])
}

/// What a trade takes in calls of many, in microseconds.
pub(crate) struct OfATrade {
    /// Recorded.
    pub(crate) recorded: f64,
    /// Taken and dropped, without the fee.
    pub(crate) dropped: f64,
}

/// What a trade takes in the largest calls, on a chain that holds none yet.
pub(crate) fn of_a_trade_in_the_largest_calls(runs: usize) -> Result<OfATrade> {
    let (calls, batch) = (BLOCK / LARGEST, LARGEST);
    let turns = Recorder::new()?.turns(calls, batch, runs)?;
    let micros = |part: fn(&Turn) -> f64| {
        let seconds = median(turns.iter().map(part).collect()).unwrap_or_default();
        ensure!(seconds > 0.0, "a block of {calls} calls took no time");
        Ok(seconds * 1e6 / (calls * batch) as f64)
    };
    Ok(OfATrade {
        recorded: micros(Turn::ordered)?,
        dropped: micros(Turn::dropped)?,
    })
}

/// Records made-up payments on a chain of this process.
pub(crate) struct Recorder {
    pub(crate) chain: LocalChain,
    pub(crate) client: Member,
    payments: Payments,
    next: Sequence,
}

impl Recorder {
    pub(crate) fn new() -> Result<Self> {
        let share = Rule {
            rate_ppm: 100_000,
            ..Rule::default()
        };
        Ok(Self {
            chain: LocalChain::new(NOON)?,
            client: Member::genesis(counterfoil_tests::member::CLIENT),
            payments: Payments {
                product: 1,
                terms: Terms {
                    credit: share,
                    debit: DebitRule::Residual,
                    ..Terms::default()
                },
                from: NOON - 6 * 3_600_000,
                times: 1,
            },
            next: 1,
        })
    }

    /// Records until there are `count` trades.
    async fn fill(&mut self, count: u64) -> Result<()> {
        while self.next <= count {
            let block = (count + 1 - self.next).min(FILL as u64) as usize;
            let calls = block.div_ceil(1_000);
            let transactions = self.transactions(Form::Unordered, calls, 1_000)?;
            let built = self.chain.build(&transactions)?;
            self.chain.import(built).await?;
            self.next += (calls * 1_000) as Sequence;
        }
        Ok(())
    }

    /// The times of executing a block of such calls in each form, less that of an empty one. The
    /// blocks take turns: a machine gets slower and faster by the second, which then strikes all
    /// of them alike.
    fn turns(&self, calls: usize, batch: usize, runs: usize) -> Result<Vec<Turn>> {
        let empty = self.chain.build(&[])?;
        let blocks = FORMS
            .iter()
            .map(|form| self.chain.build(&self.transactions(*form, calls, batch)?))
            .collect::<Result<Vec<_>>>()?;
        let mut turns = Vec::with_capacity(runs);
        // The first turn warms caches.
        for turn in 0..=runs {
            let nothing = self.chain.execute(&empty)?.as_secs_f64();
            let mut times = [0.0; FORMS.len()];
            for (time, block) in times.iter_mut().zip(&blocks) {
                *time = self.chain.execute(block)?.as_secs_f64() - nothing;
            }
            if turn > 0 {
                turns.push(Turn(times));
            }
        }
        Ok(turns)
    }

    /// Calls in a form, of trades that were not recorded.
    pub(crate) fn transactions(
        &self,
        form: Form,
        calls: usize,
        batch: usize,
    ) -> Result<Vec<UncheckedExtrinsic>> {
        let genesis = self.chain.genesis();
        (0..calls)
            .map(|call| {
                let first = self.next + (call * batch) as Sequence;
                let trades = self.payments.batch(first..first + batch as Sequence);
                let signed = |agreement, trades| {
                    signed(genesis, &self.client, call as u32, agreement, trades)
                };
                match form {
                    Form::Ordered => signed(AGREEMENT, trades),
                    Form::Dropped => signed(NO_AGREEMENT, trades),
                    Form::EmptyPaid => signed(NO_AGREEMENT, Vec::new()),
                    Form::EmptyFree => signed(AGREEMENT, Vec::new()),
                    Form::Unordered => {
                        let call = record_call(AGREEMENT, trades)?;
                        let (pair, birth) = (self.client.pair(), self.chain.birth());
                        Ok(unordered(genesis, pair, birth, call))
                    }
                }
            })
            .collect()
    }
}

/// Bytes of all files below a folder, as the disk holds them.
fn size_of(folder: &Path) -> Result<u64> {
    use std::os::unix::fs::MetadataExt;
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        bytes += if data.is_dir() {
            size_of(&entry.path())?
        } else {
            data.blocks() * 512
        };
    }
    Ok(bytes)
}

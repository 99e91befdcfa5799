//! What the benchmarks begin with: an agreement at a moment when as many days as possible take
//! trades, a client whose window is nearly used up, and days that hold trades.
//!
//! Offsets widen from day to day, so the day before yesterday still takes trades when tomorrow
//! begins. What is kept of a batch goes to that earliest day, and is late, which is the longest way
//! to book a trade; each later day gets one trade.

mod credits;
mod refunds;

pub use credits::*;
pub use refunds::*;

use crate::{Config, Days, PageRoots, Pages, WindowChunks, Windows};
use alloc::{format, vec::Vec};
use counterfoil_primitives::{
    day::{DAY, MINUTE},
    tree::{CHAPTER_SIZE, PAGE_SIZE},
    window::{Chunk, CHUNKS, CHUNK_BITS, CHUNK_BYTES},
    written::{date, Words},
    BusinessDay, Caps, Conditions, DayTotals, KindTotals, Moment, ProductId, Reference, Sequence,
    TimeOfDay, Trade, TradeRequest, UserId, UtcOffset,
};
use frame_support::BoundedVec;
use pallet_registry::benchmarking::setup::{self as registry, AGREEMENT, CLIENT};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The agreement's first day.
pub const FIRST: BusinessDay = BusinessDay(TODAY.0 - 20);
/// A day whose cut-off has passed.
pub const PAST: BusinessDay = BusinessDay(TODAY.0 - 9);
const TODAY: BusinessDay = BusinessDay(20_000);

/// Half a minute before tomorrow begins.
pub const NOW: Moment = TODAY.0 as Moment * DAY + 10 * 60 * MINUTE - MINUTE / 2;

/// Products that have terms, from 1 on.
const PRODUCTS: ProductId = 32;

/// Bytes of each chunk in which no sequence is used yet.
const UNUSED: usize = 128;

/// What a client pays for a trade here.
const GROSS: u128 = 1_000_000_007;

/// What the runtime of the benchmarks has beside this pallet.
pub trait BenchmarkRuntime:
    Config + pallet_registry::Config + pallet_timestamp::Config<Moment = Moment>
{
}

impl<T> BenchmarkRuntime for T where
    T: Config + pallet_registry::Config + pallet_timestamp::Config<Moment = Moment>
{
}

/// The drivers of a batch.
pub struct Plan {
    /// Trades kept.
    pub kept: u32,
    /// Trades refused, after all else was checked.
    pub refused: u32,
    /// Terms looked up.
    pub lookups: u32,
    /// Chunks of the window.
    pub chunks: u32,
    /// Days that take trades.
    pub days: u32,
}

/// The days that take trades at [`NOW`], the earliest first.
pub const fn open_day(index: u32) -> BusinessDay {
    BusinessDay(TODAY.0 - 2 + index)
}

/// A moment of an open day.
fn moment_of(index: u32) -> Moment {
    // By offsets of -14, 0 and +14 hours in turn, from yesterday on.
    let noon = Moment::from(open_day(index).0) * DAY + 12 * 60 * MINUTE;
    match index {
        0 => noon,
        1 => noon + 4 * 60 * MINUTE,
        2 => noon - 6 * 60 * MINUTE,
        _ => NOW + MINUTE / 2 + 1,
    }
}

/// Sets the block's time.
pub fn set_time<T: BenchmarkRuntime>(now: Moment) {
    pallet_timestamp::Now::<T>::put(now);
}

/// Puts everything there but the day's trades.
pub fn put_all<T: BenchmarkRuntime>() {
    set_time::<T>(NOW);
    // What counting clients costs comes on top, where there are limits: `count_credits` measures that.
    let by = |hours: i16| Conditions {
        utc_offset: UtcOffset(hours * 60),
        cut_off: TimeOfDay(23 * 60),
        client_limits: None,
        ..registry::conditions()
    };
    registry::put_agreement::<T>(
        &[
            (FIRST, by(0)),
            (open_day(1), by(-14)),
            (open_day(2), by(0)),
            (open_day(3), by(14)),
        ],
        Caps::MAX,
    );
    for product in 1..=PRODUCTS {
        registry::put_product::<T>(product, FIRST);
    }
    put_window::<T>();
}

/// Puts the client's window there: each chunk of the ring is used, but for its first sequences.
fn put_window<T: Config>() {
    let mut bits = [u8::MAX; CHUNK_BYTES];
    bits[..UNUSED].fill(0);
    for index in 0..CHUNKS {
        WindowChunks::<T>::insert(CLIENT, index as u8, Chunk { index, bits });
    }
    Windows::<T>::insert(CLIENT, CHUNKS * CHUNK_BITS - 1);
}

/// Puts `pages` full pages there and `held` trades on the next one. Only that one is stored; of
/// the full ones there are the roots.
pub fn put_day<T: BenchmarkRuntime>(day: BusinessDay, held: u32, pages: u32) {
    let count = pages * PAGE_SIZE + held;
    let each = |amount: u128| amount * u128::from(count);
    let trade = trade(0, 1, moment_of(0)).into_trade(CLIENT, 0);
    let totals = DayTotals {
        payments: KindTotals {
            count,
            gross: each(trade.gross),
            debit: each(trade.debit),
            credit: each(trade.credit),
        },
        ..Default::default()
    };
    Days::<T>::insert(AGREEMENT, day, totals);
    let trades: Vec<Trade> = (0..held).map(|_| trade).collect();
    Pages::<T>::insert((AGREEMENT, day, pages), BoundedVec::truncate_from(trades));
    let roots: Vec<_> = (0..pages)
        .map(|page| BlakeTwo256::hash_of(&page))
        .map(|root| (root, root))
        .collect();
    for (chapter, roots) in (0u32..).zip(roots.chunks(CHAPTER_SIZE as usize)) {
        let roots = BoundedVec::truncate_from(roots.to_vec());
        PageRoots::<T>::insert((AGREEMENT, day, chapter), roots);
    }
}

/// A trade with the amounts that the terms give.
fn trade(sequence: Sequence, product: ProductId, occurred_at: Moment) -> TradeRequest {
    let amounts = registry::terms().amounts(GROSS);
    TradeRequest {
        sequence,
        reference: Reference([7; 16]),
        user: UserId([7; 16]),
        product,
        gross: GROSS,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    }
}

/// The sequence of the `index`-th trade of a batch over that number of chunks, which is not used.
fn fresh(index: u32, chunks: u32) -> Sequence {
    Sequence::from(index % chunks) * CHUNK_BITS + Sequence::from(index / chunks)
}

/// A batch of this plan.
pub fn batch<T: BenchmarkRuntime>(plan: &Plan) -> BoundedVec<TradeRequest, T::MaxBatch> {
    let on_time = plan.days - 1;
    // The products of late trades: together with the trades on time, as many lookups as wanted.
    let late = plan.lookups - on_time;
    let late_since = Moment::from(PAST.0) * DAY + 12 * 60 * MINUTE;
    let kept = (0..plan.kept).map(|index| {
        let sequence = fresh(index, plan.chunks);
        if index < on_time {
            trade(sequence, 1, moment_of(index + 1))
        } else {
            trade(sequence, 1 + index % late, late_since)
        }
    });
    let refused = (0..plan.refused).map(|index| {
        let sequence = fresh(plan.kept + index, 1);
        let trade = trade(sequence, 1 + index % late, late_since);
        TradeRequest {
            credit: trade.credit + 1,
            ..trade
        }
    });
    BoundedVec::truncate_from(kept.chain(refused).collect())
}

/// The trades of calls of one late trade each.
pub fn singles<T: BenchmarkRuntime>(count: u32) -> Vec<BoundedVec<TradeRequest, T::MaxBatch>> {
    let plan = Plan {
        kept: count,
        refused: 0,
        lookups: 1,
        chunks: 1,
        days: 1,
    };
    let alone = |trade| BoundedVec::truncate_from(alloc::vec![trade]);
    batch::<T>(&plan).into_iter().map(alone).collect()
}

/// A late payment as a person writes it, at length.
pub struct Form {
    /// What the user paid.
    pub amount: Words,
    /// Who paid.
    pub payer: Words,
    /// What the payment carries elsewhere.
    pub reference: Words,
    /// When.
    pub occurred_at: Words,
}

/// A form that [`open_day`] 0 takes.
pub fn form() -> Form {
    let day = date::show(PAST);
    Form {
        amount: Words::truncated(&format!("{GROSS}")),
        payer: Words::truncated("0123456789abcdef"),
        reference: Words::truncated("7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f"),
        occurred_at: Words::truncated(&format!("{day}T12:00:00.001+00:00")),
    }
}

/// A batch that spreads its kept trades evenly over the days, on time.
pub fn evenly<T: BenchmarkRuntime>(plan: &Plan) -> BoundedVec<TradeRequest, T::MaxBatch> {
    let trades = (0..plan.kept)
        .map(|index| trade(fresh(index, plan.chunks), 1, moment_of(index % plan.days)));
    BoundedVec::truncate_from(trades.collect())
}

/// A batch over a number of chunks of which all sequences but the last are used.
pub fn nearly_all_used<T: BenchmarkRuntime>(
    count: u32,
    chunks: u32,
) -> BoundedVec<TradeRequest, T::MaxBatch> {
    let used = (UNUSED * 8) as Sequence;
    let mut trades: Vec<_> = (0..count)
        .map(|index| trade(used + fresh(index, chunks), 1, NOW))
        .collect();
    if let Some(last) = trades.last_mut() {
        last.sequence -= used;
    }
    BoundedVec::truncate_from(trades)
}

//! Call weights, put together from what was measured of their parts.
//!
//! The costly parts of a batch are bounded by what its trades name: chunks by the sequences, terms by
//! products and times. So a usual batch is not charged for the worst one.
//!
//! A call of one trade is weighed apart: see [`single_weight`](crate::single_weight).

use crate::{Config, WeightInfo};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use counterfoil_primitives::{
    booking::OPEN_DAYS,
    day::DAY,
    tree::PAGE_SIZE,
    window::{self, CHUNKS},
    TradeRequest,
};
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::{
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    traits::Get,
    weights::Weight,
};
use sp_runtime::DispatchError;

/// The maximum of business days that a day by UTC meets. Usually there are two; where the offset changes
/// from west to east, a short one may lie between them.
const DAYS_MET: u32 = 3;

/// What determines the weight of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    /// Trades kept.
    pub kept: u32,
    /// Trades refused.
    pub refused: u32,
    /// Terms read: products by day of occurrence.
    pub lookups: u32,
    /// Chunks of the window read.
    pub chunks: u32,
    /// Days that take trades.
    pub days: u32,
    /// Pages that get full, and so are rooted.
    pub full_pages: u32,
}

impl BatchSize {
    /// The maximum that recording `trades` can come to. Which of them are kept shows later, and either
    /// may cost more, so each is counted as both.
    pub fn bound(trades: &[TradeRequest]) -> Self {
        let count = trades.len() as u32;
        let products = distinct(trades, |trade| (trade.product, trade.occurred_at / DAY));
        let days = distinct(trades, |trade| trade.occurred_at / DAY);
        let days = days.saturating_mul(DAYS_MET).min(OPEN_DAYS).min(count);
        Self {
            kept: count,
            refused: count,
            lookups: products.saturating_mul(DAYS_MET).min(count),
            chunks: chunks(trades),
            days,
            full_pages: full_pages(count, days),
        }
    }

    /// The maximum that any batch of `count` trades can come to.
    pub fn worst(count: u32) -> Self {
        Self {
            kept: count,
            refused: count,
            lookups: count,
            chunks: count.min(CHUNKS as u32),
            days: count.min(OPEN_DAYS),
            full_pages: full_pages(count, count.min(OPEN_DAYS)),
        }
    }

    /// The weight of recording a batch of this size.
    pub fn weight<T: Config>(self) -> Weight {
        let batch = T::WeightInfo::record(
            self.kept,
            self.refused,
            self.lookups,
            self.chunks,
            self.days,
        );
        batch.saturating_add(full_page::<T>().saturating_mul(self.full_pages.into()))
    }
}

/// The weight of recording `trades`, before it is known.
pub(crate) fn before<T: Config>(trades: &[TradeRequest]) -> Weight {
    let batch = BatchSize::bound(trades).weight::<T>();
    match trades {
        // Refused, it is charged as a batch.
        [_] => batch.max(max_single::<T>()),
        _ => batch,
    }
}

/// The weight of what the pool checks of `trades`.
pub(crate) fn before_validating<T: Config>(trades: &[TradeRequest]) -> Weight {
    match trades {
        [_] => before_validating_single::<T>(),
        _ => T::WeightInfo::validate_record(trades.len() as u32, chunks(trades)),
    }
}

/// The maximum weight of a call of one trade: it may be the first of the block, and fill a page.
pub(crate) fn max_single<T: Config>() -> Weight {
    first_single::<T>().saturating_add(full_page::<T>())
}

/// The weight of a call of one trade that touches what no call of the block has touched.
pub(crate) fn first_single<T: Config>() -> Weight {
    T::WeightInfo::record_singles(1)
}

/// The weight of a call of one trade that touches what another call of the block has touched.
pub(crate) fn later_single<T: Config>() -> Weight {
    T::WeightInfo::record_singles(2).saturating_sub(first_single::<T>())
}

/// The weight of what the pool checks of a call of one trade. What that reads the call itself reads and
/// is charged for.
fn before_validating_single<T: Config>() -> Weight {
    T::WeightInfo::validate_singles(2).saturating_sub(T::WeightInfo::validate_singles(1))
}

/// The maximum weight of recording one trade as a person writes it: it may fill a page.
pub(crate) fn max_record_one<T: Config>() -> Weight {
    record_one::<T>(1)
}

/// The weight of recording one trade as a person writes it, which fills `full_pages` pages.
pub(crate) fn record_one<T: Config>(full_pages: u32) -> Weight {
    T::WeightInfo::record_one().saturating_add(full_page::<T>().saturating_mul(full_pages.into()))
}

/// An error of a call that is refused as a whole, with what such a call costs: it looks at the caller, the
/// agreement and the day, as the check of a seal does, and no further.
pub(crate) fn refused<T: Config, E: Into<DispatchError>>(error: E) -> DispatchErrorWithPostInfo {
    error.with_weight(T::WeightInfo::validate_seal())
}

/// The weight of a page that gets full: it is decoded and rooted, and the next one begins.
pub(crate) fn full_page<T: Config>() -> Weight {
    T::WeightInfo::fill_pages(1).saturating_sub(T::WeightInfo::fill_pages(0))
}

/// The maximum of pages that `count` trades can fill: each day's last page may lack one trade only.
const fn full_pages(count: u32, days: u32) -> u32 {
    (count / PAGE_SIZE).saturating_add(days)
}

fn chunks(trades: &[TradeRequest]) -> u32 {
    distinct(trades, |trade| window::chunk_of(trade.sequence)).min(CHUNKS as u32)
}

fn distinct<K: Ord>(trades: &[TradeRequest], key: impl Fn(&TradeRequest) -> K) -> u32 {
    let mut keys: Vec<K> = trades.iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len() as u32
}

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let batch = T::MaxBatch::get();
    let pages = T::MaxPagesPerDay::get();
    assert!(batch > 0, "MaxBatch must let a call carry a trade");
    assert!(
        pages > 0 && pages.checked_mul(PAGE_SIZE).is_some(),
        "MaxPagesPerDay must give a day pages, and positions that a u32 counts"
    );
    assert!(
        T::ClockTolerance::get() < DAY,
        "ClockTolerance must not reach beyond tomorrow"
    );
    let record = BatchSize::worst(batch)
        .weight::<T>()
        .saturating_add(T::WeightInfo::validate_record(batch, CHUNKS as u32));
    let seal = T::WeightInfo::seal(pages).saturating_add(T::WeightInfo::validate_seal());
    let bytes = (batch as usize).saturating_mul(TradeRequest::max_encoded_len());
    assert_call_fits::<T>("record", record, bytes);
    assert_call_fits::<T>("record of one trade", max_single::<T>(), 0);
    assert_call_fits::<T>("record_one", max_record_one::<T>(), 0);
    assert_call_fits::<T>("seal", seal, 0);
}

//! Call weights, put together from what was measured of their parts.
//!
//! The costly parts of a batch are bounded by what its trades name: chunks by the sequences, terms by
//! products and times, payments that are given back by their places. So a usual batch is not charged
//! for the worst one.
//!
//! A call of one payment is weighed apart: see [`single_weight`](crate::single_weight).

use crate::{client_credits::Counted, request::Request, Config, WeightInfo};
use alloc::vec::Vec;
use counterfoil_primitives::{
    booking_day::OPEN_DAYS,
    day::DAY,
    tree::{self, PAGE_SIZE},
    window::{self, CHUNKS},
    BusinessDay, Kind, RefundRequest, TradeRequest,
};
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
    /// Whether the batch is of payments or of refunds.
    pub kind: Kind,
    /// Trades kept.
    pub kept: u32,
    /// Trades refused.
    pub refused: u32,
    /// Terms of payments read: products by day of occurrence.
    pub lookups: u32,
    /// Payments that refunds name, read with their terms.
    pub originals: u32,
    /// Payments looked up among those that were proposed as never recorded; of refunds, clients looked up
    /// among those that the caller may succeed.
    pub looked_up: u32,
    /// Chunks of the window read.
    pub chunks: u32,
    /// Days that take trades.
    pub days: u32,
    /// Pages that get full, and so are rooted.
    pub full_pages: u32,
    /// What is counted of what the client caused.
    pub credits: Counted,
}

impl BatchSize {
    /// The maximum that recording `requests` can come to. Which of them are kept shows later, and either
    /// may cost more, so each is counted as both.
    pub fn bound<R: Request>(requests: &[R]) -> Self {
        let count = requests.len() as u32;
        let (lookups, originals) = match R::KIND {
            Kind::Payment => {
                let products = distinct(requests, |one| (one.product(), one.occurred_at() / DAY));
                (products.saturating_mul(DAYS_MET).min(count), 0)
            }
            Kind::Refund => (0, distinct(requests, place_of_original)),
        };
        let days = distinct(requests, |one| one.occurred_at() / DAY);
        let days = days.saturating_mul(DAYS_MET).min(OPEN_DAYS).min(count);
        Self {
            kind: R::KIND,
            kept: count,
            refused: count,
            lookups,
            originals,
            looked_up: R::KIND.pick(count, originals),
            chunks: chunks(requests),
            days,
            full_pages: full_pages(count, days),
            credits: beyond_on(days),
        }
    }

    /// The maximum that any batch of `count` trades of a kind can come to.
    pub fn worst(kind: Kind, count: u32) -> Self {
        let days = count.min(OPEN_DAYS);
        Self {
            kind,
            kept: count,
            refused: count,
            lookups: kind.pick(count, 0),
            originals: kind.pick(0, count),
            looked_up: count,
            chunks: count.min(CHUNKS as u32),
            days,
            full_pages: full_pages(count, days),
            credits: beyond_on(days),
        }
    }

    /// The weight of recording a batch of this size.
    pub fn weight<T: Config>(self) -> Weight {
        let batch = match self.kind {
            Kind::Payment => T::WeightInfo::record(
                self.kept,
                self.refused,
                self.lookups,
                self.chunks,
                self.days,
            ),
            Kind::Refund => self.refunds::<T>(),
        };
        batch
            .saturating_add(full_page::<T>().saturating_mul(self.full_pages.into()))
            .saturating_add(lookups::<T>(self.looked_up))
            .saturating_add(credits::<T>(self.credits))
    }

    /// The weight of refunds, but for the pages that get full. They were measured in one chunk and on
    /// one day; the other chunks and days cost what they cost payments.
    fn refunds<T: Config>(self) -> Weight {
        let around = |chunks, days| T::WeightInfo::record(0, 0, 0, chunks, days);
        let more = around(self.chunks.max(1), self.days.max(1)).saturating_sub(around(1, 1));
        T::WeightInfo::refund(self.kept, self.refused, self.originals).saturating_add(more)
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

/// The weight of giving `refunds`, before it is known.
pub(crate) fn before_refunds<T: Config>(refunds: &[RefundRequest]) -> Weight {
    BatchSize::bound(refunds).weight::<T>()
}

/// The weight of what the pool checks of `refunds`.
pub(crate) fn before_validating_refunds<T: Config>(refunds: &[RefundRequest]) -> Weight {
    T::WeightInfo::validate_refund(refunds.len() as u32, chunks(refunds))
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
    first_single::<T>()
        .saturating_add(full_page::<T>())
        .saturating_add(lookups::<T>(1))
        .saturating_add(credits::<T>(Counted::MAX_OF_ONE))
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

/// The maximum weight of recording one trade of a kind as a person writes it: it may fill a page.
pub(crate) fn max_by_hand<T: Config>(kind: Kind) -> Weight {
    by_hand::<T>(kind, 1, 1, Counted::MAX_OF_ONE)
}

/// The weight of recording one trade of a kind as a person writes it, which fills `full_pages` pages, where
/// [`looked_up`](BatchSize::looked_up) payments or clients were looked up, and `counted` of what the client
/// caused.
pub(crate) fn by_hand<T: Config>(
    kind: Kind,
    full_pages: u32,
    looked_up: u32,
    counted: Counted,
) -> Weight {
    let recording = match kind {
        Kind::Payment => T::WeightInfo::record_one(),
        Kind::Refund => T::WeightInfo::refund_one(),
    };
    recording
        .saturating_add(full_page::<T>().saturating_mul(full_pages.into()))
        .saturating_add(lookups::<T>(looked_up))
        .saturating_add(credits::<T>(counted))
}

/// The weight of sealing a day of this many pages. It reads the chapters of their roots, which come on top:
/// by page that is less than half a read, which the measurement takes for none.
pub(crate) fn seal<T: Config>(pages: u32) -> Weight {
    let chapters = tree::chapter_count(pages);
    T::WeightInfo::seal(pages).saturating_add(T::DbWeight::get().reads(chapters.into()))
}

/// An error of a call that is refused as a whole, with what such a call costs: it looks at the caller, the
/// agreement and the day, as the check of a seal does, and no further.
pub(crate) fn refused<T: Config, E: Into<DispatchError>>(error: E) -> DispatchErrorWithPostInfo {
    error.with_weight(T::WeightInfo::validate_seal())
}

/// The weight of looking payments up among those that were proposed as never recorded, or clients among those
/// with a successor. To take a payment out is paid for by its proposal, which would take it out otherwise.
pub(crate) fn lookups<T: Config>(count: u32) -> Weight {
    T::DbWeight::get().reads(count.into())
}

/// The weight of counting what a client caused, where no call of the block did so before. Each further day of
/// a call costs no more than a further call would.
pub(crate) fn credits<T: Config>(counted: Counted) -> Weight {
    let counting = match counted.days {
        0 => Weight::zero(),
        days => T::WeightInfo::count_credits(days),
    };
    counting.saturating_add(beyond::<T>(counted.exceeded))
}

/// The weight of counting what a client caused, where another call of the block did so.
pub(crate) fn later_credits<T: Config>(counted: Counted) -> Weight {
    T::WeightInfo::count_credits(2)
        .saturating_sub(T::WeightInfo::count_credits(1))
        .saturating_mul(counted.days.into())
        .saturating_add(beyond::<T>(counted.exceeded))
}

/// The weight of going beyond limits a number of times: each time is noted and told.
fn beyond<T: Config>(times: u32) -> Weight {
    T::WeightInfo::exceed_limits(1)
        .saturating_sub(T::WeightInfo::exceed_limits(0))
        .saturating_mul(times.into())
}

/// What is counted of a call that goes beyond a limit on each of its days. It is of one kind.
const fn beyond_on(days: u32) -> Counted {
    Counted {
        days,
        exceeded: days,
    }
}

/// The weight of a page that gets full: it is decoded and rooted, and the next one begins.
pub(crate) fn full_page<T: Config>() -> Weight {
    T::WeightInfo::fill_pages(1).saturating_sub(T::WeightInfo::fill_pages(0))
}

/// The maximum of pages that `count` trades can fill: each day's last page may lack one trade only.
const fn full_pages(count: u32, days: u32) -> u32 {
    (count / PAGE_SIZE).saturating_add(days)
}

fn chunks<R: Request>(requests: &[R]) -> u32 {
    distinct(requests, |one| window::chunk_of(one.sequence())).min(CHUNKS as u32)
}

/// The place of the payment that a refund names.
fn place_of_original<R: Request>(request: &R) -> Option<(BusinessDay, u32)> {
    let original = request.refund()?.original;
    Some((original.day, original.position))
}

fn distinct<R, K: Ord>(requests: &[R], key: impl Fn(&R) -> K) -> u32 {
    let mut keys: Vec<K> = requests.iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len() as u32
}

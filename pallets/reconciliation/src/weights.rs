//! Weights of the calls.
//!
//! Estimates, not benchmarks, each made of the database's weights and of what was measured for the
//! steps inside WebAssembly on two cores of 2.5 GHz, rounded up:
//!
//! | step | nanoseconds |
//! |---|---|
//! | hash of a leaf or of an inner node | 1,500 |
//! | decoding a page of 256 trades | 60,000 |
//! | an event | 6,000 |
//! | the amounts of a trade by one version of terms | 300 |
//! | decoding and encoding a side's record, by listed page | 100 |
//! | an operator's signature (in `authorize`) | 100,000 |
//!
//! A check runs twice: when a call is authorised, and when it is dispatched.

use crate::MAX_PARTS;
use core::marker::PhantomData;
use counterfoil_primitives::tree::PAGE_SIZE;
use frame_support::{traits::Get, weights::Weight};

/// What each call costs.
pub trait WeightInfo {
    /// A clean report.
    fn report_clean() -> Weight;
    /// A header that lists `pages`.
    fn report_header(pages: u32) -> Weight;
    /// A page with `slots` breaks.
    fn report_slots(slots: u32) -> Weight;
    /// A page of `extras`.
    fn report_extras(extras: u32) -> Weight;
    /// An overdue side.
    fn mark_overdue() -> Weight;
    /// A defaulted side.
    fn mark_defaulted() -> Weight;
    /// A request for all pages.
    fn request_full_fetch() -> Weight;
    /// Taking `parts` away, of a book that is rejected or a side that defaults.
    fn discard(parts: u32) -> Weight;
}

/// Nanoseconds, in a weight's unit.
const NANOSECOND: u64 = 1_000;
const HASH: u64 = 1_500 * NANOSECOND;
const DECODE_PAGE: u64 = 60_000 * NANOSECOND;
const EVENT: u64 = 6_000 * NANOSECOND;
const AMOUNTS: u64 = 300 * NANOSECOND;
const LISTED_PAGE: u64 = 100 * NANOSECOND;
const SIGNATURE: u64 = 100_000 * NANOSECOND;

/// Page roots of a day for which a header is weighed: a million trades.
const PAGES_OF_A_DAY: u64 = 4_096;

/// Versions of a product's terms by which an amount is weighed.
const VERSIONS: u64 = 128;

/// Reading and writing a side's record with the longest header.
const RECORD: u64 = 2 * LISTED_PAGE * MAX_PARTS as u64;

/// Weights by the runtime's database.
pub struct EstimatedWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> EstimatedWeight<T> {
    fn of(steps: u64, reads: u64, writes: u64) -> Weight {
        Weight::from_parts(SIGNATURE.saturating_add(steps), 0)
            .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
    }

    /// What the end of a day adds: both sides, totals, the outcome and its events, the payable.
    fn close() -> Weight {
        Weight::from_parts(4 * EVENT, 0).saturating_add(T::DbWeight::get().reads_writes(5, 3))
    }
}

impl<T: frame_system::Config> WeightInfo for EstimatedWeight<T> {
    fn report_clean() -> Weight {
        Self::of(EVENT, 7, 1).saturating_add(Self::close())
    }

    fn report_header(pages: u32) -> Weight {
        let hashes = PAGES_OF_A_DAY.saturating_add(u64::from(pages));
        // A rejection, or a side that is proven at once, comes on top.
        Self::of(hashes.saturating_mul(HASH), 9, 2).saturating_add(Self::close())
    }

    fn report_slots(slots: u32) -> Weight {
        let slots = u64::from(slots);
        let page = DECODE_PAGE + 2 * u64::from(PAGE_SIZE) * HASH;
        // Each break may name another product, whose terms are read.
        let each = EVENT + VERSIONS * AMOUNTS;
        let steps = (page + RECORD).saturating_add(slots.saturating_mul(each));
        Self::of(steps, 9_u64.saturating_add(slots), 3).saturating_add(Self::close())
    }

    fn report_extras(extras: u32) -> Weight {
        let extras = u64::from(extras);
        // Each extra reads a chunk of its client's window, and may name a page of its own.
        let each = EVENT + DECODE_PAGE + 2 * HASH;
        let reads = 9_u64.saturating_add(extras.saturating_mul(3));
        let steps = RECORD.saturating_add(extras.saturating_mul(each));
        Self::of(steps, reads, 3).saturating_add(Self::close())
    }

    fn mark_overdue() -> Weight {
        Self::of(EVENT, 6, 1)
    }

    fn mark_defaulted() -> Weight {
        Self::of(EVENT + RECORD, 6, 1).saturating_add(Self::close())
    }

    fn request_full_fetch() -> Weight {
        Self::of(EVENT, 5, 1)
    }

    fn discard(parts: u32) -> Weight {
        T::DbWeight::get().writes(parts.into())
    }
}

impl WeightInfo for () {
    fn report_clean() -> Weight {
        Weight::zero()
    }
    fn report_header(_: u32) -> Weight {
        Weight::zero()
    }
    fn report_slots(_: u32) -> Weight {
        Weight::zero()
    }
    fn report_extras(_: u32) -> Weight {
        Weight::zero()
    }
    fn mark_overdue() -> Weight {
        Weight::zero()
    }
    fn mark_defaulted() -> Weight {
        Weight::zero()
    }
    fn request_full_fetch() -> Weight {
        Weight::zero()
    }
    fn discard(parts: u32) -> Weight {
        Weight::from_parts(parts.into(), 0)
    }
}

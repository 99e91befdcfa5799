//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights reconciliation`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-29 |
//! | machine | 2 cores, Intel(R) Xeon(R) Processor |
//! | commit | c40f29e |
//! | values of a component | 12 |
//! | runs for a value | 10 |
//!
//! Times are picoseconds of the runtime in WebAssembly, on a state in memory. Database
//! accesses come on top, by the runtime's own weights. The proof size is zero: every
//! validator holds the state, no parachain proves it, and the runtime sets no limit.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Call weights.
pub trait WeightInfo {
    /// `report_clean`, as its benchmark says.
    fn report_clean() -> Weight;
    /// What the pool checks of `report_clean`.
    fn validate_report_clean() -> Weight;
    /// `report_header`, as its benchmark says.
    ///
    /// Measured for `d` from 1 to 1024, `x` from 0 to 256.
    fn report_header(d: u32, x: u32) -> Weight;
    /// What the pool checks of `report_header`.
    ///
    /// Measured for `d` from 1 to 1024, `x` from 0 to 256.
    fn validate_report_header(d: u32, x: u32) -> Weight;
    /// `report_slots`, as its benchmark says.
    ///
    /// Measured for `s` from 1 to 256.
    fn report_slots(s: u32) -> Weight;
    /// What the pool checks of `report_slots`.
    ///
    /// Measured for `s` from 1 to 256.
    fn validate_report_slots(s: u32) -> Weight;
    /// `report_extras`, as its benchmark says.
    ///
    /// Measured for `e` from 1 to 256.
    fn report_extras(e: u32) -> Weight;
    /// What the pool checks of `report_extras`.
    ///
    /// Measured for `e` from 1 to 256.
    fn validate_report_extras(e: u32) -> Weight;
    /// `mark_overdue`, as its benchmark says.
    fn mark_overdue() -> Weight;
    /// What the pool checks of `mark_overdue`.
    fn validate_mark_overdue() -> Weight;
    /// `mark_defaulted`, as its benchmark says.
    ///
    /// Measured for `p` from 0 to 1280.
    fn mark_defaulted(p: u32) -> Weight;
    /// What the pool checks of `mark_defaulted`.
    fn validate_mark_defaulted() -> Weight;
    /// `request_full_fetch`, as its benchmark says.
    fn request_full_fetch() -> Weight;
    /// What the pool checks of `request_full_fetch`.
    fn validate_request_full_fetch() -> Weight;
    /// `confirm_repair`, as its benchmark says.
    fn confirm_repair() -> Weight;
    /// What the pool checks of `confirm_repair`.
    fn validate_confirm_repair() -> Weight;
    /// `close_day`, as its benchmark says.
    fn close_day() -> Weight;
    /// `discard`, as its benchmark says.
    ///
    /// Measured for `p` from 0 to 1280.
    fn discard(p: u32) -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn report_clean() -> Weight {
        measured::report_clean(T::DbWeight::get())
    }
    fn validate_report_clean() -> Weight {
        measured::validate_report_clean(T::DbWeight::get())
    }
    fn report_header(d: u32, x: u32) -> Weight {
        measured::report_header(T::DbWeight::get(), d, x)
    }
    fn validate_report_header(d: u32, x: u32) -> Weight {
        measured::validate_report_header(T::DbWeight::get(), d, x)
    }
    fn report_slots(s: u32) -> Weight {
        measured::report_slots(T::DbWeight::get(), s)
    }
    fn validate_report_slots(s: u32) -> Weight {
        measured::validate_report_slots(T::DbWeight::get(), s)
    }
    fn report_extras(e: u32) -> Weight {
        measured::report_extras(T::DbWeight::get(), e)
    }
    fn validate_report_extras(e: u32) -> Weight {
        measured::validate_report_extras(T::DbWeight::get(), e)
    }
    fn mark_overdue() -> Weight {
        measured::mark_overdue(T::DbWeight::get())
    }
    fn validate_mark_overdue() -> Weight {
        measured::validate_mark_overdue(T::DbWeight::get())
    }
    fn mark_defaulted(p: u32) -> Weight {
        measured::mark_defaulted(T::DbWeight::get(), p)
    }
    fn validate_mark_defaulted() -> Weight {
        measured::validate_mark_defaulted(T::DbWeight::get())
    }
    fn request_full_fetch() -> Weight {
        measured::request_full_fetch(T::DbWeight::get())
    }
    fn validate_request_full_fetch() -> Weight {
        measured::validate_request_full_fetch(T::DbWeight::get())
    }
    fn confirm_repair() -> Weight {
        measured::confirm_repair(T::DbWeight::get())
    }
    fn validate_confirm_repair() -> Weight {
        measured::validate_confirm_repair(T::DbWeight::get())
    }
    fn close_day() -> Weight {
        measured::close_day(T::DbWeight::get())
    }
    fn discard(p: u32) -> Weight {
        measured::discard(T::DbWeight::get(), p)
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn report_clean() -> Weight {
        measured::report_clean(ParityDbWeight::get())
    }
    fn validate_report_clean() -> Weight {
        measured::validate_report_clean(ParityDbWeight::get())
    }
    fn report_header(d: u32, x: u32) -> Weight {
        measured::report_header(ParityDbWeight::get(), d, x)
    }
    fn validate_report_header(d: u32, x: u32) -> Weight {
        measured::validate_report_header(ParityDbWeight::get(), d, x)
    }
    fn report_slots(s: u32) -> Weight {
        measured::report_slots(ParityDbWeight::get(), s)
    }
    fn validate_report_slots(s: u32) -> Weight {
        measured::validate_report_slots(ParityDbWeight::get(), s)
    }
    fn report_extras(e: u32) -> Weight {
        measured::report_extras(ParityDbWeight::get(), e)
    }
    fn validate_report_extras(e: u32) -> Weight {
        measured::validate_report_extras(ParityDbWeight::get(), e)
    }
    fn mark_overdue() -> Weight {
        measured::mark_overdue(ParityDbWeight::get())
    }
    fn validate_mark_overdue() -> Weight {
        measured::validate_mark_overdue(ParityDbWeight::get())
    }
    fn mark_defaulted(p: u32) -> Weight {
        measured::mark_defaulted(ParityDbWeight::get(), p)
    }
    fn validate_mark_defaulted() -> Weight {
        measured::validate_mark_defaulted(ParityDbWeight::get())
    }
    fn request_full_fetch() -> Weight {
        measured::request_full_fetch(ParityDbWeight::get())
    }
    fn validate_request_full_fetch() -> Weight {
        measured::validate_request_full_fetch(ParityDbWeight::get())
    }
    fn confirm_repair() -> Weight {
        measured::confirm_repair(ParityDbWeight::get())
    }
    fn validate_confirm_repair() -> Weight {
        measured::validate_confirm_repair(ParityDbWeight::get())
    }
    fn close_day() -> Weight {
        measured::close_day(ParityDbWeight::get())
    }
    fn discard(p: u32) -> Weight {
        measured::discard(ParityDbWeight::get(), p)
    }
}

mod measured {
    use super::*;

    pub fn report_clean(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(293_934_000, 0).saturating_add(db.reads_writes(11, 1))
    }

    pub fn validate_report_clean(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(215_807_000, 0).saturating_add(db.reads_writes(8, 0))
    }

    pub fn report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(2_595_257_085, 0)
            .saturating_add(db.reads_writes(29, 1))
            .saturating_add(Weight::from_parts(221_212, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(1_708_715, 0).saturating_mul(x.into()))
    }

    pub fn validate_report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(2_189_321_236, 0)
            .saturating_add(db.reads_writes(27, 0))
            .saturating_add(Weight::from_parts(389_592, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(83_129, 0).saturating_mul(x.into()))
    }

    pub fn report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(904_080_799, 0)
            .saturating_add(db.reads_writes(12, 2))
            .saturating_add(
                Weight::from_parts(58_519_283, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn validate_report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(437_426_027, 0)
            .saturating_add(db.reads_writes(10, 0))
            .saturating_add(
                Weight::from_parts(42_689_371, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(186_486_988, 0)
            .saturating_add(db.reads_writes(11, 2))
            .saturating_add(
                Weight::from_parts(73_510_290, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn validate_report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(452_581_284, 0)
            .saturating_add(db.reads_writes(9, 0))
            .saturating_add(
                Weight::from_parts(65_344_592, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(248_151_000, 0).saturating_add(db.reads_writes(10, 1))
    }

    pub fn validate_mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(162_747_000, 0).saturating_add(db.reads_writes(8, 0))
    }

    pub fn mark_defaulted(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(199_491_534, 0)
            .saturating_add(db.reads_writes(12, 2))
            .saturating_add(
                Weight::from_parts(2_792_766, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn validate_mark_defaulted(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(179_038_000, 0).saturating_add(db.reads_writes(7, 0))
    }

    pub fn request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(80_863_000, 0).saturating_add(db.reads_writes(6, 1))
    }

    pub fn validate_request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(43_227_000, 0).saturating_add(db.reads_writes(4, 0))
    }

    pub fn confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(108_924_000, 0).saturating_add(db.reads_writes(5, 1))
    }

    pub fn validate_confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(58_335_000, 0).saturating_add(db.reads_writes(4, 0))
    }

    pub fn close_day(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(270_020_000, 0).saturating_add(db.reads_writes(10, 5))
    }

    pub fn discard(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(31_429_850, 0)
            .saturating_add(db.reads_writes(1, 2))
            .saturating_add(
                Weight::from_parts(3_246_302, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }
}

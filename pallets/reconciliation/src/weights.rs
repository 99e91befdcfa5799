//! Call weights, measured by the pallet's benchmarks.
//!
//! Estimated by hand since: `report_header` and its check, and what asks when a day comes due.
//!
//! Written by `scripts/weights reconciliation`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-28 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | 8c626fb and changes |
//! | values of a component | 12 |
//! | runs for a value | 10 |
//!
//! The reads of `report_header` and of its check are estimated by hand: they read 16 chapters of
//! page roots, and the day's count.
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
        Weight::from_parts(194_639_000, 0).saturating_add(db.reads_writes(11, 1))
    }

    pub fn validate_report_clean(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(116_904_000, 0).saturating_add(db.reads_writes(8, 0))
    }

    pub fn report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(6_383_367_915, 0)
            .saturating_add(db.reads_writes(29, 1))
            .saturating_add(Weight::from_parts(434_552, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(1_908_116, 0).saturating_mul(x.into()))
    }

    pub fn validate_report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(6_133_130_014, 0)
            .saturating_add(db.reads_writes(27, 0))
            .saturating_add(Weight::from_parts(231_058, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(2_733_670, 0).saturating_mul(x.into()))
    }

    pub fn report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(902_952_513, 0)
            .saturating_add(db.reads_writes(12, 2))
            .saturating_add(
                Weight::from_parts(71_832_719, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn validate_report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(388_511_000, 0)
            .saturating_add(db.reads_writes(10, 0))
            .saturating_add(
                Weight::from_parts(65_054_328, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(291_661_821, 0)
            .saturating_add(db.reads_writes(11, 2))
            .saturating_add(
                Weight::from_parts(97_231_631, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn validate_report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(236_988_000, 0)
            .saturating_add(db.reads_writes(9, 0))
            .saturating_add(
                Weight::from_parts(86_241_649, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(187_325_000, 0).saturating_add(db.reads_writes(10, 1))
    }

    pub fn validate_mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(99_853_000, 0).saturating_add(db.reads_writes(8, 0))
    }

    pub fn mark_defaulted(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(115_469_548, 0)
            .saturating_add(db.reads_writes(12, 2))
            .saturating_add(
                Weight::from_parts(9_798_343, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn validate_mark_defaulted(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(127_254_000, 0).saturating_add(db.reads_writes(7, 0))
    }

    pub fn request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(136_485_000, 0).saturating_add(db.reads_writes(6, 1))
    }

    pub fn validate_request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(56_054_000, 0).saturating_add(db.reads_writes(4, 0))
    }

    pub fn confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(113_281_000, 0).saturating_add(db.reads_writes(5, 1))
    }

    pub fn validate_confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(38_672_000, 0).saturating_add(db.reads_writes(3, 0))
    }

    pub fn close_day(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(175_377_000, 0).saturating_add(db.reads_writes(7, 4))
    }

    pub fn discard(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(110_128_576, 0)
            .saturating_add(db.reads_writes(3, 5))
            .saturating_add(
                Weight::from_parts(9_651_420, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }
}

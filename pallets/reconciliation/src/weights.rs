//! What the calls cost.
//!
//! **Estimates, not measured yet**: what was charged before there were benchmarks, by the drivers
//! that the benchmarks sweep. `scripts/weights reconciliation` measures, and writes this file anew.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `report_clean`, as its benchmark says.
    fn report_clean() -> Weight;
    /// Checking the authority for `report_clean`.
    fn authorize_report_clean() -> Weight;
    /// `report_header`, as its benchmark says.
    fn report_header(d: u32, x: u32) -> Weight;
    /// Checking the authority for `report_header`.
    fn authorize_report_header(d: u32, x: u32) -> Weight;
    /// `report_slots`, as its benchmark says.
    fn report_slots(s: u32) -> Weight;
    /// Checking the authority for `report_slots`.
    fn authorize_report_slots(s: u32) -> Weight;
    /// `report_extras`, as its benchmark says.
    fn report_extras(e: u32) -> Weight;
    /// Checking the authority for `report_extras`.
    fn authorize_report_extras(e: u32) -> Weight;
    /// `mark_overdue`, as its benchmark says.
    fn mark_overdue() -> Weight;
    /// Checking the authority for `mark_overdue`.
    fn authorize_mark_overdue() -> Weight;
    /// `mark_defaulted`, as its benchmark says.
    fn mark_defaulted(p: u32) -> Weight;
    /// Checking the authority for `mark_defaulted`.
    fn authorize_mark_defaulted() -> Weight;
    /// `request_full_fetch`, as its benchmark says.
    fn request_full_fetch() -> Weight;
    /// Checking the authority for `request_full_fetch`.
    fn authorize_request_full_fetch() -> Weight;
    /// `close_day`, as its benchmark says.
    fn close_day() -> Weight;
    /// `discard`, as its benchmark says.
    fn discard(p: u32) -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn report_clean() -> Weight {
        estimated::report_clean(T::DbWeight::get())
    }
    fn authorize_report_clean() -> Weight {
        estimated::authorize_report_clean(T::DbWeight::get())
    }
    fn report_header(d: u32, x: u32) -> Weight {
        estimated::report_header(T::DbWeight::get(), d, x)
    }
    fn authorize_report_header(d: u32, x: u32) -> Weight {
        estimated::authorize_report_header(T::DbWeight::get(), d, x)
    }
    fn report_slots(s: u32) -> Weight {
        estimated::report_slots(T::DbWeight::get(), s)
    }
    fn authorize_report_slots(s: u32) -> Weight {
        estimated::authorize_report_slots(T::DbWeight::get(), s)
    }
    fn report_extras(e: u32) -> Weight {
        estimated::report_extras(T::DbWeight::get(), e)
    }
    fn authorize_report_extras(e: u32) -> Weight {
        estimated::authorize_report_extras(T::DbWeight::get(), e)
    }
    fn mark_overdue() -> Weight {
        estimated::mark_overdue(T::DbWeight::get())
    }
    fn authorize_mark_overdue() -> Weight {
        estimated::authorize_mark_overdue(T::DbWeight::get())
    }
    fn mark_defaulted(p: u32) -> Weight {
        estimated::mark_defaulted(T::DbWeight::get(), p)
    }
    fn authorize_mark_defaulted() -> Weight {
        estimated::authorize_mark_defaulted(T::DbWeight::get())
    }
    fn request_full_fetch() -> Weight {
        estimated::request_full_fetch(T::DbWeight::get())
    }
    fn authorize_request_full_fetch() -> Weight {
        estimated::authorize_request_full_fetch(T::DbWeight::get())
    }
    fn close_day() -> Weight {
        estimated::close_day(T::DbWeight::get())
    }
    fn discard(p: u32) -> Weight {
        estimated::discard(T::DbWeight::get(), p)
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn report_clean() -> Weight {
        estimated::report_clean(ParityDbWeight::get())
    }
    fn authorize_report_clean() -> Weight {
        estimated::authorize_report_clean(ParityDbWeight::get())
    }
    fn report_header(d: u32, x: u32) -> Weight {
        estimated::report_header(ParityDbWeight::get(), d, x)
    }
    fn authorize_report_header(d: u32, x: u32) -> Weight {
        estimated::authorize_report_header(ParityDbWeight::get(), d, x)
    }
    fn report_slots(s: u32) -> Weight {
        estimated::report_slots(ParityDbWeight::get(), s)
    }
    fn authorize_report_slots(s: u32) -> Weight {
        estimated::authorize_report_slots(ParityDbWeight::get(), s)
    }
    fn report_extras(e: u32) -> Weight {
        estimated::report_extras(ParityDbWeight::get(), e)
    }
    fn authorize_report_extras(e: u32) -> Weight {
        estimated::authorize_report_extras(ParityDbWeight::get(), e)
    }
    fn mark_overdue() -> Weight {
        estimated::mark_overdue(ParityDbWeight::get())
    }
    fn authorize_mark_overdue() -> Weight {
        estimated::authorize_mark_overdue(ParityDbWeight::get())
    }
    fn mark_defaulted(p: u32) -> Weight {
        estimated::mark_defaulted(ParityDbWeight::get(), p)
    }
    fn authorize_mark_defaulted() -> Weight {
        estimated::authorize_mark_defaulted(ParityDbWeight::get())
    }
    fn request_full_fetch() -> Weight {
        estimated::request_full_fetch(ParityDbWeight::get())
    }
    fn authorize_request_full_fetch() -> Weight {
        estimated::authorize_request_full_fetch(ParityDbWeight::get())
    }
    fn close_day() -> Weight {
        estimated::close_day(ParityDbWeight::get())
    }
    fn discard(p: u32) -> Weight {
        estimated::discard(ParityDbWeight::get(), p)
    }
}

mod estimated {
    use super::*;

    pub fn report_clean(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(7, 1))
    }

    pub fn authorize_report_clean(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(7, 0))
    }

    pub fn report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(6_244_000_000, 0)
            .saturating_add(db.reads_writes(9, 2))
            .saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(x.into()))
    }

    pub fn authorize_report_header(db: RuntimeDbWeight, d: u32, x: u32) -> Weight {
        Weight::from_parts(6_244_000_000, 0)
            .saturating_add(db.reads_writes(9, 0))
            .saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(d.into()))
            .saturating_add(Weight::from_parts(1_600_000, 0).saturating_mul(x.into()))
    }

    pub fn report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(1_184_000_000, 0)
            .saturating_add(db.reads_writes(9, 3))
            .saturating_add(
                Weight::from_parts(44_400_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn authorize_report_slots(db: RuntimeDbWeight, s: u32) -> Weight {
        Weight::from_parts(1_184_000_000, 0)
            .saturating_add(db.reads_writes(9, 0))
            .saturating_add(
                Weight::from_parts(44_400_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(s.into()),
            )
    }

    pub fn report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(356_000_000, 0)
            .saturating_add(db.reads_writes(9, 3))
            .saturating_add(
                Weight::from_parts(69_000_000, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn authorize_report_extras(db: RuntimeDbWeight, e: u32) -> Weight {
        Weight::from_parts(356_000_000, 0)
            .saturating_add(db.reads_writes(9, 0))
            .saturating_add(
                Weight::from_parts(69_000_000, 0)
                    .saturating_add(db.reads_writes(3, 0))
                    .saturating_mul(e.into()),
            )
    }

    pub fn mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(6, 1))
    }

    pub fn authorize_mark_overdue(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(6, 0))
    }

    pub fn mark_defaulted(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(362_000_000, 0)
            .saturating_add(db.reads_writes(6, 1))
            .saturating_add(
                Weight::from_parts(0, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn authorize_mark_defaulted(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(362_000_000, 0).saturating_add(db.reads_writes(6, 0))
    }

    pub fn request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(5, 1))
    }

    pub fn authorize_request_full_fetch(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(106_000_000, 0).saturating_add(db.reads_writes(5, 0))
    }

    pub fn close_day(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(24_000_000, 0).saturating_add(db.reads_writes(5, 3))
    }

    pub fn discard(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(256_000_000, 0)
            .saturating_add(db.reads_writes(3, 4))
            .saturating_add(
                Weight::from_parts(0, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(p.into()),
            )
    }
}

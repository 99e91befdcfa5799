//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights amendments`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-30 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | c0eee1a |
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
    /// `propose`, as its benchmark says.
    ///
    /// Measured for `p` from 1 to 256.
    fn propose(p: u32) -> Weight;
    /// `propose_corrections`, as its benchmark says.
    ///
    /// Measured for `c` from 1 to 1000.
    fn propose_corrections(c: u32) -> Weight;
    /// `propose_missing`, as its benchmark says.
    ///
    /// Measured for `m` from 1 to 1000.
    fn propose_missing(m: u32) -> Weight;
    /// `answer`, as its benchmark says.
    fn answer() -> Weight;
    /// `lapse`, as its benchmark says.
    ///
    /// Measured for `p` from 1 to 256.
    fn lapse(p: u32) -> Weight;
    /// `lapse_missing`, as its benchmark says.
    ///
    /// Measured for `m` from 1 to 1000.
    fn lapse_missing(m: u32) -> Weight;
    /// `write_off`, as its benchmark says.
    fn write_off() -> Weight;
    /// `book_cancel`, as its benchmark says.
    ///
    /// Measured for `t` from 1 to 400.
    fn book_cancel(t: u32) -> Weight;
    /// `book_replace`, as its benchmark says.
    ///
    /// Measured for `r` from 1 to 200.
    fn book_replace(r: u32) -> Weight;
    /// `book_missing`, as its benchmark says.
    ///
    /// Measured for `m` from 1 to 400.
    fn book_missing(m: u32) -> Weight;
    /// What the pool checks of `book`.
    fn validate_book() -> Weight;
    /// What the pool checks of `lapse`.
    fn validate_lapse() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn propose(p: u32) -> Weight {
        measured::propose(T::DbWeight::get(), p)
    }
    fn propose_corrections(c: u32) -> Weight {
        measured::propose_corrections(T::DbWeight::get(), c)
    }
    fn propose_missing(m: u32) -> Weight {
        measured::propose_missing(T::DbWeight::get(), m)
    }
    fn answer() -> Weight {
        measured::answer(T::DbWeight::get())
    }
    fn lapse(p: u32) -> Weight {
        measured::lapse(T::DbWeight::get(), p)
    }
    fn lapse_missing(m: u32) -> Weight {
        measured::lapse_missing(T::DbWeight::get(), m)
    }
    fn write_off() -> Weight {
        measured::write_off(T::DbWeight::get())
    }
    fn book_cancel(t: u32) -> Weight {
        measured::book_cancel(T::DbWeight::get(), t)
    }
    fn book_replace(r: u32) -> Weight {
        measured::book_replace(T::DbWeight::get(), r)
    }
    fn book_missing(m: u32) -> Weight {
        measured::book_missing(T::DbWeight::get(), m)
    }
    fn validate_book() -> Weight {
        measured::validate_book(T::DbWeight::get())
    }
    fn validate_lapse() -> Weight {
        measured::validate_lapse(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn propose(p: u32) -> Weight {
        measured::propose(ParityDbWeight::get(), p)
    }
    fn propose_corrections(c: u32) -> Weight {
        measured::propose_corrections(ParityDbWeight::get(), c)
    }
    fn propose_missing(m: u32) -> Weight {
        measured::propose_missing(ParityDbWeight::get(), m)
    }
    fn answer() -> Weight {
        measured::answer(ParityDbWeight::get())
    }
    fn lapse(p: u32) -> Weight {
        measured::lapse(ParityDbWeight::get(), p)
    }
    fn lapse_missing(m: u32) -> Weight {
        measured::lapse_missing(ParityDbWeight::get(), m)
    }
    fn write_off() -> Weight {
        measured::write_off(ParityDbWeight::get())
    }
    fn book_cancel(t: u32) -> Weight {
        measured::book_cancel(ParityDbWeight::get(), t)
    }
    fn book_replace(r: u32) -> Weight {
        measured::book_replace(ParityDbWeight::get(), r)
    }
    fn book_missing(m: u32) -> Weight {
        measured::book_missing(ParityDbWeight::get(), m)
    }
    fn validate_book() -> Weight {
        measured::validate_book(ParityDbWeight::get())
    }
    fn validate_lapse() -> Weight {
        measured::validate_lapse(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn propose(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(489_715_000, 0)
            .saturating_add(db.reads_writes(69, 4))
            .saturating_add(
                Weight::from_parts(107_107_341, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn propose_corrections(db: RuntimeDbWeight, c: u32) -> Weight {
        Weight::from_parts(319_720_721, 0)
            .saturating_add(db.reads_writes(71, 5))
            .saturating_add(
                Weight::from_parts(19_791_086, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn propose_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(353_955_856, 0)
            .saturating_add(db.reads_writes(190, 126))
            .saturating_add(
                Weight::from_parts(33_191_642, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(m.into()),
            )
    }

    pub fn answer(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(119_707_000, 0).saturating_add(db.reads_writes(5, 1))
    }

    pub fn lapse(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(60_329_841, 0)
            .saturating_add(db.reads_writes(4, 1))
            .saturating_add(
                Weight::from_parts(12_540_557, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn lapse_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(76_874_000, 0)
            .saturating_add(db.reads_writes(4, 1))
            .saturating_add(
                Weight::from_parts(14_475_657, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(m.into()),
            )
    }

    pub fn write_off(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(105_396_000, 0).saturating_add(db.reads_writes(4, 3))
    }

    pub fn book_cancel(db: RuntimeDbWeight, t: u32) -> Weight {
        Weight::from_parts(494_769_921, 0)
            .saturating_add(db.reads_writes(13, 8))
            .saturating_add(
                Weight::from_parts(70_737_492, 0)
                    .saturating_add(db.reads_writes(5, 3))
                    .saturating_mul(t.into()),
            )
    }

    pub fn book_replace(db: RuntimeDbWeight, r: u32) -> Weight {
        Weight::from_parts(383_316_407, 0)
            .saturating_add(db.reads_writes(13, 9))
            .saturating_add(
                Weight::from_parts(58_784_129, 0)
                    .saturating_add(db.reads_writes(2, 4))
                    .saturating_mul(r.into()),
            )
    }

    pub fn book_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(160_830_003, 0)
            .saturating_add(db.reads_writes(11, 7))
            .saturating_add(
                Weight::from_parts(48_539_560, 0)
                    .saturating_add(db.reads_writes(2, 2))
                    .saturating_mul(m.into()),
            )
    }

    pub fn validate_book(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(63_715_000, 0).saturating_add(db.reads_writes(6, 0))
    }

    pub fn validate_lapse(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(37_446_000, 0).saturating_add(db.reads_writes(3, 0))
    }
}

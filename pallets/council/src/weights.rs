//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights council`; a change by hand is lost with the next measurement.
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
    /// `put_up`, as its benchmark says.
    ///
    /// Measured for `b` from 0 to 65000.
    fn put_up(b: u32) -> Weight;
    /// `run_at_once`, as its benchmark says.
    ///
    /// Measured for `b` from 0 to 65000.
    fn run_at_once(b: u32) -> Weight;
    /// `vote`, as its benchmark says.
    fn vote() -> Weight;
    /// `close_carried`, as its benchmark says.
    ///
    /// Measured for `b` from 0 to 65000.
    fn close_carried(b: u32) -> Weight;
    /// `close_dropped`, as its benchmark says.
    fn close_dropped() -> Weight;
    /// `execute`, as its benchmark says.
    ///
    /// Measured for `b` from 0 to 65000.
    fn execute(b: u32) -> Weight;
    /// `set_seats`, as its benchmark says.
    fn set_seats() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn put_up(b: u32) -> Weight {
        measured::put_up(T::DbWeight::get(), b)
    }
    fn run_at_once(b: u32) -> Weight {
        measured::run_at_once(T::DbWeight::get(), b)
    }
    fn vote() -> Weight {
        measured::vote(T::DbWeight::get())
    }
    fn close_carried(b: u32) -> Weight {
        measured::close_carried(T::DbWeight::get(), b)
    }
    fn close_dropped() -> Weight {
        measured::close_dropped(T::DbWeight::get())
    }
    fn execute(b: u32) -> Weight {
        measured::execute(T::DbWeight::get(), b)
    }
    fn set_seats() -> Weight {
        measured::set_seats(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn put_up(b: u32) -> Weight {
        measured::put_up(ParityDbWeight::get(), b)
    }
    fn run_at_once(b: u32) -> Weight {
        measured::run_at_once(ParityDbWeight::get(), b)
    }
    fn vote() -> Weight {
        measured::vote(ParityDbWeight::get())
    }
    fn close_carried(b: u32) -> Weight {
        measured::close_carried(ParityDbWeight::get(), b)
    }
    fn close_dropped() -> Weight {
        measured::close_dropped(ParityDbWeight::get())
    }
    fn execute(b: u32) -> Weight {
        measured::execute(ParityDbWeight::get(), b)
    }
    fn set_seats() -> Weight {
        measured::set_seats(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn put_up(db: RuntimeDbWeight, b: u32) -> Weight {
        Weight::from_parts(224_535_263, 0)
            .saturating_add(db.reads_writes(37, 5))
            .saturating_add(Weight::from_parts(4_182, 0).saturating_mul(b.into()))
    }

    pub fn run_at_once(db: RuntimeDbWeight, b: u32) -> Weight {
        Weight::from_parts(60_948_924, 0)
            .saturating_add(db.reads_writes(7, 0))
            .saturating_add(Weight::from_parts(5_183, 0).saturating_mul(b.into()))
    }

    pub fn vote(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(45_362_000, 0).saturating_add(db.reads_writes(4, 1))
    }

    pub fn close_carried(db: RuntimeDbWeight, b: u32) -> Weight {
        Weight::from_parts(310_931_392, 0)
            .saturating_add(db.reads_writes(38, 4))
            .saturating_add(Weight::from_parts(3_864, 0).saturating_mul(b.into()))
    }

    pub fn close_dropped(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(280_223_000, 0).saturating_add(db.reads_writes(37, 4))
    }

    pub fn execute(db: RuntimeDbWeight, b: u32) -> Weight {
        Weight::from_parts(59_430_863, 0)
            .saturating_add(db.reads_writes(1, 0))
            .saturating_add(Weight::from_parts(2_625, 0).saturating_mul(b.into()))
    }

    pub fn set_seats(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(1_011_765_000, 0).saturating_add(db.reads_writes(50, 66))
    }
}

//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights envelope`; a change by hand is lost with the next measurement.
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
    /// `check_unordered`, as its benchmark says.
    fn check_unordered() -> Weight;
    /// `note_spent`, as its benchmark says.
    fn note_spent() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn check_unordered() -> Weight {
        measured::check_unordered(T::DbWeight::get())
    }
    fn note_spent() -> Weight {
        measured::note_spent(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn check_unordered() -> Weight {
        measured::check_unordered(ParityDbWeight::get())
    }
    fn note_spent() -> Weight {
        measured::note_spent(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn check_unordered(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(12_303_000, 0).saturating_add(db.reads_writes(1, 0))
    }

    pub fn note_spent(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(46_280_000, 0).saturating_add(db.reads_writes(1, 1))
    }
}

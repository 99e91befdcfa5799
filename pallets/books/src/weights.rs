//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights books`; a change by hand is lost with the next measurement.
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
    /// `commit`, as its benchmark says.
    fn commit() -> Weight;
    /// What the pool checks of `commit`.
    fn validate_commit() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn commit() -> Weight {
        measured::commit(T::DbWeight::get())
    }
    fn validate_commit() -> Weight {
        measured::validate_commit(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn commit() -> Weight {
        measured::commit(ParityDbWeight::get())
    }
    fn validate_commit() -> Weight {
        measured::validate_commit(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn commit(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(454_287_000, 0).saturating_add(db.reads_writes(11, 2))
    }

    pub fn validate_commit(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(354_320_000, 0).saturating_add(db.reads_writes(9, 0))
    }
}

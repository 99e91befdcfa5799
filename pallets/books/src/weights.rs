//! Call weights, measured by the pallet's benchmarks.
//!
//! Estimated by hand since: `commit` and `validate_commit`.
//!
//! Written by `scripts/weights books`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-28 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | 8c626fb and changes |
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
        Weight::from_parts(286_000_000, 0).saturating_add(db.reads_writes(12, 2))
    }

    pub fn validate_commit(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(176_000_000, 0).saturating_add(db.reads_writes(11, 0))
    }
}

//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights share`; a change by hand is lost with the next measurement.
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
    /// `calls`, as its benchmark says.
    ///
    /// Measured for `n` from 1 to 64.
    fn calls(n: u32) -> Weight;
    /// `forget`, as its benchmark says.
    fn forget() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn calls(n: u32) -> Weight {
        measured::calls(T::DbWeight::get(), n)
    }
    fn forget() -> Weight {
        measured::forget(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn calls(n: u32) -> Weight {
        measured::calls(ParityDbWeight::get(), n)
    }
    fn forget() -> Weight {
        measured::forget(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn calls(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(33_416_561, 0)
            .saturating_add(db.reads_writes(2, 1))
            .saturating_add(Weight::from_parts(13_876_030, 0).saturating_mul(n.into()))
    }

    pub fn forget(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(13_245_000, 0).saturating_add(db.reads_writes(2, 1))
    }
}

//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights validators`; a change by hand is lost with the next measurement.
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
    /// `set_keys`, as its benchmark says.
    fn set_keys() -> Weight;
    /// `purge_keys`, as its benchmark says.
    fn purge_keys() -> Weight;
    /// `set_validators`, as its benchmark says.
    ///
    /// Measured for `n` from 1 to 32.
    fn set_validators(n: u32) -> Weight;
    /// `end_session`, as its benchmark says.
    fn end_session() -> Weight;
    /// `note_stalled`, as its benchmark says.
    fn note_stalled() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn set_keys() -> Weight {
        measured::set_keys(T::DbWeight::get())
    }
    fn purge_keys() -> Weight {
        measured::purge_keys(T::DbWeight::get())
    }
    fn set_validators(n: u32) -> Weight {
        measured::set_validators(T::DbWeight::get(), n)
    }
    fn end_session() -> Weight {
        measured::end_session(T::DbWeight::get())
    }
    fn note_stalled() -> Weight {
        measured::note_stalled(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn set_keys() -> Weight {
        measured::set_keys(ParityDbWeight::get())
    }
    fn purge_keys() -> Weight {
        measured::purge_keys(ParityDbWeight::get())
    }
    fn set_validators(n: u32) -> Weight {
        measured::set_validators(ParityDbWeight::get(), n)
    }
    fn end_session() -> Weight {
        measured::end_session(ParityDbWeight::get())
    }
    fn note_stalled() -> Weight {
        measured::note_stalled(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn set_keys(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(198_709_000, 0).saturating_add(db.reads_writes(5, 6))
    }

    pub fn purge_keys(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(220_825_000, 0).saturating_add(db.reads_writes(8, 6))
    }

    pub fn set_validators(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(45_457_871, 0)
            .saturating_add(db.reads_writes(0, 1))
            .saturating_add(
                Weight::from_parts(11_778_819, 0)
                    .saturating_add(db.reads_writes(2, 0))
                    .saturating_mul(n.into()),
            )
    }

    pub fn end_session(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_476_000, 0).saturating_add(db.reads_writes(0, 1))
    }

    pub fn note_stalled(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(38_816_000, 0).saturating_add(db.reads_writes(3, 2))
    }
}

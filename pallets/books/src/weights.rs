//! What the calls cost.
//!
//! **Estimates, not measured yet**: what was charged before there were benchmarks, by the drivers
//! that the benchmarks sweep. `scripts/weights books` measures, and writes this file anew.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `commit`, as its benchmark says.
    fn commit() -> Weight;
    /// Checking the authority for `commit`.
    fn authorize_commit() -> Weight;
    /// `confirm_repair`, as its benchmark says.
    fn confirm_repair() -> Weight;
    /// Checking the authority for `confirm_repair`.
    fn authorize_confirm_repair() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn commit() -> Weight {
        estimated::commit(T::DbWeight::get())
    }
    fn authorize_commit() -> Weight {
        estimated::authorize_commit(T::DbWeight::get())
    }
    fn confirm_repair() -> Weight {
        estimated::confirm_repair(T::DbWeight::get())
    }
    fn authorize_confirm_repair() -> Weight {
        estimated::authorize_confirm_repair(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn commit() -> Weight {
        estimated::commit(ParityDbWeight::get())
    }
    fn authorize_commit() -> Weight {
        estimated::authorize_commit(ParityDbWeight::get())
    }
    fn confirm_repair() -> Weight {
        estimated::confirm_repair(ParityDbWeight::get())
    }
    fn authorize_confirm_repair() -> Weight {
        estimated::authorize_confirm_repair(ParityDbWeight::get())
    }
}

mod estimated {
    use super::*;

    pub fn commit(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(8, 1))
    }

    pub fn authorize_commit(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(150_000_000, 0).saturating_add(db.reads_writes(10, 0))
    }

    pub fn confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(8, 2))
    }

    pub fn authorize_confirm_repair(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(150_000_000, 0).saturating_add(db.reads_writes(10, 0))
    }
}

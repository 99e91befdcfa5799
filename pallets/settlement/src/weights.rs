//! What the calls cost.
//!
//! **Estimates, not measured yet**: what was charged before there were benchmarks, by the drivers
//! that the benchmarks sweep. `scripts/weights settlement` measures, and writes this file anew.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `pay`, as its benchmark says.
    fn pay() -> Weight;
    /// Checking the authority for `pay`.
    fn authorize_pay() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn pay() -> Weight {
        estimated::pay(T::DbWeight::get())
    }
    fn authorize_pay() -> Weight {
        estimated::authorize_pay(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn pay() -> Weight {
        estimated::pay(ParityDbWeight::get())
    }
    fn authorize_pay() -> Weight {
        estimated::authorize_pay(ParityDbWeight::get())
    }
}

mod estimated {
    use super::*;

    pub fn pay(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(11, 7))
    }

    pub fn authorize_pay(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(10, 0))
    }
}

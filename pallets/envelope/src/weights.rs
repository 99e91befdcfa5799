//! What the calls cost: measured by the pallet's benchmarks, not estimated.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `check_unordered`, as its benchmark says.
    fn check_unordered() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn check_unordered() -> Weight {
        measured::check_unordered(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn check_unordered() -> Weight {
        measured::check_unordered(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn check_unordered(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(30_000_000, 0).saturating_add(db.reads_writes(2, 2))
    }
}

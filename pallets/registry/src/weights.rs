//! What the calls cost.
//!
//! **Estimates, not measured yet**: what was charged before there were benchmarks, by the drivers
//! that the benchmarks sweep. `scripts/weights registry` measures, and writes this file anew.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `register_member`, as its benchmark says.
    fn register_member() -> Weight;
    /// `remove_member`, as its benchmark says.
    fn remove_member() -> Weight;
    /// `create_agreement`, as its benchmark says.
    fn create_agreement(c: u32) -> Weight;
    /// `set_conditions`, as its benchmark says.
    fn set_conditions() -> Weight;
    /// `set_clients`, as its benchmark says.
    fn set_clients(c: u32, f: u32) -> Weight;
    /// `set_limits`, as its benchmark says.
    fn set_limits() -> Weight;
    /// `set_terms`, as its benchmark says.
    fn set_terms() -> Weight;
    /// `add_product`, as its benchmark says.
    fn add_product(v: u32) -> Weight;
    /// `rotate_operator`, as its benchmark says.
    fn rotate_operator() -> Weight;
    /// Checking the authority for `rotate_operator`.
    fn authorize_rotate_operator() -> Weight;
    /// `set_endpoint`, as its benchmark says.
    fn set_endpoint() -> Weight;
    /// Checking the authority for `set_endpoint`.
    fn authorize_set_endpoint() -> Weight;
    /// `replace_operator`, as its benchmark says.
    fn replace_operator() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn register_member() -> Weight {
        estimated::register_member(T::DbWeight::get())
    }
    fn remove_member() -> Weight {
        estimated::remove_member(T::DbWeight::get())
    }
    fn create_agreement(c: u32) -> Weight {
        estimated::create_agreement(T::DbWeight::get(), c)
    }
    fn set_conditions() -> Weight {
        estimated::set_conditions(T::DbWeight::get())
    }
    fn set_clients(c: u32, f: u32) -> Weight {
        estimated::set_clients(T::DbWeight::get(), c, f)
    }
    fn set_limits() -> Weight {
        estimated::set_limits(T::DbWeight::get())
    }
    fn set_terms() -> Weight {
        estimated::set_terms(T::DbWeight::get())
    }
    fn add_product(v: u32) -> Weight {
        estimated::add_product(T::DbWeight::get(), v)
    }
    fn rotate_operator() -> Weight {
        estimated::rotate_operator(T::DbWeight::get())
    }
    fn authorize_rotate_operator() -> Weight {
        estimated::authorize_rotate_operator(T::DbWeight::get())
    }
    fn set_endpoint() -> Weight {
        estimated::set_endpoint(T::DbWeight::get())
    }
    fn authorize_set_endpoint() -> Weight {
        estimated::authorize_set_endpoint(T::DbWeight::get())
    }
    fn replace_operator() -> Weight {
        estimated::replace_operator(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn register_member() -> Weight {
        estimated::register_member(ParityDbWeight::get())
    }
    fn remove_member() -> Weight {
        estimated::remove_member(ParityDbWeight::get())
    }
    fn create_agreement(c: u32) -> Weight {
        estimated::create_agreement(ParityDbWeight::get(), c)
    }
    fn set_conditions() -> Weight {
        estimated::set_conditions(ParityDbWeight::get())
    }
    fn set_clients(c: u32, f: u32) -> Weight {
        estimated::set_clients(ParityDbWeight::get(), c, f)
    }
    fn set_limits() -> Weight {
        estimated::set_limits(ParityDbWeight::get())
    }
    fn set_terms() -> Weight {
        estimated::set_terms(ParityDbWeight::get())
    }
    fn add_product(v: u32) -> Weight {
        estimated::add_product(ParityDbWeight::get(), v)
    }
    fn rotate_operator() -> Weight {
        estimated::rotate_operator(ParityDbWeight::get())
    }
    fn authorize_rotate_operator() -> Weight {
        estimated::authorize_rotate_operator(ParityDbWeight::get())
    }
    fn set_endpoint() -> Weight {
        estimated::set_endpoint(ParityDbWeight::get())
    }
    fn authorize_set_endpoint() -> Weight {
        estimated::authorize_set_endpoint(ParityDbWeight::get())
    }
    fn replace_operator() -> Weight {
        estimated::replace_operator(ParityDbWeight::get())
    }
}

mod estimated {
    use super::*;

    pub fn register_member(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(4, 4))
    }

    pub fn remove_member(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(2, 3))
    }

    pub fn create_agreement(db: RuntimeDbWeight, c: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(db.reads_writes(7, 4))
            .saturating_add(
                Weight::from_parts(2_000_000, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(c.into()),
            )
    }

    pub fn set_conditions(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(2, 1))
    }

    pub fn set_clients(db: RuntimeDbWeight, c: u32, f: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(
                Weight::from_parts(2_000_000, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(2_000_000, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(f.into()),
            )
    }

    pub fn set_limits(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(1, 1))
    }

    pub fn set_terms(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(3, 1))
    }

    pub fn add_product(db: RuntimeDbWeight, v: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(db.reads_writes(2, 1))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(v.into()))
    }

    pub fn rotate_operator(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(5, 6))
    }

    pub fn authorize_rotate_operator(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(6, 0))
    }

    pub fn set_endpoint(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(2, 2))
    }

    pub fn authorize_set_endpoint(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(6, 0))
    }

    pub fn replace_operator(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(db.reads_writes(5, 6))
    }
}

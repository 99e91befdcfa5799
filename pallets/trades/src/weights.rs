//! What the calls cost.
//!
//! **Estimates, not measured yet**: what was charged before there were benchmarks, by the drivers
//! that the benchmarks sweep. `scripts/weights trades` measures, and writes this file anew.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// `record`, as its benchmark says.
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight;
    /// `fill_pages`, as its benchmark says.
    fn fill_pages(p: u32) -> Weight;
    /// Checking the authority for `record`.
    fn authorize_record(n: u32, c: u32) -> Weight;
    /// `seal`, as its benchmark says.
    fn seal(p: u32) -> Weight;
    /// Checking the authority for `seal`.
    fn authorize_seal() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        estimated::record(T::DbWeight::get(), k, r, l, c, d)
    }
    fn fill_pages(p: u32) -> Weight {
        estimated::fill_pages(T::DbWeight::get(), p)
    }
    fn authorize_record(n: u32, c: u32) -> Weight {
        estimated::authorize_record(T::DbWeight::get(), n, c)
    }
    fn seal(p: u32) -> Weight {
        estimated::seal(T::DbWeight::get(), p)
    }
    fn authorize_seal() -> Weight {
        estimated::authorize_seal(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        estimated::record(ParityDbWeight::get(), k, r, l, c, d)
    }
    fn fill_pages(p: u32) -> Weight {
        estimated::fill_pages(ParityDbWeight::get(), p)
    }
    fn authorize_record(n: u32, c: u32) -> Weight {
        estimated::authorize_record(ParityDbWeight::get(), n, c)
    }
    fn seal(p: u32) -> Weight {
        estimated::seal(ParityDbWeight::get(), p)
    }
    fn authorize_seal() -> Weight {
        estimated::authorize_seal(ParityDbWeight::get())
    }
}

mod estimated {
    use super::*;

    pub fn record(db: RuntimeDbWeight, k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(db.reads_writes(5, 2))
            .saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(k.into()))
            .saturating_add(Weight::from_parts(7_000_000, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(20_000_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(l.into()),
            )
            .saturating_add(
                Weight::from_parts(3_000_000, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(60_000_000, 0)
                    .saturating_add(db.reads_writes(3, 2))
                    .saturating_mul(d.into()),
            )
    }

    pub fn fill_pages(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(100_000_000, 0)
            .saturating_add(db.reads_writes(5, 2))
            .saturating_add(
                Weight::from_parts(1_613_000_000, 0)
                    .saturating_add(db.reads_writes(1, 2))
                    .saturating_mul(p.into()),
            )
    }

    pub fn authorize_record(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(120_000_000, 0)
            .saturating_add(db.reads_writes(6, 0))
            .saturating_add(Weight::from_parts(500_000, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(2_000_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn seal(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(1_713_000_000, 0)
            .saturating_add(db.reads_writes(8, 2))
            .saturating_add(Weight::from_parts(3_000_000, 0).saturating_mul(p.into()))
    }

    pub fn authorize_seal(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(120_000_000, 0).saturating_add(db.reads_writes(5, 0))
    }
}

//! Call weights, measured by the pallet's benchmarks.
//!
//! Estimated by hand since: `refund`, `seal`, and what asks for payments that were never recorded.
//!
//! Written by `scripts/weights trades`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-28 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | 8c626fb and changes |
//! | values of a component | 12 |
//! | runs for a value | 10 |
//!
//! `refund` and `validate_refund` are estimated by hand. So are the reads of `seal`: it reads up to
//! 16 chapters of page roots.
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
    /// `record`, as its benchmark says.
    ///
    /// Measured for `k` from 32 to 240, `r` from 1 to 500, `l` from 4 to 32, `c` from 1 to 32,
    /// `d` from 1 to 4.
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight;
    /// `fill_pages`, as its benchmark says.
    ///
    /// Measured for `p` from 0 to 4.
    fn fill_pages(p: u32) -> Weight;
    /// What the pool checks of `record`.
    ///
    /// Measured for `n` from 32 to 1000, `c` from 1 to 32.
    fn validate_record(n: u32, c: u32) -> Weight;
    /// `record_singles`, as its benchmark says.
    ///
    /// Measured for `n` from 1 to 64.
    fn record_singles(n: u32) -> Weight;
    /// `check_entitlement`, as its benchmark says.
    ///
    /// Measured for `n` from 1 to 64.
    fn check_entitlement(n: u32) -> Weight;
    /// What the pool checks of `singles`.
    ///
    /// Measured for `n` from 1 to 64.
    fn validate_singles(n: u32) -> Weight;
    /// `record_one`, as its benchmark says.
    fn record_one() -> Weight;
    /// `seal`, as its benchmark says.
    ///
    /// Measured for `p` from 1 to 4096.
    fn seal(p: u32) -> Weight;
    /// What the pool checks of `seal`.
    fn validate_seal() -> Weight;
    /// `refund`, as its benchmark says.
    ///
    /// Measured for `k` from 32 to 240, `r` from 1 to 240, `o` from 1 to 32.
    fn refund(k: u32, r: u32, o: u32) -> Weight;
    /// What the pool checks of `refund`.
    ///
    /// Measured for `n` from 32 to 500, `c` from 1 to 32.
    fn validate_refund(n: u32, c: u32) -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        measured::record(T::DbWeight::get(), k, r, l, c, d)
    }
    fn fill_pages(p: u32) -> Weight {
        measured::fill_pages(T::DbWeight::get(), p)
    }
    fn validate_record(n: u32, c: u32) -> Weight {
        measured::validate_record(T::DbWeight::get(), n, c)
    }
    fn record_singles(n: u32) -> Weight {
        measured::record_singles(T::DbWeight::get(), n)
    }
    fn check_entitlement(n: u32) -> Weight {
        measured::check_entitlement(T::DbWeight::get(), n)
    }
    fn validate_singles(n: u32) -> Weight {
        measured::validate_singles(T::DbWeight::get(), n)
    }
    fn record_one() -> Weight {
        measured::record_one(T::DbWeight::get())
    }
    fn seal(p: u32) -> Weight {
        measured::seal(T::DbWeight::get(), p)
    }
    fn validate_seal() -> Weight {
        measured::validate_seal(T::DbWeight::get())
    }
    fn refund(k: u32, r: u32, o: u32) -> Weight {
        measured::refund(T::DbWeight::get(), k, r, o)
    }
    fn validate_refund(n: u32, c: u32) -> Weight {
        measured::validate_refund(T::DbWeight::get(), n, c)
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn record(k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        measured::record(ParityDbWeight::get(), k, r, l, c, d)
    }
    fn fill_pages(p: u32) -> Weight {
        measured::fill_pages(ParityDbWeight::get(), p)
    }
    fn validate_record(n: u32, c: u32) -> Weight {
        measured::validate_record(ParityDbWeight::get(), n, c)
    }
    fn record_singles(n: u32) -> Weight {
        measured::record_singles(ParityDbWeight::get(), n)
    }
    fn check_entitlement(n: u32) -> Weight {
        measured::check_entitlement(ParityDbWeight::get(), n)
    }
    fn validate_singles(n: u32) -> Weight {
        measured::validate_singles(ParityDbWeight::get(), n)
    }
    fn record_one() -> Weight {
        measured::record_one(ParityDbWeight::get())
    }
    fn seal(p: u32) -> Weight {
        measured::seal(ParityDbWeight::get(), p)
    }
    fn validate_seal() -> Weight {
        measured::validate_seal(ParityDbWeight::get())
    }
    fn refund(k: u32, r: u32, o: u32) -> Weight {
        measured::refund(ParityDbWeight::get(), k, r, o)
    }
    fn validate_refund(n: u32, c: u32) -> Weight {
        measured::validate_refund(ParityDbWeight::get(), n, c)
    }
}

mod measured {
    use super::*;

    pub fn record(db: RuntimeDbWeight, k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        Weight::from_parts(144_514_556, 0)
            .saturating_add(db.reads_writes(6, 2))
            .saturating_add(Weight::from_parts(692_185, 0).saturating_mul(k.into()))
            .saturating_add(Weight::from_parts(3_714_648, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(18_501_156, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(l.into()),
            )
            .saturating_add(
                Weight::from_parts(10_557_506, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(64_842_155, 0)
                    .saturating_add(db.reads_writes(2, 2))
                    .saturating_mul(d.into()),
            )
    }

    pub fn fill_pages(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(379_577_133, 0)
            .saturating_add(db.reads_writes(19, 10))
            .saturating_add(
                Weight::from_parts(200_648_800, 0)
                    .saturating_add(db.reads_writes(1, 2))
                    .saturating_mul(p.into()),
            )
    }

    pub fn validate_record(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(37_424_320, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(185_205, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(8_172_819, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn record_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(105_317_594, 0)
            .saturating_add(db.reads_writes(9, 4))
            .saturating_add(Weight::from_parts(60_226_610, 0).saturating_mul(n.into()))
    }

    pub fn check_entitlement(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(13_994_263, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(8_972_577, 0).saturating_mul(n.into()))
    }

    pub fn validate_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(33_290_986, 0)
            .saturating_add(db.reads_writes(3, 0))
            .saturating_add(Weight::from_parts(13_918_028, 0).saturating_mul(n.into()))
    }

    pub fn record_one(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(326_780_000, 0).saturating_add(db.reads_writes(10, 4))
    }

    pub fn seal(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(446_849_269, 0)
            .saturating_add(db.reads_writes(24, 2))
            .saturating_add(Weight::from_parts(2_683_832, 0).saturating_mul(p.into()))
    }

    pub fn validate_seal(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(34_754_000, 0).saturating_add(db.reads_writes(3, 0))
    }

    pub fn refund(db: RuntimeDbWeight, k: u32, r: u32, o: u32) -> Weight {
        Weight::from_parts(320_000_000, 0)
            .saturating_add(db.reads_writes(9, 5))
            .saturating_add(
                Weight::from_parts(8_000_000, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(k.into()),
            )
            .saturating_add(Weight::from_parts(5_500_000, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(45_000_000, 0)
                    .saturating_add(db.reads_writes(3, 1))
                    .saturating_mul(o.into()),
            )
    }

    pub fn validate_refund(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(260_000, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(8_200_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }
}

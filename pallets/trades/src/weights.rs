//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights trades`; a change by hand is lost with the next measurement.
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
    /// `refund_one`, as its benchmark says.
    fn refund_one() -> Weight;
    /// `count_credits`, as its benchmark says.
    ///
    /// Measured for `n` from 1 to 64.
    fn count_credits(n: u32) -> Weight;
    /// `exceed_limits`, as its benchmark says.
    ///
    /// Measured for `x` from 0 to 4.
    fn exceed_limits(x: u32) -> Weight;
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
    fn refund_one() -> Weight {
        measured::refund_one(T::DbWeight::get())
    }
    fn count_credits(n: u32) -> Weight {
        measured::count_credits(T::DbWeight::get(), n)
    }
    fn exceed_limits(x: u32) -> Weight {
        measured::exceed_limits(T::DbWeight::get(), x)
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
    fn refund_one() -> Weight {
        measured::refund_one(ParityDbWeight::get())
    }
    fn count_credits(n: u32) -> Weight {
        measured::count_credits(ParityDbWeight::get(), n)
    }
    fn exceed_limits(x: u32) -> Weight {
        measured::exceed_limits(ParityDbWeight::get(), x)
    }
    fn validate_refund(n: u32, c: u32) -> Weight {
        measured::validate_refund(ParityDbWeight::get(), n, c)
    }
}

mod measured {
    use super::*;

    pub fn record(db: RuntimeDbWeight, k: u32, r: u32, l: u32, c: u32, d: u32) -> Weight {
        Weight::from_parts(149_599_740, 0)
            .saturating_add(db.reads_writes(7, 2))
            .saturating_add(Weight::from_parts(1_602_374, 0).saturating_mul(k.into()))
            .saturating_add(Weight::from_parts(4_030_661, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(25_822_624, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(l.into()),
            )
            .saturating_add(
                Weight::from_parts(8_284_131, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(24_724_611, 0)
                    .saturating_add(db.reads_writes(2, 2))
                    .saturating_mul(d.into()),
            )
    }

    pub fn fill_pages(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(488_554_200, 0)
            .saturating_add(db.reads_writes(20, 10))
            .saturating_add(
                Weight::from_parts(116_845_100, 0)
                    .saturating_add(db.reads_writes(1, 2))
                    .saturating_mul(p.into()),
            )
    }

    pub fn validate_record(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(59_543_799, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(172_940, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(7_437_595, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn record_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(163_539_748, 0)
            .saturating_add(db.reads_writes(10, 4))
            .saturating_add(Weight::from_parts(94_311_286, 0).saturating_mul(n.into()))
    }

    pub fn check_entitlement(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(25_185_425, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(15_492_184, 0).saturating_mul(n.into()))
    }

    pub fn validate_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(35_424_458, 0)
            .saturating_add(db.reads_writes(3, 0))
            .saturating_add(Weight::from_parts(20_232_224, 0).saturating_mul(n.into()))
    }

    pub fn record_one(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(350_807_000, 0).saturating_add(db.reads_writes(11, 4))
    }

    pub fn seal(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(451_226_425, 0)
            .saturating_add(db.reads_writes(9, 2))
            .saturating_add(Weight::from_parts(1_465_199, 0).saturating_mul(p.into()))
    }

    pub fn validate_seal(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_356_000, 0).saturating_add(db.reads_writes(3, 0))
    }

    pub fn refund(db: RuntimeDbWeight, k: u32, r: u32, o: u32) -> Weight {
        Weight::from_parts(199_926_957, 0)
            .saturating_add(db.reads_writes(10, 5))
            .saturating_add(
                Weight::from_parts(9_796_042, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(k.into()),
            )
            .saturating_add(Weight::from_parts(5_269_434, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(71_173_849, 0)
                    .saturating_add(db.reads_writes(3, 1))
                    .saturating_mul(o.into()),
            )
    }

    pub fn refund_one(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(470_000_000, 0).saturating_add(db.reads_writes(16, 6))
    }

    pub fn count_credits(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(1_463_666, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(Weight::from_parts(5_750_900, 0).saturating_mul(n.into()))
    }

    pub fn exceed_limits(db: RuntimeDbWeight, x: u32) -> Weight {
        Weight::from_parts(26_841_400, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(
                Weight::from_parts(15_385_400, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(x.into()),
            )
    }

    pub fn validate_refund(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(55_299_912, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(206_113, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(6_805_916, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }
}

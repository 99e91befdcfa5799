//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights trades`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-30 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | c0eee1a |
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
        Weight::from_parts(162_673_099, 0)
            .saturating_add(db.reads_writes(7, 2))
            .saturating_add(Weight::from_parts(1_241_570, 0).saturating_mul(k.into()))
            .saturating_add(Weight::from_parts(2_947_657, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(20_700_270, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(l.into()),
            )
            .saturating_add(
                Weight::from_parts(9_957_654, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(10_852_099, 0)
                    .saturating_add(db.reads_writes(2, 2))
                    .saturating_mul(d.into()),
            )
    }

    pub fn fill_pages(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(389_070_900, 0)
            .saturating_add(db.reads_writes(20, 10))
            .saturating_add(
                Weight::from_parts(101_861_000, 0)
                    .saturating_add(db.reads_writes(1, 2))
                    .saturating_mul(p.into()),
            )
    }

    pub fn validate_record(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(47_977_208, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(166_620, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(6_070_652, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn record_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(123_098_440, 0)
            .saturating_add(db.reads_writes(10, 4))
            .saturating_add(Weight::from_parts(60_767_094, 0).saturating_mul(n.into()))
    }

    pub fn check_entitlement(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(13_640_646, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(11_013_684, 0).saturating_mul(n.into()))
    }

    pub fn validate_singles(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(11_607_095, 0)
            .saturating_add(db.reads_writes(3, 0))
            .saturating_add(Weight::from_parts(19_113_695, 0).saturating_mul(n.into()))
    }

    pub fn record_one(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(367_684_000, 0).saturating_add(db.reads_writes(11, 4))
    }

    pub fn seal(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(241_867_050, 0)
            .saturating_add(db.reads_writes(9, 2))
            .saturating_add(Weight::from_parts(2_093_914, 0).saturating_mul(p.into()))
    }

    pub fn validate_seal(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(49_683_000, 0).saturating_add(db.reads_writes(3, 0))
    }

    pub fn refund(db: RuntimeDbWeight, k: u32, r: u32, o: u32) -> Weight {
        Weight::from_parts(199_083_890, 0)
            .saturating_add(db.reads_writes(10, 5))
            .saturating_add(
                Weight::from_parts(6_934_025, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(k.into()),
            )
            .saturating_add(Weight::from_parts(3_486_713, 0).saturating_mul(r.into()))
            .saturating_add(
                Weight::from_parts(49_266_436, 0)
                    .saturating_add(db.reads_writes(3, 1))
                    .saturating_mul(o.into()),
            )
    }

    pub fn refund_one(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(282_879_000, 0).saturating_add(db.reads_writes(13, 6))
    }

    pub fn count_credits(db: RuntimeDbWeight, n: u32) -> Weight {
        Weight::from_parts(7_372_291, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(Weight::from_parts(4_810_669, 0).saturating_mul(n.into()))
    }

    pub fn exceed_limits(db: RuntimeDbWeight, x: u32) -> Weight {
        Weight::from_parts(19_452_366, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(
                Weight::from_parts(9_706_416, 0)
                    .saturating_add(db.reads_writes(0, 1))
                    .saturating_mul(x.into()),
            )
    }

    pub fn validate_refund(db: RuntimeDbWeight, n: u32, c: u32) -> Weight {
        Weight::from_parts(38_743_716, 0)
            .saturating_add(db.reads_writes(2, 0))
            .saturating_add(Weight::from_parts(224_879, 0).saturating_mul(n.into()))
            .saturating_add(
                Weight::from_parts(6_047_722, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }
}

//! Call weights.
//!
//! Written by `scripts/weights amendments`; a change by hand is lost with the next measurement.
//!
//! All are estimated by hand.
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
    /// `propose` of a cancellation, by the pages on which it names all trades.
    ///
    /// For `p` from 1 to 256.
    fn propose(p: u32) -> Weight;
    /// `propose` of a replacement, by the payments that it corrects.
    ///
    /// For `c` from 1 to 1000.
    fn propose_corrections(c: u32) -> Weight;
    /// `propose` of a supplement, by its payments.
    ///
    /// For `m` from 1 to 1000.
    fn propose_missing(m: u32) -> Weight;
    /// `answer` that accepts.
    fn answer() -> Weight;
    /// `lapse` of a proposal, by the pages on which it names all trades.
    ///
    /// For `p` from 1 to 256.
    fn lapse(p: u32) -> Weight;
    /// `lapse` of a supplement, by its payments.
    ///
    /// For `m` from 1 to 1000.
    fn lapse_missing(m: u32) -> Weight;
    /// `book` of a cancellation, by its trades.
    ///
    /// For `t` from 1 to 400.
    fn book_cancel(t: u32) -> Weight;
    /// `book` of a replacement, by the payments that it replaces.
    ///
    /// For `r` from 1 to 200.
    fn book_replace(r: u32) -> Weight;
    /// `book` of a supplement, by its payments.
    ///
    /// For `m` from 1 to 400.
    fn book_missing(m: u32) -> Weight;
    /// What the pool checks of `book`.
    fn validate_book() -> Weight;
    /// What the pool checks of `lapse`.
    fn validate_lapse() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn propose(p: u32) -> Weight {
        measured::propose(T::DbWeight::get(), p)
    }
    fn propose_corrections(c: u32) -> Weight {
        measured::propose_corrections(T::DbWeight::get(), c)
    }
    fn propose_missing(m: u32) -> Weight {
        measured::propose_missing(T::DbWeight::get(), m)
    }
    fn answer() -> Weight {
        measured::answer(T::DbWeight::get())
    }
    fn lapse(p: u32) -> Weight {
        measured::lapse(T::DbWeight::get(), p)
    }
    fn lapse_missing(m: u32) -> Weight {
        measured::lapse_missing(T::DbWeight::get(), m)
    }
    fn book_cancel(t: u32) -> Weight {
        measured::book_cancel(T::DbWeight::get(), t)
    }
    fn book_replace(r: u32) -> Weight {
        measured::book_replace(T::DbWeight::get(), r)
    }
    fn book_missing(m: u32) -> Weight {
        measured::book_missing(T::DbWeight::get(), m)
    }
    fn validate_book() -> Weight {
        measured::validate_book(T::DbWeight::get())
    }
    fn validate_lapse() -> Weight {
        measured::validate_lapse(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn propose(p: u32) -> Weight {
        measured::propose(ParityDbWeight::get(), p)
    }
    fn propose_corrections(c: u32) -> Weight {
        measured::propose_corrections(ParityDbWeight::get(), c)
    }
    fn propose_missing(m: u32) -> Weight {
        measured::propose_missing(ParityDbWeight::get(), m)
    }
    fn answer() -> Weight {
        measured::answer(ParityDbWeight::get())
    }
    fn lapse(p: u32) -> Weight {
        measured::lapse(ParityDbWeight::get(), p)
    }
    fn lapse_missing(m: u32) -> Weight {
        measured::lapse_missing(ParityDbWeight::get(), m)
    }
    fn book_cancel(t: u32) -> Weight {
        measured::book_cancel(ParityDbWeight::get(), t)
    }
    fn book_replace(r: u32) -> Weight {
        measured::book_replace(ParityDbWeight::get(), r)
    }
    fn book_missing(m: u32) -> Weight {
        measured::book_missing(ParityDbWeight::get(), m)
    }
    fn validate_book() -> Weight {
        measured::validate_book(ParityDbWeight::get())
    }
    fn validate_lapse() -> Weight {
        measured::validate_lapse(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn propose(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(420_000_000, 0)
            .saturating_add(db.reads_writes(72, 5))
            .saturating_add(
                Weight::from_parts(180_000_000, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn propose_corrections(db: RuntimeDbWeight, c: u32) -> Weight {
        Weight::from_parts(1_200_000_000, 0)
            .saturating_add(db.reads_writes(80, 9))
            .saturating_add(
                Weight::from_parts(20_000_000, 0)
                    .saturating_add(db.reads_writes(1, 0))
                    .saturating_mul(c.into()),
            )
    }

    pub fn propose_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(420_000_000, 0)
            .saturating_add(db.reads_writes(328, 260))
            .saturating_add(
                Weight::from_parts(38_000_000, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(m.into()),
            )
    }

    pub fn answer(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(180_000_000, 0).saturating_add(db.reads_writes(8, 2))
    }

    pub fn lapse(db: RuntimeDbWeight, p: u32) -> Weight {
        Weight::from_parts(220_000_000, 0)
            .saturating_add(db.reads_writes(8, 4))
            .saturating_add(
                Weight::from_parts(9_000_000, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(p.into()),
            )
    }

    pub fn lapse_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(220_000_000, 0)
            .saturating_add(db.reads_writes(8, 4))
            .saturating_add(
                Weight::from_parts(12_000_000, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(m.into()),
            )
    }

    pub fn book_cancel(db: RuntimeDbWeight, t: u32) -> Weight {
        Weight::from_parts(650_000_000, 0)
            .saturating_add(db.reads_writes(12, 8))
            .saturating_add(
                Weight::from_parts(62_000_000, 0)
                    .saturating_add(db.reads_writes(10, 3))
                    .saturating_mul(t.into()),
            )
    }

    pub fn book_replace(db: RuntimeDbWeight, r: u32) -> Weight {
        Weight::from_parts(650_000_000, 0)
            .saturating_add(db.reads_writes(12, 8))
            .saturating_add(
                Weight::from_parts(124_000_000, 0)
                    .saturating_add(db.reads_writes(6, 8))
                    .saturating_mul(r.into()),
            )
    }

    pub fn book_missing(db: RuntimeDbWeight, m: u32) -> Weight {
        Weight::from_parts(650_000_000, 0)
            .saturating_add(db.reads_writes(12, 8))
            .saturating_add(
                Weight::from_parts(62_000_000, 0)
                    .saturating_add(db.reads_writes(3, 4))
                    .saturating_mul(m.into()),
            )
    }

    pub fn validate_book(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(75_000_000, 0).saturating_add(db.reads_writes(8, 0))
    }

    pub fn validate_lapse(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(55_000_000, 0).saturating_add(db.reads_writes(4, 0))
    }
}

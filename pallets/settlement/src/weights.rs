//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights settlement`; a change by hand is lost with the next measurement.
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
    /// `pay`, as its benchmark says.
    fn pay() -> Weight;
    /// `release`, as its benchmark says.
    fn release() -> Weight;
    /// `declare`, as its benchmark says.
    fn declare() -> Weight;
    /// `withdraw_declaration`, as its benchmark says.
    fn withdraw_declaration() -> Weight;
    /// `acknowledge`, as its benchmark says.
    fn acknowledge() -> Weight;
    /// `report_return`, as its benchmark says.
    fn report_return() -> Weight;
    /// `on_reconciled`, as its benchmark says.
    fn on_reconciled() -> Weight;
    /// What the pool checks of `pay`.
    fn validate_pay() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn pay() -> Weight {
        measured::pay(T::DbWeight::get())
    }
    fn release() -> Weight {
        measured::release(T::DbWeight::get())
    }
    fn declare() -> Weight {
        measured::declare(T::DbWeight::get())
    }
    fn withdraw_declaration() -> Weight {
        measured::withdraw_declaration(T::DbWeight::get())
    }
    fn acknowledge() -> Weight {
        measured::acknowledge(T::DbWeight::get())
    }
    fn report_return() -> Weight {
        measured::report_return(T::DbWeight::get())
    }
    fn on_reconciled() -> Weight {
        measured::on_reconciled(T::DbWeight::get())
    }
    fn validate_pay() -> Weight {
        measured::validate_pay(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn pay() -> Weight {
        measured::pay(ParityDbWeight::get())
    }
    fn release() -> Weight {
        measured::release(ParityDbWeight::get())
    }
    fn declare() -> Weight {
        measured::declare(ParityDbWeight::get())
    }
    fn withdraw_declaration() -> Weight {
        measured::withdraw_declaration(ParityDbWeight::get())
    }
    fn acknowledge() -> Weight {
        measured::acknowledge(ParityDbWeight::get())
    }
    fn report_return() -> Weight {
        measured::report_return(ParityDbWeight::get())
    }
    fn on_reconciled() -> Weight {
        measured::on_reconciled(ParityDbWeight::get())
    }
    fn validate_pay() -> Weight {
        measured::validate_pay(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn pay(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(371_693_000, 0).saturating_add(db.reads_writes(45, 7))
    }

    pub fn release(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(200_000_000, 0).saturating_add(db.reads_writes(36, 1))
    }

    pub fn declare(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(268_012_000, 0).saturating_add(db.reads_writes(37, 1))
    }

    pub fn withdraw_declaration(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(236_969_000, 0).saturating_add(db.reads_writes(36, 1))
    }

    pub fn acknowledge(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(314_567_000, 0).saturating_add(db.reads_writes(37, 3))
    }

    pub fn report_return(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(273_806_000, 0).saturating_add(db.reads_writes(36, 3))
    }

    pub fn on_reconciled(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(888_073_000, 0).saturating_add(db.reads_writes(8, 3))
    }

    pub fn validate_pay(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(224_473_000, 0).saturating_add(db.reads_writes(41, 0))
    }
}

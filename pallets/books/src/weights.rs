//! What the calls cost.
//!
//! The figures are estimates for two cores of a usual server, each rounded up. What counts is the
//! storage that is read: the member, the agreement with its conditions, the day's seal, the
//! commitment, the rejections and the state of the side; and, for an authority,
//! one signature. Reads and writes are the runtime's own figures.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// Committing.
    fn commit() -> Weight;
    /// Checking the authority for a commitment.
    fn authorize_commit() -> Weight;
    /// Confirming a repair.
    fn confirm_repair() -> Weight;
    /// Checking the authority for a confirmation.
    fn authorize_confirm_repair() -> Weight;
}

/// The estimates with the runtime's database figures.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn commit() -> Weight {
        estimates::commit(T::DbWeight::get())
    }
    fn authorize_commit() -> Weight {
        estimates::authorize(T::DbWeight::get())
    }
    fn confirm_repair() -> Weight {
        estimates::confirm_repair(T::DbWeight::get())
    }
    fn authorize_confirm_repair() -> Weight {
        estimates::authorize(T::DbWeight::get())
    }
}

impl WeightInfo for () {
    fn commit() -> Weight {
        estimates::commit(RocksDbWeight::get())
    }
    fn authorize_commit() -> Weight {
        estimates::authorize(RocksDbWeight::get())
    }
    fn confirm_repair() -> Weight {
        estimates::confirm_repair(RocksDbWeight::get())
    }
    fn authorize_confirm_repair() -> Weight {
        estimates::authorize(RocksDbWeight::get())
    }
}

mod estimates {
    use super::*;
    use frame_support::weights::constants::WEIGHT_REF_TIME_PER_MICROS as MICROSECOND;

    /// The largest read is an agreement with all its conditions and clients; the rest is small.
    const PROOF: u64 = 64 * 1024;

    fn time(micros: u64) -> Weight {
        Weight::from_parts(micros * MICROSECOND, PROOF)
    }

    pub fn commit(db: RuntimeDbWeight) -> Weight {
        time(60).saturating_add(db.reads_writes(8, 1))
    }

    pub fn confirm_repair(db: RuntimeDbWeight) -> Weight {
        time(60).saturating_add(db.reads_writes(8, 2))
    }

    /// A signature takes some 60 microseconds through a call out of wasm.
    pub fn authorize(db: RuntimeDbWeight) -> Weight {
        time(150).saturating_add(db.reads(10))
    }
}

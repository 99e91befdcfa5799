//! The chain as the benchmarks set it up.

use super::*;
use crate::benchmarking::BenchmarkHelper;
use counterfoil_primitives::{
    tree::PAGE_SIZE, AgreementId, BusinessDay, Caps, DayTotals, Moment, Trade,
};
use frame_support::BoundedVec;
use pallet_registry::benchmarking::setup as registry;
use pallet_trades::{Days, Pages};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::BuildStorage;

/// What lies behind the ports: the other pallets' storage.
pub struct Benchmarks;

impl BenchmarkHelper for Benchmarks {
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay) {
        Self::set_time(at(20, 12, 0));
        registry::put_agreement::<Test>(&[(FIRST, registry::conditions())], Caps::MAX);
        for product in 1..=products {
            registry::put_product::<Test>(product, FIRST);
        }
        (registry::AGREEMENT, day(11))
    }

    fn set_time(now: Moment) {
        pallet_timestamp::Now::<Test>::put(now);
    }

    fn put_day(day: BusinessDay, trades: Vec<Trade>) {
        let mut totals = DayTotals::default();
        trades.iter().for_each(|trade| totals.add(trade));
        Days::<Test>::insert(registry::AGREEMENT, day, totals);
        for (page, trades) in (0u32..).zip(trades.chunks(PAGE_SIZE as usize)) {
            let trades = BoundedVec::truncate_from(trades.to_vec());
            Pages::<Test>::insert((registry::AGREEMENT, day, page), trades);
        }
    }
}

/// An empty chain in a node with a keystore.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext
}

//! What the benchmarks set up behind the ports.

use super::*;

impl crate::benchmarking::BenchmarkHelper for MockPorts {
    fn put_sealed_day() -> (SideId, MemberId) {
        chain(|chain| {
            *chain = MockChain::default();
            chain.sealed.insert(DAY_ONE);
            chain.before_preset = true;
        });
        (BANK_SIDE, BANK)
    }
}

/// A new chain, without a node.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default();
    sp_io::TestExternalities::new(storage.build_storage().expect("the genesis is sound"))
}

//! The [`MockWorld`] as the benchmarks set it up.

use super::*;
use crate::benchmarking::BenchmarkHelper;

impl BenchmarkHelper for MockWorld {
    fn put_agreement(_: u32) -> (AgreementId, BusinessDay, MemberId) {
        world(|world| {
            *world = MockWorld::new();
            world.agreement.caps = Caps::MAX;
        });
        (AGREEMENT, DAY, RECONCILER)
    }

    fn set_time(now: Moment) {
        world(|world| world.now = now);
    }

    fn seal(day: BusinessDay, pages: u32) {
        let root = |page: u32| H256::from_low_u64_be(page.into());
        world(|world| {
            world.sealed.insert(day);
            world.roots = Some((0..pages).map(root).collect());
        });
    }

    fn put_page(day: BusinessDay, page: u32, trades: Vec<Trade>) {
        world(|world| {
            let held = world.trades.entry(day).or_default();
            assert_eq!(held.len() as u32, page * PAGE_SIZE, "pages come in order");
            held.extend(trades);
        });
    }

    fn use_up(_: MemberId) {
        // The world knows the sequences of all its trades as used.
    }

    fn commit(side_id: SideId, commitment: Commitment) {
        world(|world| world.commitments.insert((side_id, 0), commitment));
    }
}

/// A new chain, without a node.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default();
    sp_io::TestExternalities::new(storage.build_storage().unwrap())
}

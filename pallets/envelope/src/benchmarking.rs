//! Benchmarks of the checks of a transaction without a nonce, beside the check of its call.

use super::*;
use counterfoil_primitives::MemberId;
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;

use sp_runtime::traits::{BlakeTwo256, Hash, SaturatedConversion};

/// A member with as many spent transactions as are kept.
const MEMBER: MemberId = 1;

/// Keeps as many spent transactions of the member as are kept. Returns another one.
fn put_all<T: Config>() -> Spent<BlockNumberFor<T>> {
    let spent = |index: u32| Spent::<BlockNumberFor<T>> {
        digest: BlakeTwo256::hash_of(&index),
        ends: (1_000 + index).saturated_into(),
    };
    let limit = <spent::Limit as Get<u32>>::get();
    (0..limit).for_each(|index| spent::note::<T>(MEMBER, spent(index)));
    spent(limit)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// The look whether a transaction is spent, where the member has as many as are kept.
    #[benchmark]
    fn check_unordered() {
        let another = put_all::<T>();

        #[block]
        {
            assert!(spent::ensure_unspent::<T>(MEMBER, &another).is_ok());
        }
    }

    /// A transaction more than are kept is spent.
    #[benchmark]
    fn note_spent() {
        let another = put_all::<T>();

        #[block]
        {
            spent::note::<T>(MEMBER, another);
        }

        assert!(spent::ensure_unspent::<T>(MEMBER, &another).is_err());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

//! What it costs to check a transaction without a nonce, beside the check of its call.

use super::*;
use counterfoil_primitives::MemberId;
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::traits::SaturatedConversion;

/// A member with as many spent transactions as are kept.
const MEMBER: MemberId = 1;

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn check_unordered() {
        let spent = |index: u32| Spent::<BlockNumberFor<T>> {
            digest: H256::from_low_u64_be(index.into()),
            ends: (1_000 + index).saturated_into(),
        };
        let limit = <spent::Limit as Get<u32>>::get();
        (0..limit).for_each(|index| spent::note::<T>(MEMBER, spent(index)));
        let another = spent(limit);

        #[block]
        {
            assert!(spent::ensure_unspent::<T>(MEMBER, &another).is_ok());
            spent::note::<T>(MEMBER, another);
        }

        assert!(spent::ensure_unspent::<T>(MEMBER, &another).is_err());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

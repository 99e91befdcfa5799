//! Benchmarks of counting a member's call, and of forgetting a member.
//!
//! The extension is measured around `CheckWeight`.

mod helper;

pub use helper::BenchmarkHelper;

use super::*;
use counterfoil_primitives::ports::Directory;
use frame_benchmarking::v2::*;
use frame_support::{
    dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
    traits::Hooks,
    weights::Weight,
};
use frame_system::{CheckWeight, RawOrigin};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::{AsTransactionAuthorizedOrigin, DispatchTransaction, Dispatchable};

/// Bytes of a transaction.
const BYTES: u32 = 200;

/// A transaction of the member, without a call that costs anything.
fn call_of<T>(who: &AccountId32)
where
    T: Config + Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>
        + GetDispatchInfo
        + From<frame_system::Call<T>>,
    T::RuntimeOrigin: AsTransactionAuthorizedOrigin,
{
    let call: T::RuntimeCall = frame_system::Call::remark {
        remark: Default::default(),
    }
    .into();
    let origin = RawOrigin::Signed(who.clone()).into();
    CheckShare::<T, CheckWeight<T>>::from(CheckWeight::new())
        .test_run(
            origin,
            &call,
            &call.get_dispatch_info(),
            BYTES as usize,
            0,
            |_| Ok(Default::default()),
        )
        .expect("the block has room")
        .expect("a call that does nothing succeeds");
}

#[benchmarks(where
    T: Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>
        + GetDispatchInfo
        + From<frame_system::Call<T>>,
    T::RuntimeOrigin: AsTransactionAuthorizedOrigin,
)]
mod benchmarks {
    use super::*;

    /// Calls of one member in a block, which used something of blocks before. What the first one
    /// reads and writes the others find in memory.
    #[benchmark]
    fn calls(n: Linear<1, 64>) {
        let who = T::BenchmarkHelper::put_member();
        let member = T::Directory::member_of(&who).expect("it was put there");
        let usage = Usage {
            block: 1,
            here: block_room::budget::<T>().half(),
            workers: block_room::budget_of_workers::<T>().half(),
            before: usage::WHOLE,
        };
        UsedBy::<T>::insert(member, usage);
        frame_system::Pallet::<T>::set_block_number(usage::MEMORY.into());

        #[block]
        {
            for _ in 0..n {
                call_of::<T>(&who);
            }
        }

        let used = UsedBy::<T>::get(member).expect("it used something");
        assert_eq!((used.block, used.here.bytes), (usage::MEMORY, BYTES * n));
    }

    /// The look for a member that used nothing for long, which finds one.
    #[benchmark]
    fn forget() {
        UsedBy::<T>::insert(1, Usage::default());
        // A number from which the way through the map leads to the member.
        let now = (usage::MEMORY..)
            .find(|now| {
                UsedBy::<T>::iter_from(UsedBy::<T>::hashed_key_for(now))
                    .next()
                    .is_some()
            })
            .expect("some number lies before the member");

        #[block]
        {
            Pallet::<T>::on_idle(now.into(), Weight::MAX);
        }

        assert!(!UsedBy::<T>::contains_key(1));
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::externalities(), crate::mock::Test);
}

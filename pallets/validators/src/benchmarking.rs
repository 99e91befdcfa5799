//! Benchmarks of the calls.
//!
//! All lists are as long as they may be. The council's origin is taken to be root, as in the runtime;
//! asking it for one that succeeds would need a feature of the whole SDK.

mod setup;

use crate::*;
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_benchmarking::v2::*;
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use setup::{FIRST, OTHER};
use sp_core::crypto::AccountId32;

/// What the benchmarks set up behind the port.
pub trait BenchmarkHelper<Keys> {
    /// Registers a member. Returns the account of its operator key.
    fn put_member(member: MemberId) -> AccountId32;

    /// Session keys that belong to nobody yet, another set for each number, and their proof for an owner.
    fn keys(number: u32, owner: &AccountId32) -> (Keys, KeyProof);
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// Keys that take the place of others.
    #[benchmark]
    fn set_keys() {
        let operator = setup::put_member_with_keys::<T>(OTHER);
        let owner = institution_account(OTHER);
        let (keys, proof) = T::BenchmarkHelper::keys(OTHER + 1, &owner);

        #[extrinsic_call]
        set_keys(RawOrigin::Signed(operator), keys.clone(), proof);

        assert_eq!(session_keys::keys_of::<T>(OTHER), Some(keys));
    }

    #[benchmark]
    fn purge_keys() {
        let operator = setup::put_member_with_keys::<T>(OTHER);
        setup::put_validators::<T>();

        #[extrinsic_call]
        purge_keys(RawOrigin::Signed(operator), OTHER);

        assert_eq!(session_keys::keys_of::<T>(OTHER), None);
    }

    /// By the members of the list.
    #[benchmark]
    fn set_validators(n: Linear<1, 32>) {
        let members: alloc::vec::Vec<_> = (FIRST..FIRST + n).collect();
        for member in &members {
            setup::put_member_with_keys::<T>(*member);
        }

        #[extrinsic_call]
        set_validators(RawOrigin::Root, members.clone());

        assert_eq!(Validators::<T>::get().into_inner(), members);
    }

    #[benchmark]
    fn end_session() {
        #[extrinsic_call]
        end_session(RawOrigin::Root);

        assert!(EndNow::<T>::get());
    }

    #[benchmark]
    fn note_stalled() {
        SessionStart::<T>::put(BlockNumberFor::<T>::from(2u32));

        #[extrinsic_call]
        note_stalled(RawOrigin::Root, MAX_DELAY.into(), 1u32.into());

        assert!(NotedStall::<T>::exists() && EndNow::<T>::get());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::externalities(), crate::mock::Test);
}

//! Benchmarks of the calls.
//!
//! All seats are taken, all have as many open motions as they may, and all voted: see [`setup`]. A call that
//! is run does nothing; what runs it is part of what is measured.

pub mod setup;

use crate::*;
use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::weights::Weight;
use frame_system::{pallet_prelude::OriginFor, RawOrigin};
use pallet_collective::RawOrigin as CollectiveOrigin;
use setup::{empty_call, members, put_members, put_motions, put_seats, FIRST, OTHERS};
use sp_core::crypto::AccountId32;

pub use setup::BenchmarkHelper;

#[benchmarks(where OriginFor<T>: From<CollectiveOrigin<AccountId32, ()>>)]
mod benchmarks {
    use super::*;

    /// By the bytes of the call.
    #[benchmark]
    fn put_up(b: Linear<0, 65_000>) {
        let operator = put_seats::<T>(MAX_SEATS);
        put_motions::<T>();
        let before = Motions::<T>::get().len();
        let call = Box::new(empty_call::<T>(b, u32::MAX));

        #[extrinsic_call]
        propose(RawOrigin::Signed(operator), call);

        assert_eq!(Motions::<T>::get().len(), before + 1);
    }

    /// By the bytes of the call.
    #[benchmark]
    fn run_at_once(b: Linear<0, 65_000>) {
        let operator = put_seats::<T>(1);
        let call = Box::new(empty_call::<T>(b, u32::MAX));

        #[extrinsic_call]
        propose(RawOrigin::Signed(operator), call);

        assert!(Motions::<T>::get().is_empty());
    }

    /// The last vote.
    #[benchmark]
    fn vote() {
        let operator = put_seats::<T>(MAX_SEATS);
        put_motions::<T>();
        let voters = MAX_SEATS - 1;
        let (motion, index) = setup::put_up::<T>(FIRST, empty_call::<T>(0, u32::MAX), voters, true);

        #[extrinsic_call]
        vote(RawOrigin::Signed(operator), motion, index, true);

        let ballot = votes_on_motions::ballot::<T>(&motion).expect("it is open");
        assert!(ballot.votes().is_carried());
    }

    /// By the bytes of the call.
    #[benchmark]
    fn close_carried(b: Linear<0, 65_000>) {
        let operator = put_seats::<T>(MAX_SEATS);
        put_motions::<T>();
        let call = empty_call::<T>(b, u32::MAX);
        let (motion, index) = setup::put_up::<T>(FIRST, call, MAX_SEATS, true);
        let signed = RawOrigin::Signed(operator);

        #[extrinsic_call]
        close(signed, motion, index, Weight::MAX, u32::MAX);

        assert!(votes_on_motions::ballot::<T>(&motion).is_none());
    }

    /// Of a motion that all seats reject.
    #[benchmark]
    fn close_dropped() {
        let operator = put_seats::<T>(MAX_SEATS);
        put_motions::<T>();
        let call = empty_call::<T>(65_000, u32::MAX);
        let (motion, index) = setup::put_up::<T>(FIRST, call, MAX_SEATS, false);
        let signed = RawOrigin::Signed(operator);

        #[extrinsic_call]
        close(signed, motion, index, Weight::zero(), 0);

        assert!(votes_on_motions::ballot::<T>(&motion).is_none());
    }

    /// By the bytes of the call.
    #[benchmark]
    fn execute(b: Linear<0, 65_000>) {
        put_seats::<T>(MAX_SEATS);
        let call = Box::new(empty_call::<T>(b, u32::MAX));
        let origin = CollectiveOrigin::<AccountId32, ()>::Members(MAX_SEATS, MAX_SEATS);
        let origin: OriginFor<T> = origin.into();
        let result;

        #[block]
        {
            result = Pallet::<T>::execute(origin, call);
        }

        assert!(result.is_ok());
    }

    /// Of other members for all seats, whose motions end.
    #[benchmark]
    fn set_seats() {
        put_seats::<T>(MAX_SEATS);
        put_motions::<T>();
        put_members::<T>(OTHERS, MAX_SEATS);
        let seats = members(OTHERS, MAX_SEATS);

        #[extrinsic_call]
        set_seats(RawOrigin::<AccountId32>::Root, seats.clone(), MAX_SEATS);

        assert_eq!(Seats::<T>::get().into_inner(), seats);
        assert!(Motions::<T>::get().is_empty());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::externalities(), crate::mock::Test);
}

//! Benchmarks of the calls, and of what the pool checks of them.
//!
//! Agreement and reports are as large as they get: see [`BenchmarkHelper`].

use super::*;
use counterfoil_primitives::{
    ports::{DayTrades, SideView},
    summary::SideStatus,
    AgreementId, BusinessDay, Commitment, MemberId, Side,
};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::pallet_prelude::TransactionSource;
use frame_system::RawOrigin;
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// A side of a day.
pub type Place = (AgreementId, BusinessDay, Side);

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts a sealed day of the largest agreement there, of which a side may be committed to.
    /// Returns that side and its party, which has an operator.
    fn put_sealed_day() -> (Place, MemberId);

    /// Lets the side be proven with breaks, by a report of as many pages as there can be.
    fn prove(place: Place);
}

/// A sealed day; its side was rejected once, and its party commits once more.
fn put_rejected<T: Config>() -> (Place, MemberId, Commitment) {
    let (place, party) = T::BenchmarkHelper::put_sealed_day();
    let (agreement, day, side) = place;
    let chain = T::Trades::chain_commitment(agreement, day, side).expect("the day is sealed");
    let with_root = |root: u8| Commitment {
        slots_root: H256::repeat_byte(root),
        ..chain
    };
    Rejections::<T>::insert(place, 1);
    Rejected::<T>::insert(place, with_root(1));
    (place, party, with_root(2))
}

/// A sealed day of which a side is proven with breaks, and what its repaired book commits to.
fn put_proven<T: Config>() -> (Place, MemberId, Commitment) {
    let (place, party) = T::BenchmarkHelper::put_sealed_day();
    let (agreement, day, side) = place;
    let chain = T::Trades::chain_commitment(agreement, day, side).expect("the day is sealed");
    Commitments::<T>::insert(place, chain);
    T::BenchmarkHelper::prove(place);
    (place, party, chain)
}

/// What the pool does with a call without a nonce, and the hash that the envelope takes of it.
fn validate<T: Config>(member: MemberId, call: &Call<T>) {
    call.validate_unordered(member, TransactionSource::External)
        .expect("the call is good");
    core::hint::black_box(BlakeTwo256::hash_of(call));
}

/// The origin of a call by a member's operator account.
fn signed<T: Config>(member: MemberId) -> RawOrigin<AccountId32> {
    RawOrigin::Signed(account_of::<T::Directory>(member).expect("the member exists"))
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn commit() {
        let (place, party, commitment) = put_rejected::<T>();
        let (agreement, day, side) = place;

        #[extrinsic_call]
        commit(signed::<T>(party), agreement, day, side, commitment);

        assert_eq!(Commitments::<T>::get(place), Some(commitment));
    }

    #[benchmark]
    fn validate_commit() {
        let ((agreement, day, side), party, commitment) = put_rejected::<T>();
        let call = Call::<T>::commit {
            agreement,
            day,
            side,
            commitment,
        };

        #[block]
        {
            validate(party, &call);
        }
    }

    #[benchmark]
    fn confirm_repair() {
        let ((agreement, day, side), party, commitment) = put_proven::<T>();

        #[extrinsic_call]
        confirm_repair(signed::<T>(party), agreement, day, side, commitment);

        let status = T::Sides::side_status(agreement, day, side);
        assert!(matches!(status, SideStatus::Repaired { .. }));
    }

    #[benchmark]
    fn validate_confirm_repair() {
        let ((agreement, day, side), party, commitment) = put_proven::<T>();
        let call = Call::<T>::confirm_repair {
            agreement,
            day,
            side,
            commitment,
        };

        #[block]
        {
            validate(party, &call);
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

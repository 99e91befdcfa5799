//! What the calls cost, and the checks of their authority.
//!
//! Agreement and reports are as large as they get: see [`BenchmarkHelper`].

use super::*;
use counterfoil_primitives::{
    ports::{DayLedger, SideView},
    summary::SideStatus,
    AgreementId, BusinessDay, Commitment, MemberId, OperatorAuth, Side,
};
use frame_benchmarking::v2::*;
use frame_support::{pallet_prelude::TransactionSource, traits::Authorize};
use frame_system::RawOrigin;
use sp_core::H256;

/// A side of a day.
pub type Place = (AgreementId, BusinessDay, Side);

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts a sealed day of the largest agreement there, of which a side may be committed to.
    /// Gives that side and its party, whose key lies in the keystore.
    fn put_sealed_day() -> (Place, MemberId);

    /// Lets the side be proven with breaks, by a report of as many pages as there can be.
    fn prove(place: Place);

    /// The party's authority for a call.
    fn authority(member: MemberId, action: &str, arguments: &impl codec::Encode) -> OperatorAuth;
}

/// A sealed day; its side was rejected once, and its party commits once more.
fn put_rejected<T: Config>() -> (Place, MemberId, Commitment) {
    let (place, party) = T::BenchmarkHelper::put_sealed_day();
    let (agreement, day, side) = place;
    let chain = T::Ledger::chain_commitment(agreement, day, side).expect("the day is sealed");
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
    let chain = T::Ledger::chain_commitment(agreement, day, side).expect("the day is sealed");
    Commitments::<T>::insert(place, chain);
    T::BenchmarkHelper::prove(place);
    (place, party, chain)
}

/// The member's call, checked for its authority.
fn check_authority<T: Config>(call: &Call<T>) {
    call.authorize(TransactionSource::External)
        .expect("the call asks for an authority")
        .expect("the authority is good");
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn commit() {
        let (place, party, commitment) = put_rejected::<T>();
        let (agreement, day, side) = place;
        let arguments = (agreement, day, side, commitment);
        let auth = T::BenchmarkHelper::authority(party, authorise::COMMIT, &arguments);

        #[extrinsic_call]
        commit(
            RawOrigin::Authorized,
            agreement,
            day,
            side,
            commitment,
            Some(auth),
        );

        assert_eq!(Commitments::<T>::get(place), Some(commitment));
    }

    #[benchmark]
    fn authorize_commit() {
        let ((agreement, day, side), party, commitment) = put_rejected::<T>();
        let arguments = (agreement, day, side, commitment);
        let auth = T::BenchmarkHelper::authority(party, authorise::COMMIT, &arguments);
        let call = Call::<T>::commit {
            agreement,
            day,
            side,
            commitment,
            auth: Some(auth),
        };

        #[block]
        {
            check_authority(&call);
        }
    }

    #[benchmark]
    fn confirm_repair() {
        let ((agreement, day, side), party, commitment) = put_proven::<T>();
        let arguments = (agreement, day, side, commitment);
        let auth = T::BenchmarkHelper::authority(party, authorise::CONFIRM_REPAIR, &arguments);

        #[extrinsic_call]
        confirm_repair(
            RawOrigin::Authorized,
            agreement,
            day,
            side,
            commitment,
            Some(auth),
        );

        let status = T::Sides::side_status(agreement, day, side);
        assert!(matches!(status, SideStatus::Repaired { .. }));
    }

    #[benchmark]
    fn authorize_confirm_repair() {
        let ((agreement, day, side), party, commitment) = put_proven::<T>();
        let arguments = (agreement, day, side, commitment);
        let auth = T::BenchmarkHelper::authority(party, authorise::CONFIRM_REPAIR, &arguments);
        let call = Call::<T>::confirm_repair {
            agreement,
            day,
            side,
            commitment,
            auth: Some(auth),
        };

        #[block]
        {
            check_authority(&call);
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

//! Benchmarks of the call, and of what the pool checks of it.
//!
//! The agreement is as large as it gets: see [`BenchmarkHelper`].

mod helper;

pub use helper::BenchmarkHelper;

use super::{commitments::Number, *};
use counterfoil_primitives::{
    ports::{DayTrades, SideView},
    Commitment, MemberId, SideId,
};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::pallet_prelude::TransactionSource;
use frame_system::RawOrigin;
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What a party commits to.
struct Next {
    side_id: SideId,
    party: MemberId,
    number: Number,
    commitment: Commitment,
}

/// A sealed day before its preset time; its party replaces what it committed to, for the last time.
fn put_committed<T: Config>() -> Next {
    let (side_id, party) = T::BenchmarkHelper::put_sealed_day();
    let chain = T::Trades::chain_commitment(side_id).expect("the day is sealed");
    let with_root = |root: u8| Commitment {
        slots_root: H256::repeat_byte(root),
        ..chain
    };
    let round = T::Sides::round(side_id);
    Commitments::<T>::insert(side_id, round, with_root(1));
    Replacements::<T>::insert(side_id, round, MAX_REPLACEMENTS - 1);
    Next {
        side_id,
        party,
        number: (round, MAX_REPLACEMENTS),
        commitment: with_root(2),
    }
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
        let Next {
            side_id,
            party,
            number: (round, replacement),
            commitment,
        } = put_committed::<T>();

        #[extrinsic_call]
        commit(
            signed::<T>(party),
            side_id.agreement,
            side_id.day,
            side_id.side,
            round,
            replacement,
            commitment,
        );

        assert_eq!(Replacements::<T>::get(side_id, round), replacement);
        assert_eq!(Commitments::<T>::get(side_id, round), Some(commitment));
    }

    #[benchmark]
    fn validate_commit() {
        let next = put_committed::<T>();
        let (round, replacement) = next.number;
        let call = Call::<T>::commit {
            agreement: next.side_id.agreement,
            day: next.side_id.day,
            side: next.side_id.side,
            round,
            replacement,
            commitment: next.commitment,
        };

        #[block]
        {
            validate(next.party, &call);
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

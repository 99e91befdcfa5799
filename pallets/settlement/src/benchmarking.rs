//! Benchmarks of a payment, and of what the pool checks of it.

use super::*;
use counterfoil_primitives::{Amount, BusinessDay, Caps, SignedAmount};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::{
    pallet_prelude::TransactionSource,
    traits::fungibles::{Create, Inspect, Mutate},
};
use frame_system::RawOrigin;
use pallet_registry::{
    benchmarking::setup::{self, AGREEMENT, BANK, COMPANY},
    Agreements,
};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::{BlakeTwo256, Hash};

const DAY: BusinessDay = BusinessDay(20_000);
const ASSET: u32 = 1_000;
const AMOUNT: Amount = 1_000_000;

/// Puts an obligation there, and just enough on the company's account. The bank has none of the asset
/// yet: one account of it goes and another comes, which is the most that a payment can change.
fn put_obligation<T>()
where
    T: Config + pallet_registry::Config,
    T::Assets: Create<AccountId32>,
{
    setup::put_agreement::<T>(&[(DAY, setup::conditions())], Caps::MAX);
    // An asset without metadata has none.
    Agreements::<T>::mutate(AGREEMENT, |agreement| {
        agreement.as_mut().expect("it was put there").decimals = 0;
    });
    T::Assets::create(ASSET, setup::account(0), true, 1).expect("no asset has this id");
    T::Assets::mint_into(ASSET, &setup::account(COMPANY), AMOUNT).expect("the account may hold it");
    let obligation = Obligation {
        amount: AMOUNT as SignedAmount,
        asset: ASSET,
        due_since: 0,
        paid_at: None,
    };
    Obligations::<T>::insert(AGREEMENT, DAY, obligation);
    Due::<T>::insert(AGREEMENT, DAY, ());
}

#[benchmarks(where T: pallet_registry::Config, T::Assets: Create<AccountId32>)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn pay() {
        put_obligation::<T>();
        let company = account_of::<<T as Config>::Directory>(COMPANY).expect("the member exists");

        #[extrinsic_call]
        pay(RawOrigin::Signed(company), AGREEMENT, DAY);

        assert_eq!(T::Assets::balance(ASSET, &setup::account(BANK)), AMOUNT);
        assert_eq!(T::Assets::balance(ASSET, &setup::account(COMPANY)), 0);
        assert!(!Due::<T>::contains_key(AGREEMENT, DAY));
    }

    #[benchmark]
    fn validate_pay() {
        put_obligation::<T>();
        let call = Call::<T>::pay {
            agreement: AGREEMENT,
            day: DAY,
        };

        #[block]
        {
            call.validate_unordered(COMPANY, TransactionSource::External)
                .expect("the call is good");
            // The envelope takes this hash.
            core::hint::black_box(BlakeTwo256::hash_of(&call));
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}

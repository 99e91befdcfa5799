//! A small chain with the registry and a pallet of four calls, each of another kind.

use crate::{self as pallet_envelope, EraAndNonce};
use codec::Encode;
use counterfoil_primitives::{MemberId, Role};
use counterfoil_support::{testing, unordered::NEEDS_NONCE, ValidateUnordered};
use frame_support::{
    derive_impl,
    dispatch::GetDispatchInfo,
    traits::{ConstU16, ConstU32},
    weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_registry::MemberGenesis;
use sp_core::{crypto::AccountId32, Pair};
use sp_runtime::{
    generic::{self, Era},
    traits::{Applyable, BlakeTwo256, Checkable, IdentityLookup},
    transaction_validity::{
        TransactionSource, TransactionValidity, TransactionValidityError, ValidTransaction,
    },
    BuildStorage, DispatchResult, MultiSignature,
};

pub use counterfoil_support::testing::{account, pair};

pub type TxExtension = (EraAndNonce<Test>,);
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, UncheckedExtrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Registry: pallet_registry,
        Envelope: pallet_envelope,
        Marks: marks,
    }
);

/// Calls of each kind that the envelope tells apart.
#[frame_support::pallet(dev_mode)]
pub mod marks {
    use super::*;
    use counterfoil_support::{ensure_member, worker_priority::worker_call, KeepSpent};
    use frame_support::pallet_prelude::{DispatchResult, *};
    use frame_system::pallet_prelude::*;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<AccountId = AccountId32> {}

    /// What was marked.
    #[pallet::storage]
    pub type Marked<T> = StorageMap<_, Twox64Concat, u32, ()>;

    /// How often something was applied in part.
    #[pallet::storage]
    pub type Parts<T> = StorageValue<_, u32, ValueQuery>;

    #[pallet::error]
    pub enum Error<T> {
        /// As it always does.
        Fails,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Marks a number, which the chain's state then shows.
        pub fn mark(origin: OriginFor<T>, number: u32) -> DispatchResult {
            ensure_member::<T, Registry>(origin)?;
            Marked::<T>::insert(number, ());
            Ok(())
        }

        /// Does a part of something: it could do more later.
        pub fn part(origin: OriginFor<T>, _number: u32) -> DispatchResult {
            ensure_member::<T, Registry>(origin)?;
            Parts::<T>::mutate(|parts| *parts += 1);
            Envelope::keep_spent();
            Ok(())
        }

        /// Fails after it was found valid.
        pub fn fail(origin: OriginFor<T>) -> DispatchResult {
            ensure_member::<T, Registry>(origin)?;
            Parts::<T>::mutate(|parts| *parts += 1);
            Envelope::keep_spent();
            Err(Error::<T>::Fails.into())
        }

        /// Is protected by nothing but a nonce.
        pub fn bare(origin: OriginFor<T>) -> DispatchResult {
            ensure_member::<T, Registry>(origin)?;
            Parts::<T>::mutate(|parts| *parts += 1);
            Ok(())
        }
    }

    impl<T: Config> ValidateUnordered for Call<T> {
        fn validate_unordered(&self, _: MemberId, _: TransactionSource) -> TransactionValidity {
            match self {
                Self::mark { number } if Marked::<T>::contains_key(number) => {
                    Err(InvalidTransaction::Stale.into())
                }
                Self::mark { number } => Ok(worker_call(("mark", number))),
                Self::part { number } => Ok(ValidTransaction {
                    longevity: 20,
                    ..worker_call(("part", number))
                }),
                Self::fail {} => Ok(worker_call("fail")),
                _ => Err(NEEDS_NONCE.into()),
            }
        }

        fn weight_of_unordered(&self) -> Weight {
            Weight::from_parts(7, 0)
        }
    }
}

impl marks::Config for Test {}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_registry::Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = ();
    type Posts = ();
    type UnixTime = Timestamp;
    type MinPresetGap = ConstU16<1>;
    type MaxClients = ConstU32<1>;
    type MaxVersions = ConstU32<1>;
    type WeightInfo = ();
}

impl pallet_envelope::Config for Test {
    type Directory = Registry;
    type WeightInfo = ();
}

impl ValidateUnordered for RuntimeCall {
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity {
        match self {
            Self::Marks(call) => call.validate_unordered(member, source),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::Marks(call) => call.weight_of_unordered(),
            _ => Weight::zero(),
        }
    }
}

/// The member that acts with the key of Alice.
pub const ALICE: MemberId = 1;

fn externalities() -> sp_io::TestExternalities {
    let member = |id, name: &str| MemberGenesis {
        id,
        role: Role::Client,
        name: name.into(),
        account: AccountId32::new([id as u8; 32]),
        operator: pair(name).public(),
        endpoint: String::new(),
    };
    let storage = RuntimeGenesisConfig {
        registry: pallet_registry::GenesisConfig {
            members: vec![member(ALICE, "Alice"), member(2, "Bob")],
            ..Default::default()
        },
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    sp_io::TestExternalities::from(storage)
}

/// A chain for the benchmarks.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    externalities()
}

/// Runs a test at block 100, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        at_block(100);
        test();
        Envelope::do_try_state().expect("the state holds");
    });
}

/// Goes to a block. The hashes of all before it are known.
pub fn at_block(number: u64) {
    for before in 0..number {
        frame_system::BlockHash::<Test>::insert(before, hash_of(before));
    }
    System::set_block_number(number);
}

fn hash_of(number: u64) -> sp_core::H256 {
    sp_core::H256::from_low_u64_be(number + 1)
}

/// A transaction signed by the key of `name`.
pub fn signed(
    name: &str,
    era: Era,
    nonce: u32,
    call: impl Into<RuntimeCall>,
) -> UncheckedExtrinsic {
    testing::sign(name, call.into(), (EraAndNonce::new(era, nonce),))
}

/// What the pool says of a transaction.
pub fn validate(
    source: TransactionSource,
    transaction: &UncheckedExtrinsic,
) -> Result<ValidTransaction, TransactionValidityError> {
    let transaction = transaction.clone();
    let (info, len) = (transaction.get_dispatch_info(), transaction.encoded_size());
    let checked = Checkable::check(transaction, &frame_system::ChainContext::<Test>::default())?;
    checked.validate::<Test>(source, &info, len)
}

/// Includes a transaction in the block.
pub fn apply(transaction: &UncheckedExtrinsic) -> Result<DispatchResult, TransactionValidityError> {
    let transaction = transaction.clone();
    let (info, len) = (transaction.get_dispatch_info(), transaction.encoded_size());
    let checked = Checkable::check(transaction, &frame_system::ChainContext::<Test>::default())?;
    checked
        .apply::<Test>(&info, len)
        .map(|result| result.map(|_| ()).map_err(|error| error.error))
}

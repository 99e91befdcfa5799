//! A small chain with the real registry and real assets, where a worker submits into a pool. Which clients
//! went beyond their limits is scripted.

mod chain;
mod node;

pub use chain::*;
pub use node::Node;

use crate as pallet_settlement;
use codec::Encode;
use counterfoil_primitives::{
    ports::{AssetDecimals, ClientCredits, Directory},
    AgreementId, BusinessDay, MemberId,
};
use counterfoil_support::{
    create_unordered_transactions, operator_account, unordered::NEEDS_NONCE, ValidateUnordered,
};
use frame_support::{
    derive_impl, parameter_types,
    traits::{
        fungibles::{metadata, Inspect},
        AsEnsureOriginWithArg, ConstU128, ConstU16, ConstU32,
    },
    weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use pallet_envelope::{EraAndNonce, UNORDERED};
use sp_core::crypto::AccountId32;
use sp_runtime::{
    app_crypto::RuntimeAppPublic,
    generic::{self, Era},
    traits::{BlakeTwo256, IdentityLookup},
    transaction_validity::{TransactionSource, TransactionValidity},
    MultiSignature,
};

pub use counterfoil_support::testing::{account, pair};

pub type TxExtension = (EraAndNonce<Test>,);
type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, UncheckedExtrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Assets: pallet_assets,
        Registry: pallet_registry,
        Envelope: pallet_envelope,
        Settlement: pallet_settlement,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = u128;
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
    type Balance = u128;
    type Currency = Balances;
    type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId32>>;
    type ForceOrigin = EnsureRoot<AccountId32>;
    type AssetDeposit = ConstU128<1>;
    type AssetAccountDeposit = ConstU128<1>;
    type MetadataDepositBase = ConstU128<1>;
    type MetadataDepositPerByte = ConstU128<1>;
    type ApprovalDeposit = ConstU128<1>;
}

/// The decimals by the assets' metadata.
pub struct ByMetadata;

impl AssetDecimals for ByMetadata {
    fn decimals(asset: u32) -> Option<u8> {
        Assets::asset_exists(asset)
            .then(|| <Assets as metadata::Inspect<AccountId32>>::decimals(asset))
    }
}

impl pallet_registry::Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = ByMetadata;
    type Posts = ();
    type UnixTime = Timestamp;
    type MinPresetGap = ConstU16<1>;
    type MaxClients = ConstU32<4>;
    type MaxVersions = ConstU32<4>;
    type WeightInfo = ();
}

impl pallet_envelope::Config for Test {
    type Directory = Registry;
    type WeightInfo = ();
}

parameter_types! {
    /// The days on which a client went beyond its limits.
    pub static Exceeded: Vec<(AgreementId, BusinessDay)> = vec![];
}

/// Says what [`Exceeded`] does.
pub struct MockCredits;

impl ClientCredits for MockCredits {
    fn exceeded(agreement: AgreementId, day: BusinessDay) -> bool {
        Exceeded::get().contains(&(agreement, day))
    }
}

impl pallet_settlement::Config for Test {
    type Directory = Registry;
    type ClientCredits = MockCredits;
    type Assets = Assets;
    type UnixTime = Timestamp;
    type WeightInfo = ();
}

create_unordered_transactions!(Test, RuntimeCall, UncheckedExtrinsic, by_keystore);

/// A call without a nonce, signed by the keystore where that holds the member's key.
fn by_keystore(member: MemberId, call: RuntimeCall) -> Option<UncheckedExtrinsic> {
    let operator = Registry::operator(member)?;
    let payload = SignedPayload::new(call, unordered()).expect("the genesis block is known");
    let signature = payload.using_encoded(|bytes| operator.sign(&bytes))?;
    let (call, extension, _) = payload.deconstruct();
    let account = operator_account(&operator);
    let signature = MultiSignature::Sr25519(signature.into());
    Some(UncheckedExtrinsic::new_signed(
        call, account, signature, extension,
    ))
}

impl ValidateUnordered for RuntimeCall {
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity {
        match self {
            Self::Settlement(call) => call.validate_unordered(member, source),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::Settlement(call) => call.weight_of_unordered(),
            _ => Weight::zero(),
        }
    }
}

/// The extension of a call without a nonce.
fn unordered() -> TxExtension {
    (EraAndNonce::new(Era::mortal(64, 0), UNORDERED),)
}

//! A small chain with the registry, where transactions pass `CheckNonce` as they do on the real
//! one.

use crate::{self as pallet_registry, *};
use codec::Encode;
use counterfoil_primitives::{
    day::MINUTE,
    operator::rotation_payload,
    ports::{AssetDecimals, Posts},
    settlement::Rail,
    AgreementId, BusinessDay, Caps, Conditions, Currency, MemberId, Moment, OperatorSignature,
    Role, TimeOfDay, UtcOffset,
};
use counterfoil_support::testing;
use frame_support::{
    derive_impl,
    dispatch::GetDispatchInfo,
    parameter_types,
    traits::{ConstU16, Hooks},
};
use frame_system::EnsureRoot;
use sp_core::{crypto::AccountId32, Pair};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
    generic,
    traits::{Applyable, BlakeTwo256, Checkable, IdentityLookup},
    transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
    BuildStorage, DispatchResult, MultiSignature,
};

pub use counterfoil_support::testing::{account, pair};

pub type TxExtension = (frame_system::CheckNonce<Test>,);
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, UncheckedExtrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Registry: pallet_registry,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
}

parameter_types! {
    pub static MaxClients: u32 = 3;
    pub static MaxVersions: u32 = 4;
}

/// Asset 1 has two decimals, asset 2 has none, and there are no others.
pub struct TwoAssets;

impl AssetDecimals for TwoAssets {
    fn decimals(asset: u32) -> Option<u8> {
        match asset {
            1 => Some(2),
            2 => Some(0),
            _ => None,
        }
    }
}

parameter_types! {
    /// The member that has a post.
    pub static WithPost: Option<MemberId> = None;
    /// The members that were said to have left.
    pub static Left: Vec<MemberId> = vec![];
}

/// The post of [`WithPost`].
pub struct OnePost;

impl Posts for OnePost {
    fn holds(member: MemberId) -> bool {
        WithPost::get() == Some(member)
    }

    fn named() -> Vec<MemberId> {
        WithPost::get().into_iter().collect()
    }

    fn left(member: MemberId) {
        Left::mutate(|left| left.push(member));
    }
}

impl Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = TwoAssets;
    type Posts = OnePost;
    type UnixTime = Timestamp;
    type MinPresetGap = ConstU16<5>;
    type MaxClients = MaxClients;
    type MaxVersions = MaxVersions;
    type WeightInfo = ();
}

/// The business day on which the tests play.
pub const TODAY: BusinessDay = BusinessDay(20_000);

/// Noon of that day, by UTC: the offset of the test agreement is zero.
pub const NOON: Moment = 20_000 * 24 * 60 * MINUTE + 12 * 60 * MINUTE;

pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const RECONCILER: MemberId = 4;
pub const SECOND_CLIENT: MemberId = 5;
pub const AGREEMENT: AgreementId = 1;

/// The operator key of a development name.
pub fn key(name: &str) -> counterfoil_primitives::OperatorId {
    pair(name).public()
}

pub fn member(role: Role, operator: &str) -> Member {
    Member {
        role,
        name: operator.try_into().expect("short"),
        account: AccountId32::new([role as u8 + 100; 32]),
        operator: key(operator),
        endpoint: endpoint("http://127.0.0.1:9944"),
    }
}

/// The account of `name`, as a version of a member's account.
pub fn set_by(set_by: SetBy, name: &str) -> AccountVersion {
    AccountVersion {
        account: account(name),
        set_by,
    }
}

pub fn endpoint(address: &str) -> Endpoint {
    address.try_into().expect("short")
}

/// Registers a member, as the council does.
pub fn register(id: MemberId, member: Member) -> DispatchResult {
    Registry::register_member(
        RuntimeOrigin::root(),
        id,
        member.role,
        member.name,
        member.account,
        member.operator,
        member.endpoint,
    )
}

pub fn conditions(cut_off: u16, preset: u16) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(0),
        cut_off: TimeOfDay(cut_off),
        preset: TimeOfDay(preset),
        rail: Rail::Asset(1),
        ..Default::default()
    }
}

pub fn spec() -> AgreementSpec {
    AgreementSpec {
        bank: BANK,
        company: COMPANY,
        reconciler: RECONCILER,
        clients: vec![CLIENT],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: TODAY.previous(),
        caps: Caps {
            pages: 4,
            extras: 16,
        },
        max_gross: None,
        deadline_minutes: 60,
        max_late_minutes: 60,
        refund_days: 180,
        amend_days: 365,
        answer_days: 10,
        conditions: conditions(30, 60),
    }
}

/// A chain with five members and nothing else, at noon of [`TODAY`].
pub fn with_members(test: impl FnOnce()) {
    run(vec![], test);
}

/// A chain with five members and an agreement, at noon of [`TODAY`].
pub fn with_agreement(test: impl FnOnce()) {
    let agreement = AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    };
    run(vec![agreement], test);
}

fn run(agreements: Vec<AgreementGenesis>, test: impl FnOnce()) {
    let mut ext = externalities(genesis(agreements));
    ext.execute_with(|| {
        test();
        Registry::do_try_state().expect("the state holds");
    });
}

pub fn genesis(agreements: Vec<AgreementGenesis>) -> GenesisConfig<Test> {
    let members = [
        (CLIENT, Role::Client, "Alice"),
        (COMPANY, Role::Company, "Bob"),
        (BANK, Role::Bank, "Charlie"),
        (RECONCILER, Role::Reconciler, "Dave"),
        (SECOND_CLIENT, Role::Client, "Eve"),
    ];
    GenesisConfig {
        members: members
            .into_iter()
            .map(|(id, role, name)| MemberGenesis {
                id,
                role,
                name: name.into(),
                account: member(role, name).account,
                operator: key(name),
                endpoint: "http://127.0.0.1:9944".into(),
            })
            .collect(),
        agreements,
        products: vec![],
        _config: Default::default(),
    }
}

pub fn externalities(registry: GenesisConfig<Test>) -> sp_io::TestExternalities {
    let storage = RuntimeGenesisConfig {
        registry,
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| {
        System::set_block_number(1);
        pallet_timestamp::Now::<Test>::put(NOON);
        <Registry as Hooks<u64>>::integrity_test();
    });
    ext
}

/// An empty chain whose limits are as wide as the benchmarks go, in a node with a keystore.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    MaxClients::set(256);
    MaxVersions::set(128);
    let mut ext = externalities(GenesisConfig::default());
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext
}

pub fn last_event() -> Event<Test> {
    System::read_events_for_pallet::<Event<Test>>()
        .pop()
        .expect("an event")
}

/// A transaction signed the way polkadot.js does.
pub fn signed(name: &str, nonce: u32, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
    testing::sign(name, call.into(), (frame_system::CheckNonce::from(nonce),))
}

/// Whether the pool takes a transaction.
pub fn validate(xt: UncheckedExtrinsic) -> TransactionValidity {
    let (info, len) = (xt.get_dispatch_info(), xt.encoded_size());
    let xt = Checkable::check(xt, &frame_system::ChainContext::<Test>::default())?;
    xt.validate::<Test>(TransactionSource::External, &info, len)
}

/// Includes a transaction in the block.
pub fn apply(xt: UncheckedExtrinsic) -> Result<DispatchResult, TransactionValidityError> {
    let (info, len) = (xt.get_dispatch_info(), xt.encoded_size());
    let xt = Checkable::check(xt, &frame_system::ChainContext::<Test>::default())?;
    xt.apply::<Test>(&info, len)
        .map(|result| result.map(|_| ()).map_err(|error| error.error))
}

/// The consent of the key of `name` to act for `member`.
pub fn proof(name: &str, member: MemberId) -> OperatorSignature {
    pair(name).sign(&rotation_payload(System::block_hash(0), member))
}

/// Rotates the key of the member that acts with `old`.
pub fn rotate(old: &str, member: MemberId, new: &str) -> DispatchResult {
    let origin = RuntimeOrigin::signed(account(old));
    Registry::rotate_operator(origin, key(new), proof(new, member))
}

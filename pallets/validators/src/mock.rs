//! A small chain with the real registry, sessions, Aura and GRANDPA, where members 1 to 3 are validators.

use crate::{
    self as pallet_validators, benchmarking, Event, KeyProof, SetChanges, Stall, ValidatorGenesis,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{institution::institution_account, MemberId, Role};
use counterfoil_support::testing::{self, pair};
use frame_support::{
    derive_impl,
    traits::{ConstBool, ConstU16, ConstU32, ConstU64, Hooks},
};
use frame_system::EnsureRoot;
use pallet_registry::MemberGenesis;
use pallet_session::{
    historical as pallet_session_historical,
    historical::{IdentificationTuple, NoteHistoricalRoot},
};
use sp_consensus_aura::sr25519::{AuthorityId as AuraId, AuthorityPair as AuraPair};
use sp_consensus_grandpa::{
    AuthorityList, AuthorityPair as GrandpaPair, ConsensusLog, GRANDPA_ENGINE_ID,
};
use sp_core::{crypto::AccountId32, Pair};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
    generic::DigestItem,
    impl_opaque_keys,
    traits::{ConvertInto, IdentityLookup, OpaqueKeys},
    BuildStorage, DispatchResult,
};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Aura: pallet_aura,
        Grandpa: pallet_grandpa,
        Balances: pallet_balances,
        Validators: pallet_validators,
        Session: pallet_session,
        Historical: pallet_session_historical,
        Offences: pallet_offences,
        Registry: pallet_registry,
    }
);

impl_opaque_keys! {
    pub struct SessionKeys {
        pub aura: Aura,
        pub grandpa: Grandpa,
    }
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountData = pallet_balances::AccountData<u64>;
    type AccountId = AccountId32;
    type Block = Block;
    type Lookup = IdentityLookup<AccountId32>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
}

impl pallet_aura::Config for Test {
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type AuthorityId = AuraId;
    type DisabledValidators = ();
    type MaxAuthorities = ConstU32<32>;
    type SlotDuration = ConstU64<3_000>;
}

impl pallet_grandpa::Config for Test {
    type EquivocationReportSystem = ();
    type KeyOwnerProof = sp_session::MembershipProof;
    type MaxAuthorities = ConstU32<32>;
    type MaxNominators = ConstU32<0>;
    type MaxSetIdSessionEntries = ConstU64<8>;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
}

impl pallet_session::Config for Test {
    type Currency = Balances;
    type DisablingStrategy = ();
    type KeyDeposit = ();
    type Keys = SessionKeys;
    type NextSessionRotation = Validators;
    type RuntimeEvent = RuntimeEvent;
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type SessionManager = NoteHistoricalRoot<Test, Validators>;
    type ShouldEndSession = Validators;
    type ValidatorId = AccountId32;
    type ValidatorIdOf = ConvertInto;
    type WeightInfo = ();
}

impl pallet_session::historical::Config for Test {
    type FullIdentification = AccountId32;
    type FullIdentificationOf = ConvertInto;
    type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Test {
    type IdentificationTuple = IdentificationTuple<Test>;
    type OnOffenceHandler = Validators;
    type RuntimeEvent = RuntimeEvent;
}

impl pallet_registry::Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = ();
    type MaxClients = ConstU32<4>;
    type MaxVersions = ConstU32<4>;
    type MinPresetGap = ConstU16<1>;
    type Posts = Validators;
    type UnixTime = Timestamp;
    type WeightInfo = ();
}

impl pallet_validators::Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type BenchmarkHelper = Helper;
    type Directory = Registry;
    type MaxValidators = ConstU32<32>;
    type ReportLongevity = ConstU32<LONGEVITY>;
    type SessionLength = ConstU64<LENGTH>;
    type SetChanges = GrandpaChanges;
    type WeightInfo = ();
}

/// Blocks of a session.
pub const LENGTH: u64 = 10;

/// Past sessions that can be proven.
pub const LONGEVITY: u32 = 3;

/// GRANDPA's changes of its set.
pub struct GrandpaChanges;

impl SetChanges<u64> for GrandpaChanges {
    fn is_pending() -> bool {
        pallet_grandpa::PendingChange::<Test>::exists()
    }
    fn next_forced() -> Option<u64> {
        Grandpa::next_forced()
    }
    fn set_stall(stall: Option<Stall<u64>>) {
        pallet_grandpa::Stalled::<Test>::set(
            stall.map(|stall| (stall.delay, stall.best_finalized)),
        );
    }
}

/// The council notes a stall.
pub fn note_stalled(delay: u64, best_finalized: u64) -> DispatchResult {
    Validators::note_stalled(RuntimeOrigin::root(), delay, best_finalized)
}

/// Members as the registry's benchmarks have them, and keys from the node's keystore.
pub struct Helper;

impl benchmarking::BenchmarkHelper<SessionKeys> for Helper {
    fn put_member(member: MemberId) -> AccountId32 {
        pallet_registry::benchmarking::setup::put_member::<Test>(member, Role::Bank)
    }

    fn keys(number: u32, owner: &AccountId32) -> (SessionKeys, KeyProof) {
        generate(number, owner)
    }
}

/// The members that there are.
pub const MEMBERS: core::ops::RangeInclusive<MemberId> = 1..=6;

/// The members that are validators when the chain starts, each with the keys of its number.
pub const FIRST_VALIDATORS: [MemberId; 3] = [1, 2, 3];

/// The account of a member's operator key.
pub fn account(member: MemberId) -> AccountId32 {
    testing::account(member)
}

fn seed(number: u32) -> String {
    format!("//keys {number}")
}

/// Session keys, another set for each number.
pub fn keys(number: u32) -> SessionKeys {
    let seed = seed(number);
    SessionKeys {
        aura: AuraPair::from_string(&seed, None)
            .expect("a valid seed")
            .public(),
        grandpa: GrandpaPair::from_string(&seed, None)
            .expect("a valid seed")
            .public(),
    }
}

/// The same keys in the node's keystore, and the proof that it makes with them for an owner.
fn generate(number: u32, owner: &AccountId32) -> (SessionKeys, KeyProof) {
    let made =
        owner.using_encoded(|owner| SessionKeys::generate(owner, Some(seed(number).into_bytes())));
    let proof = made.proof.encode().try_into().expect("it is short");
    (made.keys, proof)
}

/// The proof that a member holds the keys of this number.
pub fn proof(number: u32, member: MemberId) -> KeyProof {
    generate(number, &institution_account(member)).1
}

/// A member sets the keys of this number.
pub fn set_keys(member: MemberId, number: u32) -> DispatchResult {
    let origin = RuntimeOrigin::signed(account(member));
    Validators::set_keys(origin, keys(number), proof(number, member))
}

/// The council decides on a list.
pub fn set_validators(members: &[MemberId]) -> DispatchResult {
    Validators::set_validators(RuntimeOrigin::root(), members.to_vec())
}

/// GRANDPA's set of members that each have the keys of their number.
pub fn authorities(members: &[MemberId]) -> AuthorityList {
    members
        .iter()
        .map(|member| (keys(*member).grandpa, 1))
        .collect()
}

/// The institution accounts of members.
pub fn institutions(members: &[MemberId]) -> Vec<AccountId32> {
    members.iter().copied().map(institution_account).collect()
}

/// What the chain starts with.
pub fn genesis(validators: &[(MemberId, u32)]) -> RuntimeGenesisConfig {
    let member = |id| MemberGenesis {
        id,
        role: Role::Bank,
        name: format!("Member {id}"),
        account: AccountId32::new([id as u8; 32]),
        operator: pair(id).public(),
        endpoint: String::new(),
    };
    let validators = validators
        .iter()
        .map(|(member, number)| ValidatorGenesis {
            member: *member,
            keys: keys(*number),
        })
        .collect();
    RuntimeGenesisConfig {
        validators: pallet_validators::GenesisConfig { validators },
        registry: pallet_registry::GenesisConfig {
            members: MEMBERS.map(member).collect(),
            ..Default::default()
        },
        ..Default::default()
    }
}

/// A chain in its first block, in a node with a keystore.
pub fn externalities() -> sp_io::TestExternalities {
    let storage = genesis(&FIRST_VALIDATORS.map(|member| (member, member)))
        .build_storage()
        .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext.execute_with(|| {
        <Validators as Hooks<u64>>::integrity_test();
        System::set_block_number(1);
    });
    ext
}

/// Runs a test, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        test();
        Validators::do_try_state().expect("the state holds");
    });
}

/// Ends the block and begins the next one. Returns what GRANDPA told its voters in the one that ended.
pub fn next_block() -> Vec<ConsensusLog<u64>> {
    let ended = System::block_number();
    Grandpa::on_finalize(ended);
    let told = System::digest().logs.iter().filter_map(log_of).collect();
    let next = ended + 1;
    System::reset_events();
    System::initialize(&next, &Default::default(), &Default::default());
    Validators::on_initialize(next);
    Session::on_initialize(next);
    told
}

fn log_of(item: &DigestItem) -> Option<ConsensusLog<u64>> {
    match item {
        DigestItem::Consensus(engine, bytes) if *engine == GRANDPA_ENGINE_ID => {
            ConsensusLog::decode(&mut &bytes[..]).ok()
        }
        _ => None,
    }
}

/// Ends the session by the council's call, and the first block of the next one. Returns what GRANDPA
/// told its voters in that block.
pub fn end_session() -> Vec<ConsensusLog<u64>> {
    Validators::end_session(RuntimeOrigin::root()).expect("the council may");
    next_block();
    next_block()
}

/// Goes on to a block.
pub fn run_to(block: u64) {
    while System::block_number() < block {
        next_block();
    }
}

/// The events of this pallet in the block.
pub fn events() -> Vec<Event<Test>> {
    System::read_events_for_pallet::<Event<Test>>()
}

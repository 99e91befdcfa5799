//! A small chain with the council and the collective. Who is a member the tests script.

use crate as pallet_council;
use crate::{Call, SilenceIsNo, MAX_SEATS};
use counterfoil_primitives::{
    council::MotionView, ports::Directory, AgreementId, AgreementView, BusinessDay, MemberId,
    OperatorId, OperatorSignature, ProductId, Terms,
};
use counterfoil_support::operator_account;
use frame_support::{
    derive_impl,
    dispatch::{CheckIfFeeless, DispatchResult},
    parameter_types,
    traits::{ConstU32, ConstU64},
    weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_core::{crypto::AccountId32, sr25519, H256};
use sp_runtime::{traits::IdentityLookup, BuildStorage};
use std::{cell::RefCell, collections::BTreeMap};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Collective: pallet_collective,
        Council: pallet_council,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountId = AccountId32;
    type Block = Block;
    type Lookup = IdentityLookup<AccountId32>;
}

/// Blocks until a motion may be closed though it is undecided.
pub const DURATION: u64 = 10;
/// Open motions that a seat may have.
pub const MAX_OPEN: u32 = 2;

/// What a motion may weigh: 200 milliseconds.
const MOTION_WEIGHT: Weight = Weight::from_parts(200 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX / 4);

parameter_types! {
    pub static MaxMotionWeight: Weight = MOTION_WEIGHT;
}

impl pallet_collective::Config for Test {
    type Consideration = ();
    type DefaultVote = SilenceIsNo;
    type DisapproveOrigin = EnsureRoot<AccountId32>;
    type KillOrigin = EnsureRoot<AccountId32>;
    type MaxMembers = ConstU32<MAX_SEATS>;
    type MaxProposalWeight = MaxMotionWeight;
    type MaxProposals = ConstU32<{ MAX_SEATS * MAX_OPEN }>;
    type MotionDuration = ConstU64<DURATION>;
    type Proposal = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type SetMembersOrigin = EnsureNever<()>;
    type WeightInfo = ();
}

impl pallet_council::Config for Test {
    type BenchmarkHelper = Script;
    type CarriedOrigin = pallet_collective::EnsureMembers<AccountId32, (), 1>;
    type Directory = Script;
    type MaxOpenPerSeat = ConstU32<MAX_OPEN>;
    type WeightInfo = ();
}

/// The members at the beginning of each test.
pub const MEMBERS: core::ops::RangeInclusive<MemberId> = 1..=20;
/// A number that no member has.
pub const NOBODY: MemberId = 99;
/// The seats of most tests.
pub const SEATS: [MemberId; 5] = [1, 2, 3, 4, 5];
/// How many of them have to approve.
pub const MAJORITY: u32 = 3;
/// A member without a seat.
pub const SEATLESS: MemberId = 6;

thread_local! {
    /// By member, how often its key was rotated.
    static KEYS: RefCell<BTreeMap<MemberId, u8>> = const { RefCell::new(BTreeMap::new()) };
}

/// Lets a member act with another key.
pub fn rotate(member: MemberId) {
    KEYS.with_borrow_mut(|keys| *keys.get_mut(&member).expect("a member") += 1);
}

/// The account of a key that a member has, had or will have.
pub fn key(member: MemberId, rotations: u8) -> AccountId32 {
    let mut bytes = [rotations; 32];
    bytes[..4].copy_from_slice(&member.to_le_bytes());
    AccountId32::new(bytes)
}

/// The account of a member's operator key; of somebody else, an account that is no member's.
pub fn account(member: MemberId) -> AccountId32 {
    key(
        member,
        KEYS.with_borrow(|keys| keys.get(&member).copied().unwrap_or_default()),
    )
}

/// The members, as the tests script them.
pub struct Script;

impl Directory for Script {
    fn agreement(_: AgreementId) -> Option<AgreementView> {
        None
    }
    fn agreements() -> Vec<AgreementId> {
        vec![]
    }
    fn terms_on(_: AgreementId, _: ProductId, _: BusinessDay) -> Option<(u16, Terms)> {
        None
    }
    fn terms(_: AgreementId, _: ProductId) -> Vec<Terms> {
        vec![]
    }
    fn account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }
    fn paying_account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }
    fn endpoint(_: MemberId) -> Option<Vec<u8>> {
        None
    }
    fn member_of(who: &AccountId32) -> Option<MemberId> {
        let members: Vec<_> = KEYS.with_borrow(|keys| keys.keys().copied().collect());
        members.into_iter().find(|member| account(*member) == *who)
    }
    fn operator(member: MemberId) -> Option<OperatorId> {
        let public = sr25519::Public::from_raw(account(member).into());
        KEYS.with_borrow(|keys| keys.contains_key(&member))
            .then(|| public.into())
    }
    fn acts_for(_: MemberId) -> bool {
        false
    }
    fn sign_payload(_: MemberId, _: &[u8]) -> Option<OperatorSignature> {
        None
    }
}

impl crate::benchmarking::BenchmarkHelper for Script {
    fn put_member(member: MemberId) -> AccountId32 {
        KEYS.with_borrow_mut(|keys| keys.insert(member, 0));
        operator_account(&Self::operator(member).expect("it was put there"))
    }
}

/// The genesis with these seats.
pub fn genesis(seats: &[MemberId], majority: u32) -> RuntimeGenesisConfig {
    RuntimeGenesisConfig {
        council: pallet_council::GenesisConfig {
            seats: seats.into(),
            majority,
            ..Default::default()
        },
        ..Default::default()
    }
}

/// A chain with these seats, in its first block.
pub fn externalities_of(seats: &[MemberId], majority: u32) -> sp_io::TestExternalities {
    MaxMotionWeight::set(MOTION_WEIGHT);
    KEYS.set(MEMBERS.map(|member| (member, 0)).collect());
    let storage = genesis(seats, majority)
        .build_storage()
        .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| System::set_block_number(1));
    ext
}

/// A chain with the seats of most tests.
pub fn externalities() -> sp_io::TestExternalities {
    externalities_of(&SEATS, MAJORITY)
}

/// Runs a test on a chain with these seats, and checks the state after it.
pub fn with_seats(seats: &[MemberId], majority: u32, test: impl FnOnce()) {
    externalities_of(seats, majority).execute_with(|| {
        test();
        Council::do_try_state().expect("the state holds");
    });
}

/// Runs a test on a chain with the seats of most tests, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    with_seats(&SEATS, MAJORITY, test);
}

/// The origin of a member's operator.
pub fn signed(member: MemberId) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(member))
}

/// The key under which [`set`] stores.
const STORED: &[u8] = b"set by the council";

/// A call that only root makes: it stores a number.
pub fn set(number: u8) -> RuntimeCall {
    frame_system::Call::set_storage {
        items: vec![(STORED.into(), vec![number])],
    }
    .into()
}

/// What [`set`] stored last.
pub fn stored() -> Option<u8> {
    sp_io::storage::get(STORED).map(|bytes| bytes[0])
}

/// A call that fails as root.
pub fn failing() -> RuntimeCall {
    frame_system::Call::remark_with_event { remark: vec![] }.into()
}

/// A call that sets the seats.
pub fn set_seats(seats: &[MemberId], majority: u32) -> RuntimeCall {
    Call::set_seats {
        seats: seats.into(),
        majority,
    }
    .into()
}

/// Hash and index of a motion.
pub type Named = (H256, u32);

/// The open motions.
pub fn motions() -> Vec<MotionView> {
    Council::view().motions
}

/// The open motion of this name.
pub fn motion((motion, index): Named) -> Option<MotionView> {
    motions()
        .into_iter()
        .find(|view| (view.motion, view.index) == (motion, index))
}

/// Proposes a call.
pub fn propose(seat: MemberId, call: RuntimeCall) -> DispatchResult {
    let result = Council::propose(signed(seat), Box::new(call));
    result.map(|_| ()).map_err(|error| error.error)
}

/// Proposes a call that has to wait for votes.
pub fn put_up(seat: MemberId, call: RuntimeCall) -> Named {
    propose(seat, call).expect("the seat may propose it");
    let view = motions().pop().expect("it is open");
    (view.motion, view.index)
}

/// Votes on a motion.
pub fn vote(seat: MemberId, (motion, index): Named, approve: bool) -> DispatchResult {
    Council::vote(signed(seat), motion, index, approve)
}

/// Lets these seats approve a motion.
pub fn approve(seats: &[MemberId], named: Named) {
    for seat in seats {
        vote(*seat, named, true).expect("the seat may vote");
    }
}

/// Closes a motion, with the bounds that the list of motions states.
pub fn close(seat: MemberId, named: Named) -> DispatchResult {
    let (weight, length) =
        motion(named).map_or((Weight::zero(), 0), |view| (view.weight, view.length));
    close_within(seat, named, weight, length)
}

/// Closes a motion, with these bounds.
pub fn close_within(
    seat: MemberId,
    (motion, index): Named,
    weight: Weight,
    length: u32,
) -> DispatchResult {
    let result = Council::close(signed(seat), motion, index, weight, length);
    result.map(|_| ()).map_err(|error| error.error)
}

/// Lets the time of all open motions pass.
pub fn pass() {
    System::set_block_number(System::block_number() + DURATION);
}

/// Whether a call is free for the operator of a member.
pub fn is_free(member: MemberId, call: Call<Test>) -> bool {
    RuntimeCall::from(call).is_feeless(&signed(member))
}

/// The call that proposes.
pub fn call_to_propose(call: RuntimeCall) -> Call<Test> {
    Call::propose {
        call: Box::new(call),
    }
}

/// The call that votes.
pub fn call_to_vote((motion, index): Named, approve: bool) -> Call<Test> {
    Call::vote {
        motion,
        index,
        approve,
    }
}

/// The call that closes, with wide bounds.
pub fn call_to_close((motion, index): Named) -> Call<Test> {
    Call::close {
        motion,
        index,
        weight_bound: Weight::MAX,
        length_bound: u32::MAX,
    }
}

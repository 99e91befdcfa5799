//! A chain with the registry, the trades and a clock.
//!
//! Agreement 1 is by UTC+1, takes trades until 00:30, and admits the clients [`CLIENT`] and
//! [`OTHER_CLIENT`]. Times are local: see [`at`].

mod agreed;
mod genesis;
mod refunds;

pub use agreed::*;
pub use genesis::*;
pub use refunds::*;

use crate::{self as pallet_trades, Error, Event, Refusal};
use codec::Decode;
use counterfoil_primitives::{
    day::{DAY, MINUTE},
    operator::OperatorPair,
    ports::{AssetDecimals, Directory},
    Amount, BusinessDay, Caps, Conditions, Currency, DebitRule, MemberId, Moment, ProductId,
    Reference, RefundFee, Role, Rounding, Rule, Sequence, Side, Terms, TimeOfDay, Trade,
    TradeRequest, UserId, UtcOffset,
};
use counterfoil_support::{operator_account, KeepSpent};
use frame_support::{
    derive_impl,
    dispatch::{DispatchResult, DispatchResultWithPostInfo},
    parameter_types,
    traits::{ConstU16, ConstU32},
    weights::constants::ParityDbWeight,
    BoundedVec,
};
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis, ProductGenesis};
use sp_core::{crypto::AccountId32, Pair, H256};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
    generic,
    traits::{BlakeTwo256, IdentityLookup},
    BuildStorage, MultiSignature,
};

pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const RECONCILER: MemberId = 4;
pub const OTHER_CLIENT: MemberId = 5;
/// A client that no agreement admits.
pub const STRANGER: MemberId = 6;

pub const AGREEMENT: u32 = 1;
/// The first day of the agreement.
pub const FIRST: BusinessDay = BusinessDay(20_000);
/// The day on which [`PRODUCT`] gets other terms.
pub const CHANGE: BusinessDay = BusinessDay(20_002);

/// The credit amount is 98.5 %, the debit amount the rest; from [`CHANGE`] on 97 %.
pub const PRODUCT: ProductId = 1;
/// The credit amount is 90 %, the debit amount 20 %.
pub const OWN_DEBIT: ProductId = 2;
/// Sold from [`CHANGE`] on.
pub const LATER_PRODUCT: ProductId = 3;
/// As [`PRODUCT`] on the first day, but the bank keeps its share of what is given back.
pub const FEE_KEPT: ProductId = 4;

/// Business days after a payment's until which a part of it may be given back.
pub const REFUND_DAYS: u16 = 4;

/// Minutes that the agreement lets a trade be late.
pub const MAX_LATE: u32 = 3 * 24 * 60;

pub type Header = generic::Header<u32, BlakeTwo256>;
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, ()>;
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
pub type Batch = BoundedVec<TradeRequest, MaxBatch>;

#[frame_support::runtime]
mod runtime {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask
    )]
    pub struct Test;

    #[runtime::pallet_index(0)]
    pub type System = frame_system::Pallet<Test>;
    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp::Pallet<Test>;
    #[runtime::pallet_index(2)]
    pub type Registry = pallet_registry::Pallet<Test>;
    #[runtime::pallet_index(3)]
    pub type Trades = pallet_trades::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type Block = Block;
    type DbWeight = ParityDbWeight;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

/// Every asset has two decimals.
pub struct TwoDecimals;

impl AssetDecimals for TwoDecimals {
    fn decimals(_: u32) -> Option<u8> {
        Some(2)
    }
}

impl pallet_registry::Config for Test {
    type AdminOrigin = frame_system::EnsureRoot<AccountId32>;
    type Decimals = TwoDecimals;
    type Posts = ();
    type UnixTime = Timestamp;
    type MinPresetGap = ConstU16<1>;
    type MaxClients = ConstU32<4>;
    type MaxVersions = ConstU32<8>;
    type WeightInfo = ();
}

parameter_types! {
    pub const MaxBatch: u32 = 1_000;
    pub static MaxRefunds: u32 = 250;
    pub static MaxPagesPerDay: u32 = 64;
    pub static ClockTolerance: Moment = TOLERANCE;
    /// Whether the call under way asked to be kept as spent.
    pub static KeptSpent: bool = false;
}

/// Notes that a call asked to be kept as spent.
pub struct Envelope;

impl KeepSpent for Envelope {
    fn keep_spent() {
        KeptSpent::set(true);
    }
}

/// How far a trade's time may lie ahead.
pub const TOLERANCE: Moment = MINUTE;

impl crate::Config for Test {
    type Directory = Registry;
    type Envelope = Envelope;
    type UnixTime = Timestamp;
    type MaxBatch = MaxBatch;
    type MaxRefunds = MaxRefunds;
    type ClockTolerance = ClockTolerance;
    type MaxPagesPerDay = MaxPagesPerDay;
    type WeightInfo = ();
}

/// An empty chain whose days and batches are as long as the benchmarks go, in a node with a keystore.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    MaxPagesPerDay::set(4_096);
    MaxRefunds::set(500);
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext
}

/// Runs `test` at noon of the first day, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    MaxPagesPerDay::set(64);
    ClockTolerance::set(TOLERANCE);
    MaxRefunds::set(250);
    let mut storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .unwrap();
    pallet_registry::GenesisConfig::<Test> {
        members: [CLIENT, COMPANY, BANK, RECONCILER, OTHER_CLIENT, STRANGER]
            .map(member)
            .into(),
        agreements: vec![AgreementGenesis {
            id: AGREEMENT,
            spec: agreement(),
        }],
        products: products(),
        ..Default::default()
    }
    .assimilate_storage(&mut storage)
    .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.execute_with(|| {
        System::set_block_number(1);
        set_time(at(0, 12, 0));
        test();
        check_state();
    });
}

/// The operator key of a member.
pub fn operator(member: MemberId) -> OperatorPair {
    OperatorPair::from_seed(&[member as u8; 32])
}

/// The member's operator account as a signed origin.
pub fn signed(member: MemberId) -> RuntimeOrigin {
    RuntimeOrigin::signed(operator_account(&operator(member).public()))
}

/// Checks everything that always holds.
pub fn check_state() {
    Trades::do_try_state().unwrap();
}

/// Ends the block, whose state must hold, and moves the time to the next one's.
pub fn set_time(moment: Moment) {
    check_state();
    pallet_timestamp::Now::<Test>::put(moment);
}

/// The local time `hour:minute` of the agreement's day `FIRST + day`.
pub fn at(day: u32, hour: u64, minute: u64) -> Moment {
    UtcOffset(60).start_of(BusinessDay(FIRST.0 + day)) + (hour * 60 + minute) * MINUTE
}

/// The agreement's day `FIRST + day`.
pub const fn day(day: u32) -> BusinessDay {
    BusinessDay(FIRST.0 + day)
}

/// A trade of `PRODUCT` for 100.00 at ten on the first day.
pub fn trade(sequence: Sequence) -> TradeRequest {
    priced(sequence, PRODUCT, 10_000, at(0, 10, 0))
}

/// A trade with the amounts that the terms of its day give; of an unknown product, with none.
pub fn priced(
    sequence: Sequence,
    product: ProductId,
    gross: Amount,
    occurred_at: Moment,
) -> TradeRequest {
    let agreement = Registry::agreement(AGREEMENT).unwrap();
    let terms = agreement
        .day_of(occurred_at)
        .and_then(|day| Registry::terms_on(AGREEMENT, product, day))
        .map(|(_, terms)| terms)
        .unwrap_or_default();
    let amounts = terms.amounts(gross);
    TradeRequest {
        sequence,
        reference: Reference(u128::from(sequence).to_be_bytes()),
        user: UserId::from_text("user").unwrap(),
        product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    }
}

/// Trades of these sequences.
pub fn trades(sequences: impl IntoIterator<Item = Sequence>) -> Vec<TradeRequest> {
    sequences.into_iter().map(trade).collect()
}

/// Records a batch of [`CLIENT`].
pub fn record(trades: Vec<TradeRequest>) {
    record_by(CLIENT, trades);
}

/// Records a batch of a client. A trade that comes alone may be refused.
pub fn record_by(client: MemberId, trades: Vec<TradeRequest>) {
    let alone = trades.len() == 1;
    let recorded = Trades::record(signed(client), AGREEMENT, batch(trades));
    assert!(recorded.is_ok() || alone, "{recorded:?}");
}

/// Records one trade of [`CLIENT`]. Returns why it was refused.
pub fn outcome(trade: TradeRequest) -> Result<(), Refusal> {
    why(Trades::record(
        signed(CLIENT),
        AGREEMENT,
        batch(vec![trade]),
    ))
}

/// Why a call of one trade was refused.
fn why(result: DispatchResultWithPostInfo) -> Result<(), Refusal> {
    let Err(failed) = result else {
        return Ok(());
    };
    let refusal = refusals().find(|refusal| failed.error == Error::<Test>::from(*refusal).into());
    Err(refusal.unwrap_or_else(|| panic!("no refusal: {failed:?}")))
}

/// All reasons for which a trade can be refused.
pub fn refusals() -> impl Iterator<Item = Refusal> {
    (0..=u8::MAX).filter_map(|index| Refusal::decode(&mut &[index][..]).ok())
}

/// What became of a call, without what it weighed.
pub fn without_weight(result: DispatchResultWithPostInfo) -> DispatchResult {
    result.map(|_| ()).map_err(|error| error.error)
}

/// A batch as the call takes it.
pub fn batch(trades: Vec<TradeRequest>) -> Batch {
    trades.try_into().unwrap()
}

/// The pallet's events since the last call.
pub fn events() -> Vec<Event<Test>> {
    let events = System::read_events_for_pallet::<Event<Test>>();
    System::reset_events();
    events
}

/// The ids' sequences of the trades of a day, by position.
pub fn sequences(day: BusinessDay) -> Vec<Sequence> {
    stored(day).iter().map(|trade| trade.id.sequence).collect()
}

/// The trades of a day, by position.
pub fn stored(day: BusinessDay) -> Vec<Trade> {
    (0..MaxPagesPerDay::get())
        .flat_map(|page| crate::Pages::<Test>::get((AGREEMENT, day, page)))
        .collect()
}

/// The page roots of a side of a day, from the trades themselves.
pub fn roots_from_scratch(day: BusinessDay, side: Side) -> Vec<H256> {
    let slots: Vec<_> = stored(day)
        .iter()
        .map(|trade| Some(trade.entry(side)))
        .collect();
    slots
        .chunks(256)
        .map(counterfoil_primitives::tree::slots_page_root)
        .collect()
}

/// How long a day is, for tests of moments.
pub const WHOLE_DAY: Moment = DAY;

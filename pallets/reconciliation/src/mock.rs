//! A runtime with the pallet alone. Trades, commitments and members lie in a [`MockWorld`] in memory,
//! and so do the parties' nodes: they answer over an HTTP that can fail in every way.

mod benchmarks;
mod node;
mod ports;
mod refunds;
mod submitted;

pub use benchmarks::for_benchmarks;
pub use node::Manner;
pub use refunds::put_refund;
pub use submitted::{apply, apply_submitted, submitted};

use crate as pallet_reconciliation;
use counterfoil_primitives::{
    align::Book,
    book_exchange::Request,
    commitment::Place,
    ports::{Commitments, DayTrades, Directory, OnReconciled, SealDay, SideView},
    refund::RefundedPayment,
    terms::Rule,
    tree::{self, PAGE_SIZE},
    AgreementId, AgreementView, Amount, BusinessDay, Caps, Commitment, Conditions, Currency,
    DayTotals, Kind, Link, MemberId, Moment, OperatorId, OperatorSignature, Original, ProductId,
    Reference, Relation, Replacement, Round, Rounding, Sequence, Side, SideId, SideTotals,
    SignedAmount, Terms, TimeOfDay, Trade, TradeId, UserId, UtcOffset,
};
use counterfoil_support::{create_unordered_transactions, testing::no_signature};
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU16, ConstU32, Time},
    weights::{
        constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MILLIS},
        Weight,
    },
};
use frame_system::limits::BlockWeights;
use sp_core::{crypto::AccountId32, sr25519, H256};
use sp_runtime::{generic, traits::BlakeTwo256, BuildStorage, MultiSignature, Perbill};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

pub const AGREEMENT: AgreementId = 1;
pub const DAY: BusinessDay = BusinessDay(20_000);
pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const RECONCILER: MemberId = 4;
/// A member that has nothing to do with the agreement.
pub const STRANGER: MemberId = 9;
pub const DEBIT: SideId = SideId::new(AGREEMENT, DAY, Side::Debit);
pub const CREDIT: SideId = SideId::new(AGREEMENT, DAY, Side::Credit);

pub type Extrinsic = generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, ()>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, Extrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Reconciliation: pallet_reconciliation,
    }
);

parameter_types! {
    /// As much as the real chain's blocks take: the largest reports fit into an eighth of one.
    pub Weights: BlockWeights = BlockWeights::with_sensible_defaults(
        Weight::from_parts(1_500 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX),
        Perbill::from_percent(90),
    );
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type BlockWeights = Weights;
    type DbWeight = ParityDbWeight;
    type AccountId = AccountId32;
    type Lookup = sp_runtime::traits::IdentityLookup<AccountId32>;
}

impl crate::Config for Test {
    type Directory = MockWorld;
    type Trades = MockWorld;
    type Books = MockWorld;
    type OnReconciled = MockWorld;
    type OnReconciledWeight = ();
    type UnixTime = MockWorld;
    type Seal = MockWorld;
    type SamplePages = ConstU32<2>;
    type LateProofDays = ConstU16<3>;
    type WeightInfo = ();
    type BenchmarkHelper = MockWorld;
}

create_unordered_transactions!(Test, RuntimeCall, Extrinsic, by_key);

/// A call without a nonce, where the node holds the member's key.
fn by_key(member: MemberId, call: RuntimeCall) -> Option<Extrinsic> {
    MockWorld::acts_for(member)
        .then(|| Extrinsic::new_signed(call, account(member), no_signature(), ()))
}

/// All that the pallet does not own.
#[derive(Clone)]
pub struct MockWorld {
    /// The time of the block.
    pub now: Moment,
    /// The time on the node's clock.
    pub clock: Moment,
    /// What the worker submitted, encoded.
    pub pool: Vec<Vec<u8>>,
    pub agreement: AgreementView,
    /// Days on which nobody has to act.
    pub closed: BTreeSet<BusinessDay>,
    pub terms: Vec<Terms>,
    pub trades: BTreeMap<BusinessDay, Vec<Trade>>,
    /// The links of trades whose amounts follow from a payment's, by day and position.
    pub links: BTreeMap<(BusinessDay, u32), Link>,
    pub sealed: BTreeSet<BusinessDay>,
    /// Page roots of a day that is too long to hold its trades.
    pub roots: Option<Vec<H256>>,
    pub commitments: BTreeMap<(SideId, Round), Commitment>,
    pub replacements: BTreeMap<(SideId, Round), Replacement>,
    /// What the parties' nodes serve.
    pub books: BTreeMap<SideId, Book>,
    pub manners: BTreeMap<MemberId, Manner>,
    pub endpoints: BTreeSet<MemberId>,
    /// Whose operator keys lie in the keystore.
    pub keys: BTreeSet<MemberId>,
    /// Requests that reached a node.
    pub asked: Vec<Request>,
    /// Seals that the worker submitted.
    pub seals: Vec<(AgreementId, BusinessDay, MemberId)>,
    /// What the settlement was told.
    pub reconciled: Vec<(AgreementId, BusinessDay, SignedAmount)>,
}

thread_local! {
    static WORLD: RefCell<MockWorld> = RefCell::new(MockWorld::new());
}

/// Reads or changes the world.
pub fn world<R>(with: impl FnOnce(&mut MockWorld) -> R) -> R {
    WORLD.with(|world| with(&mut world.borrow_mut()))
}

/// Lets the agreement end after [`DAY`], and close a number of days later.
pub fn close_after(days: u16) {
    world(|world| {
        let agreement = &mut world.agreement;
        agreement.end = Some(DAY.next());
        (agreement.refund_days, agreement.amend_days) = (days, 0);
    });
}

fn rate(rate_ppm: u32) -> Terms {
    Terms {
        credit: Rule {
            rate_ppm,
            rounding: Rounding::HalfUp,
            ..Default::default()
        },
        ..Default::default()
    }
}

impl MockWorld {
    fn new() -> Self {
        let conditions = Conditions {
            utc_offset: UtcOffset(0),
            cut_off: TimeOfDay(30),
            preset: TimeOfDay(60),
            ..Default::default()
        };
        let agreement = AgreementView {
            bank: BANK,
            company: COMPANY,
            reconcilers: vec![(BusinessDay(0), RECONCILER)],
            clients: vec![CLIENT],
            suspended: vec![],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            first_day: DAY,
            end: None,
            caps: Caps {
                pages: 4,
                extras: 600,
            },
            max_gross: None,
            deadline_minutes: 720,
            max_late_minutes: 0,
            refund_days: 180,
            amend_days: 365,
            answer_days: 10,
            conditions: vec![(BusinessDay(0), conditions)],
        };
        Self {
            now: 0,
            clock: 0,
            pool: Vec::new(),
            agreement,
            closed: BTreeSet::new(),
            terms: vec![rate(10_000), rate(25_000)],
            trades: BTreeMap::new(),
            links: BTreeMap::new(),
            sealed: BTreeSet::new(),
            roots: None,
            commitments: BTreeMap::new(),
            replacements: BTreeMap::new(),
            books: BTreeMap::new(),
            manners: BTreeMap::new(),
            endpoints: [COMPANY, BANK].into(),
            keys: [RECONCILER].into(),
            asked: Vec::new(),
            seals: Vec::new(),
            reconciled: Vec::new(),
        }
    }
}

/// The `sequence`-th trade: gross 123,456.00, credit 2.5 % of it.
pub fn trade(sequence: Sequence) -> Trade {
    let gross = 12_345_600;
    let amounts = rate(25_000).amounts(gross);
    Trade {
        id: TradeId {
            client: CLIENT,
            sequence,
        },
        kind: Kind::Payment,
        reference: Reference((sequence as u128 + 1).to_le_bytes()),
        user: UserId((sequence as u128 % 7 + 1).to_le_bytes()),
        product: 1,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: u64::from(DAY.0) * 86_400_000 + sequence,
        terms_version: 1,
    }
}

/// The book that equals the chain's record of a side.
pub fn chain_book(side_id: SideId) -> Book {
    let trades = world(|world| world.trades.get(&side_id.day).cloned().unwrap_or_default());
    Book {
        slots: trades
            .iter()
            .map(|trade| Some(trade.entry(side_id.side)))
            .collect(),
        extras: Vec::new(),
    }
}

pub fn commitment_of(side_id: SideId, book: &Book) -> Commitment {
    Commitment::of_book(&MockWorld::place(side_id), &book.slots, &book.extras)
}

/// The party of a side serves `book`, and commits to it in the current round.
pub fn commit(side_id: SideId, book: &Book) {
    let commitment = commitment_of(side_id, book);
    put_commitment(side_id, commitment);
    world(|world| world.books.insert(side_id, book.clone()));
}

/// A commitment of the current round.
pub fn put_commitment(side_id: SideId, commitment: Commitment) {
    let round = Reconciliation::round(side_id);
    world(|world| world.commitments.insert((side_id, round), commitment));
}

/// What the party of a side committed to in the current round.
pub fn committed(side_id: SideId) -> Option<Commitment> {
    MockWorld::commitment(side_id, Reconciliation::round(side_id))
}

/// Makes the total of payments of a side's commitment false by so much.
pub fn falsify_total(side_id: SideId, by: Amount) {
    falsify_totals(side_id, |totals| totals.payments += by);
}

/// Changes the totals of a side's commitment.
pub fn falsify_totals(side_id: SideId, change: impl FnOnce(&mut SideTotals)) {
    let mut commitment = committed(side_id).expect("the side has committed");
    change(&mut commitment.totals);
    put_commitment(side_id, commitment);
}

pub fn preset() -> Moment {
    world(|world| world.agreement.preset_of(DAY)).unwrap()
}

pub fn deadline() -> Moment {
    world(|world| world.agreement.deadline_of(DAY)).unwrap()
}

/// The moment from which on a side of the day is not proven late any more.
pub fn late_until() -> Moment {
    let deadline = deadline();
    world(|world| world.agreement.late_until(DAY, 3, deadline)).unwrap()
}

/// Ends the block, whose state must hold, and moves the time to the next one's.
pub fn set_block_time(now: Moment) {
    check_state();
    world(|world| world.now = now);
}

/// Checks everything that always holds.
pub fn check_state() {
    Reconciliation::do_try_state().unwrap();
}

/// The account of a member's operator.
fn account(member: MemberId) -> AccountId32 {
    AccountId32::new([member as u8; 32])
}

/// Stands for the operator's signature.
fn signature(payload: &[u8]) -> OperatorSignature {
    let mut raw = [0; 64];
    raw[..32].copy_from_slice(&sp_io::hashing::blake2_256(payload));
    sr25519::Signature::from_raw(raw).into()
}

pub fn signed(member: MemberId) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(member))
}

/// Starts with an open day that has `trades` trades and is not sealed, runs `test`, and checks
/// what always holds.
pub fn build_and_execute(trades: u64, test: impl FnOnce()) {
    world(|world| {
        *world = MockWorld::new();
        world.trades.insert(DAY, (0..trades).map(trade).collect());
    });
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    node::register(&mut ext);
    ext.execute_with(|| {
        System::set_block_number(1);
        test();
        check_state();
    });
}

/// As [`build_and_execute`], at the preset time of the sealed day.
pub fn at_preset(trades: u64, test: impl FnOnce()) {
    build_and_execute(trades, || {
        world(|world| world.sealed.insert(DAY));
        set_block_time(preset());
        set_clock(preset() + crate::worker::timer::BLOCK_LAG);
        test();
    });
}

/// Sets the node's clock.
pub fn set_clock(now: Moment) {
    world(|world| world.clock = now);
}

/// The pallet's events so far.
pub fn events() -> Vec<crate::Event<Test>> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Reconciliation(event) => Some(event),
            _ => None,
        })
        .collect()
}

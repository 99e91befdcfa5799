//! A runtime with the pallet alone. Its ports answer from a chain state that the tests script.

mod applied;
mod benchmarks;
mod made;
mod scripted_ports;

use crate as pallet_books;
use codec::{Decode, Encode};
use counterfoil_primitives::{
    book_storage::{BookState, ImportState, Item, IMPORT_PAGE},
    commitment::Place,
    day::{DAY, MINUTE},
    ports::{self, CommitRefused, DayTrades},
    refund::RefundedPayment,
    summary::SideStatus,
    tree, AgreementId, AgreementView, Amount, BusinessDay, Caps, Cause, Commitment, Conditions,
    Currency, DayTotals, Entry, Kind, LedgerEntry, Link, MemberId, Moment, OperatorId,
    OperatorSignature, Original, ProductId, Reference, Relation, Round, Sequence, Side, SideId,
    SignedAmount, Source, Terms, TimeOfDay, Trade, TradeId, UserId, UtcOffset, MAX_ROUNDS,
};
use counterfoil_support::{
    create_unordered_transactions, testing::no_signature, ValidateUnordered,
};
use frame_support::{
    derive_impl,
    traits::{Time, UnfilteredDispatchable},
};
use parking_lot::RwLock;
use sp_core::{
    crypto::AccountId32,
    offchain::{
        testing::{OffchainState, PoolState, TestOffchainExt, TestTransactionPoolExt},
        DbExternalities, OffchainDbExt, OffchainWorkerExt, StorageKind, Timestamp,
        TransactionPoolExt,
    },
    H256,
};
use sp_runtime::{
    generic::Preamble,
    traits::IdentityLookup,
    transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
    BuildStorage, MultiSignature,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use crate::worker::database::StoredBook;
pub use applied::{apply, check_storage, confirm, run_worker_and_apply};
pub use benchmarks::for_benchmarks;
pub use made::*;

pub type Extrinsic = frame_system::mocking::MockUncheckedExtrinsic<Test, MultiSignature>;
type Block = frame_system::mocking::MockBlock<Test, MultiSignature>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Books: pallet_books,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
}

create_unordered_transactions!(Test, RuntimeCall, Extrinsic, by_key);

/// A call without a nonce, where the node holds the member's key.
fn by_key(member: MemberId, call: RuntimeCall) -> Option<Extrinsic> {
    use ports::Directory;
    MockPorts::acts_for(member)
        .then(|| Extrinsic::new_signed(call, operator(member), no_signature(), ()))
}

impl pallet_books::Config for Test {
    type Directory = MockPorts;
    type Trades = MockPorts;
    type Sides = MockPorts;
    type Repair = MockPorts;
    type Obligations = MockPorts;
    type UnixTime = MockPorts;
    type WeightInfo = ();
    type BenchmarkHelper = MockPorts;
}

pub const AGREEMENT: AgreementId = 7;
pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
/// The agreement's first day.
pub const DAY_ONE: BusinessDay = BusinessDay(100);
pub const PRODUCT: ProductId = 5;

/// The side that most tests look at, and its book.
pub const BANK_SIDE: SideId = SideId::new(AGREEMENT, DAY_ONE, Side::Credit);
pub const BANK_BOOK: StoredBook = StoredBook(BANK_SIDE);
pub const COMPANY_SIDE: SideId = SideId::new(AGREEMENT, DAY_ONE, Side::Debit);
pub const COMPANY_BOOK: StoredBook = StoredBook(COMPANY_SIDE);

/// A party's word that it repaired the book of a side, with the commitment to the repaired book.
pub type Confirmation = (MemberId, SideId, Commitment);

/// What the mock chain holds.
pub struct MockChain {
    pub trades: BTreeMap<BusinessDay, Vec<Trade>>,
    /// The payments of refunds, by the refund's place.
    pub links: BTreeMap<(BusinessDay, u32), Link>,
    pub sealed: BTreeSet<BusinessDay>,
    pub statuses: BTreeMap<SideId, SideStatus>,
    /// A side that is not in it is in round 0.
    pub rounds: BTreeMap<SideId, Round>,
    /// Sides whose deadline has passed.
    pub closed: BTreeSet<SideId>,
    pub before_preset: bool,
    /// Sides that were marked defaulted, also where they were proven or repaired since.
    pub defaulted: BTreeSet<SideId>,
    /// Sides that defaulted and may be proven late.
    pub late: BTreeSet<SideId>,
    /// What the worker has submitted through the port, whether the pool took it or not.
    pub confirmations: Vec<Confirmation>,
    /// Whether the pool refuses what comes through the port.
    pub refuses_confirmations: bool,
    pub extra_breaks: Vec<(Entry, Cause)>,
    /// What is owed for reconciled days, and whether it is paid.
    pub obligations: BTreeMap<BusinessDay, (SignedAmount, bool)>,
    pub keys: BTreeSet<MemberId>,
    pub sources: (Source, Source),
    pub end: Option<BusinessDay>,
    pub now: Moment,
}

impl Default for MockChain {
    fn default() -> Self {
        Self {
            trades: Default::default(),
            links: Default::default(),
            sealed: Default::default(),
            statuses: Default::default(),
            rounds: Default::default(),
            closed: Default::default(),
            before_preset: false,
            defaulted: Default::default(),
            late: Default::default(),
            confirmations: Default::default(),
            refuses_confirmations: false,
            extra_breaks: Default::default(),
            obligations: Default::default(),
            keys: [BANK].into(),
            sources: Default::default(),
            end: None,
            now: u64::from(DAY_ONE.0) * DAY + 600 * MINUTE,
        }
    }
}

/// What was read since the counters were taken last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// How often the chain was asked how far a side is.
    pub sides: usize,
    /// How often the chain was asked whether a day is paid.
    pub obligations: usize,
    /// Pages of the chain, of trades and of refunds.
    pub pages: usize,
    /// Bytes out of the node's database.
    pub bytes: usize,
}

/// What is done when a page of the chain is read.
type Hook = Box<dyn FnOnce()>;

thread_local! {
    static READS: RefCell<Reads> = RefCell::default();
    static HOOK: RefCell<Option<(usize, Hook)>> = const { RefCell::new(None) };
    static CHAIN: RefCell<MockChain> = RefCell::default();
    static NODE: RefCell<Option<Node>> = const { RefCell::new(None) };
}

/// The node around the runtime.
struct Node {
    offchain: Arc<RwLock<OffchainState>>,
    pool: Arc<RwLock<PoolState>>,
}

/// Changes the mock chain.
pub fn chain<R>(change: impl FnOnce(&mut MockChain) -> R) -> R {
    CHAIN.with_borrow_mut(change)
}

/// What was read since this was called last.
pub fn take_reads() -> Reads {
    READS.take()
}

/// Does `hook` once, when a number of further pages of the chain has been read.
pub fn on_chain_read(pages: usize, hook: impl FnOnce() + 'static) {
    HOOK.set(Some((pages, Box::new(hook))));
}

fn count_a_page() {
    READS.with_borrow_mut(|reads| reads.pages += 1);
    let due = HOOK.with_borrow_mut(|hook| match hook {
        Some((0, _)) => hook.take(),
        Some((left, _)) => {
            *left -= 1;
            None
        }
        None => None,
    });
    if let Some((_, hook)) = due {
        hook();
    }
}

/// The node's database, which counts what is read.
#[derive(Clone)]
struct CountingDb(TestOffchainExt);

impl DbExternalities for CountingDb {
    fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
        self.0.local_storage_set(kind, key, value);
    }
    fn local_storage_clear(&mut self, kind: StorageKind, key: &[u8]) {
        self.0.local_storage_clear(kind, key);
    }
    fn local_storage_compare_and_set(
        &mut self,
        kind: StorageKind,
        key: &[u8],
        old: Option<&[u8]>,
        new: &[u8],
    ) -> bool {
        self.0.local_storage_compare_and_set(kind, key, old, new)
    }
    fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.0.local_storage_get(kind, key);
        READS.with_borrow_mut(|reads| reads.bytes += value.as_ref().map_or(0, Vec::len));
        value
    }
}

/// All ports at once.
pub struct MockPorts;

/// The account of a member's operator key.
pub fn operator(member: MemberId) -> AccountId32 {
    AccountId32::new([member as u8; 32])
}

/// Runs the worker on a block.
pub fn run_worker() {
    use frame_support::traits::Hooks;
    let block = System::block_number() + 1;
    System::set_block_number(block);
    Books::offchain_worker(block);
}

/// Lets time pass for the block's clock and the node's.
pub fn pass(millis: Moment) {
    chain(|chain| chain.now += millis);
    let offchain = NODE.with_borrow(|node| node.as_ref().expect("a test runs").offchain.clone());
    let mut state = offchain.write();
    state.timestamp = Timestamp::from_unix_millis(state.timestamp.unix_millis() + millis);
}

/// Sets the node's clock alone.
pub fn set_clock(now: Moment) {
    let offchain = NODE.with_borrow(|node| node.as_ref().expect("a test runs").offchain.clone());
    offchain.write().timestamp = Timestamp::from_unix_millis(now);
}

/// Sets what the node takes for randomness.
pub fn set_seed(seed: u8) {
    let offchain = NODE.with_borrow(|node| node.as_ref().expect("a test runs").offchain.clone());
    offchain.write().seed = [seed; 32];
}

/// What the worker has sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// A call of this pallet, and the member that signed it.
    Call(MemberId, crate::Call<Test>),
    /// A confirmation of a repair.
    Confirmation(Confirmation),
}

/// Takes all that the worker has sent.
pub fn sent() -> Vec<Sent> {
    let calls = transactions()
        .into_iter()
        .map(|(member, call)| Sent::Call(member, call));
    let confirmations = confirmations().into_iter().map(Sent::Confirmation);
    calls.chain(confirmations).collect()
}

/// Takes the confirmations of repairs that the worker has sent.
pub fn confirmations() -> Vec<Confirmation> {
    chain(|chain| std::mem::take(&mut chain.confirmations))
}

/// Takes the calls that the worker has sent to the pool, each with the member that signed it.
pub fn transactions() -> Vec<(MemberId, crate::Call<Test>)> {
    use ports::Directory;
    let pool = NODE.with_borrow(|node| node.as_ref().expect("a test runs").pool.clone());
    let transactions = std::mem::take(&mut pool.write().transactions);
    transactions
        .iter()
        .map(|bytes| {
            let sent = Extrinsic::decode(&mut &bytes[..]).expect("the worker encodes it");
            let Preamble::Signed(account, ..) = sent.preamble else {
                panic!("the worker signs what it sends");
            };
            let member = MockPorts::member_of(&account).expect("a member signed");
            let RuntimeCall::Books(call) = sent.function else {
                panic!("the worker sends calls of this pallet");
            };
            (member, call)
        })
        .collect()
}

/// The state of the bank's book.
pub fn bank_state() -> BookState {
    BANK_BOOK.state().expect("the book has a state")
}

/// All slots of a book, as they are stored.
pub fn slots(book: StoredBook) -> Vec<Option<Entry>> {
    let pages = tree::page_count(book.state().expect("the book has a state").slots);
    (0..pages)
        .flat_map(|page| book.slots(page).expect("the page is stored"))
        .collect()
}

/// Runs a test on a new chain and a new node, and checks the storage afterwards.
pub fn build_and_execute<R>(test: impl FnOnce() -> R) -> R {
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .expect("the genesis is sound");
    let mut ext = sp_io::TestExternalities::new(storage);
    let (offchain, offchain_state) = TestOffchainExt::new();
    let (pool, pool_state) = TestTransactionPoolExt::new();
    ext.register_extension(OffchainDbExt::new(CountingDb(offchain.clone())));
    ext.register_extension(OffchainWorkerExt::new(offchain));
    ext.register_extension(TransactionPoolExt::new(pool));
    CHAIN.with_borrow_mut(|chain| *chain = MockChain::default());
    READS.take();
    HOOK.take();
    NODE.with_borrow_mut(|node| {
        *node = Some(Node {
            offchain: offchain_state,
            pool: pool_state,
        })
    });
    ext.execute_with(|| {
        System::set_block_number(1);
        let outcome = test();
        check_storage();
        outcome
    })
}

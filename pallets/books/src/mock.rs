//! A runtime with the pallet alone. Its ports answer from a chain state that the tests script.

use crate as pallet_books;
use codec::{Decode, Encode};
use counterfoil_primitives::{
    align::LedgerEntry,
    commitment::Place,
    day::{DAY, MINUTE},
    ports::{self, DayLedger},
    store::{import_hash, BookState, ImportState, Item, IMPORT_PAGE},
    summary::SideStatus,
    tree, AgreementId, AgreementView, Amount, BusinessDay, Caps, Cause, Commitment, Conditions,
    Currency, DayTotals, Entry, MemberId, Moment, OperatorId, OperatorSignature, ProductId,
    Reference, Sequence, Side, Source, Terms, TimeOfDay, Trade, TradeId, UserId, UtcOffset,
};
use counterfoil_support::{CreateUnorderedTransaction, ValidateUnordered};
use frame_support::{
    derive_impl,
    traits::{Time, UnfilteredDispatchable},
};
use frame_system::offchain::CreateTransactionBase;
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
    BuildStorage, DispatchError, MultiSignature,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use crate::worker::database::BookId;

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

impl<C> CreateTransactionBase<C> for Test
where
    RuntimeCall: From<C>,
{
    type Extrinsic = Extrinsic;
    type RuntimeCall = RuntimeCall;
}

impl<C> CreateUnorderedTransaction<C> for Test
where
    RuntimeCall: From<C>,
{
    fn create_unordered_transaction(member: MemberId, call: RuntimeCall) -> Option<Extrinsic> {
        use ports::Directory;
        // What a signature covers is the envelope's to test.
        let signature = sp_core::sr25519::Signature::from_raw([0; 64]);
        Script::acts_for(member)
            .then(|| Extrinsic::new_signed(call, operator(member), signature.into(), ()))
    }
}

impl pallet_books::Config for Test {
    type Directory = Script;
    type Ledger = Script;
    type Sides = Script;
    type Payables = Script;
    type UnixTime = Script;
    type WeightInfo = ();
    type BenchmarkHelper = Script;
}

pub const AGREEMENT: AgreementId = 7;
pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
/// The agreement's first day.
pub const DAY_ONE: BusinessDay = BusinessDay(100);
pub const PRODUCT: ProductId = 5;

/// The book that most tests look at.
pub const BANK_BOOK: BookId = BookId {
    agreement: AGREEMENT,
    day: DAY_ONE,
    side: Side::Credit,
};
pub const COMPANY_BOOK: BookId = BookId {
    side: Side::Debit,
    ..BANK_BOOK
};

/// What the mock chain holds.
pub struct Chain {
    pub trades: BTreeMap<BusinessDay, Vec<Trade>>,
    pub sealed: BTreeSet<BusinessDay>,
    pub statuses: BTreeMap<(BusinessDay, Side), SideStatus>,
    pub closed: BTreeSet<(BusinessDay, Side)>,
    pub extra_breaks: Vec<(Entry, Cause)>,
    pub payables: BTreeMap<BusinessDay, (Amount, bool)>,
    pub keys: BTreeSet<MemberId>,
    pub sources: (Source, Source),
    pub end: Option<BusinessDay>,
    pub now: Moment,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            trades: Default::default(),
            sealed: Default::default(),
            statuses: Default::default(),
            closed: Default::default(),
            extra_breaks: Default::default(),
            payables: Default::default(),
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
    pub payables: usize,
    /// Pages of the chain.
    pub pages: usize,
    /// Bytes out of the node's database.
    pub bytes: usize,
}

/// What is done when a page of the chain is read.
type Hook = Box<dyn FnOnce()>;

thread_local! {
    static READS: RefCell<Reads> = RefCell::default();
    static HOOK: RefCell<Option<(usize, Hook)>> = const { RefCell::new(None) };
    static CHAIN: RefCell<Chain> = RefCell::default();
    static NODE: RefCell<Option<Node>> = const { RefCell::new(None) };
}

/// The node around the runtime.
struct Node {
    offchain: Arc<RwLock<OffchainState>>,
    pool: Arc<RwLock<PoolState>>,
}

/// Changes the mock chain.
pub fn chain<R>(change: impl FnOnce(&mut Chain) -> R) -> R {
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
pub struct Script;

impl Time for Script {
    type Moment = Moment;
    fn now() -> Moment {
        chain(|chain| chain.now)
    }
}

impl ports::Directory for Script {
    fn agreement(id: AgreementId) -> Option<AgreementView> {
        let (debit_source, credit_source) = chain(|chain| chain.sources);
        (id == AGREEMENT).then(|| AgreementView {
            bank: BANK,
            company: COMPANY,
            reconcilers: vec![(DAY_ONE, 4)],
            clients: vec![CLIENT],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            asset: 1,
            first_day: DAY_ONE,
            end: chain(|chain| chain.end),
            caps: Caps {
                pages: 64,
                extras: 4096,
            },
            deadline_minutes: 720,
            max_late_minutes: 720,
            conditions: vec![(
                DAY_ONE,
                Conditions {
                    utc_offset: UtcOffset(0),
                    cut_off: TimeOfDay(30),
                    preset: TimeOfDay(60),
                    debit_source,
                    credit_source,
                },
            )],
        })
    }
    fn agreements() -> Vec<AgreementId> {
        vec![AGREEMENT]
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
    fn endpoint(_: MemberId) -> Option<Vec<u8>> {
        None
    }
    fn member_of(account: &AccountId32) -> Option<MemberId> {
        (1..=4).find(|member| operator(*member) == *account)
    }
    fn operator(member: MemberId) -> Option<OperatorId> {
        let public = sp_core::sr25519::Public::from_raw([member as u8; 32]);
        (1..=4).contains(&member).then(|| public.into())
    }
    fn acts_for(member: MemberId) -> bool {
        chain(|chain| chain.keys.contains(&member))
    }
    fn sign_payload(_: MemberId, _: &[u8]) -> Option<OperatorSignature> {
        None
    }
}

/// The account of a member's operator key.
pub fn operator(member: MemberId) -> AccountId32 {
    AccountId32::new([member as u8; 32])
}

impl DayLedger for Script {
    fn totals(_: AgreementId, day: BusinessDay) -> DayTotals {
        chain(|chain| {
            let trades = chain.trades.entry(day).or_default();
            DayTotals {
                count: trades.len() as u32,
                gross: trades.iter().map(|trade| trade.gross).sum(),
                debit: trades.iter().map(|trade| trade.debit).sum(),
                credit: trades.iter().map(|trade| trade.credit).sum(),
            }
        })
    }
    fn is_sealed(_: AgreementId, day: BusinessDay) -> bool {
        chain(|chain| chain.sealed.contains(&day))
    }
    fn page(_: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
        count_a_page();
        chain(|chain| {
            let trades = chain.trades.entry(day).or_default();
            let page = trades.chunks(tree::PAGE_SIZE as usize).nth(page as usize);
            page.unwrap_or_default().to_vec()
        })
    }
    fn page_roots(_: AgreementId, day: BusinessDay, side: Side) -> Vec<H256> {
        chain_slots(day, side)
            .chunks(tree::PAGE_SIZE as usize)
            .map(tree::slots_page_root)
            .collect()
    }
    fn chain_commitment(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Option<Commitment> {
        Self::is_sealed(agreement, day).then(|| {
            let place = Self::place(agreement, day, side);
            Commitment::of_book(&place, &chain_slots(day, side), &[])
        })
    }
    fn place(agreement: AgreementId, day: BusinessDay, side: Side) -> Place {
        Place {
            genesis: H256::repeat_byte(9),
            agreement,
            day,
            side,
        }
    }
    fn is_used(_: MemberId, _: Sequence) -> Option<bool> {
        None
    }
}

impl ports::SideView for Script {
    fn side_status(agreement: AgreementId, day: BusinessDay, side: Side) -> SideStatus {
        READS.with_borrow_mut(|reads| reads.sides += 1);
        let committed = crate::Commitments::<Test>::contains_key((agreement, day, side));
        let scripted = chain(|chain| chain.statuses.get(&(day, side)).copied());
        match scripted {
            Some(status) => status,
            None if committed => SideStatus::Committed,
            None => SideStatus::Awaited,
        }
    }
    fn may_commit(_: AgreementId, day: BusinessDay, side: Side) -> bool {
        chain(|chain| !chain.closed.contains(&(day, side)))
    }
    fn extra_breaks(_: AgreementId, _: BusinessDay, _: Side) -> Vec<(Entry, Cause)> {
        chain(|chain| chain.extra_breaks.clone())
    }
    fn on_repaired(_: AgreementId, day: BusinessDay, side: Side) -> Result<(), DispatchError> {
        chain(|chain| match chain.statuses.get_mut(&(day, side)) {
            Some(status) => {
                if let SideStatus::Proven { breaks } = *status {
                    *status = SideStatus::Repaired { breaks };
                }
                Ok(())
            }
            None => Err(DispatchError::Other("not proven")),
        })
    }
}

impl ports::Payables for Script {
    fn payable(_: AgreementId, day: BusinessDay) -> Option<Amount> {
        chain(|chain| chain.payables.get(&day).map(|(amount, _)| *amount))
    }
    fn is_settled(_: AgreementId, day: BusinessDay) -> bool {
        READS.with_borrow_mut(|reads| reads.payables += 1);
        chain(|chain| chain.payables.get(&day).is_some_and(|(_, paid)| *paid))
    }
}

/// The chain's own book of a side.
pub fn chain_slots(day: BusinessDay, side: Side) -> Vec<Option<Entry>> {
    chain(|chain| {
        let trades = chain.trades.entry(day).or_default();
        trades.iter().map(|trade| Some(trade.entry(side))).collect()
    })
}

/// The chain's own commitment to the bank's book.
pub fn chain_commitment(book: BookId) -> Commitment {
    Script::chain_commitment(book.agreement, book.day, book.side).expect("the day is sealed")
}

/// The trade with `sequence`.
pub fn trade(sequence: Sequence) -> Trade {
    Trade {
        id: TradeId {
            client: CLIENT,
            sequence,
        },
        reference: reference(sequence),
        user: UserId([1; 16]),
        product: PRODUCT,
        gross: 1_000,
        debit: 900 + u128::from(sequence % 10),
        credit: 100 - u128::from(sequence % 10),
        occurred_at: u64::from(DAY_ONE.0) * DAY + sequence,
        terms_version: 0,
    }
}

/// The reference of the trade with `sequence`.
pub fn reference(sequence: Sequence) -> Reference {
    Reference(sp_io::hashing::blake2_128(&sequence.encode()))
}

/// Records a number of further trades of the first day.
pub fn record(count: u64) {
    chain(|chain| {
        let trades = chain.trades.entry(DAY_ONE).or_default();
        let first = trades.len() as u64;
        trades.extend((first..first + count).map(trade));
    });
}

/// Seals the first day.
pub fn seal() {
    chain(|chain| chain.sealed.insert(DAY_ONE));
}

/// Sets the state of a side, as the reconciliation would.
pub fn set_status(book: BookId, status: SideStatus) {
    chain(|chain| chain.statuses.insert((book.day, book.side), status));
}

/// Makes the bank's book its ledger.
pub fn bank_keeps_a_ledger() {
    chain(|chain| chain.sources.1 = Source::Ledger);
}

/// The line that a true ledger of the bank has for the trade with `sequence`.
pub fn line(sequence: Sequence) -> LedgerEntry {
    let entry = trade(sequence).entry(Side::Credit);
    LedgerEntry {
        id: Some(entry.id),
        reference: entry.reference,
        user: entry.user,
        product: entry.product,
        amount: entry.amount,
        occurred_at: entry.occurred_at,
    }
}

/// Imports a ledger of the bank, as the node's RPC does, and confirms it if asked to.
pub fn import(generation: u32, lines: &[LedgerEntry], confirmed: bool) {
    for (page, lines) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
        let page = page as u32;
        BANK_BOOK.write(Item::ImportPage { generation, page }, &lines.to_vec());
    }
    let state = ImportState {
        generation,
        lines: lines.len() as u32,
        hash: import_hash(lines),
        confirmed,
    };
    BANK_BOOK.write(Item::Import, &state);
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

/// Takes the calls that the worker has sent to the pool.
pub fn sent() -> Vec<RuntimeCall> {
    transactions()
        .into_iter()
        .map(|(_, call)| call.into())
        .collect()
}

/// Takes what the worker has sent to the pool, each with the member that signed it.
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
            let member = Script::member_of(&account).expect("a member signed");
            let RuntimeCall::Books(call) = sent.function else {
                panic!("the worker sends calls of this pallet");
            };
            (member, call)
        })
        .collect()
}

/// What pool and block do with a member's call without a nonce.
pub fn apply(
    member: MemberId,
    call: crate::Call<Test>,
) -> Result<ValidTransaction, TransactionValidityError> {
    let validity = call.validate_unordered(member, TransactionSource::External)?;
    call.dispatch_bypass_filter(RuntimeOrigin::signed(operator(member)))
        .expect("a valid call of a party is applied");
    Ok(validity)
}

/// Runs the worker and applies all that it sends.
pub fn run_worker_and_apply() {
    run_worker();
    for (member, call) in transactions() {
        apply(member, call).expect("the worker sends what is valid");
    }
}

/// The state of the bank's book.
pub fn bank_state() -> BookState {
    BANK_BOOK.state().expect("the book has a state")
}

/// All slots of a book, as they are stored.
pub fn slots(book: BookId) -> Vec<Option<Entry>> {
    let pages = tree::page_count(book.state().expect("the book has a state").slots);
    (0..pages)
        .flat_map(|page| book.slots(page).expect("the page is stored"))
        .collect()
}

impl crate::benchmarking::BenchmarkHelper for Script {
    fn put_sealed_day() -> (crate::benchmarking::Place, MemberId) {
        chain(|chain| {
            *chain = Chain::default();
            chain.sealed.insert(DAY_ONE);
        });
        ((AGREEMENT, DAY_ONE, Side::Credit), BANK)
    }

    fn prove((_, day, side): crate::benchmarking::Place) {
        let proven = SideStatus::Proven { breaks: 1 };
        chain(|chain| chain.statuses.insert((day, side), proven));
    }
}

/// A new chain, without a node.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default();
    sp_io::TestExternalities::new(storage.build_storage().expect("the genesis is sound"))
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
    CHAIN.with_borrow_mut(|chain| *chain = Chain::default());
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
        Books::do_try_state().expect("the storage holds what it must");
        outcome
    })
}

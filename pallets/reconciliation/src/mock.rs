//! A runtime with the pallet alone. Trades, commitments and members lie in a [`World`] in memory,
//! and so do the parties' nodes: they answer over an HTTP that can fail in every way.

mod benchmarks;
mod node;

pub use benchmarks::for_benchmarks;
pub use node::Manner;

use crate::{self as pallet_reconciliation, SealDay, SideKey};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    align::Book,
    commitment::Place,
    fetch::Request,
    operator::signing_payload,
    ports::{Commitments, DayLedger, Directory, OnReconciled},
    terms::Rule,
    tree::{self, PAGE_SIZE},
    AgreementId, AgreementView, Amount, BusinessDay, Caps, Commitment, Conditions, Currency,
    DayTotals, MemberId, Moment, OperatorAuth, OperatorSignature, ProductId, Reference, Rounding,
    Sequence, Side, Terms, TimeOfDay, Trade, TradeId, UserId, UtcOffset,
};
use frame_support::{
    derive_impl,
    traits::{Authorize, ConstU32, Time},
};
use frame_system::RawOrigin;
use sp_core::{crypto::AccountId32, sr25519, H256};
use sp_runtime::{
    generic,
    traits::{BlakeTwo256, Dispatchable},
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    BuildStorage, MultiSignature,
};
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
pub const DEBIT: SideKey = (AGREEMENT, DAY, Side::Debit);
pub const CREDIT: SideKey = (AGREEMENT, DAY, Side::Credit);

pub type TxExtension = (frame_system::AuthorizeCall<Test>,);
pub type Extrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, Extrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Reconciliation: pallet_reconciliation,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = sp_runtime::traits::IdentityLookup<AccountId32>;
}

impl crate::Config for Test {
    type Directory = World;
    type Ledger = World;
    type Books = World;
    type OnReconciled = World;
    type UnixTime = World;
    type Seal = World;
    type SamplePages = ConstU32<2>;
    type WeightInfo = ();
    type BenchmarkHelper = World;
}

impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Test
where
    RuntimeCall: From<LocalCall>,
{
    type RuntimeCall = RuntimeCall;
    type Extrinsic = Extrinsic;
}

impl<LocalCall> frame_system::offchain::CreateTransaction<LocalCall> for Test
where
    RuntimeCall: From<LocalCall>,
{
    type Extension = TxExtension;
    fn create_transaction(call: RuntimeCall, extension: TxExtension) -> Extrinsic {
        Extrinsic::new_transaction(call, extension)
    }
}

impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Test
where
    RuntimeCall: From<LocalCall>,
{
    fn create_extension() -> TxExtension {
        (frame_system::AuthorizeCall::new(),)
    }
}

/// All that the pallet does not own.
#[derive(Clone)]
pub struct World {
    /// The time of the block.
    pub now: Moment,
    /// The time on the node's clock.
    pub clock: Moment,
    /// What the worker submitted, encoded.
    pub pool: Vec<Vec<u8>>,
    pub view: AgreementView,
    pub terms: Vec<Terms>,
    pub trades: BTreeMap<BusinessDay, Vec<Trade>>,
    pub sealed: BTreeSet<BusinessDay>,
    /// Page roots of a day that is too long to hold its trades.
    pub roots: Option<Vec<H256>>,
    pub commitments: BTreeMap<SideKey, Commitment>,
    /// What the parties' nodes serve.
    pub books: BTreeMap<SideKey, Book>,
    pub manners: BTreeMap<MemberId, Manner>,
    pub endpoints: BTreeSet<MemberId>,
    /// Whose operator keys lie in the keystore.
    pub keys: BTreeSet<MemberId>,
    /// Requests that reached a node.
    pub asked: Vec<Request>,
    /// Seals that the worker submitted.
    pub seals: Vec<(AgreementId, BusinessDay, MemberId)>,
    /// What the settlement was told.
    pub reconciled: Vec<(AgreementId, BusinessDay, Amount)>,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

/// Reads or changes the world.
pub fn world<R>(with: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with(|world| with(&mut world.borrow_mut()))
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

impl World {
    fn new() -> Self {
        let conditions = Conditions {
            utc_offset: UtcOffset(0),
            cut_off: TimeOfDay(30),
            preset: TimeOfDay(60),
            ..Default::default()
        };
        let view = AgreementView {
            bank: BANK,
            company: COMPANY,
            reconcilers: vec![(BusinessDay(0), RECONCILER)],
            clients: vec![CLIENT],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            asset: 1,
            first_day: DAY,
            end: None,
            caps: Caps {
                pages: 4,
                extras: 600,
            },
            deadline_minutes: 720,
            max_late_minutes: 0,
            conditions: vec![(BusinessDay(0), conditions)],
        };
        Self {
            now: 0,
            clock: 0,
            pool: Vec::new(),
            view,
            terms: vec![rate(10_000), rate(25_000)],
            trades: BTreeMap::new(),
            sealed: BTreeSet::new(),
            roots: None,
            commitments: BTreeMap::new(),
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
pub fn chain_book((_, day, side): SideKey) -> Book {
    let trades = world(|world| world.trades.get(&day).cloned().unwrap_or_default());
    Book {
        slots: trades.iter().map(|trade| Some(trade.entry(side))).collect(),
        extras: Vec::new(),
    }
}

pub fn commitment_of((agreement, day, side): SideKey, book: &Book) -> Commitment {
    Commitment::of_book(
        &World::place(agreement, day, side),
        &book.slots,
        &book.extras,
    )
}

/// The party of a side serves `book`, and commits to it.
pub fn commit(key: SideKey, book: &Book) {
    let commitment = commitment_of(key, book);
    world(|world| {
        world.commitments.insert(key, commitment);
        world.books.insert(key, book.clone());
    });
}

pub fn preset() -> Moment {
    world(|world| world.view.preset_of(DAY)).unwrap()
}

pub fn deadline() -> Moment {
    world(|world| world.view.deadline_of(DAY)).unwrap()
}

pub fn set_block_time(now: Moment) {
    world(|world| world.now = now);
}

pub fn signed(member: MemberId) -> RuntimeOrigin {
    RuntimeOrigin::signed(AccountId32::new([member as u8; 32]))
}

impl Time for World {
    type Moment = Moment;
    fn now() -> Moment {
        world(|world| world.now)
    }
}

impl SealDay for World {
    fn submit_seal(agreement: AgreementId, day: BusinessDay, member: MemberId) -> bool {
        world(|world| world.seals.push((agreement, day, member)));
        true
    }
}

impl OnReconciled for World {
    fn on_reconciled(agreement: AgreementId, day: BusinessDay, payable: Amount) {
        world(|world| world.reconciled.push((agreement, day, payable)));
    }
}

impl Commitments for World {
    fn commitment(agreement: AgreementId, day: BusinessDay, side: Side) -> Option<Commitment> {
        world(|world| world.commitments.get(&(agreement, day, side)).copied())
    }

    fn reject(agreement: AgreementId, day: BusinessDay, side: Side) {
        world(|world| world.commitments.remove(&(agreement, day, side)));
    }
}

impl DayLedger for World {
    fn totals(_: AgreementId, day: BusinessDay) -> DayTotals {
        let trades = world(|world| world.trades.get(&day).cloned().unwrap_or_default());
        DayTotals {
            count: trades.len() as u32,
            gross: trades.iter().map(|trade| trade.gross).sum(),
            debit: trades.iter().map(|trade| trade.debit).sum(),
            credit: trades.iter().map(|trade| trade.credit).sum(),
        }
    }

    fn is_sealed(_: AgreementId, day: BusinessDay) -> bool {
        world(|world| world.sealed.contains(&day))
    }

    fn page(_: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
        let trades = world(|world| world.trades.get(&day).cloned().unwrap_or_default());
        let mut pages = trades.chunks(PAGE_SIZE as usize);
        pages.nth(page as usize).unwrap_or_default().to_vec()
    }

    fn page_roots(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<H256> {
        if let Some(roots) = world(|world| world.roots.clone()) {
            return roots;
        }
        chain_book((agreement, day, side))
            .slots
            .chunks(PAGE_SIZE as usize)
            .map(tree::slots_page_root)
            .collect()
    }

    fn chain_commitment(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Option<Commitment> {
        let key = (agreement, day, side);
        Self::is_sealed(agreement, day).then(|| commitment_of(key, &chain_book(key)))
    }

    fn place(agreement: AgreementId, day: BusinessDay, side: Side) -> Place {
        Place {
            genesis: H256::repeat_byte(7),
            agreement,
            day,
            side,
        }
    }

    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool> {
        let id = TradeId { client, sequence };
        let known = |trades: &Vec<Trade>| trades.iter().any(|trade| trade.id == id);
        Some(world(|world| world.trades.values().any(known)))
    }
}

/// Stands for the operator's signature.
fn signature(payload: &[u8]) -> OperatorSignature {
    let mut raw = [0; 64];
    raw[..32].copy_from_slice(&sp_io::hashing::blake2_256(payload));
    sr25519::Signature::from_raw(raw).into()
}

fn payload(action: &str, arguments: &impl Encode, member: MemberId, expires: Moment) -> Vec<u8> {
    signing_payload(H256::repeat_byte(7), action, arguments, member, expires)
}

impl Directory for World {
    fn agreement(id: AgreementId) -> Option<AgreementView> {
        (id == AGREEMENT).then(|| world(|world| world.view.clone()))
    }

    fn agreements() -> Vec<AgreementId> {
        vec![AGREEMENT]
    }

    fn terms_on(_: AgreementId, _: ProductId, _: BusinessDay) -> Option<(u16, Terms)> {
        Some((1, world(|world| world.terms[1])))
    }

    fn terms(_: AgreementId, _: ProductId) -> Vec<Terms> {
        world(|world| world.terms.clone())
    }

    fn account(member: MemberId, _: BusinessDay) -> Option<AccountId32> {
        Some(AccountId32::new([member as u8; 32]))
    }

    fn endpoint(member: MemberId) -> Option<Vec<u8>> {
        let url = format!("http://member-{member}").into_bytes();
        world(|world| world.endpoints.contains(&member)).then_some(url)
    }

    fn member_of(account: &AccountId32) -> Option<MemberId> {
        let bytes: &[u8; 32] = account.as_ref();
        (1..=9).contains(&bytes[0]).then_some(bytes[0].into())
    }

    fn authorise(
        auth: &OperatorAuth,
        action: &str,
        arguments: &impl Encode,
        _lasts: Moment,
    ) -> Result<MemberId, TransactionValidityError> {
        let payload = payload(action, arguments, auth.member, auth.expires_at);
        if auth.signature == signature(&payload) {
            Ok(auth.member)
        } else {
            Err(InvalidTransaction::BadProof.into())
        }
    }

    fn acts_for(member: MemberId) -> bool {
        world(|world| world.keys.contains(&member))
    }

    fn sign(member: MemberId, action: &str, arguments: &impl Encode) -> Option<OperatorAuth> {
        Self::acts_for(member).then(|| auth(member, action, arguments))
    }

    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<OperatorSignature> {
        Self::acts_for(member).then(|| signature(payload))
    }
}

/// A member's authority for a call.
pub fn auth(member: MemberId, action: &str, arguments: &impl Encode) -> OperatorAuth {
    let expires_at = 1;
    OperatorAuth {
        member,
        expires_at,
        signature: signature(&payload(action, arguments, member, expires_at)),
    }
}

/// Starts with an open day that has `trades` trades and is not sealed, runs `test`, and checks
/// what always holds.
pub fn build_and_execute(trades: u64, test: impl FnOnce()) {
    world(|world| {
        *world = World::new();
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
        Reconciliation::do_try_state().unwrap();
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

/// The calls that the worker submitted, taken out of the pool.
pub fn submitted() -> Vec<crate::Call<Test>> {
    let pool = world(|world| core::mem::take(&mut world.pool));
    pool.iter()
        .map(
            |raw| match Extrinsic::decode(&mut &raw[..]).unwrap().function {
                RuntimeCall::Reconciliation(call) => call,
                call => panic!("the worker submitted {call:?}"),
            },
        )
        .collect()
}

/// Authorises and dispatches a call, as a block does.
pub fn apply(call: &crate::Call<Test>) -> Result<(), TransactionValidityError> {
    let call = RuntimeCall::from(call.clone());
    call.authorize(TransactionSource::InBlock)
        .expect("a call without authorisation")?;
    call.dispatch(RawOrigin::Authorized.into())
        .expect("an authorised call was refused");
    Ok(())
}

/// Applies all that the worker submitted, in its order.
pub fn apply_submitted() {
    for call in submitted() {
        apply(&call).unwrap();
    }
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

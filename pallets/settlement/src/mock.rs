//! A small chain with the real registry and real assets, where a worker submits into a pool.

use crate as pallet_settlement;
use codec::{Decode, Encode};
use counterfoil_primitives::{
    day::MINUTE,
    operator::OPERATOR_KEY_TYPE,
    ports::{AssetDecimals, Directory},
    AgreementId, Amount, BusinessDay, Caps, Conditions, Currency, MemberId, Moment, Role,
    TimeOfDay, UtcOffset,
};
use counterfoil_support::{
    create_unordered_transactions, operator_account, testing, unordered::NEEDS_NONCE,
    ValidateUnordered,
};
use frame_support::{
    derive_impl,
    dispatch::GetDispatchInfo,
    traits::{
        fungibles::{metadata, Inspect, Mutate},
        AsEnsureOriginWithArg, ConstU128, ConstU16, ConstU32, Hooks,
    },
    weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use pallet_envelope::{EraAndNonce, UNORDERED};
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis};
use sp_core::{
    crypto::AccountId32,
    offchain::{
        testing::{TestOffchainExt, TestTransactionPoolExt},
        OffchainDbExt, OffchainWorkerExt, Timestamp as Clock, TransactionPoolExt,
    },
    Pair,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
    app_crypto::RuntimeAppPublic,
    generic::{self, Era},
    traits::{Applyable, BlakeTwo256, Checkable, IdentityLookup},
    transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
    BuildStorage, DispatchResult, MultiSignature,
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

impl pallet_settlement::Config for Test {
    type Directory = Registry;
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

pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const AGREEMENT: AgreementId = 1;
/// Of the same company and bank as [`AGREEMENT`].
pub const SECOND_AGREEMENT: AgreementId = 2;
pub const ASSET: u32 = 1;
pub const DAY: BusinessDay = BusinessDay(20_000);
pub const NOW: Moment = 20_001 * 24 * 60 * MINUTE;

/// The account that the company pays from, and is paid to.
pub fn company() -> AccountId32 {
    AccountId32::new([102; 32])
}

/// The account that the bank is paid to, where it names no other one, and pays from.
pub fn bank() -> AccountId32 {
    AccountId32::new([103; 32])
}

/// A chain with two agreements of one company and one bank, and no assets on any account.
pub fn externalities() -> sp_io::TestExternalities {
    let member = |id, role, name: &str, account| MemberGenesis {
        id,
        role,
        name: name.into(),
        account,
        operator: pair(name).public(),
        endpoint: String::new(),
    };
    let agreement = |id| AgreementGenesis {
        id,
        spec: AgreementSpec {
            bank: BANK,
            company: COMPANY,
            reconciler: 4,
            clients: vec![],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            asset: ASSET,
            first_day: DAY,
            caps: Caps {
                pages: 1,
                extras: 1,
            },
            deadline_minutes: 1,
            max_late_minutes: 1,
            refund_days: 180,
            amend_days: 365,
            answer_days: 10,
            conditions: Conditions {
                utc_offset: UtcOffset(0),
                cut_off: TimeOfDay(0),
                preset: TimeOfDay(1),
                ..Default::default()
            },
        },
    };
    let storage = RuntimeGenesisConfig {
        registry: pallet_registry::GenesisConfig {
            members: vec![
                member(COMPANY, Role::Company, "Bob", company()),
                member(BANK, Role::Bank, "Charlie", bank()),
                member(4, Role::Reconciler, "Dave", AccountId32::new([104; 32])),
            ],
            agreements: vec![agreement(AGREEMENT), agreement(SECOND_AGREEMENT)],
            ..Default::default()
        },
        assets: pallet_assets::GenesisConfig {
            assets: vec![(ASSET, AccountId32::new([1; 32]), true, 1)],
            metadata: vec![(ASSET, b"Crown".to_vec(), b"CZK".to_vec(), 2)],
            ..Default::default()
        },
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| {
        System::set_block_number(1);
        set_clock(NOW);
    });
    ext
}

/// A chain in a node with a keystore, for the benchmarks to put their members into.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let mut ext = externalities();
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext
}

/// Runs a test, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        test();
        Settlement::do_try_state().expect("the state holds");
    });
}

/// A node with its own keys, off-chain database and pool.
pub struct Node {
    ext: sp_io::TestExternalities,
    pool: Box<dyn Fn() -> Vec<Vec<u8>>>,
    clock: Box<dyn Fn(Moment)>,
}

impl Node {
    /// A node that holds the operator keys of these names.
    pub fn with_keys(names: &[&str]) -> Self {
        let keystore = MemoryKeystore::new();
        for name in names {
            keystore
                .sr25519_generate_new(OPERATOR_KEY_TYPE, Some(&format!("//{name}")))
                .expect("a valid name");
        }
        let (offchain, offchain_state) = TestOffchainExt::new();
        let (pool, pool_state) = TestTransactionPoolExt::new();
        let mut ext = externalities();
        ext.register_extension(KeystoreExt::new(keystore));
        ext.register_extension(OffchainDbExt::new(offchain.clone()));
        ext.register_extension(OffchainWorkerExt::new(offchain));
        ext.register_extension(TransactionPoolExt::new(pool));
        let node = Self {
            ext,
            pool: Box::new(move || core::mem::take(&mut pool_state.write().transactions)),
            clock: Box::new(move |now| {
                offchain_state.write().timestamp = Clock::from_unix_millis(now)
            }),
        };
        (node.clock)(NOW);
        node
    }

    /// Does something on the chain, and checks the state after it.
    pub fn chain<R>(&mut self, change: impl FnOnce() -> R) -> R {
        self.ext.execute_with(|| {
            let result = change();
            Settlement::do_try_state().expect("the state holds");
            result
        })
    }

    /// Sets the node's clock.
    pub fn set_clock(&self, now: Moment) {
        (self.clock)(now);
    }

    /// Runs the worker; what it submitted.
    pub fn work(&mut self) -> Vec<UncheckedExtrinsic> {
        self.ext
            .execute_with(|| <Settlement as Hooks<u64>>::offchain_worker(1));
        (self.pool)()
            .iter()
            .map(|bytes| Decode::decode(&mut &bytes[..]).expect("a transaction"))
            .collect()
    }

    /// Runs the worker, which submits nothing. Returns the bytes of state that it read.
    pub fn idle_work(&mut self) -> usize {
        self.ext.commit_all().expect("the state is stored");
        let run = || <Settlement as Hooks<u64>>::offchain_worker(1);
        let ((), read) = self.ext.execute_and_prove(run);
        assert!((self.pool)().is_empty());
        read.encoded_size()
    }

    /// Runs the worker, and includes all that it submitted.
    pub fn work_and_include(&mut self) -> Vec<DispatchResult> {
        let submitted = self.work();
        self.chain(|| {
            submitted
                .into_iter()
                .map(|xt| apply(xt).expect("valid"))
                .collect()
        })
    }
}

/// Sets the chain's clock.
pub fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Test>::put(now);
}

/// Puts assets on the company's account.
pub fn fund(amount: Amount) {
    fund_account(&company(), amount);
}

/// Puts assets on the bank's account.
pub fn fund_bank(amount: Amount) {
    fund_account(&bank(), amount);
}

fn fund_account(who: &AccountId32, amount: Amount) {
    Assets::mint_into(ASSET, who, amount).expect("the account may hold the asset");
}

pub fn balance(who: &AccountId32) -> Amount {
    Assets::balance(ASSET, who)
}

pub fn events() -> Vec<crate::Event<Test>> {
    System::read_events_for_pallet()
}

/// The payment call, signed by the operator of `name` without a nonce.
pub fn payment(name: &str, agreement: AgreementId, day: BusinessDay) -> UncheckedExtrinsic {
    testing::sign(
        name,
        crate::Call::<Test>::pay { agreement, day }.into(),
        unordered(),
    )
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

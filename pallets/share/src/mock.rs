//! A small chain with the real registry, whose blocks have room for 128 calls of a millisecond.

use crate as pallet_share;
use crate::CheckShare;
use codec::{Decode, DecodeWithMemTracking, Encode};
use counterfoil_primitives::{MemberId, Role};
use counterfoil_support::{
    testing::{self, pair},
    worker_priority::WORKER_PRIORITY,
};
use frame_support::{
    derive_impl,
    dispatch::{DispatchClass, DispatchInfo, Pays, PostDispatchInfo},
    parameter_types,
    traits::{ConstU16, ConstU32, Contains, ContainsPair, Hooks},
    weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use frame_system::{
    limits::{BlockLength, BlockWeights},
    CheckWeight, EnsureRoot, RawOrigin,
};
use pallet_registry::MemberGenesis;
use scale_info::TypeInfo;
use sp_core::{crypto::AccountId32, Pair};
use sp_runtime::{
    generic, impl_tx_ext_default,
    traits::{
        BlakeTwo256, DispatchTransaction, IdentityLookup, Implication, TransactionExtension,
        ValidateResult,
    },
    transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
    BuildStorage, MultiSignature,
};
use std::{cell::Cell, sync::LazyLock};

pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, Extension>;
/// The extension, around what tells workers' calls and what books weights.
pub type Extension = CheckShare<Test, (CheckWorker, CheckWeight<Test>)>;
type Block = generic::Block<generic::Header<u32, BlakeTwo256>, UncheckedExtrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Registry: pallet_registry,
        Share: pallet_share,
    }
);

/// A millisecond of computation.
pub const MILLI: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_MILLIS, 0);
/// What normal calls may take of a block.
pub const BUDGET: Weight = Weight::from_parts(128 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
/// The bytes that normal calls may take of a block.
pub const BUDGET_BYTES: u32 = 1_000_000;

parameter_types! {
    pub Weights: BlockWeights = BlockWeights::builder()
        .base_block(Weight::zero())
        .for_class(DispatchClass::all(), |class| class.base_extrinsic = Weight::zero())
        .for_class(DispatchClass::Normal, |class| class.max_total = Some(BUDGET))
        .for_class(DispatchClass::Operational, |class| class.max_total = Some(BUDGET.saturating_mul(2)))
        .build_or_panic();
    pub Length: BlockLength = BlockLength::builder()
        .max_length(2 * BUDGET_BYTES)
        .modify_max_length_for_class(DispatchClass::Normal, |length| *length = BUDGET_BYTES)
        .build();
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountId = AccountId32;
    type Block = Block;
    type BlockLength = Length;
    type BlockWeights = Weights;
    type Lookup = IdentityLookup<AccountId32>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_registry::Config for Test {
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = ();
    type MaxClients = ConstU32<4>;
    type MaxVersions = ConstU32<4>;
    type MinPresetGap = ConstU16<1>;
    type Posts = ();
    type UnixTime = Timestamp;
    type WeightInfo = ();
}

impl pallet_share::Config for Test {
    type Administrators = Administrators;
    type BenchmarkHelper = Helper;
    type Council = Of<'C'>;
    type Directory = Registry;
    type Free = OfOneLetter;
    type Recording = Of<'R'>;
    type WeightInfo = ();
}

/// The accounts of [`ADMINISTRATOR`] and of member 6.
pub struct Administrators;

impl Contains<AccountId32> for Administrators {
    fn contains(who: &AccountId32) -> bool {
        [account(ADMINISTRATOR), account(ADMINISTERING_MEMBER)].contains(who)
    }
}

/// What a call is: the remark that stands for it carries its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Council,
    /// A call that administers and is not free.
    PaidCouncil,
    Recording,
    Other,
    Worker,
}

impl Kind {
    fn call(self) -> RuntimeCall {
        let letters: &[u8] = match self {
            Self::Council => b"C",
            Self::PaidCouncil => b"CP",
            Self::Recording => b"R",
            Self::Other => b"O",
            Self::Worker => b"W",
        };
        frame_system::Call::remark {
            remark: letters.to_vec(),
        }
        .into()
    }
}

/// The calls of a letter.
pub struct Of<const LETTER: char>;

impl<const LETTER: char> Contains<RuntimeCall> for Of<LETTER> {
    fn contains(call: &RuntimeCall) -> bool {
        let RuntimeCall::System(frame_system::Call::remark { remark }) = call else {
            return false;
        };
        remark.first().copied().map(char::from) == Some(LETTER)
    }
}

/// The calls that are free, whoever signs them.
pub struct OfOneLetter;

impl ContainsPair<RuntimeOrigin, RuntimeCall> for OfOneLetter {
    fn contains(_: &RuntimeOrigin, call: &RuntimeCall) -> bool {
        matches!(call, RuntimeCall::System(frame_system::Call::remark { remark }) if remark.len() == 1)
    }
}

thread_local! {
    static CHECKS: Cell<u32> = const { Cell::new(0) };
}

/// How often [`CheckWorker`] checked a call.
pub fn checks() -> u32 {
    CHECKS.get()
}

/// Sets the priority of workers' calls, as the check of a call without a nonce does.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CheckWorker;

impl TransactionExtension<RuntimeCall> for CheckWorker {
    const IDENTIFIER: &'static str = "CheckWorker";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        _: &DispatchInfo,
        _: usize,
        _: (),
        _: &impl Implication,
        _: TransactionSource,
    ) -> ValidateResult<(), RuntimeCall> {
        CHECKS.set(checks() + 1);
        let validity = ValidTransaction {
            priority: if Of::<'W'>::contains(call) {
                WORKER_PRIORITY
            } else {
                0
            },
            ..Default::default()
        };
        Ok((validity, (), origin))
    }

    impl_tx_ext_default!(RuntimeCall; weight prepare);
}

/// The extension as every transaction carries it.
pub fn extension() -> Extension {
    (CheckWorker, CheckWeight::new()).into()
}

/// The members are those of the genesis.
pub struct Helper;

impl crate::benchmarking::BenchmarkHelper for Helper {
    fn put_member() -> AccountId32 {
        account(1)
    }
}

/// The members that there are.
pub const MEMBERS: core::ops::RangeInclusive<MemberId> = 1..=6;

/// A number that no member has.
pub const NOBODY: MemberId = 7;
/// Another one.
pub const ANOTHER_NOBODY: MemberId = 9;
/// Another one: the account of an administrator.
pub const ADMINISTRATOR: MemberId = 8;
/// A member that is an administrator too.
pub const ADMINISTERING_MEMBER: MemberId = 6;

/// The account of a member's operator key.
pub fn account(number: MemberId) -> AccountId32 {
    ACCOUNTS[number as usize].clone()
}

/// Made once: to derive a key takes longer than what is tested.
static ACCOUNTS: LazyLock<Vec<AccountId32>> =
    LazyLock::new(|| (0..=ANOTHER_NOBODY).map(testing::account).collect());

/// A chain with its members, in its first block.
pub fn externalities() -> sp_io::TestExternalities {
    let member = |id| MemberGenesis {
        id,
        role: Role::Client,
        name: format!("Member {id}"),
        account: AccountId32::new([id as u8; 32]),
        operator: pair(id).public(),
        endpoint: String::new(),
    };
    let storage = RuntimeGenesisConfig {
        registry: pallet_registry::GenesisConfig {
            members: MEMBERS.map(member).collect(),
            ..Default::default()
        },
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| begin_block(1));
    ext
}

/// Runs a test, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        test();
        Share::do_try_state().expect("the state holds");
    });
}

/// Begins a block, which holds nothing yet. Those between the last one and this one were empty.
pub fn begin_block(number: u32) {
    Share::on_finalize(number - 1);
    System::reset_events();
    System::set_block_number(number - 1);
    System::initialize(&number, &Default::default(), &Default::default());
}

/// A transaction as an account signs it.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    pub by: MemberId,
    pub kind: Kind,
    /// What the call is charged before it runs.
    pub charged: Weight,
    /// What it turns out to cost; nothing comes back where it is not known.
    pub actual: Option<Weight>,
    pub bytes: u32,
    pub class: DispatchClass,
    /// What the check of it is charged beside what the extension is.
    pub checks: Weight,
}

/// A call of a millisecond, of 100 bytes.
pub const fn sent(by: MemberId, kind: Kind) -> Sent {
    Sent {
        by,
        kind,
        charged: MILLI,
        actual: None,
        bytes: 100,
        class: DispatchClass::Normal,
        checks: Weight::zero(),
    }
}

impl Sent {
    fn info(&self) -> DispatchInfo {
        DispatchInfo {
            call_weight: self.charged,
            extension_weight: extension()
                .weight(&self.kind.call())
                .saturating_add(self.checks),
            class: self.class,
            pays_fee: Pays::Yes,
        }
    }

    fn origin(&self) -> RuntimeOrigin {
        RawOrigin::Signed(account(self.by)).into()
    }

    /// What a node learns of it that takes it into its pool.
    pub fn validate(&self) -> Result<ValidTransaction, TransactionValidityError> {
        let (call, length) = (self.kind.call(), self.bytes as usize);
        extension()
            .validate_only(
                self.origin(),
                &call,
                &self.info(),
                length,
                TransactionSource::External,
                0,
            )
            .map(|(validity, ..)| validity)
    }

    /// Brings it into the block, as an author does: what is refused leaves nothing behind.
    pub fn apply(&self) -> Result<(), TransactionValidityError> {
        frame_support::storage::with_storage_layer(|| self.dispatch()).map_err(|Refused(why)| why)
    }

    fn dispatch(&self) -> Result<(), Refused> {
        let (call, length) = (self.kind.call(), self.bytes as usize);
        let done = PostDispatchInfo {
            actual_weight: self.actual,
            pays_fee: Pays::Yes,
        };
        let result = extension()
            .test_run(self.origin(), &call, &self.info(), length, 0, |_| Ok(done))
            .map_err(Refused)?;
        result.expect("what stands for the call succeeds");
        System::note_applied_extrinsic(&Ok(done), self.info());
        Ok(())
    }
}

/// Why a block refused a transaction.
struct Refused(TransactionValidityError);

impl From<sp_runtime::DispatchError> for Refused {
    fn from(error: sp_runtime::DispatchError) -> Self {
        panic!("no layer of storage is missing: {error:?}")
    }
}

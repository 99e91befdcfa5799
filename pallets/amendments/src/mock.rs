//! A chain with the registry, the trades and a clock, where a worker submits into a pool.
//!
//! Agreement 1 is by UTC+1, takes trades until 00:30, and admits the clients [`CLIENT`] and [`OTHER`]. Times
//! are local: see [`at`].

mod benchmarks;
mod chain;
mod contents;
mod genesis;
mod node;

pub use benchmarks::{for_benchmarks, Benchmarks};
pub use chain::*;
pub use contents::*;
pub use genesis::*;
pub use node::*;

use crate as pallet_amendments;
use counterfoil_primitives::{day::MINUTE, ports::AssetDecimals, Moment};
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU16, ConstU32, ConstU64},
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use frame_system::{limits::BlockWeights, EnsureRoot};
use pallet_envelope::EraAndNonce;
use sp_core::crypto::AccountId32;
use sp_runtime::{
    generic,
    traits::{BlakeTwo256, IdentityLookup},
    MultiSignature, Perbill,
};

pub type TxExtension = (EraAndNonce<Test>,);
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u64, BlakeTwo256>, UncheckedExtrinsic>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Registry: pallet_registry,
        Envelope: pallet_envelope,
        Trades: pallet_trades,
        Amendments: pallet_amendments,
    }
);

parameter_types! {
    pub Limits: BlockWeights = BlockWeights::with_sensible_defaults(
        Weight::from_parts(3 * WEIGHT_REF_TIME_PER_SECOND / 2, u64::MAX),
        Perbill::from_percent(90),
    );
    pub static MaxPagesPerDay: u32 = 512;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type BlockWeights = Limits;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
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
    type AdminOrigin = EnsureRoot<AccountId32>;
    type Decimals = TwoDecimals;
    type Posts = ();
    type UnixTime = Timestamp;
    type MinPresetGap = ConstU16<1>;
    type MaxClients = ConstU32<8>;
    type MaxVersions = ConstU32<8>;
    type WeightInfo = ();
}

impl pallet_envelope::Config for Test {
    type Directory = Registry;
    type WeightInfo = ();
}

/// How far a payment's time may lie ahead.
pub const TOLERANCE: Moment = MINUTE;
/// Proposals that may wait under an agreement.
pub const MAX_PER_AGREEMENT: u32 = 12;
/// Those of them that may be of one member.
pub const MAX_PER_MEMBER: u32 = 3;

impl pallet_trades::Config for Test {
    type Directory = Registry;
    type Envelope = Envelope;
    type UnixTime = Timestamp;
    type MaxBatch = ConstU32<1_000>;
    type MaxRefunds = ConstU32<250>;
    type ClockTolerance = ConstU64<TOLERANCE>;
    type MaxPagesPerDay = MaxPagesPerDay;
    type WeightInfo = ();
}

impl pallet_amendments::Config for Test {
    type BenchmarkHelper = Benchmarks;
    type Directory = Registry;
    type Trades = Trades;
    type UnixTime = Timestamp;
    type ClockTolerance = ConstU64<TOLERANCE>;
    type MaxPerAgreement = ConstU32<MAX_PER_AGREEMENT>;
    type MaxPerMember = ConstU32<MAX_PER_MEMBER>;
    type WeightInfo = ();
}

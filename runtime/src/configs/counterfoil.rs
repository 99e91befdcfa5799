//! The pallets of the reconciliation, tied together.

use super::{
    asset_decimals::DecimalsByMetadata,
    calls_sent_by_workers::{ConfirmByWorker, SealByWorker},
    council::Administration,
    free_and_recording_calls::{FreeOfFees, Recording},
    posts_held::PostsHeld,
};
use crate::{
    constants::{
        CLOCK_TOLERANCE, LATE_PROOF_DAYS, MAX_BATCH, MAX_CLIENTS, MAX_PAGES, MAX_PROPOSALS,
        MAX_PROPOSALS_OF_MEMBER, MAX_REFUNDS, MAX_VERSIONS, MIN_PRESET_GAP, SAMPLE_PAGES,
    },
    AccountId, Assets, Books, Council, Envelope, Reconciliation, Registry, Runtime, Settlement,
    Timestamp, Trades,
};
use frame_support::traits::{ConstU16, ConstU32, ConstU64};
use frame_system::EnsureRoot;

// What a trade was booked by must not change any more: a day counts as begun earlier than any
// trade of it can arrive.
const _: () = assert!(pallet_registry::LEAD > CLOCK_TOLERANCE);

impl pallet_registry::Config for Runtime {
    type AdminOrigin = EnsureRoot<AccountId>;
    type Decimals = DecimalsByMetadata;
    type MaxClients = ConstU32<MAX_CLIENTS>;
    type MaxVersions = ConstU32<MAX_VERSIONS>;
    type MinPresetGap = ConstU16<MIN_PRESET_GAP>;
    type Posts = PostsHeld;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_registry::weights::SubstrateWeight<Runtime>;
}

impl pallet_envelope::Config for Runtime {
    type Directory = Registry;
    type WeightInfo = pallet_envelope::weights::SubstrateWeight<Runtime>;
}

impl pallet_trades::Config for Runtime {
    type ClockTolerance = ConstU64<CLOCK_TOLERANCE>;
    type Directory = Registry;
    type Envelope = Envelope;
    type MaxBatch = ConstU32<MAX_BATCH>;
    type MaxPagesPerDay = ConstU32<MAX_PAGES>;
    type MaxRefunds = ConstU32<MAX_REFUNDS>;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_trades::weights::SubstrateWeight<Runtime>;
}

impl pallet_books::Config for Runtime {
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    type Directory = Registry;
    type Trades = Trades;
    type Obligations = Settlement;
    type Repair = ConfirmByWorker;
    type Sides = Reconciliation;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_books::weights::SubstrateWeight<Runtime>;
}

impl pallet_reconciliation::Config for Runtime {
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    type Books = Books;
    type Directory = Registry;
    type Trades = Trades;
    type OnReconciled = Settlement;
    type OnReconciledWeight = pallet_settlement::OnReconciledWeight<Self>;
    type LateProofDays = ConstU16<LATE_PROOF_DAYS>;
    type SamplePages = ConstU32<SAMPLE_PAGES>;
    type Seal = SealByWorker;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_reconciliation::weights::SubstrateWeight<Runtime>;
}

impl pallet_settlement::Config for Runtime {
    type Assets = Assets;
    type ClientCredits = Trades;
    type Directory = Registry;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_settlement::weights::SubstrateWeight<Runtime>;
}

impl pallet_amendments::Config for Runtime {
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    type ClockTolerance = ConstU64<CLOCK_TOLERANCE>;
    type Directory = Registry;
    type MaxPerAgreement = ConstU32<MAX_PROPOSALS>;
    type MaxPerMember = ConstU32<MAX_PROPOSALS_OF_MEMBER>;
    type Trades = Trades;
    type UnixTime = Timestamp;
    type WeightInfo = pallet_amendments::weights::SubstrateWeight<Runtime>;
}

impl pallet_share::Config for Runtime {
    type Administrators = Council;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    type Council = Administration;
    type Directory = Registry;
    type Free = FreeOfFees;
    type Recording = Recording;
    type WeightInfo = pallet_share::weights::SubstrateWeight<Runtime>;
}

//! The pallets of the reconciliation, tied together.

use super::council::{Administration, PostsHeld};
use crate::{
    constants::{
        CLOCK_TOLERANCE, LATE_PROOF_DAYS, MAX_BATCH, MAX_CLIENTS, MAX_PAGES, MAX_PROPOSALS,
        MAX_PROPOSALS_OF_MEMBER, MAX_REFUNDS, MAX_VERSIONS, MIN_PRESET_GAP, SAMPLE_PAGES,
    },
    AccountId, Assets, Books, Council, Envelope, Reconciliation, Registry, Runtime, RuntimeCall,
    RuntimeOrigin, Settlement, Timestamp, Trades,
};
use counterfoil_primitives::{
    ports::{AssetDecimals, ConfirmRepair, SealDay},
    AgreementId, BusinessDay, Commitment, MemberId, SideId,
};
use counterfoil_support::submit::{submit, Submitted};
use frame_support::{
    dispatch::CheckIfFeeless,
    traits::{
        fungibles::{metadata, Inspect},
        tokens::WithdrawConsequence,
        ConstU16, ConstU32, ConstU64, Contains, ContainsPair,
    },
};
use frame_system::EnsureRoot;

// What a trade was booked by must not change any more: a day counts as begun earlier than any
// trade of it can arrive.
const _: () = assert!(pallet_registry::LEAD > CLOCK_TOLERANCE);

/// The decimals that agreements must share with their assets: those that wallets show.
pub struct DecimalsByMetadata;

impl AssetDecimals for DecimalsByMetadata {
    fn decimals(asset: u32) -> Option<u8> {
        // What is being destroyed is still there, and pays nobody any more.
        let anybody = AccountId::new([0; 32]);
        let is_there =
            Assets::can_withdraw(asset, &anybody, 0) != WithdrawConsequence::UnknownAsset;
        is_there.then(|| <Assets as metadata::Inspect<AccountId>>::decimals(asset))
    }
}

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

/// For whom a call is free, as the extension that takes fees asks.
pub struct FreeOfFees;

impl ContainsPair<RuntimeOrigin, RuntimeCall> for FreeOfFees {
    fn contains(origin: &RuntimeOrigin, call: &RuntimeCall) -> bool {
        call.is_feeless(origin)
    }
}

/// The calls that record trades.
pub struct Recording;

impl Contains<RuntimeCall> for Recording {
    fn contains(call: &RuntimeCall) -> bool {
        matches!(
            call,
            RuntimeCall::Trades(
                pallet_trades::Call::record { .. }
                    | pallet_trades::Call::record_one { .. }
                    | pallet_trades::Call::refund { .. }
            )
        )
    }
}

/// How the reconciliation's worker, which knows of no trades, seals a day.
pub struct SealByWorker;

impl SealDay for SealByWorker {
    fn submit_seal(agreement: AgreementId, day: BusinessDay, member: MemberId) -> bool {
        let seal = pallet_trades::Call::<Runtime>::seal { agreement, day };
        submit::<Runtime, _>(member, "trades.seal", seal) == Submitted::Taken
    }
}

/// How the books' worker, which knows of no proofs, confirms the repair of a book.
pub struct ConfirmByWorker;

impl ConfirmRepair for ConfirmByWorker {
    fn submit_confirm_repair(party: MemberId, side_id: SideId, commitment: Commitment) -> bool {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let confirm = pallet_reconciliation::Call::<Runtime>::confirm_repair {
            agreement,
            day,
            side,
            commitment,
        };
        submit::<Runtime, _>(party, "reconciliation.confirm_repair", confirm) == Submitted::Taken
    }
}

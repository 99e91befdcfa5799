//! Who administers the chain: seats of members, a majority of which acts as root.

use super::system::RuntimeBlockWeights;
use crate::{
    constants::{MAX_OPEN_MOTIONS, MOTION},
    AccountId, Registry, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
};
use frame_support::{
    parameter_types,
    traits::{ConstU32, Contains},
    weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_collective::EnsureMembers;
use pallet_council::{SilenceIsNo, MAX_SEATS};
use sp_runtime::Perbill;

/// What of a block a motion may weigh. The rest holds the close that carries it, and what workers send.
const MOTION_RATIO: Perbill = Perbill::from_percent(50);

parameter_types! {
    /// What a motion may weigh.
    pub MaxMotionWeight: Weight = MOTION_RATIO * RuntimeBlockWeights::get().max_block;
}

impl pallet_collective::Config for Runtime {
    type Consideration = ();
    type DefaultVote = SilenceIsNo;
    type DisapproveOrigin = EnsureRoot<AccountId>;
    type KillOrigin = EnsureRoot<AccountId>;
    type MaxMembers = ConstU32<MAX_SEATS>;
    // Every seat has room for its own, so that no seat takes another's.
    type MaxProposals = ConstU32<{ MAX_SEATS * MAX_OPEN_MOTIONS }>;
    type MaxProposalWeight = MaxMotionWeight;
    type MotionDuration = ConstU32<MOTION>;
    type Proposal = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type SetMembersOrigin = EnsureRoot<AccountId>;
    // It weighs calls, of which the chain has none: the council's weights hold what they do.
    type WeightInfo = ();
}

impl pallet_council::Config for Runtime {
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    // The pallet itself asks for a majority of the seats that there are.
    type CarriedOrigin = EnsureMembers<AccountId, (), 1>;
    type Directory = Registry;
    type MaxOpenPerSeat = ConstU32<MAX_OPEN_MOTIONS>;
    type WeightInfo = pallet_council::weights::SubstrateWeight<Runtime>;
}

/// The calls by which the chain is administered.
pub struct Administration;

impl Contains<RuntimeCall> for Administration {
    fn contains(call: &RuntimeCall) -> bool {
        matches!(call, RuntimeCall::Council(_))
    }
}

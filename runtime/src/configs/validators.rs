//! Who makes and finalises blocks: a list of members that the council decides, by sessions.

use crate::{
    constants::{MAX_VALIDATORS, REPORT_SESSIONS, SESSION},
    AccountId, Balances, BlockNumber, Grandpa, Registry, Runtime, RuntimeEvent, SessionKeys,
    Validators,
};
use frame_support::traits::{ConstU128, ConstU32, ConstU64};
use frame_system::EnsureRoot;
use pallet_session::historical::NoteHistoricalRoot;
use pallet_validators::{SetChanges, Stall};
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// For how many blocks a validator's two votes can be proven.
pub type ReportSpan = ConstU64<{ REPORT_SESSIONS as u64 * SESSION as u64 }>;

impl pallet_validators::Config for Runtime {
    type AdminOrigin = EnsureRoot<AccountId>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = crate::benchmarks::Setup;
    type Directory = Registry;
    type MaxValidators = ConstU32<MAX_VALIDATORS>;
    type ReportLongevity = ConstU32<REPORT_SESSIONS>;
    type SessionLength = ConstU32<SESSION>;
    type SetChanges = GrandpaChanges;
    type WeightInfo = pallet_validators::weights::SubstrateWeight<Runtime>;
}

/// GRANDPA's changes of its set. The stall that its own call notes is replaced by what this pallet checked,
/// so that call has no effect. No filter would do that: it does not hold for root.
pub struct GrandpaChanges;

impl SetChanges<BlockNumber> for GrandpaChanges {
    fn is_pending() -> bool {
        pallet_grandpa::PendingChange::<Runtime>::exists()
    }

    fn next_forced() -> Option<BlockNumber> {
        Grandpa::next_forced()
    }

    fn set_stall(stall: Option<Stall<BlockNumber>>) {
        let noted = stall.map(|stall| (stall.delay, stall.best_finalized));
        pallet_grandpa::Stalled::<Runtime>::set(noted);
    }
}

impl pallet_session::Config for Runtime {
    type Currency = Balances;
    type DisablingStrategy = ();
    // Members hold no funds. Keys are set by members alone, so that their number is bounded without one.
    type KeyDeposit = ConstU128<0>;
    type Keys = SessionKeys;
    type NextSessionRotation = Validators;
    type RuntimeEvent = RuntimeEvent;
    // In the order of the keys.
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type SessionManager = NoteHistoricalRoot<Runtime, Validators>;
    type ShouldEndSession = Validators;
    type ValidatorId = AccountId;
    type ValidatorIdOf = ConvertInto;
    // It weighs calls, of which the chain has none.
    type WeightInfo = ();
}

impl pallet_session::historical::Config for Runtime {
    // The account says which member it is; there is nothing more to say.
    type FullIdentification = AccountId;
    type FullIdentificationOf = ConvertInto;
    type RuntimeEvent = RuntimeEvent;
}

//! How blocks are made and finalised. Who does it is a matter of sessions: see [`validators`].
//!
//! [`validators`]: super::validators

use super::validators::ReportSpan;
use crate::{
    constants::{MAX_VALIDATORS, REPORT_SESSIONS, SLOT_MILLIS},
    Aura, Historical, Offences, Runtime, RuntimeEvent, Validators,
};
use frame_support::traits::{ConstBool, ConstU32, ConstU64};
use pallet_grandpa::EquivocationReportSystem;
use pallet_session::FindAccountFromAuthorIndex;
use pallet_validators::LimitedReports;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_session::MembershipProof;

impl pallet_aura::Config for Runtime {
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type AuthorityId = AuraId;
    // Nobody is disabled: see the offences.
    type DisabledValidators = ();
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type SlotDuration = ConstU64<SLOT_MILLIS>;
}

impl pallet_authorship::Config for Runtime {
    type EventHandler = ();
    type FindAuthor = FindAccountFromAuthorIndex<Self, Aura>;
}

impl pallet_grandpa::Config for Runtime {
    type EquivocationReportSystem =
        EquivocationReportSystem<Self, LimitedReports<Self, Offences>, Historical, ReportSpan>;
    type KeyOwnerProof = MembershipProof;
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type MaxNominators = ConstU32<0>;
    // A set lasts a session at least, so that no set is forgotten before its last session is.
    type MaxSetIdSessionEntries = ConstU64<{ REPORT_SESSIONS as u64 }>;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
}

/// Two votes of one validator in a round are kept by who gave them. Members answer for them by contract and
/// have no stake here: the report takes nothing and disables nobody, and the council replaces a validator.
impl pallet_offences::Config for Runtime {
    type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
    type OnOffenceHandler = Validators;
    type RuntimeEvent = RuntimeEvent;
}

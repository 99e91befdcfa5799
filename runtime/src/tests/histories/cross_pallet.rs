//! What the pallets' storages say of each other: each checks only its own.

use super::books::committed;
use crate::Runtime;
use counterfoil_primitives::{AgreementId, BusinessDay, SignedAmount};
use pallet_books::Commitments;
use pallet_reconciliation::Sides;
use pallet_registry::Members;
use std::collections::BTreeMap;

/// Checks books against reconciliation, reconciliation against settlement, posts against members, and who
/// makes blocks against who finalises them.
pub fn check() {
    what_is_reported_was_committed_to();
    each_rejected_round_keeps_its_commitment();
    what_is_reconciled_has_an_obligation();
    who_makes_blocks_finalizes_them();
    who_holds_a_post_is_a_member();
}

/// A side with a header, or with proven breaks or none, has a commitment.
fn what_is_reported_was_committed_to() {
    let proven = Sides::<Runtime>::iter()
        .filter(|(_, record)| record.proven.is_some())
        .map(|(side_id, _)| side_id);
    let headers = pallet_reconciliation::Headers::<Runtime>::iter_keys();
    for side_id in proven.chain(headers) {
        assert!(
            committed(side_id).is_some(),
            "{side_id} is reported without a commitment"
        );
    }
}

/// Each rejected commitment of a side can still be read, and no round has one before it has come.
fn each_rejected_round_keeps_its_commitment() {
    for (side_id, record) in Sides::<Runtime>::iter() {
        for round in 0..record.round {
            assert!(
                Commitments::<Runtime>::contains_key(side_id, round),
                "{side_id}: the commitment of round {round} is gone"
            );
        }
    }
    for (side_id, round) in Commitments::<Runtime>::iter_keys() {
        assert!(
            round <= Sides::<Runtime>::get(side_id).round,
            "{side_id}: a commitment of round {round}, which has not come"
        );
    }
}

/// A day has an obligation exactly if it is reconciled, and the one that was found then.
fn what_is_reconciled_has_an_obligation() {
    type ByDay = BTreeMap<(AgreementId, BusinessDay), SignedAmount>;
    let outcomes: ByDay = pallet_reconciliation::Outcomes::<Runtime>::iter()
        .map(|(agreement, day, outcome)| ((agreement, day), outcome.obligation))
        .collect();
    let obligations: ByDay = pallet_settlement::Obligations::<Runtime>::iter()
        .map(|(agreement, day, obligation)| ((agreement, day), obligation.amount))
        .collect();
    assert_eq!(outcomes, obligations);
}

/// The validators of the session, and no others, make blocks and finalise them.
fn who_makes_blocks_finalizes_them() {
    let validators = crate::Session::validators().len();
    assert!(validators > 0, "nobody makes blocks");
    let makers = pallet_aura::Authorities::<Runtime>::get().len();
    let finalizers = crate::Grandpa::grandpa_authorities().len();
    assert_eq!((makers, finalizers), (validators, validators));
}

/// Seats and validators are members.
fn who_holds_a_post_is_a_member() {
    let seats = pallet_council::Seats::<Runtime>::get();
    let list = pallet_validators::Validators::<Runtime>::get();
    for member in seats.iter().chain(list.iter()) {
        assert!(Members::<Runtime>::contains_key(member), "{member} left");
    }
}

//! What the pallets' storages say of each other: each checks only its own.

use crate::Runtime;
use counterfoil_primitives::{AgreementId, Amount, BusinessDay};
use std::collections::BTreeMap;

/// Checks books against reconciliation, and reconciliation against settlement.
pub fn check() {
    what_is_reported_was_committed_to();
    both_count_the_same_rejections();
    what_is_reconciled_is_payable();
}

/// A side with a header, or with proven breaks or none, has a commitment.
fn what_is_reported_was_committed_to() {
    let proven = pallet_reconciliation::Sides::<Runtime>::iter()
        .filter(|(_, record)| record.proven.is_some())
        .map(|(key, _)| key);
    let headers = pallet_reconciliation::Headers::<Runtime>::iter_keys();
    for key in proven.chain(headers) {
        assert!(
            pallet_books::Commitments::<Runtime>::contains_key(key),
            "{key:?} is reported without a commitment"
        );
    }
}

/// Books and reconciliation count the same rejections of each side.
fn both_count_the_same_rejections() {
    let of_sides: BTreeMap<_, u32> = pallet_reconciliation::Sides::<Runtime>::iter()
        .filter(|(_, record)| record.rejections > 0)
        .map(|(key, record)| (key, record.rejections.into()))
        .collect();
    let of_books: BTreeMap<_, u32> = pallet_books::Rejections::<Runtime>::iter()
        .map(|(key, count)| (key, count.into()))
        .collect();
    assert_eq!(of_sides, of_books);
}

/// A day is payable exactly if it is reconciled, and as much as was found then.
fn what_is_reconciled_is_payable() {
    type ByDay = BTreeMap<(AgreementId, BusinessDay), Amount>;
    let outcomes: ByDay = pallet_reconciliation::Outcomes::<Runtime>::iter()
        .map(|(agreement, day, outcome)| ((agreement, day), outcome.payable))
        .collect();
    let payables: ByDay = pallet_settlement::Payables::<Runtime>::iter()
        .map(|(agreement, day, payable)| ((agreement, day), payable.amount))
        .collect();
    assert_eq!(outcomes, payables);
}

//! What the worker keeps between runs: a cursor for each agreement, and how far long fetches came.
//!
//! Both only spare work. A cursor that is lost, or points beyond today, is found again from storage.

use super::retry;
use crate::{Config, Outcomes};
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{AgreementId, AgreementView, BusinessDay, Commitment, Side, SideId};
use frame_support::traits::Time;
use sp_runtime::offchain::storage::StorageValueRef;

fn cursor_key(agreement: AgreementId) -> Vec<u8> {
    ("counterfoil/reconciliation/cursor", agreement).encode()
}

fn verified_key(side_id: SideId) -> Vec<u8> {
    ("counterfoil/reconciliation/verified", side_id).encode()
}

/// How many of the pages that are fetched on request were verified in earlier runs, of the book
/// with this commitment.
pub fn verified(side_id: SideId, commitment: &Commitment) -> u32 {
    StorageValueRef::persistent(&verified_key(side_id))
        .get::<(Commitment, u32)>()
        .ok()
        .flatten()
        .filter(|(of, _)| of == commitment)
        .map_or(0, |(_, pages)| pages)
}

/// Keeps how many pages are verified.
pub fn keep_verified(side_id: SideId, commitment: &Commitment, pages: u32) {
    StorageValueRef::persistent(&verified_key(side_id)).set(&(commitment, pages));
}

/// The first day of the agreement that is not reconciled; all days before it are finished.
pub fn advance_cursor<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
) -> BusinessDay {
    let key = cursor_key(agreement_id);
    let kept = StorageValueRef::persistent(&key);
    let from = kept.get::<BusinessDay>().ok().flatten();
    // Days are reconciled after they end: a cursor beyond tomorrow was overwritten.
    let today = agreement.day_of(T::UnixTime::now());
    let mut day = from
        .filter(|from| today.is_some_and(|today| *from <= today.next()))
        .map_or(agreement.first_day, |from| from.max(agreement.first_day));
    while Outcomes::<T>::contains_key(agreement_id, day) {
        forget(agreement_id, day);
        day = day.next();
    }
    if from != Some(day) {
        kept.set(&day);
    }
    day
}

/// Forgets what is kept of the sides of a day.
fn forget(agreement: AgreementId, day: BusinessDay) {
    for side in Side::BOTH {
        let side_id = SideId::new(agreement, day, side);
        StorageValueRef::persistent(&verified_key(side_id)).clear();
        retry::forget(side_id);
    }
}

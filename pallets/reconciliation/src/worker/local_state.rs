//! What the worker keeps between runs: a cursor for each agreement, pauses, and how far long
//! fetches came.
//!
//! All only spare work. A cursor that is lost, or points beyond today, is found again from storage; a
//! lost pause asks once more.

use crate::{Config, Outcomes};
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{
    AgreementId, AgreementView, BusinessDay, Commitment, MemberId, Moment, Side, SideId,
};
use counterfoil_support::worker_lock::is_to_come;
use frame_support::traits::Time;
use sp_runtime::offchain::storage::StorageValueRef;

/// What is paused for a side of a day.
#[derive(Clone, Copy, Debug, Encode)]
pub enum Step {
    /// The seal of the day, filed under its debit side.
    Seal,
    /// The mark of an overdue side.
    Overdue,
    /// The mark of a defaulted side.
    Defaulted,
    /// The fetch and the report of a side.
    Report,
}

impl Step {
    const ALL: [Self; 4] = [Self::Seal, Self::Overdue, Self::Defaulted, Self::Report];

    /// How long the worker waits before it does the step again, in milliseconds: what was sent
    /// needs some blocks to show in finalised state, and a peer that failed needs time.
    const fn pause(self) -> Moment {
        match self {
            Self::Seal | Self::Overdue | Self::Defaulted => 6_000,
            Self::Report => 15_000,
        }
    }
}

/// How long a peer that did not answer is left alone, in milliseconds: others come first.
const REST: Moment = 30_000;

fn rest_key(member: MemberId) -> Vec<u8> {
    ("counterfoil/reconciliation/rest", member).encode()
}

fn cursor_key(agreement: AgreementId) -> Vec<u8> {
    ("counterfoil/reconciliation/cursor", agreement).encode()
}

fn pause_key(side_id: SideId, step: Step) -> Vec<u8> {
    ("counterfoil/reconciliation/pause", side_id, step).encode()
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

/// Whether the step may be done now; if so, it is paused for the next runs.
pub fn take_turn(side_id: SideId, step: Step, now: Moment) -> bool {
    let name = pause_key(side_id, step);
    let free = !is_before_end(&name, now, step.pause());
    if free {
        StorageValueRef::persistent(&name).set(&now.saturating_add(step.pause()));
    }
    free
}

/// Leaves a peer alone for a while.
pub fn let_rest(member: MemberId, now: Moment) {
    StorageValueRef::persistent(&rest_key(member)).set(&now.saturating_add(REST));
}

/// Whether a peer is left alone.
pub fn is_resting(member: MemberId, now: Moment) -> bool {
    is_before_end(&rest_key(member), now, REST)
}

/// Whether `now` lies before the end of the pause kept under `name`, which lasts `pause` at most.
fn is_before_end(name: &[u8], now: Moment, pause: Moment) -> bool {
    let end = StorageValueRef::persistent(name).get::<Moment>();
    let end = end.ok().flatten().unwrap_or_default();
    is_to_come(end, pause, now)
}

/// Forgets what is kept of the sides of a day.
fn forget(agreement: AgreementId, day: BusinessDay) {
    for side in Side::BOTH {
        let side_id = SideId::new(agreement, day, side);
        StorageValueRef::persistent(&verified_key(side_id)).clear();
        for step in Step::ALL {
            StorageValueRef::persistent(&pause_key(side_id, step)).clear();
        }
    }
}

//! How long the worker waits before it repeats a step, or asks a peer again that hung or was slow.
//!
//! The pauses are kept between runs, and only spare work: a lost pause asks once more.

use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{MemberId, Moment, SideId};
use counterfoil_support::worker_lock::is_to_come;
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
    /// The fetch and the report of a side that defaulted.
    LateReport,
}

impl Step {
    const ALL: [Self; 5] = [
        Self::Seal,
        Self::Overdue,
        Self::Defaulted,
        Self::Report,
        Self::LateReport,
    ];

    /// How long the worker waits before it does the step again, in milliseconds: what was sent
    /// needs some blocks to show in finalised state, and a peer that failed needs time.
    const fn pause(self) -> Moment {
        match self {
            Self::Seal | Self::Overdue | Self::Defaulted => 6_000,
            Self::Report => 15_000,
            // It waits for nobody's deadline, and may have to be tried for weeks.
            Self::LateReport => 300_000,
        }
    }
}

/// How long a peer that did not answer is left alone, in milliseconds: others come first.
const REST: Moment = 30_000;

fn rest_key(member: MemberId) -> Vec<u8> {
    ("counterfoil/reconciliation/rest", member).encode()
}

fn pause_key(side_id: SideId, step: Step) -> Vec<u8> {
    ("counterfoil/reconciliation/pause", side_id, step).encode()
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

/// Forgets the pauses of a side.
pub fn forget(side_id: SideId) {
    for step in Step::ALL {
        StorageValueRef::persistent(&pause_key(side_id, step)).clear();
    }
}

//! When the worker marks a side defaulted because it cannot fetch the book to which the side committed, or
//! may not.

use super::timer::{clock, Due, Point};
use counterfoil_primitives::{AgreementView, MemberId};

/// Whether the side of `party`, whose book this node could not have, is marked defaulted.
///
/// No node says so of its own member: that it does not reach itself shows nothing. And a party's node
/// waits until 1.5 × the deadline, since it may have the book where others do not.
pub fn may_default(agreement: &AgreementView, due: &Due, party: MemberId) -> bool {
    let until = if agreement.reconciler_on(due.day) == Some(due.member) {
        due.times.deadline
    } else {
        due.times.stand_in_defaults
    };
    due.point == Point::Deadline && due.member != party && clock() >= until
}

/// Whether the other party's side, which this node does not look at, is marked defaulted: its member may
/// still choose what it commits to, and may do so late for weeks, for which the day does not wait.
pub fn may_default_unseen(due: &Due) -> bool {
    due.point == Point::Deadline && clock() >= due.times.stand_in_defaults
}

//! When: the clock, and the points of days that it has passed. What follows is the task's.

use super::reconciler_or_stand_in::{duty_on, Duty, OnDuty};
use crate::Config;
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    day_times::DueTimes, ports::Directory, AgreementId, AgreementView, BusinessDay, MemberId,
    Moment, Side, SideId,
};
use sp_core::offchain::Timestamp;

/// A point in the life of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// No more trades are taken: the day may be sealed.
    CutOff,
    /// The day is to be reconciled.
    Preset,
    /// Sides that are not proven may be marked defaulted.
    Deadline,
}

/// A day that has come to a point, for the member that looks after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The agreement.
    pub agreement: AgreementId,
    /// The day.
    pub day: BusinessDay,
    /// The member in whose name the worker does what is due.
    pub member: MemberId,
    /// The last point at which the member has something to do.
    pub point: Point,
    /// When the day comes due.
    pub times: DueTimes,
}

impl Due {
    /// A side of the day.
    pub const fn side_id(&self, side: Side) -> SideId {
        SideId::new(self.agreement, self.day, side)
    }
}

/// How long after a cut-off or a deadline the worker acts on it, in milliseconds. The runtime goes by
/// the time of the block, which is up to a slot and its way through the network behind the clock; a
/// call sent at once would be refused as too early.
pub const BLOCK_LAG: Moment = 4_000;

/// How long after the preset time the worker begins, in milliseconds: the parties' nodes go by
/// clocks of their own. Reports need not wait for the blocks, since the pool takes them a little
/// before their time.
pub const PRESET_LAG: Moment = 500;

/// How long a run waits for a preset time that is about to come, in milliseconds: the next run comes
/// a slot later.
pub const PATIENCE: Moment = 1_000;

/// Most days of an agreement in one run; more follow as the first ones finish.
const MAX_DAYS: usize = 100;

/// The time, in milliseconds.
pub fn clock() -> Moment {
    sp_io::offchain::timestamp().unix_millis()
}

/// The days of an agreement, from `from` on, that are due by `now` for a node which holds the keys of
/// `members`; oldest first. None lies at or after the agreement's close.
pub fn due<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    members: &BTreeSet<MemberId>,
    from: BusinessDay,
    now: Moment,
) -> Vec<Due> {
    let times_of = |day: BusinessDay| {
        let times = T::Directory::due_times(agreement_id, agreement, day)?;
        Some((day, times))
    };
    let due_for = |(day, times): (BusinessDay, DueTimes)| {
        let OnDuty { member, duty } = duty_on(agreement, members, day)?;
        Some(Due {
            agreement: agreement_id,
            day,
            member,
            point: point_of(agreement, duty, day, &times, now)?,
            times,
        })
    };
    (from.0..)
        .map(BusinessDay)
        .take_while(|day| agreement.includes(*day))
        .map_while(times_of)
        // A day comes to the reconciler before it comes to whoever stands in. Days come to their cut-off in
        // their order, also those that wait for an open day.
        .take_while(|(day, times)| {
            point_of(agreement, Duty::Reconciler, *day, times, now).is_some()
        })
        .filter_map(due_for)
        .take(MAX_DAYS)
        .collect()
}

/// Waits for the last preset time of `jobs`, where it is about to come.
pub fn await_preset(jobs: &[(AgreementView, Due)]) {
    let presets = jobs
        .iter()
        .filter(|(_, due)| due.point == Point::Preset)
        .map(|(_, due)| due.times.preset);
    if let Some(begin) = presets.max().map(|last| last.saturating_add(PRESET_LAG)) {
        if clock() < begin {
            sp_io::offchain::sleep_until(Timestamp::from_unix_millis(begin));
        }
    }
}

/// The last point of `day` at which a duty has begun by `now`, or is about to.
///
/// Before anybody stands in, the reconciler has the time from cut-off to preset time for the seal,
/// and half of the time from there to the deadline for the reports. What is due at the deadline
/// waits for nobody.
fn point_of(
    agreement: &AgreementView,
    duty: Duty,
    day: BusinessDay,
    times: &DueTimes,
    now: Moment,
) -> Option<Point> {
    let passed = |at: Moment, lag: Moment, by: Moment| at.saturating_add(lag) <= by;
    let (seal_from, report) = match duty {
        Duty::Reconciler => {
            let soon = now.saturating_add(PATIENCE);
            let report = passed(times.preset, PRESET_LAG, soon);
            (agreement.cut_off_of(day)?, report)
        }
        Duty::StandIn => (times.preset, passed(times.stand_in, 0, now)),
    };
    if passed(times.deadline, BLOCK_LAG, now) {
        Some(Point::Deadline)
    } else if report {
        Some(Point::Preset)
    } else if passed(seal_from, BLOCK_LAG, now) {
        Some(Point::CutOff)
    } else {
        None
    }
}

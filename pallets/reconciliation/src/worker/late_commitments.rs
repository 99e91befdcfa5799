//! Sides that defaulted: their parties may commit late, and somebody has to report that.
//!
//! Nobody waits for a late proof, and there may be days of several weeks to look at. So a run looks at some
//! of them, the next one at others, and reports one side of them at most: a peer that hangs keeps the days
//! that are due waiting for no longer than its share of a run.

use super::{
    budget::Budget,
    day_task::{self, SilentPeers},
    reconciler_or_stand_in::{duty_on, OnDuty},
    retry::Step,
    timer::{Due, Point},
};
use crate::{Config, Pallet};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    ports::{Commitments, Directory, SideView},
    AgreementId, AgreementView, BusinessDay, MemberId, Side, SideId,
};
use frame_support::traits::{Get, Time};
use sp_runtime::SaturatedConversion;

/// Days of an agreement that a run looks at.
const DAYS_PER_RUN: u32 = 8;

/// The days of an agreement, of those that this run looks at, with a side that may be proven late, for a
/// node which holds the keys of `members`.
pub fn days<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    members: &BTreeSet<MemberId>,
) -> Vec<Due> {
    let Some(today) = agreement.day_of(T::UnixTime::now()) else {
        return Vec::new();
    };
    let span = u32::from(T::LateProofDays::get()).saturating_add(1);
    let block: u32 = frame_system::Pallet::<T>::block_number().saturated_into();
    let due_on = |day| {
        let OnDuty { member, .. } = duty_on(agreement, members, day)?;
        Some(Due {
            agreement: agreement_id,
            day,
            member,
            // The deadline has passed, and the side was marked: no mark follows from here.
            point: Point::Preset,
            times: T::Directory::due_times(agreement_id, agreement, day)?,
        })
    };
    (0..DAYS_PER_RUN.min(span))
        .map(|turn| block.wrapping_mul(DAYS_PER_RUN).wrapping_add(turn) % span)
        .filter_map(|ago| today.0.checked_sub(ago).map(BusinessDay))
        .filter(|day| agreement.includes(*day))
        .filter_map(due_on)
        .filter(|due| sides::<T>(due).next().is_some())
        .collect()
}

/// Reports the first side whose turn it is.
pub(super) fn report_one<T: Config>(
    late: &[(AgreementView, Due)],
    budget: &Budget,
    silent: &mut SilentPeers,
) {
    for (agreement, due) in late {
        for side_id in sides::<T>(due) {
            let step = Step::LateReport;
            if day_task::report_side::<T>(agreement, due, side_id, step, budget, silent) {
                return;
            }
        }
    }
}

/// The sides of a day that defaulted, have a commitment, and may be proven late.
fn sides<T: Config>(due: &Due) -> impl Iterator<Item = SideId> {
    let sides = Side::BOTH.map(|side| due.side_id(side));
    sides.into_iter().filter(|side_id| {
        Pallet::<T>::may_be_proven_late(*side_id)
            && T::Books::commitment(*side_id, Pallet::<T>::round(*side_id)).is_some()
    })
}

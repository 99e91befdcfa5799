//! Late reports of which a part never came: once the time for them is over, the member's node clears them
//! away, for a limited number of days back.

use super::{
    day_task,
    reconciler_or_stand_in::{duty_on, OnDuty},
};
use crate::{side_defaulted, Config};
use alloc::collections::BTreeSet;
use counterfoil_primitives::{
    ports::Directory, AgreementId, AgreementView, BusinessDay, MemberId, Side, SideId,
};
use frame_support::traits::{Get, Time};

/// Days behind those for late proofs of which a run removes reports that are not whole. Of earlier ones,
/// where no node ran in time, staff does so.
const DAYS_REMOVED: u32 = 4;

/// Removes late reports that are not whole and whose time is over, by marking their sides once more, for a
/// node which holds the keys of `members`.
pub(super) fn remove_left_overs<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    members: &BTreeSet<MemberId>,
) {
    let Some(today) = agreement.day_of(T::UnixTime::now()) else {
        return;
    };
    let late_days = u32::from(T::LateProofDays::get());
    let days = (1..=DAYS_REMOVED)
        .filter_map(|more| today.0.checked_sub(late_days.saturating_add(more)))
        .map(BusinessDay)
        .filter(|day| agreement.includes(*day));
    for day in days {
        let Some(OnDuty { member, .. }) = duty_on(agreement, members, day) else {
            continue;
        };
        let times = T::Directory::due_times(agreement_id, agreement, day);
        for side in Side::BOTH {
            let side_id = SideId::new(agreement_id, day, side);
            if side_defaulted::is_left_over::<T>(agreement, side_id, times) {
                day_task::mark_defaulted::<T>(member, side_id);
            }
        }
    }
}

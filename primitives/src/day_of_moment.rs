//! Which business day a moment belongs to, also where the offset changes.

use crate::{conditions::Conditions, BusinessDay, Moment};

/// The business day of `moment` by the conditions' versions, and the index of the version.
///
/// A new offset counts from the start of its first day by itself: for daylight saving, the day
/// after the clocks change, so that the day of the change has 23 or 25 hours. Where clocks go back,
/// the old offset would see the next day too early; such moments still belong to the day before.
pub fn day_of(
    versions: &[(BusinessDay, Conditions)],
    moment: Moment,
) -> Option<(BusinessDay, usize)> {
    let index = versions
        .iter()
        .rposition(|(from, conditions)| moment >= conditions.utc_offset.start_of(*from))?;
    let day = versions[index].1.utc_offset.day_of(moment);
    let last = versions
        .get(index + 1)
        .map_or(day, |(next, _)| next.previous());
    Some((day.min(last), index))
}

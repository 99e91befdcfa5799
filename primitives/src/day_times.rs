//! When something of a day happens: its start, its cut-off, its preset time, its deadline.

use crate::{
    conditions::{version_on, Conditions},
    day::MINUTE,
    day_of_moment::day_of,
    AgreementView, BusinessDay, Moment, TimeOfDay, UtcOffset,
};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// How much before its start a day counts as begun. A trade's clock may run ahead of the
/// chain's, by less than this; what such a trade was booked by must not change any more.
pub const LEAD: Moment = 5 * MINUTE;

/// From when on `day` counts as begun for members, whose agreements may have different offsets:
/// [`LEAD`] before its start by the earliest offset.
pub const fn begun_anywhere(day: BusinessDay) -> Moment {
    UtcOffset(UtcOffset::LIMIT)
        .start_of(day)
        .saturating_sub(LEAD)
}

/// When what follows the end of a day comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DueTimes {
    /// When the day is reconciled.
    pub preset: Moment,
    /// When the parties' nodes begin to report what the reconciler has not reported of it: halfway from
    /// the preset time to the deadline.
    pub stand_in: Moment,
    /// When a side of it that is not proven may be marked defaulted.
    pub deadline: Moment,
    /// When a party's node may default a side of it whose book it cannot fetch: 1.5 × the deadline after
    /// the preset time.
    pub stand_in_defaults: Moment,
}

impl AgreementView {
    /// When a day comes due that does so together with `last`, as
    /// [`due_with`](crate::days_due_together::due_with) finds it. [`Self::preset_of`], [`Self::deadline_of`]
    /// and those of `stand_in_times` say the same of a day after which the next one is open.
    pub fn due_times(&self, last: BusinessDay) -> Option<DueTimes> {
        Some(DueTimes {
            preset: self.preset_of(last)?,
            stand_in: self.stand_in_of(last)?,
            deadline: self.deadline_of(last)?,
            stand_in_defaults: self.stand_in_defaults_of(last)?,
        })
    }

    /// The business day of `moment`.
    pub fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        day_of(&self.conditions, moment).map(|(day, _)| day)
    }

    /// When trades of `day` stop being taken.
    pub fn cut_off_of(&self, day: BusinessDay) -> Option<Moment> {
        cut_off_of(&self.conditions, day)
    }

    /// When `day` is reconciled, where T+1 is open.
    pub fn preset_of(&self, day: BusinessDay) -> Option<Moment> {
        preset_of(&self.conditions, day)
    }

    /// When a side of `day` that is not proven may be marked defaulted, where T+1 is open.
    pub fn deadline_of(&self, day: BusinessDay) -> Option<Moment> {
        let preset = self.preset_of(day)?;
        Some(preset.saturating_add(self.millis_to_deadline()))
    }

    pub(crate) fn millis_to_deadline(&self) -> Moment {
        Moment::from(self.deadline_minutes) * MINUTE
    }
}

impl Conditions {
    /// When trades of `day` stop being taken, where the offset stays the same on T+1; [`cut_off_of`]
    /// finds it where the offset changes.
    pub const fn cut_off_of(&self, day: BusinessDay) -> Moment {
        self.cut_off.on_next_day(day, self.utc_offset)
    }

    /// When `day` is reconciled, where the offset stays the same on T+1; [`preset_of`] finds it where the
    /// offset changes.
    pub const fn preset_of(&self, day: BusinessDay) -> Moment {
        self.preset.on_next_day(day, self.utc_offset)
    }
}

/// When `day` begins, by the conditions' versions.
pub fn start_of(versions: &[(BusinessDay, Conditions)], day: BusinessDay) -> Option<Moment> {
    let index = version_on(versions, day)?;
    Some(versions[index].1.utc_offset.start_of(day))
}

/// When trades of `day` stop being taken, by the conditions' versions.
pub fn cut_off_of(versions: &[(BusinessDay, Conditions)], day: BusinessDay) -> Option<Moment> {
    on_next_day(versions, day, |conditions| conditions.cut_off)
}

/// When `day` is reconciled, by the conditions' versions.
pub fn preset_of(versions: &[(BusinessDay, Conditions)], day: BusinessDay) -> Option<Moment> {
    on_next_day(versions, day, |conditions| conditions.preset)
}

/// The moment of a local time on T+1 that the conditions of `day` name.
///
/// The local time is by the offset in force on T+1: where clocks go back on `day`, the day's own
/// offset would put a cut-off shortly after midnight before the end of the day.
fn on_next_day(
    versions: &[(BusinessDay, Conditions)],
    day: BusinessDay,
    time: impl Fn(&Conditions) -> TimeOfDay,
) -> Option<Moment> {
    let of_day = &versions[version_on(versions, day)?].1;
    let next_day = &versions[version_on(versions, day.next())?].1;
    Some(time(of_day).on_next_day(day, next_day.utc_offset))
}

//! The conditions of an agreement, by version.

use crate::{day::TimeOfDay, BusinessDay, Moment, Side, UtcOffset};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a party's book is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The entries as they came from the chain.
    #[default]
    Received,
    /// What the party's own core ledger says, imported.
    Ledger,
}

/// What changes in an agreement only from a day that has not begun.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Conditions {
    /// What makes a business day.
    pub utc_offset: UtcOffset,
    /// The local time on T+1 until which trades of day T are taken.
    pub cut_off: TimeOfDay,
    /// The local time on T+1 at which day T is reconciled.
    pub preset: TimeOfDay,
    /// What the company's book is.
    pub debit_source: Source,
    /// What the bank's book is.
    pub credit_source: Source,
}

impl Conditions {
    /// What the book of `side` is.
    pub const fn source(&self, side: Side) -> Source {
        side.pick(self.debit_source, self.credit_source)
    }

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

/// The index of the version in force on `day`, of versions ascending by their first day.
pub fn version_on<V>(versions: &[(BusinessDay, V)], day: BusinessDay) -> Option<usize> {
    versions
        .partition_point(|(from, _)| *from <= day)
        .checked_sub(1)
}

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

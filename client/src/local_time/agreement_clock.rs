//! An agreement's local time: which moment a date with a time of day is, and back.
//!
//! An agreement states its offset by the day. Where the next day has another one, the clocks change
//! in between, and the agreement does not say when. The zones of this machine's time zone database
//! that make the same change on that day do. A local time that they read differently, or that none
//! of them decides, is not guessed.

use super::{
    moment_at,
    no_moment::NoMoment,
    repeated_hour::{self, Repeated},
};
use crate::time::{date_of, day_of, moment_text};
use counterfoil_primitives::{day_of_moment, BusinessDay, Conditions, Moment, UtcOffset};
use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
    Timestamp,
};
use std::{cell::RefCell, collections::BTreeMap};

/// An agreement's clock.
pub struct Clock<'a> {
    offset_on: &'a dyn Fn(BusinessDay) -> i16,
    repeated: Option<Repeated>,
    /// The zones that may tell when clocks change; this machine's unless named.
    zones: Option<Vec<TimeZone>>,
    /// When clocks change, of the days asked about.
    changes: RefCell<BTreeMap<BusinessDay, Vec<Moment>>>,
}

/// The zones of this machine's database.
fn known_zones() -> Vec<TimeZone> {
    let database = jiff::tz::db();
    let names = database.available();
    names
        .filter_map(|name| database.get(name.as_str()).ok())
        .collect()
}

impl<'a> Clock<'a> {
    /// The clock of an agreement whose local time on a day is `offset_on` minutes ahead of UTC.
    pub fn new(offset_on: &'a dyn Fn(BusinessDay) -> i16, repeated: Option<Repeated>) -> Self {
        Self {
            offset_on,
            repeated,
            zones: None,
            changes: RefCell::default(),
        }
    }

    /// The same clock, decided by these zones instead of this machine's.
    pub fn by(self, zones: Vec<TimeZone>) -> Self {
        let zones = Some(zones);
        Self { zones, ..self }
    }

    /// Which of two is meant, where an hour is there twice.
    pub const fn repeated(&self) -> Option<Repeated> {
        self.repeated
    }

    fn offset(&self, day: BusinessDay) -> UtcOffset {
        UtcOffset((self.offset_on)(day))
    }

    fn start_of(&self, day: BusinessDay) -> Moment {
        self.offset(day).start_of(day)
    }

    /// The business day of a moment.
    pub fn day_at(&self, moment: Moment) -> BusinessDay {
        let utc = UtcOffset(0).day_of(moment);
        // No offset is as long as a day, so it is one of these, each by its own offset.
        let versions = [utc.previous(), utc, utc.next()].map(|day| {
            let conditions = Conditions {
                utc_offset: self.offset(day),
                ..Conditions::default()
            };
            (day, conditions)
        });
        day_of_moment::day_of(&versions, moment).map_or_else(|| utc.previous(), |(day, _)| day)
    }

    /// The offsets at which a day begins and ends.
    fn offsets(&self, day: BusinessDay) -> (UtcOffset, UtcOffset) {
        (self.offset(day), self.offset(day.next()))
    }

    /// The moment of a local time.
    pub fn moment_of(&self, local: DateTime) -> Result<Moment, NoMoment> {
        let day = day_of(local.date()).map_err(|_| NoMoment::OutOfRange(local))?;
        let (before, after) = self.offsets(day);
        let early = moment_at(local, fixed(before))?;
        if before == after {
            return Ok(early);
        }
        let late = moment_at(local, fixed(after))?;
        let unsure = NoMoment::Unsure(day, before, after);
        let mut readings =
            self.changes(day)
                .into_iter()
                .map(|change| match (early < change, late >= change) {
                    (true, false) => Ok(early),
                    (false, true) => Ok(late),
                    (false, false) => Err(NoMoment::Skipped(local)),
                    (true, true) => repeated_hour::choose(local, early, late, self.repeated),
                });
        match readings.next() {
            Some(reading) if readings.all(|other| other == reading) => reading,
            Some(_) => Err(unsure),
            // Whenever they change, a reading on another day is none.
            None => match (self.day_at(early) == day, self.day_at(late) == day) {
                (true, false) => Ok(early),
                (false, true) => Ok(late),
                (true, true) => Err(unsure),
                (false, false) => Err(NoMoment::Skipped(local)),
            },
        }
    }

    /// The local time of a moment.
    pub fn local(&self, moment: Moment) -> Result<DateTime, NoMoment> {
        let day = self.day_at(moment);
        let (before, after) = self.offsets(day);
        let unsure = NoMoment::Unsure(day, before, after);
        let at = |offset: UtcOffset| {
            let stamp = i64::try_from(moment).ok();
            let stamp = stamp.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            stamp.map(|stamp| fixed(offset).to_datetime(stamp))
        };
        let (Some(early), Some(late)) = (at(before), at(after)) else {
            return Err(unsure);
        };
        let mut readings =
            self.changes(day)
                .into_iter()
                .map(|change| if moment < change { early } else { late });
        match readings.next() {
            Some(reading) if readings.all(|other| other == reading) => Ok(reading),
            Some(_) => Err(unsure),
            None if early == late => Ok(early),
            None => match [early, late].map(|local| day_of(local.date()).ok() == Some(day)) {
                [true, false] => Ok(early),
                [false, true] => Ok(late),
                _ => Err(unsure),
            },
        }
    }

    /// A moment for people, by the offset in force then: `2026-11-23 00:30:00 +01:00`. By UTC where
    /// it is not known which is.
    pub fn text(&self, moment: Moment) -> String {
        moment_text(moment, self.minutes_at(moment).unwrap_or_default())
    }

    /// The minutes that the clock is ahead of UTC at a moment.
    fn minutes_at(&self, moment: Moment) -> Option<i16> {
        let local = self.local(moment).ok()?;
        let shown = moment_at(local, Offset::UTC).ok()?;
        let ahead = i64::try_from(shown).ok()? - i64::try_from(moment).ok()?;
        i16::try_from(ahead / 60_000).ok()
    }

    /// A moment's local time of day, on another day.
    pub fn redate(&self, moment: Moment, day: BusinessDay) -> Result<Moment, NoMoment> {
        let local = self.local(moment)?;
        let date = date_of(day).ok_or(NoMoment::OutOfRange(local))?;
        self.moment_of(DateTime::from_parts(date, local.time()))
    }

    /// When the clocks change on a day, by each zone that makes the agreement's change on it.
    fn changes(&self, day: BusinessDay) -> Vec<Moment> {
        let (before, after) = self.offsets(day);
        if before == after {
            return Vec::new();
        }
        let mut known = self.changes.borrow_mut();
        let changes = known.entry(day).or_insert_with(|| {
            let (start, end) = (self.start_of(day), self.start_of(day.next()));
            let zones = self.zones.clone().unwrap_or_else(known_zones);
            let mut changes: Vec<Moment> = zones
                .iter()
                .flat_map(|zone| changes_of(zone, start, end, before, after))
                .collect();
            changes.sort_unstable();
            changes.dedup();
            changes
        });
        changes.clone()
    }
}

/// The moments from `start` to before `end` at which a zone goes from one offset to another.
fn changes_of(
    zone: &TimeZone,
    start: Moment,
    end: Moment,
    before: UtcOffset,
    after: UtcOffset,
) -> Vec<Moment> {
    let stamp = |moment: Moment| {
        let ms = i64::try_from(moment).ok()?;
        Timestamp::from_millisecond(ms).ok()
    };
    let (Some(eve), Some(end)) = (stamp(start.saturating_sub(1)), stamp(end)) else {
        return Vec::new();
    };
    let mut from = zone.to_offset(eve);
    zone.following(eve)
        .take_while(|transition| transition.timestamp() < end)
        .filter_map(|transition| {
            let to = transition.offset();
            let left = std::mem::replace(&mut from, to);
            let is_the_change = left == fixed(before) && to == fixed(after);
            let at = Moment::try_from(transition.timestamp().as_millisecond()).ok();
            at.filter(|_| is_the_change)
        })
        .collect()
}

/// An agreement's offset. The chain takes none that is too wide for a day.
fn fixed(offset: UtcOffset) -> Offset {
    Offset::from_seconds(i32::from(offset.0) * 60).unwrap_or(Offset::UTC)
}

#[cfg(test)]
mod tests;

//! Local times of files: a date, perhaps a time of day, perhaps an offset.

use super::{
    moment_at,
    repeated_hour::{self, Repeated},
    Clock, NoMoment,
};
use crate::{
    printable_text::quoted,
    time::{date_of, parse_offset},
};
use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{BusinessDay, Moment};
use jiff::{
    civil::{Date, DateTime, Time},
    fmt::{strtime, temporal::Pieces},
    tz::{AmbiguousOffset, Offset, TimeZone},
    Timestamp,
};

/// The zone in which a file's local times are.
#[derive(Clone, Debug)]
pub enum Zone {
    /// The agreement's own offset on the day.
    Agreement,
    /// A named zone, or a fixed offset.
    Of(TimeZone),
}

impl Zone {
    /// `agreement`, an offset like `+01:00`, or a name like `Europe/Prague`.
    pub fn parse(text: &str) -> Result<Self> {
        if text == "agreement" {
            return Ok(Self::Agreement);
        }
        if let Ok(offset) = parse_offset(text) {
            let seconds = i32::from(offset.0) * 60;
            let offset = Offset::from_seconds(seconds).context("the offset is too wide")?;
            return Ok(Self::Of(TimeZone::fixed(offset)));
        }
        let zone = TimeZone::get(text).map_err(|_| {
            anyhow!("{text:?} is not a known time zone; write an offset like +01:00, a name like Europe/Prague, or \"agreement\"")
        })?;
        Ok(Self::Of(zone))
    }
}

/// When a payment happened, as its file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The date.
    pub date: Date,
    /// The time, where the file has one.
    pub time: Option<Time>,
    /// The offset, where the file has one.
    pub offset: Option<Offset>,
}

impl LocalTime {
    /// Reads `text` by a strftime `format`, or as RFC 3339 where the format says `rfc3339`. A time
    /// of 24:00 is the next midnight.
    pub fn parse(text: &str, format: &str) -> Result<Self> {
        Self::within_a_day(text, format)
            .or_else(|error| Self::next_midnight(text, format).ok_or(error))
    }

    pub(super) fn within_a_day(text: &str, format: &str) -> Result<Self> {
        if format == "rfc3339" {
            return Self::rfc3339(text).with_context(|| {
                format!("{} is not a time like 2026-11-23T10:00:00Z", quoted(text))
            });
        }
        let parts = strtime::parse(format, text)
            .map_err(|_| anyhow!("{} is not a date of the form {format:?}", quoted(text)))?;
        if let (Ok(at), None) = (parts.to_timestamp(), parts.offset()) {
            // A count of seconds names the moment, and no date by itself.
            return Ok(Self::utc(at));
        }
        let date = parts
            .to_date()
            .map_err(|_| anyhow!("{} by the form {format:?} names no day", quoted(text)))?;
        let has_time = parts.hour().is_some() || parts.minute().is_some();
        let time = has_time.then(|| parts.to_time()).transpose().map_err(|_| {
            anyhow!(
                "{} by the form {format:?} names no time of day",
                quoted(text)
            )
        })?;
        Ok(Self {
            date,
            time,
            offset: parts.offset(),
        })
    }

    /// Date and time; the day's first moment where the file has no time.
    pub(super) fn start(&self) -> DateTime {
        DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()))
    }

    fn rfc3339(text: &str) -> Option<Self> {
        // It must be a moment, and not only have parts of one.
        text.parse::<Timestamp>().ok()?;
        let parts = Pieces::parse(text).ok()?;
        Some(Self {
            date: parts.date(),
            time: Some(parts.time()?),
            offset: Some(parts.to_numeric_offset()?),
        })
    }

    fn utc(at: Timestamp) -> Self {
        let utc = Offset::UTC.to_datetime(at);
        Self {
            date: utc.date(),
            time: Some(utc.time()),
            offset: Some(Offset::UTC),
        }
    }

    /// The moment, with `at` for a missing time and `zone` for a missing offset.
    pub fn resolve(&self, at: Time, zone: &Zone, clock: &Clock<'_>) -> Result<Moment, NoMoment> {
        let local = DateTime::from_parts(self.date, self.time.unwrap_or(at));
        match (self.offset, zone) {
            (Some(offset), _) => moment_at(local, offset),
            (None, Zone::Agreement) => clock.moment_of(local),
            (None, Zone::Of(zone)) => moment_in(local, zone, clock.repeated()),
        }
    }

    /// The moment with the same local time on `day`.
    pub fn resolve_on(
        &self,
        day: BusinessDay,
        at: Time,
        zone: &Zone,
        clock: &Clock<'_>,
    ) -> Result<Moment, NoMoment> {
        let there = date_of(day).map(|date| Self { date, ..*self });
        if let (Some(there), None) = (there, self.offset) {
            // The file's own clock shows the day that is named, but where it lies far away.
            let moment = there.resolve(at, zone, clock);
            let is_there = |moment: &Moment| clock.day_at(*moment) == day;
            if matches!(zone, Zone::Agreement) || moment.as_ref().map_or(true, is_there) {
                return moment;
            }
        }
        clock.redate(self.resolve(at, zone, clock)?, day)
    }
}

/// The moment of a local time in a zone.
fn moment_in(
    local: DateTime,
    zone: &TimeZone,
    repeated: Option<Repeated>,
) -> Result<Moment, NoMoment> {
    let offset = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { .. } => return Err(NoMoment::Skipped(local)),
        AmbiguousOffset::Fold { before, after } => {
            repeated_hour::choose(local, before, after, repeated)?
        }
    };
    moment_at(local, offset)
}

#[cfg(test)]
mod tests;

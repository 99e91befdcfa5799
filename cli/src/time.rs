//! Days and moments between text and the chain's counts.

use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{BusinessDay, Moment, TimeOfDay, UtcOffset};
use jiff::{
    civil::{Date, DateTime, Time},
    fmt::strtime,
    tz::{Offset, TimeZone},
    Timestamp, ToSpan,
};

const FIRST_DAY: Date = Date::constant(1970, 1, 1);

/// The clock of this machine.
pub fn now() -> Moment {
    Moment::try_from(Timestamp::now().as_millisecond()).unwrap_or_default()
}

/// A day as `2026-11-23`.
pub fn day_text(day: BusinessDay) -> String {
    date_of(day).map_or_else(|| format!("day {}", day.0), |date| date.to_string())
}

/// The calendar date of a day, where the calendar reaches that far.
pub fn date_of(day: BusinessDay) -> Option<Date> {
    FIRST_DAY.checked_add(i64::from(day.0).days()).ok()
}

/// The day of a calendar date.
pub fn day_of(date: Date) -> Result<BusinessDay> {
    let days = (date - FIRST_DAY).get_days();
    let days = u32::try_from(days).map_err(|_| anyhow!("{date} lies before {FIRST_DAY}"))?;
    Ok(BusinessDay(days))
}

/// Reads a day as `2026-11-23`.
pub fn parse_day(text: &str) -> Result<BusinessDay> {
    let date: Date = text
        .parse()
        .map_err(|_| anyhow!("{text:?} is no day; write it as 2026-11-23"))?;
    day_of(date)
}

/// The minutes of hours and minutes, as `01:30`: digits only, without a sign of their own.
fn hours_and_minutes(text: &str) -> Option<u16> {
    let number = |part: &str| -> Option<u16> {
        let is_plain = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| is_plain)
    };
    let (hours, minutes) = text.split_once(':')?;
    let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
    number(hours)?.checked_mul(60)?.checked_add(minutes)
}

/// Reads a time of day as `00:30`.
pub fn parse_time_of_day(text: &str) -> Result<TimeOfDay> {
    hours_and_minutes(text)
        .map(TimeOfDay)
        .filter(|time| time.is_valid())
        .with_context(|| format!("{text:?} is no time of day; write it as 00:30"))
}

/// A time of day as `00:30`.
pub fn time_of_day_text(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// Reads a UTC offset as `+01:00`.
pub fn parse_offset(text: &str) -> Result<UtcOffset> {
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(anyhow!("{text:?} is no UTC offset; write it as +01:00")),
    };
    hours_and_minutes(rest)
        .and_then(|minutes| i16::try_from(minutes).ok())
        .map(|minutes| UtcOffset(sign * minutes))
        .filter(|offset| offset.is_valid())
        .with_context(|| format!("{text:?} is no UTC offset; write it as +01:00"))
}

/// A UTC offset as `+01:00`.
pub fn offset_text(offset: UtcOffset) -> String {
    let minutes = offset.0.unsigned_abs();
    let sign = if offset.0 < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A moment for people, in local time by `offset_minutes`: `2026-11-23 00:30:00 +01:00`.
pub fn moment_text(moment: Moment, offset_minutes: i16) -> String {
    let local = i64::try_from(moment)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .and_then(|at| {
            Some(
                at.to_zoned(TimeZone::fixed(fixed(offset_minutes)?))
                    .datetime(),
            )
        });
    match local {
        Some(local) => format!(
            "{} {} {}",
            local.date(),
            local.time().strftime("%H:%M:%S"),
            offset_text(UtcOffset(offset_minutes))
        ),
        None => format!("{moment} ms"),
    }
}

/// A moment for programs: RFC 3339 in UTC.
pub fn moment_rfc3339(moment: Moment) -> String {
    i64::try_from(moment)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .map_or_else(|| moment.to_string(), |at| at.to_string())
}

fn fixed(offset_minutes: i16) -> Option<Offset> {
    Offset::from_seconds(i32::from(offset_minutes) * 60).ok()
}

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
            let offset = fixed(offset.0).context("the offset is too wide")?;
            return Ok(Self::Of(TimeZone::fixed(offset)));
        }
        let zone = TimeZone::get(text).map_err(|_| {
            anyhow!("{text:?} is no time zone known here; write an offset like +01:00, a name like Europe/Prague, or \"agreement\"")
        })?;
        Ok(Self::Of(zone))
    }
}

/// When a payment happened, as its file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The date.
    pub date: Date,
    /// The time, where the file gives one.
    pub time: Option<Time>,
    /// The offset, where the file gives one.
    pub offset: Option<Offset>,
}

impl LocalTime {
    /// Reads `text` by a strftime `format`, or as RFC 3339 where the format says `rfc3339`.
    pub fn parse(text: &str, format: &str) -> Result<Self> {
        if format == "rfc3339" {
            let at: Timestamp = text
                .parse()
                .map_err(|_| anyhow!("{text:?} is no time like 2026-11-23T10:00:00Z"))?;
            return Ok(Self::utc(at));
        }
        let parts = strtime::parse(format, text)
            .map_err(|_| anyhow!("{text:?} is no date of the form {format:?}"))?;
        if let (Ok(at), None) = (parts.to_timestamp(), parts.offset()) {
            // A count of seconds names the moment, and no date by itself.
            return Ok(Self::utc(at));
        }
        let date = parts
            .to_date()
            .map_err(|_| anyhow!("{text:?} by the form {format:?} names no day"))?;
        Ok(Self {
            date,
            time: parts.hour().and_then(|_| parts.to_time().ok()),
            offset: parts.offset(),
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

    /// The moment, with `at` for a missing time, `zone` for a missing offset and
    /// `offset_minutes` for the agreement's zone.
    pub fn resolve(&self, at: Time, zone: &Zone, offset_minutes: i16) -> Result<Moment> {
        let local = DateTime::from_parts(self.date, self.time.unwrap_or(at));
        let stamp = match (self.offset, zone) {
            (Some(offset), _) => offset.to_timestamp(local)?,
            (None, Zone::Agreement) => fixed(offset_minutes)
                .context("the agreement's offset is too wide")?
                .to_timestamp(local)?,
            (None, Zone::Of(zone)) => zone.to_timestamp(local)?,
        };
        Moment::try_from(stamp.as_millisecond())
            .map_err(|_| anyhow!("{local} lies before {FIRST_DAY}"))
    }
}

/// Puts `moment` on another day, keeping the local time of day. `offset_on` tells how many minutes
/// local time on a day is ahead of UTC.
pub fn redate(moment: Moment, day: BusinessDay, offset_on: &dyn Fn(BusinessDay) -> i16) -> Moment {
    let start_of = |day| UtcOffset(offset_on(day)).start_of(day);
    let utc = UtcOffset(0).day_of(moment);
    let midnight = [utc.next(), utc]
        .map(start_of)
        .into_iter()
        .find(|start| *start <= moment)
        .unwrap_or_else(|| start_of(utc.previous()));
    let since_midnight = moment.saturating_sub(midnight);
    // On a day whose clocks go forward, the last hour is not there: its end stands for it.
    let end = start_of(day.next()).saturating_sub(1);
    start_of(day).saturating_add(since_midnight).min(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Time = Time::constant(12, 0, 0, 0);

    #[test]
    fn days_count_from_1970() {
        assert_eq!(parse_day("1970-01-02").unwrap(), BusinessDay(1));
        assert_eq!(day_text(BusinessDay(0)), "1970-01-01");
        assert!(parse_day("1969-12-31").is_err());
        assert!(parse_day("02/03/1970").is_err());
    }

    #[test]
    fn offsets_and_times_read_as_they_are_written() {
        for text in ["+01:00", "-09:30", "+14:00", "+00:00"] {
            assert_eq!(offset_text(parse_offset(text).unwrap()), text);
        }
        assert!(parse_offset("+14:30").is_err());
        assert!(parse_offset("1:00").is_err());
        assert!(parse_offset("+é1:00").is_err());
        for text in ["++1:00", "+-1:00", "+01:+30", "+:30"] {
            assert!(parse_offset(text).is_err(), "{text}");
        }
        assert_eq!(parse_time_of_day("01:05").unwrap(), TimeOfDay(65));
        for text in ["24:00", "00:60", "+1:00", "01:+30", "2000:00", ":30"] {
            assert!(parse_time_of_day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_alone_takes_the_given_time_in_the_agreements_zone() {
        let local = LocalTime::parse("1993-02-07", "%Y-%m-%d").unwrap();
        let moment = local.resolve(NOON, &Zone::Agreement, 60).unwrap();
        assert_eq!(moment_text(moment, 60), "1993-02-07 12:00:00 +01:00");
        assert_eq!(moment_rfc3339(moment), "1993-02-07T11:00:00Z");
    }

    #[test]
    fn people_see_no_fractions_of_seconds() {
        assert_eq!(moment_text(1_001, 0), "1970-01-01 00:00:01 +00:00");
    }

    #[test]
    fn an_offset_in_the_file_goes_before_the_mappings_zone() {
        let local = LocalTime::parse("2026-03-01 10:00 +0500", "%Y-%m-%d %H:%M %z").unwrap();
        let moment = local
            .resolve(NOON, &Zone::parse("+01:00").unwrap(), 0)
            .unwrap();
        assert_eq!(moment_rfc3339(moment), "2026-03-01T05:00:00Z");
    }

    #[test]
    fn seconds_since_1970_need_no_zone() {
        let local = LocalTime::parse("86400", "%s").unwrap();
        assert_eq!(
            local.resolve(NOON, &Zone::Agreement, 60).unwrap(),
            86_400_000
        );
    }

    #[test]
    fn rfc_3339_is_read_where_the_format_says_so() {
        for text in ["2026-03-01T05:00:00Z", "2026-03-01T10:00:00+05:00"] {
            let local = LocalTime::parse(text, "rfc3339").unwrap();
            let moment = local.resolve(NOON, &Zone::Agreement, 60).unwrap();
            assert_eq!(moment_rfc3339(moment), "2026-03-01T05:00:00Z");
        }
        assert!(LocalTime::parse("1.3.2026", "rfc3339").is_err());
    }

    #[test]
    fn a_zone_that_nobody_knows_is_refused_with_the_ways_to_write_one() {
        let error = Zone::parse("Mars/Olympus").unwrap_err().to_string();
        assert!(error.contains("+01:00"), "{error}");
    }

    #[test]
    fn a_new_day_keeps_the_local_time() {
        let local = LocalTime::parse("1993-02-07 23:15", "%Y-%m-%d %H:%M").unwrap();
        let moment = local.resolve(NOON, &Zone::Agreement, 60).unwrap();
        let moved = redate(moment, parse_day("2026-11-22").unwrap(), &|_| 60);
        assert_eq!(moment_text(moved, 60), "2026-11-22 23:15:00 +01:00");
    }

    /// The offset of Prague around the summer of 2026.
    fn prague(day: BusinessDay) -> i16 {
        let (spring, autumn) = (parse_day("2026-03-29"), parse_day("2026-10-25"));
        match spring.unwrap() <= day && day < autumn.unwrap() {
            true => 120,
            false => 60,
        }
    }

    /// Puts a local time by Prague's clock on another day.
    fn moved(text: &str, day: &str) -> String {
        let local = LocalTime::parse(text, "%Y-%m-%d %H:%M").unwrap();
        let offset = prague(day_of(local.date).unwrap());
        let moment = local.resolve(NOON, &Zone::Agreement, offset).unwrap();
        let day = parse_day(day).unwrap();
        moment_text(redate(moment, day, &prague), prague(day))
    }

    #[test]
    fn a_new_day_by_summer_time_keeps_the_time_of_a_winters_day() {
        for time in ["00:10", "12:00", "23:50"] {
            assert_eq!(
                moved(&format!("2026-01-10 {time}"), "2026-07-10"),
                format!("2026-07-10 {time}:00 +02:00")
            );
        }
    }

    #[test]
    fn a_new_day_by_winter_time_keeps_the_time_of_a_summers_day() {
        for time in ["00:10", "12:00", "23:50"] {
            assert_eq!(
                moved(&format!("2026-07-10 {time}"), "2026-01-10"),
                format!("2026-01-10 {time}:00 +01:00")
            );
        }
    }

    #[test]
    fn a_time_that_the_new_day_lacks_becomes_the_days_end() {
        assert_eq!(
            moved("2026-01-10 23:30", "2026-03-28"),
            "2026-03-28 22:59:59 +01:00"
        );
    }

    proptest! {
        #[test]
        fn days_are_read_back(day in 0u32..2_000_000) {
            prop_assert_eq!(parse_day(&day_text(BusinessDay(day))).unwrap(), BusinessDay(day));
        }

        #[test]
        fn every_moved_moment_lies_on_its_new_day(
            moment in 0u64..4_000_000_000_000,
            day in 2u32..40_000,
            offset in -840i16..=840,
        ) {
            let moved = redate(moment, BusinessDay(day), &|_| offset);
            prop_assert_eq!(UtcOffset(offset).day_of(moved), BusinessDay(day));
        }

        #[test]
        fn every_moved_moment_lies_on_its_new_day_where_the_offset_changes(
            moment in 0u64..4_000_000_000_000,
            day in 2u32..40_000,
            change in 2u32..40_000,
            near in 0u32..3,
            offset in -660i16..=660,
            shift in -180i16..=180,
        ) {
            let changes_at = if near > 0 { day - 1 + near } else { change };
            let offset_on = |day: BusinessDay| if day.0 < changes_at { offset } else { offset + shift };
            let start_of = |day: u32| UtcOffset(offset_on(BusinessDay(day))).start_of(BusinessDay(day));
            let moved = redate(moment, BusinessDay(day), &offset_on);
            prop_assert!((start_of(day)..start_of(day + 1)).contains(&moved));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}", format in ".{0,20}") {
            let _ = LocalTime::parse(&text, &format);
            let _ = parse_day(&text);
            let _ = parse_offset(&text);
            let _ = parse_time_of_day(&text);
            let _ = Zone::parse(&text);
        }
    }
}

//! Days and moments between text and the chain's counts.

use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{BusinessDay, Moment, TimeOfDay, UtcOffset};
use jiff::{
    civil::Date,
    tz::{Offset, TimeZone},
    Span, Timestamp,
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
    let days = Span::new().try_days(i64::from(day.0)).ok()?;
    FIRST_DAY.checked_add(days).ok()
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
        .map_err(|_| anyhow!("{text:?} is not a day; write it like 2026-11-23"))?;
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
        .with_context(|| format!("{text:?} is not a time of day; write it like 00:30"))
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
        _ => {
            return Err(anyhow!(
                "{text:?} is not a UTC offset; write it like +01:00"
            ))
        }
    };
    hours_and_minutes(rest)
        .and_then(|minutes| i16::try_from(minutes).ok())
        .map(|minutes| UtcOffset(sign * minutes))
        .filter(|offset| offset.is_valid())
        .with_context(|| format!("{text:?} is not a UTC offset; write it like +01:00"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(parse_day("1970-01-02").unwrap(), BusinessDay(1));
        assert_eq!(day_text(BusinessDay(0)), "1970-01-01");
        assert!(parse_day("1969-12-31").is_err());
        assert!(parse_day("02/03/1970").is_err());
    }

    #[test]
    fn a_day_beyond_all_calendars_is_shown_by_its_number() {
        assert_eq!(date_of(BusinessDay(u32::MAX)), None);
        assert_eq!(day_text(BusinessDay(20_261_128)), "day 20261128");
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
    fn people_see_no_fractions_of_seconds() {
        assert_eq!(moment_text(1_001, 0), "1970-01-01 00:00:01 +00:00");
    }

    proptest! {
        #[test]
        fn days_are_read_back(day in 0u32..2_000_000) {
            prop_assert_eq!(parse_day(&day_text(BusinessDay(day))).unwrap(), BusinessDay(day));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = parse_day(&text);
            let _ = parse_offset(&text);
            let _ = parse_time_of_day(&text);
        }
    }
}

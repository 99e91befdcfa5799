//! Business days and calendar dates.
//!
//! Both directions count in eras of 400 years that begin on 1 March, so that a leap day is the last
//! of its year. After Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*.

use super::number;
use crate::{BusinessDay, Text};
use alloc::{format, string::String};

/// Days from the first day of an era to 1970-01-01.
const DAYS_TO_1970: u64 = 719_468;
/// Days of an era.
const ERA: u64 = 146_097;
/// The last number that is read as a count of days: 2243-10-17. What is larger has a date's digits,
/// or is a slip of the pen: as a count of days 2,026,123 would be in the year 7517.
const LAST_COUNT: u32 = 100_000;

/// A day in words: as long as the last one that can be counted.
pub type DateWords = Text<14>;

/// What is wrong with a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableDate {
    /// It is not written like `2026-11-28`.
    NotADate,
    /// No calendar shows it, or it lies before 1970.
    NoSuchDate,
}

/// Reads `2026-11-28`, or the same digits without dashes.
pub fn read(text: &str) -> Result<BusinessDay, UnreadableDate> {
    let digits = match text.len() {
        8 => [text.get(..4), text.get(4..6), text.get(6..)],
        10 if text.get(4..5) == Some("-") && text.get(7..8) == Some("-") => {
            [text.get(..4), text.get(5..7), text.get(8..)]
        }
        _ => return Err(UnreadableDate::NotADate),
    };
    match digits.map(|part| part.and_then(number)) {
        [Some(year), Some(month), Some(date)] => {
            of_calendar(year, month, date).ok_or(UnreadableDate::NoSuchDate)
        }
        _ => Err(UnreadableDate::NotADate),
    }
}

/// A day as `2026-11-28`.
pub fn show(day: BusinessDay) -> String {
    let (year, month, date) = calendar_date(day);
    format!("{year:04}-{month:02}-{date:02}")
}

/// A day as `2026-11-28`, as events hold it.
pub fn words(day: BusinessDay) -> DateWords {
    Text::truncated(&show(day))
}

/// The day that a person or a program means by a number: the digits of a date, like 20,261,128, are
/// that date; a number of up to 100,000 is the count of days since 1970-01-01, as it is stored. What is
/// neither is refused: a date that lacks a digit would be a day thousands of years ahead.
///
/// Calls and runtime API pass each day that they are given through this. A signature covers the number
/// as it was given.
pub fn day_of_input(given: BusinessDay) -> Result<BusinessDay, UnreadableDate> {
    let number = given.0;
    if number <= LAST_COUNT {
        return Ok(given);
    }
    of_calendar(number / 10_000, number / 100 % 100, number % 100).ok_or(UnreadableDate::NoSuchDate)
}

/// Year, month and day of the month in the proleptic Gregorian calendar.
pub fn calendar_date(day: BusinessDay) -> (u32, u32, u32) {
    let days = u64::from(day.0) + DAYS_TO_1970;
    let (era, of_era) = (days / ERA, days % ERA);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let date = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year as u32, month as u32, date as u32)
}

/// The day of a date from 1970 to 9999; `None` where the calendar has no such date.
fn of_calendar(year: u32, month: u32, date: u32) -> Option<BusinessDay> {
    let in_range =
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    if !in_range {
        return None;
    }
    let year_from_march = u64::from(year) - u64::from(month <= 2);
    let (era, year_of_era) = (year_from_march / 400, year_from_march % 400);
    let from_march = (u64::from(month) + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + u64::from(date) - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    let day = BusinessDay((era * ERA + of_era - DAYS_TO_1970) as u32);
    // The 31st of a shorter month counts on into the next one.
    (calendar_date(day) == (year, month, date)).then_some(day)
}

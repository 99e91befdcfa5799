//! A time of 24:00, which a file writes for the end of a day: the next midnight.

use super::as_written::LocalTime;
use jiff::{civil::Time, Span};

impl LocalTime {
    /// Reads a text whose hour is 24, where that leads to the end of a day exactly.
    ///
    /// Which of its digits are the hour, two other hours tell: with 23 it is the last hour of the
    /// same day that begins with 00.
    pub(super) fn next_midnight(text: &str, format: &str) -> Option<Self> {
        text.match_indices("24").find_map(|(at, _)| {
            let with = |hour: &str| {
                let text = format!("{}{hour}{}", &text[..at], &text[at + 2..]);
                Self::within_a_day(&text, format).ok()
            };
            let (first, last) = (with("00")?, with("23")?);
            let midnight = first.start();
            let is_hour = last.start() == midnight.checked_add(Span::new().hours(23)).ok()?;
            let is_midnight = first.time == Some(Time::midnight()) && first.offset == last.offset;
            let date = first.date.tomorrow().ok()?;
            (is_hour && is_midnight).then_some(Self { date, ..first })
        })
    }
}

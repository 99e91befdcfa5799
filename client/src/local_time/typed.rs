//! A moment as a person writes it.

use super::Clock;
use anyhow::{anyhow, Result};
use counterfoil_primitives::Moment;
use jiff::{civil::DateTime, Timestamp};

/// Reads a moment: with an offset, like `2026-11-23T14:05:00+01:00`, or by the agreement's `clock` without
/// one, like `2026-11-23 14:05:00`. A date alone is its midnight.
pub fn read_moment(text: &str, clock: &Clock<'_>) -> Result<Moment> {
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Moment::try_from(stamp.as_millisecond())
            .map_err(|_| anyhow!("{text:?} lies before 1970; correct it"));
    }
    let local: DateTime = text.parse().map_err(|_| {
        anyhow!("{text:?} is not a time; write it like 2026-11-23 14:05:00, or with an offset like 2026-11-23T14:05:00+01:00")
    })?;
    clock.moment_of(local).map_err(|why| {
        anyhow!("{text:?}: {why}; write it with an offset, like 2026-11-23T14:05:00+01:00")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_of_the_agreements_clock() {
        let offset_on = |_| 60;
        let clock = Clock::new(&offset_on, None);
        let read = |text| read_moment(text, &clock).unwrap();
        assert_eq!(read("1970-01-01 01:00:01"), 1_000);
        assert_eq!(read("1970-01-01T01:00:01"), 1_000);
        assert_eq!(read("1970-01-02"), 23 * 3_600_000);
    }

    #[test]
    fn a_time_with_an_offset_is_of_that_offset() {
        let offset_on = |_| 60;
        let clock = Clock::new(&offset_on, None);
        let read = |text| read_moment(text, &clock).unwrap();
        assert_eq!(read("1970-01-01T00:00:01Z"), 1_000);
        assert_eq!(read("1970-01-01T02:00:01+02:00"), 1_000);
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_right_form() {
        let offset_on = |_| 0;
        let clock = Clock::new(&offset_on, None);
        for text in ["", "noon", "23.11.2026"] {
            let error = read_moment(text, &clock).unwrap_err().to_string();
            assert!(error.contains("2026-11-23 14:05:00"), "{error}");
        }
    }
}

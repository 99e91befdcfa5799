//! The days that an export is about: one, or a span of a limited length.

use anyhow::{ensure, Result};
use counterfoil_client::time::parse_day;
use counterfoil_primitives::BusinessDay;

/// Maximum days per export.
const MAX_DAYS: u32 = 366;

/// A span of days, with its first and its last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub first: BusinessDay,
    pub last: BusinessDay,
}

impl Days {
    pub fn each(self) -> impl Iterator<Item = BusinessDay> {
        (self.first.0..=self.last.0).map(BusinessDay)
    }
}

/// Reads a day as `2026-11-23`, or a span as `2026-11-01..2026-11-30`.
pub(super) fn parse_days(text: &str) -> Result<Days> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (parse_day(first)?, parse_day(last)?);
    ensure!(
        first <= last,
        "{text:?} ends before it begins; write it like 2026-11-01..2026-11-30"
    );
    ensure!(
        last.0 - first.0 < MAX_DAYS,
        "{text:?} has more than {MAX_DAYS} days; export it in parts"
    );
    Ok(Days { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_span_of_one() {
        let days = parse_days("2026-11-23").unwrap();
        assert_eq!(days.each().collect::<Vec<_>>(), [BusinessDay(20_780)]);
    }

    #[test]
    fn a_span_has_its_first_and_its_last_day() {
        let days = parse_days("2026-11-23..2026-11-25").unwrap();
        let all: Vec<u32> = days.each().map(|day| day.0).collect();
        assert_eq!(all, [20_780, 20_781, 20_782]);
    }

    #[test]
    fn a_span_is_as_long_as_the_longest_year() {
        assert!(parse_days("2028-01-01..2028-12-31").is_ok());
        let error = parse_days("2028-01-01..2029-01-01").unwrap_err();
        assert!(error.to_string().contains("in parts"), "{error}");
    }

    #[test]
    fn what_is_not_a_span_is_refused_with_the_right_form() {
        let error = |text| parse_days(text).unwrap_err().to_string();
        assert!(error("2026-11-23..2026-11-22").contains("2026-11-01..2026-11-30"));
        assert!(error("2026-11-23..").contains("write it like 2026-11-23"));
        assert!(error("November").contains("write it like 2026-11-23"));
    }
}

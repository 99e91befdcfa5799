//! The working days of a week as text.

use anyhow::{anyhow, Result};
use counterfoil_primitives::WorkingDays;

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads working days as `mon-fri`, or `sun-thu`, or `mon,wed,fri-sat`.
pub fn parse_week(text: &str) -> Result<WorkingDays> {
    let unreadable =
        || anyhow!("{text:?} names no working days; write them like mon-fri, or mon,wed-fri");
    let mut days = 0_u8;
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let first = number_of(first).ok_or_else(unreadable)?;
        let last = number_of(last).ok_or_else(unreadable)?;
        // A range may go over Sunday.
        let length = (last + NAMES.len() - first) % NAMES.len();
        for ahead in 0..=length {
            days |= 1_u8 << ((first + ahead) % NAMES.len());
        }
    }
    Ok(WorkingDays(days))
}

fn number_of(name: &str) -> Option<usize> {
    NAMES.iter().position(|known| *known == name)
}

/// Working days as `mon-fri`.
pub fn week_text(week: WorkingDays) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..NAMES.len()).filter(|day| week.0 & (1_u8 << *day) != 0) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let texts = runs.into_iter().map(|(first, last)| match last - first {
        0 => NAMES[first].to_owned(),
        _ => format!("{}-{}", NAMES[first], NAMES[last]),
    });
    texts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_of_days_is_read() {
        assert_eq!(
            parse_week("mon-fri").unwrap(),
            WorkingDays::MONDAY_TO_FRIDAY
        );
        assert_eq!(parse_week("mon-sun").unwrap(), WorkingDays::ALL);
        assert_eq!(parse_week("sat").unwrap(), WorkingDays(1 << 5));
    }

    #[test]
    fn a_range_may_go_over_sunday() {
        assert_eq!(parse_week("sun-thu").unwrap(), WorkingDays(0b100_1111));
    }

    #[test]
    fn several_ranges_are_read_and_shown() {
        let week = parse_week("mon,wed-fri").unwrap();
        assert_eq!(week, WorkingDays(0b001_1101));
        assert_eq!(week_text(week), "mon,wed-fri");
    }

    #[test]
    fn what_names_no_days_is_refused_with_the_right_form() {
        for text in ["", "Mon", "mon-", "mo-fr", "1-5"] {
            let error = parse_week(text).unwrap_err().to_string();
            assert!(error.contains("mon-fri"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn a_week_is_read_back(days in 1u8..=127) {
            let week = WorkingDays(days);
            prop_assert_eq!(parse_week(&week_text(week)).unwrap(), week);
        }
    }
}

//! Files of dates that do not follow the week of their calendar.
//!
//! A TOML file lists them as `closed = ["2026-12-24"]` and `open = ["2026-10-10"]`. A CSV file has the
//! columns `date` and `open`, which is `true` for a working day and `false` for a holiday.

use crate::time::{day_text, parse_day};
use anyhow::{anyhow, bail, Context, Result};
use counterfoil_primitives::{
    calendar::{CalendarDates, MAX_DATES},
    BusinessDay,
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// A TOML file of dates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(default)]
    closed: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
}

/// A line of a CSV file of dates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    date: String,
    open: bool,
}

/// The dates of a file, whose name ends in `.toml` or `.csv`, in any order.
pub fn load(path: &Path) -> Result<CalendarDates> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the dates {}", path.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let dates = match path.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => of_toml(text),
        Some("csv") => of_csv(text),
        _ => bail!(
            "{} is neither .toml nor .csv; name the file by what it is",
            path.display()
        ),
    };
    dates
        .and_then(ascending)
        .with_context(|| format!("the dates {} are not right", path.display()))
}

fn of_toml(text: &str) -> Result<Vec<(BusinessDay, bool)>> {
    let lists: Lists = toml::from_str(text)?;
    let closed = lists.closed.iter().map(|text| (text, false));
    let open = lists.open.iter().map(|text| (text, true));
    closed
        .chain(open)
        .map(|(text, is_open)| Ok((parse_day(text)?, is_open)))
        .collect()
}

fn of_csv(text: &str) -> Result<Vec<(BusinessDay, bool)>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize::<Line>()
        .map(|line| {
            let line = line?;
            Ok((parse_day(&line.date)?, line.open))
        })
        .collect()
}

/// The dates in their order; a date that is named twice is refused.
fn ascending(dates: Vec<(BusinessDay, bool)>) -> Result<CalendarDates> {
    let mut sorted = BTreeMap::new();
    for (day, is_open) in dates {
        if sorted.insert(day, is_open).is_some() {
            bail!("{} is named twice; name it once", day_text(day));
        }
    }
    let dates: Vec<_> = sorted.into_iter().collect();
    let count = dates.len();
    CalendarDates::try_from(dates).map_err(|_| {
        anyhow!("{count} dates are more than the {MAX_DATES} of a calendar; leave early ones out, or set a calendar of another name")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_as(name: &str, text: &str) -> Result<Vec<(BusinessDay, bool)>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Ok(load(&path)?.into_inner())
    }

    #[test]
    fn both_forms_of_a_file_hold_the_same_dates_in_their_order() {
        let of_toml = load_as(
            "cz.toml",
            "open = [\"2026-10-10\"]\nclosed = [\"2026-12-24\", \"2026-10-01\"]",
        );
        let of_csv = load_as(
            "cz.csv",
            "date,open\n2026-12-24,false\n2026-10-10,true\n2026-10-01,false\n",
        );
        let expected = [
            ("2026-10-01", false),
            ("2026-10-10", true),
            ("2026-12-24", false),
        ]
        .map(|(date, is_open)| (parse_day(date).unwrap(), is_open));
        assert_eq!(of_toml.unwrap(), expected);
        assert_eq!(of_csv.unwrap(), expected);
    }

    #[test]
    fn a_date_that_is_named_twice_is_refused() {
        let text = "open = [\"2026-10-10\"]\nclosed = [\"2026-10-10\"]";
        let error = format!("{:#}", load_as("cz.toml", text).unwrap_err());
        assert!(error.contains("2026-10-10 is named twice"), "{error}");
    }

    #[test]
    fn a_date_that_is_none_is_refused_with_the_right_form() {
        for (name, text) in [
            ("cz.toml", "closed = [\"24.12.2026\"]"),
            ("cz.csv", "date,open\n24.12.2026,false\n"),
        ] {
            let error = format!("{:#}", load_as(name, text).unwrap_err());
            assert!(error.contains("write it like 2026-11-23"), "{error}");
        }
    }

    #[test]
    fn a_misspelt_list_is_refused() {
        let error = format!("{:#}", load_as("cz.toml", "holidays = []").unwrap_err());
        assert!(error.contains("holidays"), "{error}");
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        let error = load_as("cz.txt", "").unwrap_err().to_string();
        assert!(error.contains(".toml nor .csv"), "{error}");
    }

    #[test]
    fn more_dates_than_fit_are_refused_with_how_many_fit() {
        let lines: Vec<_> = (0..=MAX_DATES)
            .map(|day| format!("{},false", day_text(BusinessDay(20_000 + day))))
            .collect();
        let text = format!("date,open\n{}\n", lines.join("\n"));
        let error = format!("{:#}", load_as("cz.csv", &text).unwrap_err());
        assert!(error.contains("513 dates"), "{error}");
        assert!(error.contains("512"), "{error}");
    }
}

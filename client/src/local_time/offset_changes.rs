//! The conditions of an agreement over the changes of a zone's clocks.

use crate::time::{date_of, day_text};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{conditions::version_on, BusinessDay, Conditions, UtcOffset};
use jiff::tz::TimeZone;

/// The versions of conditions from `from` on by which each day until `until` has the offset of `zone`.
///
/// Whatever else changes on these days, by `before`, changes as it does there. So do versions of later
/// days, which a call would replace otherwise.
pub fn offset_changes(
    before: &[(BusinessDay, Conditions)],
    zone: &str,
    from: BusinessDay,
    until: BusinessDay,
) -> Result<Vec<(BusinessDay, Conditions)>> {
    let zone = TimeZone::get(zone)
        .with_context(|| format!("{zone:?} is no time zone; write it like Europe/Prague"))?;
    changes_of(before, &zone, from, until)
}

fn changes_of(
    before: &[(BusinessDay, Conditions)],
    zone: &TimeZone,
    from: BusinessDay,
    until: BusinessDay,
) -> Result<Vec<(BusinessDay, Conditions)>> {
    if until < from {
        bail!(
            "the last day, {}, is before the first, {}; name a later one",
            day_text(until),
            day_text(from)
        );
    }
    let mut versions: Vec<(BusinessDay, Conditions)> = Vec::new();
    for day in (from.0..=until.0).map(BusinessDay) {
        let version = version_on(before, day)
            .with_context(|| format!("the agreement begins after {}", day_text(day)))?;
        let conditions = Conditions {
            utc_offset: offset_at_start(zone, day)?,
            ..before[version].1
        };
        if versions.last().is_none_or(|(_, last)| *last != conditions) {
            versions.push((day, conditions));
        }
    }
    versions.extend(before.iter().filter(|(day, _)| *day > until).copied());
    Ok(versions)
}

/// The offset of a zone at the start of a day: the day on which clocks change begins by the old one, and
/// has its 23 or 25 hours.
fn offset_at_start(zone: &TimeZone, day: BusinessDay) -> Result<UtcOffset> {
    let date = date_of(day).with_context(|| format!("no calendar shows {}", day_text(day)))?;
    let offset = date.to_zoned(zone.clone())?.offset();
    let seconds = offset.seconds();
    if seconds % 60 != 0 {
        bail!(
            "the offset of {} is no whole number of minutes",
            day_text(day)
        );
    }
    Ok(UtcOffset(i16::try_from(seconds / 60)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_day;
    use counterfoil_primitives::TimeOfDay;

    fn prague() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    fn day(text: &str) -> BusinessDay {
        parse_day(text).unwrap()
    }

    fn conditions(offset: i16, preset: u16) -> Conditions {
        Conditions {
            utc_offset: UtcOffset(offset),
            preset: TimeOfDay(preset),
            ..Default::default()
        }
    }

    fn changes(
        before: &[(BusinessDay, Conditions)],
        from: &str,
        until: &str,
    ) -> Vec<(BusinessDay, Conditions)> {
        changes_of(before, &prague(), day(from), day(until)).unwrap()
    }

    #[test]
    fn an_offset_counts_from_the_day_after_the_clocks_change() {
        let before = [(day("2026-01-01"), conditions(0, 60))];
        let expected = vec![
            (day("2027-01-01"), conditions(60, 60)),
            (day("2027-03-29"), conditions(120, 60)),
            (day("2027-11-01"), conditions(60, 60)),
        ];
        assert_eq!(changes(&before, "2027-01-01", "2027-12-31"), expected);
    }

    #[test]
    fn what_else_changes_stays_and_so_do_later_versions() {
        let before = [
            (day("2026-01-01"), conditions(0, 60)),
            (day("2027-02-01"), conditions(0, 90)),
            (day("2029-01-01"), conditions(0, 30)),
        ];
        let expected = vec![
            (day("2027-01-01"), conditions(60, 60)),
            (day("2027-02-01"), conditions(60, 90)),
            (day("2029-01-01"), conditions(0, 30)),
        ];
        assert_eq!(changes(&before, "2027-01-01", "2027-03-01"), expected);
    }

    #[test]
    fn a_last_day_before_the_first_is_refused() {
        let before = [(day("2026-01-01"), conditions(0, 60))];
        let [from, until] = ["2027-01-02", "2027-01-01"].map(day);
        let error = changes_of(&before, &prague(), from, until).unwrap_err();
        assert!(error.to_string().contains("name a later one"), "{error}");
    }

    #[test]
    fn a_zone_that_is_none_is_refused_with_the_right_form() {
        let day = day("2027-01-01");
        let error = offset_changes(&[], "Prague", day, day).unwrap_err();
        assert!(error.to_string().contains("Europe/Prague"), "{error}");
    }

    #[test]
    fn days_before_the_agreement_are_refused() {
        let before = [(day("2026-01-01"), conditions(0, 60))];
        let day = day("2025-12-31");
        let error = changes_of(&before, &prague(), day, day).unwrap_err();
        assert!(error.to_string().contains("begins after"), "{error}");
    }
}

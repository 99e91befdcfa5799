//! Moments as people write them.

use counterfoil_primitives::{
    day::{DAY, MINUTE},
    written::{
        time::{read, show, show_by},
        UnreadableTime,
    },
    BusinessDay, Conditions, Moment, UtcOffset,
};
use proptest::prelude::*;

const HOUR: Moment = 60 * MINUTE;
/// 2026-03-30, the day after the clocks go forward.
const SUMMER: BusinessDay = BusinessDay(20_542);
const MIDNIGHT: Moment = 20_785 * DAY;

fn conditions(utc_offset: i16) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(utc_offset),
        ..Conditions::default()
    }
}

/// Local time is an hour ahead of UTC, and from [`SUMMER`] on two.
fn versions() -> Vec<(BusinessDay, Conditions)> {
    vec![
        (BusinessDay(20_000), conditions(60)),
        (SUMMER, conditions(120)),
    ]
}

fn moment(text: &str) -> Result<Moment, UnreadableTime> {
    read(text, &versions())
}

#[test]
fn a_time_is_by_the_agreements_offset_unless_it_brings_its_own() {
    let half_past_two = MIDNIGHT + 14 * HOUR + 30 * MINUTE;
    for (text, expected) in [
        ("2026-11-28 14:30", half_past_two - 2 * HOUR),
        ("2026-11-28T14:30", half_past_two - 2 * HOUR),
        ("20261128 14:30", half_past_two - 2 * HOUR),
        ("2026-11-28T14:30:00+01:00", half_past_two - HOUR),
        ("2026-11-28 14:30:00 +01:00", half_past_two - HOUR),
        ("2026-11-28T14:30Z", half_past_two),
        ("2026-11-28 14:30:05", half_past_two - 2 * HOUR + 5_000),
        (
            "2026-11-28T14:30:05.25-09:30",
            half_past_two + 9 * HOUR + 30 * MINUTE + 5_250,
        ),
        ("2026-11-28 14:30:00.007Z", half_past_two + 7),
    ] {
        assert_eq!(moment(text), Ok(expected), "{text}");
    }
    let winter = moment("2026-01-10 12:00");
    assert_eq!(winter, Ok(20_463 * DAY + 11 * HOUR));
}

#[test]
fn a_date_alone_is_its_noon() {
    for text in ["2026-11-28", "20261128"] {
        assert_eq!(moment(text), moment("2026-11-28 12:00"), "{text}");
    }
}

#[test]
fn twenty_four_hours_are_the_next_midnight() {
    assert_eq!(moment("2026-11-28 24:00"), moment("2026-11-29 00:00"));
    assert_eq!(moment("2026-11-28 24:00:00"), moment("2026-11-29 00:00"));
    assert_eq!(moment("2026-11-28 24:01"), Err(UnreadableTime::NoSuchTime));
}

#[test]
fn a_time_that_no_clock_shows_is_refused() {
    for text in [
        "2026-11-28 25:00",
        "2026-11-28 12:60",
        "2026-11-28 12:00:60",
        "2026-11-28 24:00:00.001",
        "2026-02-30 12:00",
        "2026-11-28 12:00+14:30",
        "2026-11-28 12:00+99:99",
        "2026-11-28 12:00+01:60",
        "1970-01-01 00:30+01:00",
        "9999-12-31 00:00Z",
    ] {
        assert_eq!(moment(text), Err(UnreadableTime::NoSuchTime), "{text}");
    }
}

#[test]
fn another_form_of_a_time_is_refused() {
    for text in [
        "",
        "now",
        "14:30",
        "28.11.2026 14:30",
        "2026-11-28 ",
        "2026-11-28T",
        "2026-11-28  14:30",
        "2026-11-28 14:30 ",
        "2026-11-28 2:30",
        "2026-11-28 14.30",
        "2026-11-28 1430",
        "2026-11-28 2:30 PM",
        "2026-11-28 14:30 CET",
        "2026-11-28 14:30+1",
        "2026-11-28 14:30+0100",
        "2026-11-28 14:30Z12:00",
        "2026-11-28 14:30+",
        "2026-11-28 +1:30",
        "2026-11-28 14:30:00.1234",
        "2026-11-28 14:30:00.",
        "2026-11-28 14:30.5",
        "2026-11-28é14:30",
        "1795864562745",
    ] {
        assert_eq!(moment(text), Err(UnreadableTime::NotATime), "{text}");
    }
}

#[test]
fn a_time_before_the_agreement_is_refused_where_its_offset_is_needed() {
    let before = "2024-10-03 12:00";
    assert_eq!(moment(before), Err(UnreadableTime::BeforeFirstDay));
    assert_eq!(moment("2024-10-03"), Err(UnreadableTime::BeforeFirstDay));
    assert!(moment("2024-10-03 12:00Z").is_ok());
}

#[test]
fn a_time_of_the_day_on_which_the_clock_changes_needs_its_offset() {
    for text in ["2026-03-29 01:00", "2026-03-29 23:30"] {
        assert_eq!(moment(text), Err(UnreadableTime::OffsetMissing), "{text}");
    }
    let start = 20_541 * DAY;
    assert_eq!(
        moment("2026-03-29 23:30+02:00"),
        Ok(start + 21 * HOUR + 30 * MINUTE)
    );
    assert_eq!(moment("2026-03-29"), Ok(start + 11 * HOUR));
    assert_eq!(moment("2026-03-30 00:00"), Ok(start + 22 * HOUR));
}

#[test]
fn a_moment_shows_as_iso_8601_with_its_offset() {
    let at = MIDNIGHT + 14 * HOUR + 30 * MINUTE;
    assert_eq!(show(at, UtcOffset(60)), "2026-11-28T15:30:00+01:00");
    assert_eq!(
        show(at + 5_007, UtcOffset(-570)),
        "2026-11-28T05:00:05.007-09:30"
    );
    assert_eq!(show_by(at, &versions()), "2026-11-28T16:30:00+02:00");
}

#[test]
fn a_moment_without_a_local_time_shows_by_utc() {
    assert_eq!(show(HOUR, UtcOffset(-120)), "1970-01-01T01:00:00+00:00");
    assert_eq!(show_by(HOUR, &versions()), "1970-01-01T01:00:00+00:00");
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(at in 0u64..253_402_214_400_000, offset in -840i16..=840) {
        prop_assert_eq!(read(&show(at, UtcOffset(offset)), &[]), Ok(at));
        prop_assert_eq!(moment(&show_by(at, &versions())), Ok(at));
    }

    #[test]
    fn any_moment_can_be_shown(at: Moment, offset in -840i16..=840) {
        prop_assert!(show(at, UtcOffset(offset)).contains('T'));
    }

    #[test]
    fn a_time_without_offset_lies_on_the_day_that_is_written(
        day in 20_001u32..40_000,
        minutes in 0u64..1_440,
    ) {
        prop_assume!(day != SUMMER.0 - 1);
        let day = BusinessDay(day);
        let date = counterfoil_primitives::written::date::show(day);
        let at = moment(&format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)).unwrap();
        let (found, _) = counterfoil_primitives::day_of_moment::day_of(&versions(), at).unwrap();
        prop_assert_eq!(found, day);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}") {
        let _ = moment(&text);
    }

    #[test]
    fn nothing_that_looks_like_a_time_makes_it_panic(
        text in "2026-1[0-9]-[0-9]{2}[T ][0-9:.]{0,12}[Z+-]?[0-9:é]{0,5}",
    ) {
        let _ = moment(&text);
    }
}

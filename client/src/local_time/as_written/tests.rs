//! Texts of files and the moments that they are.

use super::*;
use crate::local_time::check_format;
use crate::time::{moment_rfc3339, moment_text, parse_day};
use proptest::prelude::*;

const NOON: Time = Time::constant(12, 0, 0, 0);

fn winter(_: BusinessDay) -> i16 {
    60
}

fn clock() -> Clock<'static> {
    Clock::new(&winter, None)
}

fn zone(rule: &str) -> Zone {
    Zone::Of(TimeZone::posix(rule).unwrap())
}

fn prague() -> Zone {
    zone("CET-1CEST,M3.5.0,M10.5.0/3")
}

fn resolve(text: &str, format: &str, zone: &Zone) -> String {
    let local = LocalTime::parse(text, format).unwrap();
    moment_rfc3339(local.resolve(NOON, zone, &clock()).unwrap())
}

const FORMAT: &str = "%Y-%m-%d %H:%M:%S";

#[test]
fn a_date_alone_takes_the_given_time_in_the_agreements_zone() {
    let local = LocalTime::parse("1993-02-07", "%Y-%m-%d").unwrap();
    let moment = local.resolve(NOON, &Zone::Agreement, &clock()).unwrap();
    assert_eq!(moment_text(moment, 60), "1993-02-07 12:00:00 +01:00");
    assert_eq!(moment_rfc3339(moment), "1993-02-07T11:00:00Z");
}

#[test]
fn an_offset_in_the_file_goes_before_the_mappings_zone() {
    assert_eq!(
        resolve("2026-03-01 10:00 +0500", "%Y-%m-%d %H:%M %z", &prague()),
        "2026-03-01T05:00:00Z"
    );
}

#[test]
fn seconds_since_1970_need_no_zone() {
    assert_eq!(
        resolve("86400", "%s", &Zone::Agreement),
        "1970-01-02T00:00:00Z"
    );
}

#[test]
fn rfc_3339_is_read_where_the_format_says_so() {
    for text in ["2026-03-01T05:00:00Z", "2026-03-01T10:00:00+05:00"] {
        assert_eq!(resolve(text, "rfc3339", &prague()), "2026-03-01T05:00:00Z");
    }
    for text in ["1.3.2026", "2026-03-01T05:00:00", "2026-03-01", "05:00Z"] {
        assert!(LocalTime::parse(text, "rfc3339").is_err(), "{text}");
    }
}

#[test]
fn a_zone_that_nobody_knows_is_refused_with_the_ways_to_write_one() {
    let error = Zone::parse("Mars/Olympus").unwrap_err().to_string();
    assert!(error.contains("+01:00"), "{error}");
}

#[test]
fn a_named_zone_reads_the_days_on_which_its_clocks_change() {
    for (text, moment) in [
        ("2027-03-28 01:30:00", "2027-03-28T00:30:00Z"),
        ("2027-03-28 12:00:00", "2027-03-28T10:00:00Z"),
        ("2027-03-28 23:30:00", "2027-03-28T21:30:00Z"),
        ("2027-10-31 01:30:00", "2027-10-30T23:30:00Z"),
        ("2027-10-31 12:00:00", "2027-10-31T11:00:00Z"),
        ("2027-10-31 23:30:00", "2027-10-31T22:30:00Z"),
    ] {
        assert_eq!(resolve(text, FORMAT, &prague()), moment);
    }
}

#[test]
fn a_named_zone_does_not_guess_what_it_skips_or_shows_twice() {
    let read = |text, repeated| {
        let local = LocalTime::parse(text, FORMAT).unwrap();
        let clock = Clock::new(&winter, repeated);
        local
            .resolve(NOON, &prague(), &clock)
            .map(moment_rfc3339)
            .map_err(|error| error.to_string())
    };
    let skipped = read("2027-03-28 02:30:00", Some(Repeated::First)).unwrap_err();
    assert!(skipped.contains("go forward"), "{skipped}");
    let twice = "2027-10-31 02:30:00";
    assert!(read(twice, None).unwrap_err().contains("twice"));
    let first = read(twice, Some(Repeated::First));
    assert_eq!(first.as_deref(), Ok("2027-10-31T00:30:00Z"));
    let second = read(twice, Some(Repeated::Second));
    assert_eq!(second.as_deref(), Ok("2027-10-31T01:30:00Z"));
}

#[test]
fn the_hour_24_is_the_next_midnight() {
    for (text, format) in [
        ("2026-11-23 24:00:00", FORMAT),
        ("2026-11-23 24:00", "%F %R"),
        ("2026-11-23 24:00:00.000", "%Y-%m-%d %H:%M:%S%.f"),
        ("20261123240000", "%Y%m%d%H%M%S"),
        ("23.11.2026 24.00", "%d.%m.%Y %H.%M"),
        ("24:00 23/11/26", "%H:%M %d/%m/%y"),
        ("2026-11-23T24:00:00+01:00", "rfc3339"),
        ("2026-11-23 24:00 +0100", "%Y-%m-%d %H:%M %z"),
    ] {
        let read = resolve(text, format, &Zone::Agreement);
        assert_eq!(read, "2026-11-23T23:00:00Z", "{text}");
    }
    let read = resolve("2024-02-24 24:00:00", FORMAT, &Zone::Agreement);
    assert_eq!(read, "2024-02-24T23:00:00Z");
}

#[test]
fn the_hour_24_has_no_minutes() {
    for (text, format) in [
        ("2026-11-23 24:00:01", FORMAT),
        ("2026-11-23 24:30:00", FORMAT),
        ("2026-11-23 25:00:00", FORMAT),
        ("2026-11-24 40:00:00", FORMAT),
        ("12400000", "%d%H%M%S"),
        ("2026-11-23 24:00 PM", "%Y-%m-%d %I:%M %p"),
        ("2026-11-23T24:30:00Z", "rfc3339"),
        ("2026-24-11 00:00:00", FORMAT),
    ] {
        assert!(LocalTime::parse(text, format).is_err(), "{text}");
    }
}

#[test]
fn halves_of_the_day_are_read_where_the_format_says_so() {
    let format = "%Y-%m-%d %I:%M %p";
    for (text, time) in [
        ("2026-11-23 12:04 AM", "00:04:00"),
        ("2026-11-23 01:04 am", "01:04:00"),
        ("2026-11-23 12:05 PM", "12:05:00"),
        ("2026-11-23 11:59 pm", "23:59:00"),
    ] {
        let local = LocalTime::parse(text, format).unwrap();
        assert_eq!(local.time, Some(time.parse().unwrap()), "{text}");
    }
    for text in [
        "2026-11-23 12:06",
        "2026-11-23 13:06 PM",
        "2026-11-23 00:06 AM",
    ] {
        assert!(LocalTime::parse(text, format).is_err(), "{text}");
    }
    assert!(LocalTime::parse("2026-11-23 12:04:00 AM", FORMAT).is_err());
}

#[test]
fn a_format_that_reads_half_an_hour_count_is_refused() {
    for (format, remedy) in [
        ("%Y-%m-%d %I:%M", "add %p"),
        ("%Y-%m-%d %_l:%M", "add %p"),
        ("%Y-%m-%d %H:%M %p", "by %I"),
        ("%Y-%m-%d %T %P", "by %I"),
        ("%Y-%m-%d %H %I:%M %p", "keep one"),
        ("%Y-%m-%d %H:%M %Q", "as zone"),
    ] {
        let error = check_format(format).unwrap_err().to_string();
        assert!(error.contains(remedy), "{format}: {error}");
    }
    for format in [
        FORMAT,
        "%Y-%m-%d %I:%M:%S %p",
        "%d.%m.%Y",
        "%s",
        "rfc3339",
        "%%I %F",
    ] {
        check_format(format).unwrap();
    }
}

#[test]
fn minutes_without_an_hour_are_no_time_of_day() {
    assert!(LocalTime::parse("2026-11-23 30", "%Y-%m-%d %M").is_err());
}

/// A text put on a day, by an agreement whose offset is 60 until that day and 120 after it.
fn put_on(day: &str, text: &str, format: &str, zone: &Zone) -> Result<String, NoMoment> {
    let day = parse_day(day).unwrap();
    let offset_on = |at: BusinessDay| if at <= day { 60 } else { 120 };
    let Zone::Of(change) = prague() else {
        unreachable!()
    };
    let clock = Clock::new(&offset_on, None).by(vec![change]);
    let local = LocalTime::parse(text, format).unwrap();
    let moment = local.resolve_on(day, NOON, zone, &clock)?;
    assert_eq!(clock.day_at(moment), day);
    Ok(moment_rfc3339(moment))
}

#[test]
fn a_time_is_put_on_the_day_on_which_clocks_go_forward() {
    let put = |text, zone: &Zone| put_on("2027-03-28", text, FORMAT, zone);
    for zone in [Zone::Agreement, prague()] {
        let morning = put("2026-11-23 01:30:00", &zone);
        assert_eq!(morning.as_deref(), Ok("2027-03-28T00:30:00Z"));
        let noon = put("2026-11-23 12:00:00", &zone);
        assert_eq!(noon.as_deref(), Ok("2027-03-28T10:00:00Z"));
        let night = put("2026-11-23 23:50:00", &zone);
        assert_eq!(night.as_deref(), Ok("2027-03-28T21:50:00Z"));
        assert!(matches!(
            put("2026-11-23 02:30:00", &zone),
            Err(NoMoment::Skipped(_))
        ));
    }
}

#[test]
fn midnight_by_the_hour_24_is_put_where_the_day_begins() {
    let put = put_on(
        "2027-03-28",
        "2026-11-23 24:00:00",
        FORMAT,
        &Zone::Agreement,
    );
    assert_eq!(put.as_deref(), Ok("2027-03-27T23:00:00Z"));
}

#[test]
fn a_time_with_an_offset_is_put_by_the_agreements_clock() {
    // 22:50 in winter by UTC is 23:50 by the agreement; so it is on the day that ends in summer.
    let put = put_on(
        "2027-03-28",
        "2027-01-10T22:50:00Z",
        "rfc3339",
        &Zone::Agreement,
    );
    assert_eq!(put.as_deref(), Ok("2027-03-28T21:50:00Z"));
}

#[test]
fn a_named_zone_tells_a_change_that_no_other_does() {
    // By no zone do clocks change on this day: the agreement took the wrong one.
    let put = |zone: &Zone| put_on("2027-03-20", "2027-03-20 12:00:00", FORMAT, zone);
    let error = put(&Zone::Agreement).unwrap_err();
    assert!(error.remedy().contains("name the zone"), "{error}");
    assert_eq!(put(&prague()).as_deref(), Ok("2027-03-20T11:00:00Z"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}", format in ".{0,20}") {
        let _ = LocalTime::parse(&text, &format);
        let _ = check_format(&format);
        let _ = Zone::parse(&text);
    }

    #[test]
    fn the_hour_24_of_every_day_is_the_first_of_the_next(day in 0u32..40_000) {
        let date = date_of(BusinessDay(day)).unwrap();
        for format in [FORMAT, "%H:%M:%S %d.%m.%Y", "%y%m%d%H%M%S"] {
            let text = date.at(23, 0, 0, 0).strftime(format).to_string();
            let late = text.rfind("23:00:00").or(text.rfind("230000")).unwrap();
            let text = format!("{}24{}", &text[..late], &text[late + 2..]);
            let local = LocalTime::parse(&text, format);
            if format.starts_with("%y") && !(1969..2069).contains(&date.year()) {
                continue;
            }
            let local = local.unwrap();
            prop_assert_eq!(local.date, date.tomorrow().unwrap());
            prop_assert_eq!(local.time, Some(Time::midnight()));
        }
    }
}

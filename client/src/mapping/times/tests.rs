//! Times of payments and of ledger lines, as their files write them.

use crate::{
    mapping::{payments::Context, LedgerMapping, LedgerReading, PaymentMapping, Reading, Sheet},
    money::Money,
    time::{moment_rfc3339, parse_day},
};
use anyhow::Result;
use counterfoil_primitives::BusinessDay;

/// An agreement by the time of Prague, its offset set from the day after each change of 2027.
fn prague(day: BusinessDay) -> i16 {
    let from = |text| parse_day(text).unwrap();
    match from("2027-03-29") <= day && day < from("2027-11-01") {
        true => 120,
        false => 60,
    }
}

fn money() -> Money {
    Money::of("CZK").unwrap()
}

/// What stands in a ledger of such times, read as `[time]` says beside the column.
fn ledger(time: &str, times: &[&str]) -> Result<LedgerReading> {
    let mapping = format!(
        "reference = \"reference\"\nuser = \"user\"\namount = {{ column = \"amount\" }}\n\
         product = {{ id = 1 }}\n[time]\ncolumn = \"time\"\n{time}"
    );
    let mapping: LedgerMapping = toml::from_str(&mapping)?;
    let mut file = "reference,user,time,amount\n".to_owned();
    for time in times {
        file += &format!("b13ea26b-b7b6-56d2-828a-61e5243f83de,C,{time},1.00\n");
    }
    let sheet = Sheet::parse(file.as_bytes(), &mapping)?;
    mapping.read(&sheet, money(), &prague)
}

/// The same of payments, put on `day` where one is named.
fn payments(time: &str, times: &[&str], day: Option<&str>) -> Result<Reading> {
    let mapping = format!(
        "payment_id = \"id\"\nuser = \"user\"\namount = {{ column = \"amount\" }}\n\
         product = {{ id = 1 }}\n[time]\ncolumn = \"time\"\n{time}"
    );
    let mapping: PaymentMapping = toml::from_str(&mapping)?;
    let mut file = "id,user,time,amount\n".to_owned();
    for (id, time) in times.iter().enumerate() {
        file += &format!("{id},C,{time},1.00\n");
    }
    let sheet = Sheet::parse(file.as_bytes(), &mapping)?;
    let context = Context {
        client: 1,
        money: money(),
        offset_on: &prague,
        day: day.map(|day| parse_day(day).unwrap()),
    };
    mapping.read(&sheet, &context)
}

fn of_ledger(reading: &LedgerReading) -> Vec<String> {
    let moments = reading.lines.iter().map(|line| line.occurred_at);
    moments.map(moment_rfc3339).collect()
}

fn of_payments(reading: &Reading) -> Vec<String> {
    let moments = reading.payments.iter().map(|payment| payment.occurred_at);
    moments.map(moment_rfc3339).collect()
}

const FORMAT: &str = "format = \"%Y-%m-%d %H:%M:%S\"\n";

#[test]
fn a_ledgers_times_are_read_at_both_offsets_of_the_day_on_which_clocks_change() {
    let times = [
        "2027-03-28 01:30:00",
        "2027-03-28 12:00:00",
        "2027-03-28 23:30:00",
        "2027-10-31 01:30:00",
        "2027-10-31 12:00:00",
        "2027-10-31 23:30:00",
    ];
    let right = [
        "2027-03-28T00:30:00Z",
        "2027-03-28T10:00:00Z",
        "2027-03-28T21:30:00Z",
        "2027-10-30T23:30:00Z",
        "2027-10-31T11:00:00Z",
        "2027-10-31T22:30:00Z",
    ];
    for zone in ["", "zone = \"Europe/Prague\"\n"] {
        let reading = ledger(&format!("{FORMAT}{zone}"), &times).unwrap();
        assert_eq!(of_ledger(&reading), right);
        assert!(reading.notes.is_empty(), "{:?}", reading.notes);
        let reading = payments(&format!("{FORMAT}{zone}"), &times, None).unwrap();
        assert_eq!(of_payments(&reading), right);
    }
}

#[test]
fn a_time_that_is_there_twice_is_read_once_the_mapping_says_which() {
    let times = ["2027-10-31 02:30:00"];
    for zone in ["", "zone = \"Europe/Prague\"\n"] {
        let reading = ledger(&format!("{FORMAT}{zone}"), &times).unwrap();
        let error = reading.refused[0].error.to_string();
        assert!(error.contains("there twice"), "{error}");
        for (which, moment) in [
            ("first", "2027-10-31T00:30:00Z"),
            ("second", "2027-10-31T01:30:00Z"),
        ] {
            let setting = format!("repeated_hour = \"{which}\"");
            assert!(
                error.contains("repeated_hour") && error.contains(which),
                "{error}"
            );
            let reading = ledger(&format!("{FORMAT}{zone}{setting}"), &times).unwrap();
            assert_eq!(of_ledger(&reading), [moment]);
        }
    }
}

#[test]
fn a_time_that_clocks_skip_is_read_by_the_offset_that_its_source_keeps() {
    let times = ["2027-03-28 02:30:00"];
    let reading = payments(FORMAT, &times, None).unwrap();
    let error = reading.refused[0].error.to_string();
    assert!(
        error.contains("on no clock") && error.contains("zone = \"+01:00\""),
        "{error}"
    );
    let reading = payments(&format!("{FORMAT}zone = \"+01:00\""), &times, None).unwrap();
    assert_eq!(of_payments(&reading), ["2027-03-28T01:30:00Z"]);
}

#[test]
fn payments_are_put_on_the_day_on_which_clocks_go_forward() {
    let times = [
        "2026-11-23 00:10:00",
        "2026-11-23 12:00:00",
        "2026-11-23 23:10:00",
    ];
    let reading = payments(FORMAT, &times, Some("2027-03-28")).unwrap();
    let right = [
        "2027-03-27T23:10:00Z",
        "2027-03-28T10:00:00Z",
        "2027-03-28T21:10:00Z",
    ];
    assert_eq!(of_payments(&reading), right);
}

#[test]
fn the_hour_24_ends_the_day() {
    let times = [
        "2026-11-23 23:59:60",
        "2026-11-23 24:00:00",
        "2026-11-24 00:00:00",
    ];
    let reading = ledger(FORMAT, &times).unwrap();
    let right = [
        "2026-11-23T22:59:59Z",
        "2026-11-23T23:00:00Z",
        "2026-11-23T23:00:00Z",
    ];
    assert_eq!(of_ledger(&reading), right);
}

#[test]
fn halves_of_the_day_are_read_and_a_line_without_one_is_refused() {
    let format = "format = \"%Y-%m-%d %I:%M %p\"";
    let times = [
        "2026-11-23 12:04 AM",
        "2026-11-23 12:05 PM",
        "2026-11-23 12:06",
    ];
    let reading = payments(format, &times, None).unwrap();
    let right = ["2026-11-22T23:04:00Z", "2026-11-23T11:05:00Z"];
    assert_eq!(of_payments(&reading), right);
    let error = reading.refused[0].error.to_string();
    assert!(error.contains("write AM or PM after the time"), "{error}");
    let corrected = payments(format, &["2026-11-23 12:06 PM"], None).unwrap();
    assert_eq!(of_payments(&corrected), ["2026-11-23T11:06:00Z"]);
}

#[test]
fn a_half_of_the_day_that_the_format_does_not_read_is_refused_with_the_way_to_read_it() {
    let times = ["2026-11-23 01:04:00 PM"];
    let reading = ledger(FORMAT, &times).unwrap();
    let error = reading.refused[0].error.to_string();
    assert!(error.contains("by %I and %p"), "{error}");
    let reading = ledger("format = \"%Y-%m-%d %I:%M:%S %p\"", &times).unwrap();
    assert_eq!(of_ledger(&reading), ["2026-11-23T12:04:00Z"]);
}

#[test]
fn a_mapping_that_would_read_half_of_the_hours_wrong_is_refused() {
    let read = |format: &str| ledger(&format!("format = \"{format}\""), &[]).unwrap_err();
    assert!(read("%Y-%m-%d %I:%M").to_string().contains("add %p"));
    assert!(read("%Y-%m-%d %H:%M %p").to_string().contains("by %I"));
}

#[test]
fn lines_on_which_the_zone_and_the_agreement_disagree_are_told() {
    // By summer the source still keeps winter time; by winter both are the same.
    let zone = format!("{FORMAT}zone = \"+01:00\"");
    let times = [
        "2027-01-10 12:00:00",
        "2027-07-10 12:00:00",
        "2027-07-10 23:30:00",
    ];
    let right = [
        "2027-01-10T11:00:00Z",
        "2027-07-10T11:00:00Z",
        "2027-07-10T22:30:00Z",
    ];
    let reading = payments(&zone, &times, None).unwrap();
    assert_eq!(of_payments(&reading), right);
    let [note] = &reading.notes[..] else {
        panic!("{:?}", reading.notes)
    };
    for part in [
        "the zone +01:00 and the agreement's offset disagree on 2 lines, and on the day of 1",
        "line 3 says 2027-07-10 12:00:00, which is 2027-07-10 13:00:00 by the agreement",
    ] {
        assert!(note.contains(part), "{part}: {note}");
    }
    assert_eq!(ledger(&zone, &times).unwrap().notes, reading.notes);
    assert!(payments(FORMAT, &times, None).unwrap().notes.is_empty());
}

#[test]
fn a_format_that_writes_utc_out_is_refused_until_the_zone_is_named() {
    const UTC: &str = "format = \"%Y-%m-%dT%H:%M:%SZ\"\n";
    let times = ["2026-11-28T08:10:00Z", "2026-11-27T23:10:00Z"];
    let error = payments(UTC, &times, None).unwrap_err().to_string();
    assert!(
        error.contains("\"Z\" out") && error.contains("zone = \"UTC\""),
        "{error}"
    );
    assert!(ledger(UTC, &times).is_err());
    for time in [&format!("{UTC}zone = \"UTC\""), "format = \"rfc3339\""] {
        let reading = payments(time, &times, None).unwrap();
        assert_eq!(of_payments(&reading), times);
        assert_eq!(of_ledger(&ledger(time, &times).unwrap()), times);
    }
}

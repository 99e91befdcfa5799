//! What changes, and what stays as it is.

use super::*;
use clap::Parser;
use counterfoil_primitives::settlement::{ClientLimits, Period, Rail};

#[derive(Debug, Parser)]
struct Line<T: Args> {
    #[command(flatten)]
    command: T,
}

fn read<T: Args>(line: &str) -> Result<T, clap::Error> {
    Line::try_parse_from(line.split(' ')).map(|line| line.command)
}

const BEFORE: Conditions = Conditions {
    utc_offset: UtcOffset(60),
    cut_off: TimeOfDay(30),
    preset: TimeOfDay(60),
    debit_source: Source::Received,
    credit_source: Source::Ledger,
    period: Period::Day,
    rail: Rail::Asset(1),
    client_limits: None,
};

fn czk() -> Money {
    Money::of("CZK").unwrap()
}

#[test]
fn what_is_not_named_stays() {
    let line = "set --agreement 1 --from 2027-03-29 --utc-offset +02:00";
    let set = read::<SetConditions>(line).unwrap();
    let after = set.after(&BEFORE, &czk()).unwrap();
    assert_eq!(
        after,
        Conditions {
            utc_offset: UtcOffset(120),
            ..BEFORE
        }
    );
}

#[test]
fn what_is_named_changes() {
    let line = "set --agreement 1 --from 2027-03-29 --utc-offset -05:00 --cut-off 01:30 \
                --preset 02:00 --debit-source ledger --credit-source received --external \
                --period working-day --client-payments 12.50 --client-refunds 0.25";
    let words: Vec<&str> = line.split_whitespace().collect();
    let set = read::<SetConditions>(&words.join(" ")).unwrap();
    assert_eq!(
        set.after(&BEFORE, &czk()).unwrap(),
        Conditions {
            utc_offset: UtcOffset(-300),
            cut_off: TimeOfDay(90),
            preset: TimeOfDay(120),
            debit_source: Source::Ledger,
            credit_source: Source::Received,
            period: Period::WorkingDay,
            rail: Rail::External,
            client_limits: Some(ClientLimits {
                payments: 1_250,
                refunds: 25,
            }),
        }
    );
}

#[test]
fn a_change_of_nothing_is_refused() {
    let line = "set --agreement 1 --from 2027-03-29";
    assert!(read::<SetConditions>(line).is_err());
    assert!(read::<SetConditions>(&format!("{line} --external")).is_ok());
    assert!(read::<SetClients>("set --agreement 1").is_err());
}

#[test]
fn an_end_and_a_reconciler_have_a_day() {
    let end: End = read("end --agreement 1 --from 2026-11-23").unwrap();
    assert_eq!(end.from, BusinessDay(20_780));
    let line = "set --agreement 1 --from 2026-11-23 --reconciler 9";
    let set: SetReconciler = read(line).unwrap();
    assert_eq!((set.from, set.reconciler), (BusinessDay(20_780), 9));
    assert!(read::<End>("end --agreement 1").is_err());
    assert!(read::<SetReconciler>("set --agreement 1 --reconciler 9").is_err());
}

#[test]
fn calendars_are_named_or_none() {
    let line = "set --agreement 1 --from 2026-11-23";
    let set: SetCalendars = read(&format!("{line} --calendars CZ,SK")).unwrap();
    let names: Vec<_> = set.calendars.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, ["CZ", "SK"]);
    let none: SetCalendars = read(&format!("{line} --none")).unwrap();
    assert!(none.calendars.is_empty());
    assert!(read::<SetCalendars>(line).is_err());
    assert!(read::<SetCalendars>(&format!("{line} --calendars CZ --none")).is_err());
}

#[test]
fn a_zone_has_a_last_day_and_no_offset_beside_it() {
    let line = "set --agreement 1 --from 2027-01-01 --zone Europe/Prague";
    let set: SetConditions = read(&format!("{line} --until 2027-12-31")).unwrap();
    assert_eq!(set.zone.as_deref(), Some("Europe/Prague"));
    assert!(read::<SetConditions>(line).is_err());
    let both = format!("{line} --until 2027-12-31 --utc-offset +01:00");
    assert!(read::<SetConditions>(&both).is_err());
    let alone = "set --agreement 1 --from 2027-01-01 --preset 02:00 --until 2027-12-31";
    assert!(read::<SetConditions>(alone).is_err());
}

#[test]
fn what_else_is_named_changes_with_the_zone() {
    let line = "set --agreement 1 --from 2027-01-01 --zone Etc/GMT-2 --until 2027-12-31 \
                --preset 02:00";
    let words: Vec<&str> = line.split_whitespace().collect();
    let set: SetConditions = read(&words.join(" ")).unwrap();
    let before = [(BusinessDay(20_000), BEFORE)];
    let (zone, until) = (set.zone.as_deref().unwrap(), set.until.unwrap());
    let versions = set.by_zone(&before, zone, until, &czk()).unwrap();
    let expected = Conditions {
        utc_offset: UtcOffset(120),
        preset: TimeOfDay(120),
        ..BEFORE
    };
    assert_eq!(versions, vec![(set.from, expected)]);
}

/// In 2027, clocks change in Prague on 28 March and on 31 October; these days begin by the old offset.
#[test]
fn each_change_of_a_zones_offset_is_a_version_from_the_day_after_on() {
    let line = "set --agreement 1 --from 2027-01-01 --zone Europe/Prague --until 2027-12-31";
    let set: SetConditions = read(line).unwrap();
    let before = [(BusinessDay(20_000), BEFORE)];
    let (zone, until) = (set.zone.as_deref().unwrap(), set.until.unwrap());
    let versions = set.by_zone(&before, zone, until, &czk()).unwrap();
    let expected =
        [("2027-01-01", 60), ("2027-03-29", 120), ("2027-11-01", 60)].map(|(from, minutes)| {
            let conditions = Conditions {
                utc_offset: UtcOffset(minutes),
                ..BEFORE
            };
            (parse_day(from).unwrap(), conditions)
        });
    assert_eq!(versions, expected);
}

#[test]
fn clients_are_a_list_with_commas() {
    let set: SetClients = read("set --agreement 1 --clients 1,5").unwrap();
    assert_eq!(set.clients, vec![1, 5]);
}

//! Local times by agreements whose offset changes.

use super::*;
use crate::time::{moment_rfc3339, parse_day};
use jiff::Span;
use proptest::prelude::*;

const PRAGUE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";
const HAVANA: &str = "CST5CDT,M3.2.0/0,M11.1.0/1";

fn zones(rules: &[&str]) -> Vec<TimeZone> {
    let zone = |rule: &&str| TimeZone::posix(rule).unwrap();
    rules.iter().map(zone).collect()
}

/// An agreement by Prague's time, its offset set from the day after each change of 2027.
fn prague(day: BusinessDay) -> i16 {
    let is_summer =
        parse_day("2027-03-29").unwrap() <= day && day < parse_day("2027-11-01").unwrap();
    if is_summer {
        120
    } else {
        60
    }
}

/// The same by the time of New York.
fn new_york(day: BusinessDay) -> i16 {
    let is_summer =
        parse_day("2027-03-15").unwrap() <= day && day < parse_day("2027-11-08").unwrap();
    if is_summer {
        -240
    } else {
        -300
    }
}

fn in_prague(repeated: Option<Repeated>) -> Clock<'static> {
    Clock::new(&prague, repeated).by(zones(&[PRAGUE, NEW_YORK]))
}

fn local(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn read(clock: &Clock<'_>, text: &str) -> Result<String, NoMoment> {
    clock.moment_of(local(text)).map(moment_rfc3339)
}

#[test]
fn a_moment_shows_by_the_offset_in_force_then() {
    let clock = in_prague(None);
    let shown = |text: &str| {
        let at = text.parse::<Timestamp>().unwrap().as_millisecond();
        clock.text(Moment::try_from(at).unwrap())
    };
    for (moment, text) in [
        ("2027-10-30T22:30:00Z", "2027-10-31 00:30:00 +02:00"),
        ("2027-10-31T00:30:00Z", "2027-10-31 02:30:00 +02:00"),
        ("2027-10-31T01:30:00Z", "2027-10-31 02:30:00 +01:00"),
        ("2027-10-31T22:30:00Z", "2027-10-31 23:30:00 +01:00"),
        ("2027-03-28T00:30:00Z", "2027-03-28 01:30:00 +01:00"),
        ("2027-03-28T01:30:00Z", "2027-03-28 03:30:00 +02:00"),
    ] {
        assert_eq!(shown(moment), text);
    }
}

#[test]
fn a_moment_whose_offset_is_not_known_shows_by_utc() {
    // Nobody changes clocks as this agreement does, so its hours of the day are not known.
    let by_nobody = |day: BusinessDay| match day <= parse_day("2027-07-01").unwrap() {
        true => 120,
        false => 60,
    };
    let clock = Clock::new(&by_nobody, None).by(zones(&[PRAGUE]));
    let at = "2027-07-01T10:00:00Z".parse::<Timestamp>().unwrap();
    let shown = clock.text(Moment::try_from(at.as_millisecond()).unwrap());
    assert_eq!(shown, "2027-07-01 10:00:00 +00:00");
}

#[track_caller]
fn assert_read(clock: &Clock<'_>, readings: &[(&str, &str)]) {
    for (text, moment) in readings {
        assert_eq!(read(clock, text).as_deref(), Ok(*moment), "{text}");
        assert_eq!(
            clock.local(clock.moment_of(local(text)).unwrap()),
            Ok(local(text))
        );
    }
}

#[test]
fn the_day_clocks_go_forward_is_read_by_both_its_offsets() {
    let readings = [
        ("2027-03-28 00:00", "2027-03-27T23:00:00Z"),
        ("2027-03-28 01:30", "2027-03-28T00:30:00Z"),
        ("2027-03-28 03:00", "2027-03-28T01:00:00Z"),
        ("2027-03-28 12:00", "2027-03-28T10:00:00Z"),
        ("2027-03-28 23:30", "2027-03-28T21:30:00Z"),
    ];
    assert_read(&in_prague(None), &readings);
}

#[test]
fn the_day_clocks_go_back_is_read_by_both_its_offsets() {
    let readings = [
        ("2027-10-31 00:00", "2027-10-30T22:00:00Z"),
        ("2027-10-31 01:30", "2027-10-30T23:30:00Z"),
        ("2027-10-31 03:00", "2027-10-31T02:00:00Z"),
        ("2027-10-31 12:00", "2027-10-31T11:00:00Z"),
        ("2027-10-31 23:30", "2027-10-31T22:30:00Z"),
    ];
    assert_read(&in_prague(None), &readings);
}

#[test]
fn days_before_and_after_have_one_offset() {
    let readings = [
        ("2027-03-27 12:00", "2027-03-27T11:00:00Z"),
        ("2027-03-29 00:10", "2027-03-28T22:10:00Z"),
        ("2027-10-30 23:50", "2027-10-30T21:50:00Z"),
        ("2027-11-01 00:10", "2027-10-31T23:10:00Z"),
    ];
    assert_read(&in_prague(None), &readings);
}

#[test]
fn a_time_that_clocks_skip_is_no_moment() {
    let error = read(&in_prague(None), "2027-03-28 02:30").unwrap_err();
    assert_eq!(error, NoMoment::Skipped(local("2027-03-28 02:30")));
    assert!(error.to_string().contains("2027-03-28 02:30:00"), "{error}");
}

#[test]
fn a_time_that_is_there_twice_is_the_one_that_is_said() {
    let read = |repeated| read(&in_prague(repeated), "2027-10-31 02:30");
    let twice = NoMoment::Repeated(local("2027-10-31 02:30"));
    assert!(twice.remedy().contains("repeated_hour = \"first\""));
    assert_eq!(read(None), Err(twice));
    let first = "2027-10-31T00:30:00Z".to_owned();
    assert_eq!(read(Some(Repeated::First)), Ok(first));
    let second = "2027-10-31T01:30:00Z".to_owned();
    assert_eq!(read(Some(Repeated::Second)), Ok(second));
}

#[test]
fn a_time_that_zones_read_differently_is_not_guessed() {
    let clock = Clock::new(&new_york, None).by(zones(&[NEW_YORK, HAVANA]));
    assert!(matches!(
        read(&clock, "2027-03-14 01:30"),
        Err(NoMoment::Unsure(..))
    ));
    assert_read(
        &clock,
        &[
            ("2027-03-14 03:00", "2027-03-14T07:00:00Z"),
            ("2027-03-14 12:00", "2027-03-14T16:00:00Z"),
        ],
    );
    let moment = |text| clock.moment_of(local(text)).unwrap();
    // Between the two changes the one clock shows another time than the other.
    let between = moment("2027-03-14 03:00") - 1_800_000;
    assert!(matches!(clock.local(between), Err(NoMoment::Unsure(..))));
}

#[test]
fn where_no_zone_makes_the_change_only_what_is_certain_is_read() {
    let clock = Clock::new(&prague, None).by(zones(&[NEW_YORK]));
    for (text, moment) in [
        ("2027-03-28 00:30", "2027-03-27T23:30:00Z"),
        ("2027-03-28 23:30", "2027-03-28T21:30:00Z"),
        ("2027-03-29 12:00", "2027-03-29T10:00:00Z"),
    ] {
        assert_eq!(read(&clock, text).as_deref(), Ok(moment), "{text}");
    }
    for text in ["2027-03-28 12:00", "2027-10-31 12:00"] {
        let error = read(&clock, text).unwrap_err();
        assert!(matches!(error, NoMoment::Unsure(..)), "{error}");
        assert!(error.remedy().contains("zone = \"Europe/Prague\""));
    }
}

#[test]
fn a_new_day_keeps_the_local_time_whatever_its_offset() {
    let clock = in_prague(None);
    let days = ["2027-01-10", "2027-03-28", "2027-07-10", "2027-10-31"];
    for (from, to) in days.iter().flat_map(|from| days.map(|to| (from, to))) {
        for time in ["00:10", "01:30", "03:00", "12:00", "23:50"] {
            let moment = clock.moment_of(local(&format!("{from} {time}"))).unwrap();
            let moved = clock.redate(moment, parse_day(to).unwrap()).unwrap();
            assert_eq!(
                clock.local(moved),
                Ok(local(&format!("{to} {time}"))),
                "{from}"
            );
        }
    }
}

#[test]
fn a_time_that_the_new_day_lacks_is_not_moved_to_it() {
    let clock = in_prague(None);
    let moment = clock.moment_of(local("2027-01-10 02:30")).unwrap();
    let day = parse_day("2027-03-28").unwrap();
    let skipped = NoMoment::Skipped(local("2027-03-28 02:30"));
    assert_eq!(clock.redate(moment, day), Err(skipped));
}

/// A change of offset on a day of 2027, and the zone that makes it.
#[derive(Clone, Debug)]
struct Change {
    day: BusinessDay,
    before: i16,
    after: i16,
    at: Moment,
    zone: TimeZone,
}

impl Change {
    fn offset_on(&self, day: BusinessDay) -> i16 {
        if day <= self.day {
            self.before
        } else {
            self.after
        }
    }
}

/// An offset as a POSIX rule writes it: what is to be added to local time.
fn posix(minutes: i16) -> String {
    let sign = if minutes > 0 { "-" } else { "" };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

fn change() -> impl Strategy<Value = Change> {
    let shift = prop_oneof![-180i16..=-1, 1i16..=180];
    (-660i16..=660, shift, 2u32..360, 180u32..20 * 60).prop_map(|(before, shift, day, time)| {
        let after = before + shift;
        // The rule goes back half a year later.
        let back = (day + 180) % 360 + 1;
        let rule = format!(
            "AAA{}BBB{},J{day}/{}:{:02},J{back}",
            posix(before),
            posix(after),
            time / 60,
            time % 60
        );
        let first = parse_day("2027-01-01").unwrap();
        let day = BusinessDay(first.0 + day - 1);
        Change {
            day,
            before,
            after,
            at: UtcOffset(before).start_of(day) + Moment::from(time) * 60_000,
            zone: TimeZone::posix(&rule).unwrap(),
        }
    })
}

/// The local time of a moment, by the offset before the change or after it.
fn shown(change: &Change, moment: Moment) -> DateTime {
    let offset = if moment < change.at {
        change.before
    } else {
        change.after
    };
    let stamp = Timestamp::from_millisecond(moment as i64).unwrap();
    fixed(UtcOffset(offset)).to_datetime(stamp)
}

proptest! {
    #[test]
    fn every_moment_around_a_change_is_shown_and_read_back(
        change in change(),
        minutes in -2_880i64..2_880,
    ) {
        let offset_on = |day| change.offset_on(day);
        let clock = |repeated| Clock::new(&offset_on, repeated).by(vec![change.zone.clone()]);
        let moment = (change.at as i64 + minutes * 60_000) as Moment;
        let local = shown(&change, moment);
        prop_assert_eq!(clock(None).local(moment), Ok(local));
        let repeated = if moment < change.at { Repeated::First } else { Repeated::Second };
        prop_assert_eq!(clock(Some(repeated)).moment_of(local), Ok(moment));
        match clock(None).moment_of(local) {
            Ok(read) => prop_assert_eq!(read, moment),
            Err(NoMoment::Repeated(_)) => {
                let back = Span::new().minutes(i64::from(change.before - change.after));
                let from = shown(&change, change.at);
                prop_assert!(from <= local && local < from.checked_add(back).unwrap());
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn a_time_is_skipped_only_where_clocks_go_forward_over_it(
        change in change(),
        minutes in -1_440i64..1_440,
    ) {
        let offset_on = |day| change.offset_on(day);
        let clock = Clock::new(&offset_on, Some(Repeated::First)).by(vec![change.zone.clone()]);
        let until = shown(&change, change.at);
        let local = until.checked_add(Span::new().minutes(minutes)).unwrap();
        let skipped = i64::from(change.after - change.before);
        let is_skipped = -skipped <= minutes && minutes < 0;
        match clock.moment_of(local) {
            Ok(moment) => {
                prop_assert!(!is_skipped);
                prop_assert_eq!(clock.local(moment), Ok(local));
            }
            Err(error) => {
                prop_assert!(is_skipped);
                prop_assert_eq!(error, NoMoment::Skipped(local));
            }
        }
    }

    #[test]
    fn every_moved_moment_keeps_its_time_and_lies_on_its_new_day(
        change in change(),
        minutes in -40_000i64..40_000,
        day in -3i64..40,
    ) {
        let offset_on = |day| change.offset_on(day);
        let clock = Clock::new(&offset_on, Some(Repeated::Second)).by(vec![change.zone.clone()]);
        let moment = (change.at as i64 + minutes * 60_000) as Moment;
        let day = BusinessDay((i64::from(change.day.0) + day) as u32);
        match clock.redate(moment, day) {
            Ok(moved) => {
                prop_assert_eq!(clock.day_at(moved), day);
                let time = |moment| clock.local(moment).unwrap().time();
                prop_assert_eq!(time(moved), time(moment));
            }
            Err(error) => {
                prop_assert!(matches!(error, NoMoment::Skipped(_)) && day == change.day);
            }
        }
    }

    #[test]
    fn what_is_read_without_a_zone_is_what_the_zone_reads(
        change in change(),
        minutes in 0i64..1_440,
    ) {
        let offset_on = |day| change.offset_on(day);
        let sure = Clock::new(&offset_on, None).by(vec![change.zone.clone()]);
        let blind = Clock::new(&offset_on, None).by(Vec::new());
        let midnight = DateTime::from_parts(date_of(change.day).unwrap(), Default::default());
        let local = midnight.checked_add(Span::new().minutes(minutes)).unwrap();
        // What no zone is needed for is read the same, but for times that the zone skips or repeats.
        if let (Ok(read), Ok(right)) = (blind.moment_of(local), sure.moment_of(local)) {
            prop_assert_eq!(read, right);
        }
    }
}

#[test]
fn the_machines_own_zones_tell_when_clocks_change() {
    let clock = Clock::new(&prague, None);
    assert_read(
        &clock,
        &[
            ("2027-03-28 12:00", "2027-03-28T10:00:00Z"),
            ("2027-10-31 12:00", "2027-10-31T11:00:00Z"),
        ],
    );
}

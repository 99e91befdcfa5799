//! Calendars, and which of them an agreement goes by.

mod of_agreements;
mod running_out;

use crate::{
    mock::*, AgreementCalendars, Calendars, CalendarsNamedBy, Error, Event, MAX_CALENDARS,
};
use counterfoil_primitives::{
    calendar::{CalendarDates, MAX_DATES},
    day_times::begun_anywhere,
    ports::Directory,
    written::date::{self, calendar_date},
    BusinessDay, Calendar, CalendarName, CalendarNames, WorkingDays,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

const TOMORROW: BusinessDay = TODAY.next();

/// A day that has begun nowhere.
fn ahead(days: u32) -> BusinessDay {
    let day = BusinessDay(TODAY.0 + 2 + days);
    assert!(begun_anywhere(day) > NOON);
    day
}

fn name(text: &str) -> CalendarName {
    text.try_into().expect("it is short")
}

fn names(texts: &[&str]) -> CalendarNames {
    CalendarNames::truncate_from(texts.iter().map(|text| name(text)).collect())
}

/// A calendar that is open on all days but these.
fn closed_on(days: &[BusinessDay]) -> Calendar {
    let dates: Vec<_> = days.iter().map(|day| (*day, false)).collect();
    Calendar {
        weekly: WorkingDays::ALL,
        dates: CalendarDates::truncate_from(dates),
        filled_until: BusinessDay(TODAY.0 + 100),
    }
}

fn set(text: &str, calendar: Calendar) -> DispatchResult {
    let Calendar {
        weekly,
        dates,
        filled_until,
    } = calendar;
    Registry::set_calendar(
        RuntimeOrigin::root(),
        name(text),
        weekly,
        dates,
        filled_until,
    )
}

fn remove(text: &str) -> DispatchResult {
    Registry::remove_calendar(RuntimeOrigin::root(), name(text))
}

fn go_by(from: BusinessDay, texts: &[&str]) -> DispatchResult {
    Registry::set_calendars(RuntimeOrigin::root(), AGREEMENT, from, names(texts))
}

fn due_with(day: BusinessDay) -> BusinessDay {
    Registry::due_with(AGREEMENT, day)
}

#[test]
fn nobody_but_the_council_sets_calendars() {
    with_agreement(|| {
        let bank = || RuntimeOrigin::signed(account("Charlie"));
        let Calendar {
            weekly,
            dates,
            filled_until,
        } = closed_on(&[]);
        assert_noop!(
            Registry::set_calendar(bank(), name("CZ"), weekly, dates, filled_until),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::remove_calendar(bank(), name("CZ")),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::set_calendars(bank(), AGREEMENT, ahead(0), names(&[])),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn a_calendar_is_kept_as_it_was_set() {
    with_agreement(|| {
        let calendar = closed_on(&[ahead(0)]);
        assert_ok!(set("CZ", calendar.clone()));
        assert_eq!(Calendars::<Test>::get(name("CZ")), Some(calendar.clone()));
        assert_eq!(
            last_event(),
            Event::CalendarSet {
                name: name("CZ"),
                weekly: WorkingDays::ALL,
                filled_until: calendar.filled_until,
                filled_until_date: date::words(calendar.filled_until),
            }
        );
    });
}

#[test]
fn the_days_of_a_calendar_may_be_digits_of_dates() {
    with_agreement(|| {
        let digits = |day| {
            let (year, month, date) = calendar_date(day);
            BusinessDay(year * 10_000 + month * 100 + date)
        };
        let meant = closed_on(&[ahead(0), ahead(3)]);
        let mut given = closed_on(&[digits(ahead(0)), digits(ahead(3))]);
        given.filled_until = digits(meant.filled_until);
        assert_ok!(set("CZ", given));
        assert_eq!(Calendars::<Test>::get(name("CZ")), Some(meant));
        let no_date = closed_on(&[BusinessDay(20_260_230)]);
        assert_noop!(set("CZ", no_date), Error::<Test>::NoSuchDate);
    });
}

#[test]
fn a_calendar_that_makes_no_sense_is_refused() {
    with_agreement(|| {
        let wrong: [fn(&mut Calendar); 3] = [
            |calendar| calendar.weekly = WorkingDays(0),
            |calendar| calendar.dates = closed_on(&[ahead(2), ahead(1)]).dates,
            |calendar| calendar.filled_until = ahead(0),
        ];
        for change in wrong {
            let mut calendar = closed_on(&[ahead(1), ahead(2)]);
            change(&mut calendar);
            assert_noop!(set("CZ", calendar), Error::<Test>::InvalidCalendar);
        }
        assert_noop!(set("", closed_on(&[])), Error::<Test>::InvalidCalendar);
    });
}

#[test]
fn there_are_no_more_calendars_than_are_kept() {
    with_agreement(|| {
        for number in 0..MAX_CALENDARS {
            assert_ok!(set(&number.to_string(), closed_on(&[])));
        }
        assert_noop!(set("CZ", closed_on(&[])), Error::<Test>::TooManyCalendars);
        assert_ok!(set("0", closed_on(&[ahead(0)])));
        assert_ok!(remove("0"));
        assert_ok!(set("CZ", closed_on(&[])));
    });
}

#[test]
fn a_calendar_is_removed_unless_an_agreement_names_it() {
    with_agreement(|| {
        assert_noop!(remove("CZ"), Error::<Test>::UnknownCalendar);
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        assert_noop!(remove("CZ"), Error::<Test>::CalendarIsNamed);
        assert_ok!(go_by(ahead(0), &[]));
        assert_ok!(remove("CZ"));
        assert_eq!(last_event(), Event::CalendarRemoved { name: name("CZ") });
    });
}

#[test]
fn each_day_keeps_the_calendars_that_it_began_with() {
    with_agreement(|| {
        assert_ok!(set("CZ", closed_on(&[TOMORROW, BusinessDay(TODAY.0 + 4)])));
        for begun in [TODAY, TODAY.previous()] {
            assert_noop!(go_by(begun, &["CZ"]), Error::<Test>::DayHasBegun);
        }
        assert_ok!(go_by(TOMORROW, &["CZ"]));
        assert_eq!(due_with(TODAY), TODAY);
        let waits = BusinessDay(TODAY.0 + 3);
        assert_eq!(due_with(waits), waits.next());
        assert_ok!(go_by(waits, &[]));
        assert_eq!(due_with(waits), waits);
        assert_eq!(
            last_event(),
            Event::CalendarsSet {
                agreement: AGREEMENT,
                from: waits,
                from_date: date::words(waits),
                calendars: names(&[]),
            }
        );
    });
}

#[test]
fn dates_that_have_begun_stay_while_an_agreement_names_the_calendar() {
    with_agreement(|| {
        let past = [BusinessDay(TODAY.0 - 9), TODAY];
        let with_past = |later: &[BusinessDay]| closed_on(&[&past[..], later].concat());
        assert_ok!(set("CZ", with_past(&[ahead(0)])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        assert_ok!(set("CZ", with_past(&[ahead(1), ahead(2)])));
        let mut opened = with_past(&[]);
        opened
            .dates
            .iter_mut()
            .for_each(|(_, is_open)| *is_open = true);
        let lacking = closed_on(&[TODAY, ahead(1)]);
        let added = closed_on(&[past[0], TODAY.previous(), TODAY]);
        for changed in [opened, lacking, added] {
            assert_noop!(set("CZ", changed), Error::<Test>::PastDatesStay);
        }
    });
}

#[test]
fn a_date_stays_from_when_its_day_begins_somewhere() {
    with_agreement(|| {
        let day = ahead(1);
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        pallet_timestamp::Now::<Test>::put(begun_anywhere(day) - 1);
        assert_ok!(set("CZ", closed_on(&[day])));
        pallet_timestamp::Now::<Test>::put(begun_anywhere(day));
        assert_noop!(set("CZ", closed_on(&[])), Error::<Test>::PastDatesStay);
    });
}

#[test]
fn the_week_stays_while_an_agreement_names_the_calendar() {
    with_agreement(|| {
        let five_days = Calendar {
            weekly: WorkingDays::MONDAY_TO_FRIDAY,
            ..closed_on(&[TODAY.previous()])
        };
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(set("CZ", five_days.clone()));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        let six_days = Calendar {
            weekly: WorkingDays(0b011_1111),
            ..five_days
        };
        assert_noop!(set("CZ", six_days.clone()), Error::<Test>::WeekStays);
        assert_ok!(go_by(ahead(0), &[]));
        assert_ok!(set("CZ", six_days));
    });
}

#[test]
fn a_calendar_has_as_many_dates_as_fit() {
    with_agreement(|| {
        let first = ahead(0).0;
        let dates: Vec<_> = (first..first + MAX_DATES)
            .map(|day| (BusinessDay(day), false))
            .collect();
        let longest = Calendar {
            dates: CalendarDates::try_from(dates).expect("they fit"),
            filled_until: BusinessDay(first + MAX_DATES),
            ..closed_on(&[])
        };
        assert_ok!(set("CZ", longest));
    });
}

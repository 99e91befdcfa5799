//! Calendars: which days are open, and with which others a day comes due.

use counterfoil_primitives::{
    calendar::CalendarDates,
    calendar_runs_out::WARNING_DAYS,
    days_due_together::{due_with, MAX_CLOSED_DAYS},
    written::date,
    BusinessDay, Calendar, WorkingDays,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn day(text: &str) -> BusinessDay {
    date::read(text).expect("it is a date")
}

/// A calendar from Monday to Friday with these dates, known until the end of 2026.
fn calendar(dates: &[(&str, bool)]) -> Calendar {
    let dates: Vec<_> = dates
        .iter()
        .map(|(date, is_open)| (day(date), *is_open))
        .collect();
    Calendar {
        weekly: WorkingDays::MONDAY_TO_FRIDAY,
        dates: dates.try_into().expect("there are few"),
        filled_until: day("2026-12-31"),
    }
}

/// A week of holidays from Thursday to Thursday, and a Saturday on which work is made up for.
fn golden_week() -> Calendar {
    calendar(&[
        ("2026-10-01", false),
        ("2026-10-02", false),
        ("2026-10-05", false),
        ("2026-10-06", false),
        ("2026-10-07", false),
        ("2026-10-08", false),
        ("2026-10-10", true),
    ])
}

fn due(calendars: &[Calendar], text: &str) -> String {
    let is_open = |day| calendars.iter().all(|calendar| calendar.is_open(day));
    date::show(due_with(day(text), is_open).next())
}

#[test]
fn a_week_begins_on_monday() {
    let monday = day("2026-11-23");
    let only_mondays = WorkingDays(1);
    let open: Vec<bool> = (0..8)
        .map(|ahead| only_mondays.includes(BusinessDay(monday.0 + ahead)))
        .collect();
    assert_eq!(open, [true, false, false, false, false, false, false, true]);
}

#[test]
fn the_first_day_that_is_counted_is_a_thursday() {
    assert!(WorkingDays(1 << 3).includes(BusinessDay(0)));
    assert!(!WorkingDays(!(1 << 3) & WorkingDays::ALL.0).includes(BusinessDay(0)));
}

#[test]
fn a_week_has_a_working_day_and_no_eighth_one() {
    assert!(!WorkingDays(0).is_valid());
    assert!(WorkingDays(1).is_valid());
    assert!(WorkingDays::ALL.is_valid());
    assert!(!WorkingDays(1 << 7).is_valid());
}

#[test]
fn dates_override_the_week_both_ways() {
    let calendar = golden_week();
    assert!(!calendar.is_open(day("2026-10-01")));
    assert!(calendar.is_open(day("2026-10-10")));
    assert!(!calendar.is_open(day("2026-10-11")));
    assert!(calendar.is_open(day("2026-10-12")));
}

#[test]
fn dates_that_do_not_ascend_are_refused() {
    for dates in [["2026-10-02", "2026-10-01"], ["2026-10-01", "2026-10-01"]] {
        assert!(!calendar(&dates.map(|date| (date, false))).is_valid());
    }
    assert!(golden_week().is_valid());
}

#[test]
fn a_date_beyond_the_last_known_day_is_refused() {
    assert!(calendar(&[("2026-12-31", false)]).is_valid());
    assert!(!calendar(&[("2027-01-01", false)]).is_valid());
}

#[test]
fn a_friday_waits_for_monday() {
    assert_eq!(due(&[calendar(&[])], "2026-11-26"), "2026-11-27");
    assert_eq!(due(&[calendar(&[])], "2026-11-27"), "2026-11-30");
}

#[test]
fn nine_days_come_due_after_eight_closed_ones() {
    let calendars = [golden_week()];
    let first = day("2026-09-30");
    for ahead in 0..9 {
        let text = date::show(BusinessDay(first.0 + ahead));
        assert_eq!(due(&calendars, &text), "2026-10-09", "{text}");
    }
    assert_eq!(due(&calendars, "2026-09-29"), "2026-09-30");
}

#[test]
fn a_saturday_on_which_work_is_made_up_for_is_open() {
    assert_eq!(due(&[golden_week()], "2026-10-09"), "2026-10-10");
}

#[test]
fn a_day_waits_until_all_calendars_are_open() {
    let other = calendar(&[("2026-10-09", false)]);
    // The Saturday is open in one of them alone.
    assert_eq!(due(&[golden_week(), other], "2026-09-30"), "2026-10-12");
}

#[test]
fn years_without_dates_follow_the_week() {
    let calendar = [golden_week()];
    assert_eq!(due(&calendar, "2027-09-30"), "2027-10-01");
    assert_eq!(due(&calendar, "2027-10-01"), "2027-10-04");
}

#[test]
fn without_calendars_no_day_waits() {
    assert_eq!(due(&[], "2026-11-27"), "2026-11-28");
}

#[test]
fn no_day_waits_for_ever() {
    let first = BusinessDay(20_000);
    assert_eq!(
        due_with(first, |_| false),
        BusinessDay(first.0 + MAX_CLOSED_DAYS)
    );
}

#[test]
fn a_calendar_runs_out_thirty_days_before_its_end() {
    let calendar = golden_week();
    let end = calendar.filled_until;
    assert!(!calendar.runs_out(BusinessDay(end.0 - WARNING_DAYS)));
    assert!(calendar.runs_out(BusinessDay(end.0 - WARNING_DAYS + 1)));
}

/// Days around which calendars are drawn.
const FROM: u32 = 20_000;
const DAYS: u32 = 60;

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let dates = prop::collection::btree_map(FROM..FROM + DAYS, any::<bool>(), 0..40);
    (1u8..=127, dates).prop_map(|(weekly, dates)| {
        let dates: Vec<_> = dates
            .into_iter()
            .map(|(day, is_open)| (BusinessDay(day), is_open))
            .collect();
        Calendar {
            weekly: WorkingDays(weekly),
            dates: CalendarDates::try_from(dates).expect("there are few"),
            filled_until: BusinessDay(FROM + DAYS),
        }
    })
}

/// Whether a day is open, looked up the plain way.
fn is_open_plainly(calendar: &Calendar, day: BusinessDay) -> bool {
    let dates: BTreeMap<_, _> = calendar.dates.iter().copied().collect();
    let monday = 20_780;
    let of_week = (i64::from(day.0) - monday).rem_euclid(7);
    let of_calendar = dates.get(&day).copied();
    of_calendar.unwrap_or(calendar.weekly.0 & (1u8 << of_week) != 0)
}

proptest! {
    #[test]
    fn a_day_is_open_as_its_date_or_the_week_says(
        calendar in any_calendar(),
        day in FROM - 10..FROM + DAYS + 10,
    ) {
        let day = BusinessDay(day);
        prop_assert_eq!(calendar.is_open(day), is_open_plainly(&calendar, day));
    }

    #[test]
    fn a_day_comes_due_on_the_next_open_day(
        calendars in prop::collection::vec(any_calendar(), 0..3),
        day in FROM - 10..FROM + DAYS,
    ) {
        let is_open = |day| calendars.iter().all(|calendar| is_open_plainly(calendar, day));
        let last = due_with(BusinessDay(day), is_open);
        let mut plain = day + 1;
        while plain < day + 1 + MAX_CLOSED_DAYS && !is_open(BusinessDay(plain)) {
            plain += 1;
        }
        prop_assert_eq!(last.next(), BusinessDay(plain));
    }

    #[test]
    fn days_come_due_in_their_order(
        calendars in prop::collection::vec(any_calendar(), 0..3),
        day in FROM - 10..FROM + DAYS,
    ) {
        let is_open = |day| calendars.iter().all(|calendar| calendar.is_open(day));
        let day = BusinessDay(day);
        prop_assert!(due_with(day, is_open) <= due_with(day.next(), is_open));
    }

    /// What has passed stays: a change of days that lie ahead moves no due time that does not.
    #[test]
    fn a_due_day_that_has_begun_does_not_move_with_later_dates(
        before in any_calendar(),
        after in any_calendar(),
        day in FROM - 10..FROM + DAYS,
        begun in FROM..FROM + DAYS,
    ) {
        let is_open = |date: BusinessDay| if date.0 <= begun {
            before.is_open(date)
        } else {
            after.is_open(date)
        };
        let day = BusinessDay(day);
        let [old, new] = [due_with(day, |date| before.is_open(date)), due_with(day, is_open)];
        if old.next().0 <= begun {
            prop_assert_eq!(old, new);
        } else {
            prop_assert!(new.next().0 > begun);
        }
    }
}

//! Days that come due together are paid together.

use crate::{mock::*, Due};
use counterfoil_primitives::{
    calendar::CalendarDates,
    ports::{Directory, OnReconciled},
    settlement::{Period, Rail},
    BusinessDay, CalendarName, CalendarNames, WorkingDays,
};
use frame_support::assert_ok;

const IN_ASSET: Rail = Rail::Asset(ASSET);

/// The agreement pays by working day, and goes by a calendar with this week and these closed days from the
/// first day on that has not begun.
fn by_working_day(weekly: WorkingDays, closed: core::ops::RangeInclusive<u32>) {
    go_by(Period::WorkingDay, IN_ASSET);
    let name = CalendarName::truncated("banks");
    let dates: Vec<_> = closed.map(|day| (BusinessDay(day), false)).collect();
    assert_ok!(Registry::set_calendar(
        RuntimeOrigin::root(),
        name.clone(),
        weekly,
        CalendarDates::truncate_from(dates),
        day("2025-12-31"),
    ));
    assert_ok!(Registry::set_calendars(
        RuntimeOrigin::root(),
        AGREEMENT,
        day("2024-10-06"),
        CalendarNames::truncate_from(vec![name]),
    ));
}

/// No date is closed that the week does not close.
#[allow(clippy::reversed_empty_ranges)]
const BY_THE_WEEK: core::ops::RangeInclusive<u32> = 1..=0;

#[test]
fn a_friday_is_paid_with_its_weekend() {
    build_and_execute(|| {
        by_working_day(WorkingDays::MONDAY_TO_FRIDAY, BY_THE_WEEK);
        let (friday, sunday) = (day("2024-10-11"), day("2024-10-13"));
        reconcile(friday, sunday.previous(), 10);
        assert!(!Due::<Test>::contains_key(AGREEMENT, friday));
        reconcile(sunday, sunday, 10);
        assert_eq!(
            (obligation(friday).days, obligation(friday).amount),
            (3, 30)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, friday));
    });
}

#[test]
fn a_day_before_a_working_day_is_paid_by_itself() {
    build_and_execute(|| {
        by_working_day(WorkingDays::MONDAY_TO_FRIDAY, BY_THE_WEEK);
        for text in ["2024-10-10", "2024-10-14"] {
            reconcile(day(text), day(text), 10);
            assert_eq!(obligation(day(text)).days, 1);
            assert!(Due::<Test>::contains_key(AGREEMENT, day(text)));
        }
    });
}

#[test]
fn without_calendars_each_day_is_paid_by_itself() {
    build_and_execute(|| {
        go_by(Period::WorkingDay, IN_ASSET);
        reconcile(DAY, DAY.next(), 10);
        assert_eq!((obligation(DAY).days, obligation(DAY.next()).days), (1, 1));
    });
}

#[test]
fn as_many_days_as_can_come_due_together_are_one_period() {
    build_and_execute(|| {
        let first = day("2024-11-01");
        by_working_day(WorkingDays::ALL, first.0 + 1..=first.0 + 31);
        let last = BusinessDay(first.0 + 31);
        assert_eq!(Registry::due_with(AGREEMENT, first), last);
        reconcile(first.next(), last, 10);
        assert!(!Due::<Test>::contains_key(AGREEMENT, first));
        Settlement::on_reconciled(AGREEMENT, first, 10);
        assert_eq!(
            (obligation(first).days, obligation(first).amount),
            (32, 320)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, first));
        fund(320);
        assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, last));
    });
}

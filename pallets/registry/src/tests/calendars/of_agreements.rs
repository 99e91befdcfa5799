//! Which calendars an agreement goes by, and when its days come due.

use super::*;
use counterfoil_primitives::settlement::Period;

#[test]
fn a_day_waits_for_the_next_open_day_of_the_agreement() {
    with_agreement(|| {
        let day = ahead(2);
        assert_ok!(set("CZ", closed_on(&[day.next(), day.next().next()])));
        assert_eq!(due_with(day), day);
        assert_ok!(go_by(day, &["CZ"]));
        assert_eq!(due_with(day), BusinessDay(day.0 + 2));
        assert_eq!(due_with(day.next()), BusinessDay(day.0 + 2));
        assert_eq!(due_with(BusinessDay(day.0 + 2)), BusinessDay(day.0 + 2));
    });
}

#[test]
fn a_day_waits_until_both_calendars_are_open() {
    with_agreement(|| {
        let day = ahead(2);
        assert_ok!(set("CZ", closed_on(&[day.next()])));
        assert_ok!(set("SK", closed_on(&[BusinessDay(day.0 + 2)])));
        assert_ok!(go_by(day, &["CZ", "SK"]));
        assert_eq!(due_with(day), BusinessDay(day.0 + 2));
    });
}

#[test]
fn preset_time_and_deadline_move_to_the_open_day() {
    with_agreement(|| {
        let day = ahead(2);
        assert_ok!(set("CZ", closed_on(&[day.next()])));
        assert_ok!(go_by(day, &["CZ"]));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        let times = Registry::due_times(AGREEMENT, &agreement, day);
        assert_eq!(times, agreement.due_times(day.next()));
        let preset = times.map(|times| times.preset);
        assert_eq!(preset, agreement.preset_of(day.next()));
    });
}

#[test]
fn days_that_come_due_together_are_a_settlement_period_where_the_conditions_say_so() {
    with_agreement(|| {
        let day = ahead(2);
        let last = BusinessDay(day.0 + 2);
        assert_ok!(set("CZ", closed_on(&[day.next(), last])));
        assert_ok!(go_by(day, &["CZ"]));
        let period = || {
            let agreement = Registry::agreement(AGREEMENT).expect("there");
            let of_day = Registry::settlement_period(AGREEMENT, &agreement, day.next());
            of_day.map(|period| (period.first, period.last))
        };
        assert_eq!(period(), Some((day.next(), day.next())));
        let mut conditions = spec().conditions;
        conditions.period = Period::WorkingDay;
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_conditions(
            root, AGREEMENT, TOMORROW, conditions
        ));
        assert_eq!(period(), Some((day, last)));
    });
}

#[test]
fn calendars_replace_those_of_later_days() {
    with_agreement(|| {
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(set("SK", closed_on(&[])));
        assert_ok!(go_by(ahead(1), &["CZ"]));
        assert_ok!(go_by(ahead(5), &["CZ", "SK"]));
        assert_eq!(CalendarsNamedBy::<Test>::get(name("CZ")), 2);
        assert_ok!(go_by(ahead(2), &["SK"]));
        let kept = vec![(ahead(1), names(&["CZ"])), (ahead(2), names(&["SK"]))];
        assert_eq!(AgreementCalendars::<Test>::get(AGREEMENT), kept);
        assert_eq!(CalendarsNamedBy::<Test>::get(name("CZ")), 1);
    });
}

#[test]
fn calendars_of_an_agreement_are_known_and_named_once() {
    with_agreement(|| {
        assert_noop!(go_by(ahead(0), &["CZ"]), Error::<Test>::UnknownCalendar);
        assert_ok!(set("CZ", closed_on(&[])));
        assert_noop!(
            go_by(ahead(0), &["CZ", "CZ"]),
            Error::<Test>::CalendarNamedTwice
        );
        assert_noop!(
            Registry::set_calendars(RuntimeOrigin::root(), 9, ahead(0), names(&["CZ"])),
            Error::<Test>::UnknownAgreement
        );
        assert_noop!(
            go_by(BusinessDay(1), &["CZ"]),
            Error::<Test>::BeforeFirstDay
        );
    });
}

#[test]
fn two_calendars_have_a_day_of_the_week_in_common() {
    with_agreement(|| {
        let by = |week| Calendar {
            weekly: WorkingDays(week),
            ..closed_on(&[])
        };
        assert_ok!(set("week", by(0b001_1111)));
        assert_ok!(set("weekend", by(0b110_0000)));
        assert_ok!(set("most", by(0b011_0000)));
        assert_noop!(
            go_by(ahead(0), &["week", "weekend"]),
            Error::<Test>::NoCommonWorkingDay
        );
        assert_ok!(go_by(ahead(0), &["week", "most"]));
    });
}

#[test]
fn no_more_versions_of_calendars_are_kept_than_fit() {
    with_agreement(|| {
        for days in 0..MaxVersions::get() {
            assert_ok!(go_by(ahead(days), &[]));
        }
        assert_noop!(go_by(ahead(50), &[]), Error::<Test>::TooManyVersions);
    });
}

//! Settlement periods: which days one payment covers.

mod declarations;
mod obligation;

use counterfoil_primitives::{
    calendar::CalendarDates,
    days_due_together::{due_with, MAX_CLOSED_DAYS},
    settlement::{period::MAX_PERIOD_DAYS, period_of, Period, Rail, SettlementPeriod},
    written::date,
    AgreementView, BusinessDay, Calendar, Caps, Conditions, Currency, WorkingDays,
};
use proptest::prelude::*;

/// The first day of agreements that are drawn.
const FIRST: u32 = 20_000;
/// Days from then on that are looked at.
const DAYS: u32 = 150;

fn day(text: &str) -> BusinessDay {
    date::read(text).expect("it is a date")
}

/// An agreement from a first day on, with these conditions and this end.
fn agreement(
    conditions: Vec<(BusinessDay, Conditions)>,
    end: Option<BusinessDay>,
) -> AgreementView {
    AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![],
        clients: vec![],
        suspended: vec![],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: conditions[0].0,
        end,
        caps: Caps::MAX,
        max_gross: None,
        deadline_minutes: 1,
        max_late_minutes: 1,
        refund_days: 1,
        amend_days: 1,
        answer_days: 1,
        conditions,
    }
}

fn conditions(period: Period, rail: Rail) -> Conditions {
    Conditions {
        period,
        rail,
        ..Default::default()
    }
}

/// An agreement from 2024-10-04 on that pays by month.
fn by_month() -> AgreementView {
    let conditions = conditions(Period::Month, Rail::External);
    agreement(vec![(day("2024-10-04"), conditions)], None)
}

/// The period of a day without calendars, in words.
fn period(agreement: &AgreementView, text: &str) -> Option<(String, String)> {
    let period = period_of(agreement, day(text), |day| day)?;
    Some((date::show(period.first), date::show(period.last)))
}

fn days(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.into(), last.into()))
}

#[test]
fn a_month_has_the_days_of_the_calendar() {
    for (first, last) in [
        ("2024-11-01", "2024-11-30"),
        ("2024-12-01", "2024-12-31"),
        ("2025-02-01", "2025-02-28"),
        ("2028-02-01", "2028-02-29"),
    ] {
        assert_eq!(period(&by_month(), first), days(first, last));
        assert_eq!(period(&by_month(), last), days(first, last));
    }
}

#[test]
fn a_month_begins_with_the_agreement_and_ends_when_it_closes() {
    let mut agreement = by_month();
    assert_eq!(
        period(&agreement, "2024-10-31"),
        days("2024-10-04", "2024-10-31")
    );
    // It closes a day after its end.
    agreement.end = Some(day("2024-10-19"));
    assert_eq!(
        period(&agreement, "2024-10-04"),
        days("2024-10-04", "2024-10-19")
    );
}

#[test]
fn the_end_of_an_agreement_ends_no_period() {
    let mut agreement = by_month();
    agreement.amend_days = 365;
    agreement.end = Some(day("2024-10-20"));
    assert_eq!(
        period(&agreement, "2024-10-19"),
        days("2024-10-04", "2024-10-31")
    );
    assert_eq!(
        period(&agreement, "2024-11-01"),
        days("2024-11-01", "2024-11-30")
    );
}

#[test]
fn days_that_the_agreement_does_not_include_have_no_period() {
    let mut agreement = by_month();
    // It closes a day after its end.
    agreement.end = Some(day("2024-10-19"));
    assert_eq!(period(&agreement, "2024-10-03"), None);
    assert_eq!(period(&agreement, "2024-10-20"), None);
}

#[test]
fn the_same_month_of_another_year_is_another_one() {
    assert_eq!(
        period(&by_month(), "2025-10-01"),
        days("2025-10-01", "2025-10-31")
    );
}

#[test]
fn a_friday_goes_with_its_weekend_by_working_day() {
    let by_working_day = conditions(Period::WorkingDay, Rail::External);
    let agreement = agreement(vec![(day("2024-10-04"), by_working_day)], None);
    let is_open = |day| WorkingDays::MONDAY_TO_FRIDAY.includes(day);
    let of = |text| period_of(&agreement, day(text), |day| due_with(day, is_open)).expect("it is");
    for text in ["2024-10-11", "2024-10-12", "2024-10-13"] {
        let weekend = SettlementPeriod {
            first: day("2024-10-11"),
            last: day("2024-10-13"),
        };
        assert_eq!(of(text), weekend);
    }
    assert_eq!(of("2024-10-10").days(), 1);
    assert_eq!(of("2024-10-14").days(), 1);
}

#[test]
fn as_many_days_as_come_due_together_are_one_period() {
    let by_working_day = conditions(Period::WorkingDay, Rail::External);
    let agreement = agreement(vec![(BusinessDay(FIRST), by_working_day)], None);
    let first = BusinessDay(FIRST + 10);
    let last = BusinessDay(first.0 + MAX_CLOSED_DAYS);
    let is_open = |day: BusinessDay| day <= first || day > last;
    for day in first.0..=last.0 {
        let period = period_of(&agreement, BusinessDay(day), |day| due_with(day, is_open));
        assert_eq!(period, Some(SettlementPeriod { first, last }));
    }
    assert_eq!(SettlementPeriod { first, last }.days(), MAX_PERIOD_DAYS);
}

#[test]
fn the_last_day_that_can_be_counted_has_a_period() {
    let agreement = agreement(
        vec![(BusinessDay(0), conditions(Period::Month, Rail::External))],
        None,
    );
    for day in [BusinessDay(0), BusinessDay(u32::MAX)] {
        let period = period_of(&agreement, day, |day| day).expect("it is included");
        assert!(period.includes(day));
    }
}

fn any_rail() -> impl Strategy<Value = Rail> {
    prop::sample::select(vec![Rail::Asset(1), Rail::Asset(2), Rail::External])
}

fn any_conditions() -> impl Strategy<Value = Conditions> {
    (prop::sample::select(Period::ALL.to_vec()), any_rail())
        .prop_map(|(period, rail)| conditions(period, rail))
}

/// An agreement with up to five versions of conditions, which may end.
fn any_agreement() -> impl Strategy<Value = AgreementView> {
    let later = prop::collection::btree_map(FIRST + 1..FIRST + DAYS, any_conditions(), 0..5);
    let end = prop::option::of(FIRST + 1..FIRST + DAYS);
    (any_conditions(), later, end).prop_map(|(first, later, end)| {
        let later = later.into_iter();
        let versions = [(FIRST, first)].into_iter().chain(later);
        let versions = versions.map(|(day, conditions)| (BusinessDay(day), conditions));
        agreement(versions.collect(), end.map(BusinessDay))
    })
}

/// A calendar with any week, one without working days among them, and any dates.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let dates = prop::collection::btree_map(FIRST..FIRST + DAYS, any::<bool>(), 0..100);
    let week = prop_oneof![Just(0u8), Just(31), 1u8..=127];
    (week, dates).prop_map(|(weekly, dates)| {
        let dates: Vec<_> = dates
            .into_iter()
            .map(|(day, is_open)| (BusinessDay(day), is_open))
            .collect();
        Calendar {
            weekly: WorkingDays(weekly),
            dates: CalendarDates::try_from(dates).expect("there are few"),
            filled_until: BusinessDay(FIRST + DAYS),
        }
    })
}

/// The days of the agreement that are looked at.
fn included(agreement: &AgreementView) -> impl Iterator<Item = BusinessDay> + '_ {
    (FIRST..FIRST + DAYS)
        .map(BusinessDay)
        .filter(|day| agreement.includes(*day))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_day_of_a_period_names_the_same_one(
        agreement in any_agreement(),
        calendar in any_calendar(),
    ) {
        let of = |day| period_of(&agreement, day, |day| due_with(day, |day| calendar.is_open(day)));
        for day in included(&agreement) {
            let period = of(day).expect("the agreement includes the day");
            prop_assert!(period.includes(day));
            prop_assert!(period.days() <= MAX_PERIOD_DAYS);
            for other in period.first.0..=period.last.0 {
                prop_assert_eq!(of(BusinessDay(other)), Some(period));
            }
        }
    }

    #[test]
    fn periods_follow_one_another_without_a_gap(
        agreement in any_agreement(),
        calendar in any_calendar(),
    ) {
        let of = |day| period_of(&agreement, day, |day| due_with(day, |day| calendar.is_open(day)));
        let mut next = BusinessDay(FIRST);
        while next.0 < FIRST + DAYS && agreement.includes(next) {
            let period = of(next).expect("the agreement includes the day");
            prop_assert_eq!(period.first, next);
            next = period.last.next();
        }
    }

    #[test]
    fn the_days_of_a_period_have_one_period_and_one_rail(
        agreement in any_agreement(),
        calendar in any_calendar(),
    ) {
        for day in included(&agreement) {
            let period = period_of(&agreement, day, |day| {
                due_with(day, |day| calendar.is_open(day))
            });
            let period = period.expect("the agreement includes the day");
            let of = |day| agreement.conditions_on(day).map(|of| (of.period, of.rail));
            for other in period.first.0..=period.last.0 {
                prop_assert_eq!(of(BusinessDay(other)), of(day));
            }
        }
    }

    /// A calendar that never opens holds no payment up for ever.
    #[test]
    fn a_calendar_that_is_closed_for_ever_makes_periods_of_one_day(day in FIRST..FIRST + DAYS) {
        let by_working_day = conditions(Period::WorkingDay, Rail::External);
        let agreement = agreement(vec![(BusinessDay(FIRST), by_working_day)], None);
        let (first, last) = (BusinessDay(day), BusinessDay(day));
        let period = period_of(&agreement, first, |day| due_with(day, |_| false));
        prop_assert_eq!(period, Some(SettlementPeriod { first, last }));
    }

    /// When a day comes due, all that its period depends on has begun: what changes later moves neither end.
    #[test]
    fn a_working_day_period_that_is_due_does_not_move_with_later_dates(
        before in any_calendar(),
        after in any_calendar(),
        day in FIRST..FIRST + DAYS,
        begun in FIRST..FIRST + DAYS,
    ) {
        let by_working_day = conditions(Period::WorkingDay, Rail::External);
        let agreement = agreement(vec![(BusinessDay(FIRST), by_working_day)], None);
        let day = BusinessDay(day);
        let was_open = |date: BusinessDay| before.is_open(date);
        let is_open = |date: BusinessDay| if date.0 <= begun {
            before.is_open(date)
        } else {
            after.is_open(date)
        };
        let old = period_of(&agreement, day, |day| due_with(day, was_open));
        let new = period_of(&agreement, day, |day| due_with(day, is_open));
        if due_with(day, was_open).next().0 <= begun {
            prop_assert_eq!(old, new);
        }
    }

    /// The same holds of months: conditions change only from a day that has not begun.
    #[test]
    fn a_month_keeps_its_first_day_whatever_changes_later(
        old in any_agreement(),
        later in any_conditions(),
        day in FIRST..FIRST + DAYS,
        ahead in 1u32..40,
    ) {
        let day = BusinessDay(day);
        prop_assume!(old.includes(day));
        let from = BusinessDay(day.0 + ahead);
        let mut new = old.clone();
        new.conditions.retain(|(begins, _)| *begins < from);
        new.conditions.push((from, later));
        let first = |agreement| period_of(agreement, day, |day| day).map(|period| period.first);
        prop_assert_eq!(first(&old), first(&new));
    }
}

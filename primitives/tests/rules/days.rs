//! Business days, cut-offs and preset times, over changes of the offset.

use counterfoil_primitives::{
    conditions::version_on,
    day::{DAY, MINUTE, MINUTES_PER_DAY},
    day_of_moment::day_of,
    day_times::{begun_anywhere, cut_off_of, preset_of, start_of, LEAD},
    AgreementView, BusinessDay, Caps, Conditions, Currency, Moment, TimeOfDay, UtcOffset,
};
use proptest::prelude::*;

const HOUR: Moment = 60 * MINUTE;
/// A day on which the offset changes.
const CHANGE: BusinessDay = BusinessDay(20_541);

fn conditions(utc_offset: i16) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(utc_offset),
        cut_off: TimeOfDay(30),
        preset: TimeOfDay(60),
        ..Conditions::default()
    }
}

#[test]
fn a_day_counts_as_begun_a_little_before_it_begins_anywhere() {
    let start = UtcOffset(0).start_of(CHANGE);
    assert_eq!(begun_anywhere(CHANGE), start - 14 * HOUR - LEAD);
    assert_eq!(begun_anywhere(BusinessDay(0)), 0);
}

/// An offset before [`CHANGE`] and another one from then on.
fn versions(before: i16, after: i16) -> Vec<(BusinessDay, Conditions)> {
    vec![
        (BusinessDay(20_000), conditions(before)),
        (CHANGE, conditions(after)),
    ]
}

fn length_of(versions: &[(BusinessDay, Conditions)], day: BusinessDay) -> Moment {
    start_of(versions, day.next()).unwrap() - start_of(versions, day).unwrap()
}

fn day_at(versions: &[(BusinessDay, Conditions)], moment: Moment) -> BusinessDay {
    day_of(versions, moment).unwrap().0
}

#[test]
fn a_day_begins_at_local_midnight() {
    let midnight_utc = 20_000 * DAY;
    assert_eq!(
        UtcOffset(60).start_of(BusinessDay(20_000)),
        midnight_utc - HOUR
    );
    assert_eq!(
        UtcOffset(-90).start_of(BusinessDay(20_000)),
        midnight_utc + 90 * MINUTE
    );
}

#[test]
fn the_last_millisecond_belongs_to_the_day_before() {
    let offset = UtcOffset(60);
    let start = offset.start_of(BusinessDay(20_000));
    assert_eq!(offset.day_of(start), BusinessDay(20_000));
    assert_eq!(offset.day_of(start - 1), BusinessDay(19_999));
}

#[test]
fn offsets_reach_fourteen_hours_both_ways() {
    for minutes in [-840, 0, 840] {
        assert!(UtcOffset(minutes).is_valid());
    }
    for minutes in [-841, 841, i16::MIN, i16::MAX] {
        assert!(!UtcOffset(minutes).is_valid());
    }
}

#[test]
fn a_time_of_day_lies_within_a_day() {
    assert!(TimeOfDay(MINUTES_PER_DAY - 1).is_valid());
    assert!(!TimeOfDay(MINUTES_PER_DAY).is_valid());
}

#[test]
fn extreme_moments_and_days_do_not_overflow() {
    assert_eq!(UtcOffset(840).day_of(Moment::MAX), BusinessDay(u32::MAX));
    assert_eq!(UtcOffset(-840).day_of(0), BusinessDay(0));
    assert_eq!(BusinessDay(u32::MAX).next(), BusinessDay(u32::MAX));
    assert_eq!(BusinessDay(0).previous(), BusinessDay(0));
}

#[test]
fn cut_off_and_preset_time_lie_on_the_next_day() {
    let versions = versions(60, 60);
    let midnight = start_of(&versions, BusinessDay(20_101)).unwrap();
    let day = BusinessDay(20_100);
    assert_eq!(cut_off_of(&versions, day), Some(midnight + 30 * MINUTE));
    assert_eq!(preset_of(&versions, day), Some(midnight + HOUR));
}

#[test]
fn nothing_is_known_before_the_first_version() {
    let versions = versions(60, 60);
    let first = versions[0].0;
    let start = start_of(&versions, first).unwrap();
    assert_eq!(day_of(&versions, start), Some((first, 0)));
    assert_eq!(day_of(&versions, start - 1), None);
    assert_eq!(cut_off_of(&versions, first.previous()), None);
    assert_eq!(version_on(&versions, first.previous()), None);
}

#[test]
fn a_version_is_in_force_from_its_first_day() {
    let versions = versions(60, 120);
    assert_eq!(version_on(&versions, CHANGE.previous()), Some(0));
    assert_eq!(version_on(&versions, CHANGE), Some(1));
    assert_eq!(version_on(&versions, BusinessDay(u32::MAX)), Some(1));
}

#[test]
fn the_day_on_which_clocks_go_forward_has_23_hours() {
    let versions = versions(60, 120);
    let last = CHANGE.previous();
    assert_eq!(length_of(&versions, last), 23 * HOUR);
    let change = start_of(&versions, CHANGE).unwrap();
    assert_eq!(day_at(&versions, change - 1), last);
    assert_eq!(day_at(&versions, change), CHANGE);
}

#[test]
fn the_day_on_which_clocks_go_back_has_25_hours() {
    let versions = versions(120, 60);
    let last = CHANGE.previous();
    assert_eq!(length_of(&versions, last), 25 * HOUR);
    // In the hour that the old offset would give to the next day already.
    let change = start_of(&versions, CHANGE).unwrap();
    assert_eq!(day_at(&versions, change - 30 * MINUTE), last);
    assert_eq!(day_at(&versions, change - 1), last);
    assert_eq!(day_at(&versions, change), CHANGE);
}

#[test]
fn the_cut_off_goes_by_the_clock_of_the_next_day() {
    for (before, after) in [(60, 120), (120, 60)] {
        let versions = versions(before, after);
        let change = start_of(&versions, CHANGE).unwrap();
        let cut_off = cut_off_of(&versions, CHANGE.previous());
        assert_eq!(cut_off, Some(change + 30 * MINUTE));
    }
}

#[test]
fn the_deadline_and_half_of_the_way_there_count_from_the_preset_time() {
    let agreement = AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(BusinessDay(20_000), 4)],
        clients: vec![1],
        suspended: vec![],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: BusinessDay(20_000),
        end: None,
        caps: Caps {
            pages: 64,
            extras: 4_096,
        },
        max_gross: None,
        deadline_minutes: 90,
        max_late_minutes: 0,
        refund_days: 0,
        amend_days: 365,
        answer_days: 10,
        conditions: versions(120, 60),
    };
    let day = CHANGE.previous();
    let preset = agreement.preset_of(day).unwrap();
    assert_eq!(agreement.deadline_of(day), Some(preset + 90 * MINUTE));
    assert_eq!(agreement.stand_in_of(day), Some(preset + 45 * MINUTE));
    assert_eq!(
        agreement.stand_in_defaults_of(day),
        Some(preset + 135 * MINUTE)
    );
    let times = agreement.due_times(day).unwrap();
    assert_eq!(
        [
            times.preset,
            times.stand_in,
            times.deadline,
            times.stand_in_defaults
        ],
        [0, 45, 90, 135].map(|minutes| preset + minutes * MINUTE)
    );
    assert_eq!(agreement.due_times(BusinessDay(1)), None);
    let fourth = start_of(&agreement.conditions, BusinessDay(day.0 + 4));
    assert_eq!(agreement.late_until(day, 3, times.deadline), fourth);
    let begins_later = agreement.late_until(BusinessDay(1), 3, times.deadline);
    assert_eq!(begins_later, None);
    let slow = preset + 90_000 * MINUTE;
    assert_eq!(agreement.late_until(day, 3, slow), Some(slow));
    assert_eq!(agreement.deadline_of(BusinessDay(1)), None);
    assert_eq!(agreement.stand_in_defaults_of(BusinessDay(1)), None);
    assert_eq!(agreement.stand_in_of(BusinessDay(1)), None);
}

/// Offsets by day, up to two of them on days in a row; no change reaches a day's length.
fn any_versions() -> impl Strategy<Value = Vec<(BusinessDay, Conditions)>> {
    let offset = -700i16..=700;
    proptest::collection::vec((1u32..5, offset), 1..6).prop_map(|changes| {
        let mut day = 20_000;
        changes
            .into_iter()
            .map(|(after, offset)| {
                day += after;
                (BusinessDay(day), conditions(offset))
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn every_moment_belongs_to_exactly_one_day(
        versions in any_versions(),
        into in 0..30 * DAY,
    ) {
        let first = versions[0].0;
        let moment = start_of(&versions, first).unwrap() + into;
        let holding: Vec<BusinessDay> = (first.0..first.0 + 35)
            .map(BusinessDay)
            .filter(|day| {
                start_of(&versions, *day).unwrap() <= moment
                    && moment < start_of(&versions, day.next()).unwrap()
            })
            .collect();
        prop_assert_eq!(holding, vec![day_at(&versions, moment)]);
    }

    #[test]
    fn the_version_of_a_moment_is_the_version_of_its_day(
        versions in any_versions(),
        into in 0..30 * DAY,
    ) {
        let moment = start_of(&versions, versions[0].0).unwrap() + into;
        let (day, version) = day_of(&versions, moment).unwrap();
        prop_assert_eq!(version_on(&versions, day), Some(version));
    }

    #[test]
    fn no_cut_off_lies_before_the_end_of_its_day(
        versions in any_versions(),
        into in 0..30 * DAY,
    ) {
        let moment = start_of(&versions, versions[0].0).unwrap() + into;
        prop_assert!(moment < cut_off_of(&versions, day_at(&versions, moment)).unwrap());
    }

    #[test]
    fn later_moments_belong_to_no_earlier_day(
        offsets in proptest::collection::vec((1u32..5, -840i16..=840), 1..6),
        a in 0..30 * DAY,
        b in 0..30 * DAY,
    ) {
        let mut day = 20_000;
        let versions: Vec<_> = offsets
            .into_iter()
            .map(|(after, offset)| {
                day += after;
                (BusinessDay(day), conditions(offset))
            })
            .collect();
        let start = start_of(&versions, versions[0].0).unwrap();
        prop_assert!(day_at(&versions, start + a.min(b)) <= day_at(&versions, start + a.max(b)));
    }
}

//! Conditions: their bounds, and from which day on they change.

use super::*;

#[test]
fn conditions_lie_within_bounds() {
    with_members(|| {
        let wrong: [fn(&mut Conditions); 3] = [
            |conditions| conditions.utc_offset = UtcOffset(UtcOffset::LIMIT + 1),
            |conditions| conditions.cut_off = TimeOfDay(24 * 60),
            |conditions| conditions.preset = TimeOfDay(24 * 60),
        ];
        for change in wrong {
            let mut spec = spec();
            change(&mut spec.conditions);
            assert_noop!(create(spec), Error::<Test>::InvalidConditions);
        }
    });
}

#[test]
fn the_preset_time_leaves_the_gap_after_the_cut_off() {
    with_members(|| {
        let mut early = spec();
        early.conditions = conditions(30, 34);
        assert_noop!(create(early), Error::<Test>::PresetTooSoon);
        let mut least = spec();
        least.conditions = conditions(30, 35);
        assert_ok!(create(least));
    });
}

#[test]
fn conditions_change_from_tomorrow_on() {
    with_agreement(|| {
        let mut new = conditions(45, 90);
        new.credit_source = Source::Ledger;
        assert_ok!(set_conditions(TOMORROW, new));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.conditions_on(TODAY), Some(&spec().conditions));
        assert_eq!(agreement.conditions_on(TOMORROW), Some(&new));
        assert_eq!(
            last_event(),
            Event::ConditionsSet {
                agreement: AGREEMENT,
                from: TOMORROW,
                from_date: date::words(TOMORROW),
                conditions: new,
            }
        );
    });
}

#[test]
fn conditions_of_a_day_that_has_begun_stay() {
    with_agreement(|| {
        for begun in [TODAY, TODAY.previous()] {
            assert_noop!(
                set_conditions(begun, conditions(45, 90)),
                Error::<Test>::DayHasBegun
            );
        }
        assert_noop!(
            set_conditions(BusinessDay(1), conditions(45, 90)),
            Error::<Test>::BeforeFirstDay
        );
    });
}

#[test]
fn a_day_that_is_about_to_begin_counts_as_begun() {
    with_agreement(|| {
        set_clock(MIDNIGHT - LEAD - 1);
        assert_ok!(set_conditions(TOMORROW, conditions(45, 90)));
        set_clock(MIDNIGHT - LEAD);
        assert_noop!(
            set_conditions(TOMORROW, conditions(50, 90)),
            Error::<Test>::DayHasBegun
        );
    });
}

#[test]
fn offsets_that_leave_no_day_between_them_are_refused() {
    with_agreement(|| {
        let by = |hours: i16| Conditions {
            utc_offset: UtcOffset(hours * 60),
            ..spec().conditions
        };
        let [early, late] = [3, 5].map(|ahead| BusinessDay(TODAY.0 + ahead));
        assert_ok!(set_conditions(early, by(-14)));
        assert_noop!(
            set_conditions(late, by(14)),
            Error::<Test>::OffsetsTooFarApart
        );
        assert_ok!(set_conditions(late, by(9)));
        // The version that stood in the way is replaced with the later one.
        assert_ok!(set_conditions(early, by(0)));
        assert_ok!(set_conditions(late, by(14)));
    });
}

#[test]
fn the_end_of_a_day_that_has_begun_stays() {
    with_agreement(|| {
        let mut summer = spec().conditions;
        summer.utc_offset = UtcOffset(summer.utc_offset.0 + 60);
        let ends = || {
            let agreement = Registry::agreement(AGREEMENT).expect("there");
            [TODAY, TOMORROW].map(|day| (agreement.cut_off_of(day), agreement.preset_of(day)))
        };
        let before = ends();
        assert_noop!(set_conditions(TOMORROW, summer), Error::<Test>::DayHasBegun);
        assert_ok!(set_conditions(TOMORROW.next(), summer));
        let after = ends();
        assert_eq!(after[0], before[0]);
        assert_ne!(after[1], before[1]);
    });
}

#[test]
fn an_offset_that_was_set_before_stays_or_goes_by_the_same_rule() {
    with_agreement(|| {
        let mut summer = spec().conditions;
        summer.utc_offset = UtcOffset(summer.utc_offset.0 + 60);
        assert_ok!(set_conditions(TOMORROW.next(), summer));
        set_clock(MIDNIGHT);
        // Tomorrow has become today: its end is by the new offset, and stays so.
        let after = TOMORROW.next();
        let back = spec().conditions;
        assert_noop!(set_conditions(after, back), Error::<Test>::DayHasBegun);
        let later = Conditions {
            preset: TimeOfDay(120),
            ..summer
        };
        assert_ok!(set_conditions(after, later));
    });
}

#[test]
fn an_agreement_that_begins_later_may_change_from_its_first_day() {
    with_members(|| {
        let mut later = spec();
        later.first_day = BusinessDay(TODAY.0 + 10);
        assert_ok!(create(later));
        let set =
            |from| Registry::set_conditions(RuntimeOrigin::root(), 9, from, conditions(45, 90));
        assert_noop!(set(TOMORROW), Error::<Test>::BeforeFirstDay);
        assert_ok!(set(BusinessDay(TODAY.0 + 10)));
        let agreement = Registry::agreement(9).expect("there");
        assert_eq!(
            agreement.conditions,
            vec![(BusinessDay(TODAY.0 + 10), conditions(45, 90))]
        );
    });
}

#[test]
fn a_version_of_the_same_day_gives_way() {
    with_agreement(|| {
        assert_ok!(set_conditions(TOMORROW, conditions(45, 90)));
        assert_ok!(set_conditions(TOMORROW, conditions(50, 90)));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.conditions.len(), 2);
        assert_eq!(agreement.conditions_on(TOMORROW), Some(&conditions(50, 90)));
    });
}

#[test]
fn conditions_replace_those_that_were_set_for_later_days() {
    with_agreement(|| {
        let far = BusinessDay(TODAY.0 + 100);
        assert_ok!(set_conditions(far, conditions(45, 90)));
        assert_ok!(set_conditions(TOMORROW, conditions(50, 90)));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(
            agreement.conditions,
            vec![
                (TODAY.previous(), spec().conditions),
                (TOMORROW, conditions(50, 90)),
            ]
        );
        assert_eq!(agreement.conditions_on(far), Some(&conditions(50, 90)));
    });
}

#[test]
fn conditions_leave_those_of_earlier_days() {
    with_agreement(|| {
        let far = BusinessDay(TODAY.0 + 100);
        assert_ok!(set_conditions(TOMORROW, conditions(50, 90)));
        assert_ok!(set_conditions(far, conditions(45, 90)));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.conditions.len(), 3);
        assert_eq!(
            agreement.conditions_on(far.previous()),
            Some(&conditions(50, 90))
        );
        assert_eq!(agreement.conditions_on(far), Some(&conditions(45, 90)));
    });
}

#[test]
fn versions_that_are_replaced_make_room() {
    with_agreement(|| {
        for ahead in 1..MaxVersions::get() {
            assert_ok!(set_conditions(
                BusinessDay(TODAY.0 + ahead),
                conditions(45, 90)
            ));
        }
        assert_ok!(set_conditions(TOMORROW, conditions(50, 90)));
        assert_ok!(set_conditions(TOMORROW.next(), conditions(55, 90)));
    });
}

#[test]
fn no_more_versions_are_kept_than_fit() {
    with_agreement(|| {
        for ahead in 1..MaxVersions::get() {
            assert_ok!(set_conditions(
                BusinessDay(TODAY.0 + ahead),
                conditions(45, 90)
            ));
        }
        assert_noop!(
            set_conditions(BusinessDay(TODAY.0 + 50), conditions(45, 90)),
            Error::<Test>::TooManyVersions
        );
    });
}

#[test]
fn changed_conditions_are_checked_like_new_ones() {
    with_agreement(|| {
        assert_noop!(
            set_conditions(TOMORROW, conditions(30, 31)),
            Error::<Test>::PresetTooSoon
        );
        assert_noop!(
            set_conditions(TOMORROW, conditions(30, 24 * 60)),
            Error::<Test>::InvalidConditions
        );
    });
}

fn set_by_day(versions: Vec<(BusinessDay, Conditions)>) -> DispatchResult {
    Registry::set_conditions_by_day(RuntimeOrigin::root(), AGREEMENT, versions)
}

/// The conditions of the test agreement with an offset of some hours.
fn by_hours(hours: i16) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(hours * 60),
        ..spec().conditions
    }
}

fn stored() -> Vec<(BusinessDay, Conditions)> {
    Registry::agreement(AGREEMENT).expect("there").conditions
}

#[test]
fn the_offsets_of_some_years_are_set_by_one_call() {
    with_agreement(|| {
        let far = BusinessDay(TODAY.0 + 500);
        assert_ok!(set_conditions(far, conditions(45, 90)));
        let [spring, autumn] = [120, 330].map(|ahead| BusinessDay(TODAY.0 + ahead));
        let versions = vec![(spring, by_hours(2)), (autumn, by_hours(1))];
        assert_ok!(set_by_day(versions.clone()));
        assert_eq!(stored()[1..], versions);
        assert_eq!(
            last_event(),
            Event::ConditionsSet {
                agreement: AGREEMENT,
                from: autumn,
                from_date: date::words(autumn),
                conditions: by_hours(1),
            }
        );
    });
}

#[test]
fn of_several_conditions_all_are_set_or_none() {
    with_agreement(|| {
        let [first, second] = [3, 5].map(|ahead| BusinessDay(TODAY.0 + ahead));
        let of = |conditions| vec![(first, by_hours(1)), (second, conditions)];
        assert_noop!(
            set_by_day(of(conditions(30, 31))),
            Error::<Test>::PresetTooSoon
        );
        assert_noop!(
            set_by_day(vec![(first, by_hours(-14)), (second, by_hours(14))]),
            Error::<Test>::OffsetsTooFarApart
        );
        let begun = vec![(TODAY, spec().conditions), (second, by_hours(1))];
        assert_noop!(set_by_day(begun), Error::<Test>::DayHasBegun);
        let many = (0..MaxVersions::get()).map(|days| BusinessDay(first.0 + days));
        let many = many.map(|day| (day, by_hours(0))).collect();
        assert_noop!(set_by_day(many), Error::<Test>::TooManyVersions);
        assert_ok!(set_by_day(of(by_hours(2))));
    });
}

#[test]
fn several_conditions_ascend_by_their_days() {
    with_agreement(|| {
        let day = BusinessDay(TODAY.0 + 3);
        for days in [vec![], vec![day, day], vec![day.next(), day]] {
            let versions = days.into_iter().map(|day| (day, by_hours(1)));
            assert_noop!(
                set_by_day(versions.collect()),
                Error::<Test>::InvalidHistory
            );
        }
    });
}

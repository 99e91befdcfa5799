//! When: which days are due, by the clock alone.

use super::*;
use crate::worker::timer::{due, Due, Point, BLOCK_LAG, PATIENCE, PRESET_LAG};
use counterfoil_primitives::Moment;

/// Points of the days from [`DAY`] on, at `now`, for the reconciler.
fn points_at(now: Moment) -> Vec<Point> {
    points_for(RECONCILER, now)
}

fn points_for(member: MemberId, now: Moment) -> Vec<Point> {
    let agreement = world(|world| world.agreement.clone());
    let due = due(AGREEMENT, &agreement, &[member].into(), DAY, now);
    due.into_iter().map(|due| due.point).collect()
}

fn cut_off() -> Moment {
    world(|world| world.agreement.cut_off_of(DAY)).unwrap()
}

#[test]
fn a_day_is_not_due_before_its_cut_off_has_reached_the_blocks() {
    build_and_execute(0, || {
        assert_eq!(points_at(cut_off() + BLOCK_LAG - 1), vec![]);
        assert_eq!(points_at(cut_off() + BLOCK_LAG), vec![Point::CutOff]);
    });
}

#[test]
fn a_day_is_to_be_reconciled_when_its_preset_time_is_about_to_come() {
    build_and_execute(0, || {
        let from = preset() + PRESET_LAG - PATIENCE;
        assert_eq!(points_at(from - 1), vec![Point::CutOff]);
        assert_eq!(points_at(from), vec![Point::Preset]);
    });
}

#[test]
fn a_day_comes_to_its_deadline() {
    build_and_execute(0, || {
        assert_eq!(points_at(deadline() + BLOCK_LAG - 1), vec![Point::Preset]);
        assert_eq!(points_at(deadline() + BLOCK_LAG), vec![Point::Deadline]);
    });
}

#[test]
fn all_days_from_the_cursor_on_are_due_oldest_first() {
    build_and_execute(0, || {
        let agreement = world(|world| world.agreement.clone());
        let two_days_later = preset() + 2 * 86_400_000 + BLOCK_LAG;
        let of = |day, point| Due {
            agreement: AGREEMENT,
            day: BusinessDay(day),
            member: RECONCILER,
            point,
        };
        assert_eq!(
            due(
                AGREEMENT,
                &agreement,
                &[RECONCILER].into(),
                DAY,
                two_days_later
            ),
            vec![
                of(DAY.0, Point::Deadline),
                of(DAY.0 + 1, Point::Deadline),
                of(DAY.0 + 2, Point::Preset),
            ]
        );
    });
}

#[test]
fn days_before_the_cursor_are_not_due() {
    build_and_execute(0, || {
        let agreement = world(|world| world.agreement.clone());
        let tomorrow = BusinessDay(DAY.0 + 1);
        assert_eq!(
            due(
                AGREEMENT,
                &agreement,
                &[RECONCILER].into(),
                tomorrow,
                preset() + BLOCK_LAG
            ),
            vec![]
        );
    });
}

#[test]
fn a_party_leaves_the_seal_to_the_reconciler_until_the_preset_time() {
    build_and_execute(0, || {
        let from = preset() + BLOCK_LAG;
        assert_eq!(points_for(BANK, from - 1), vec![]);
        assert_eq!(points_for(BANK, from), vec![Point::CutOff]);
    });
}

#[test]
fn a_party_leaves_reports_to_the_reconciler_until_halfway_to_the_deadline() {
    build_and_execute(0, || {
        let from = preset() + (deadline() - preset()) / 2;
        assert_eq!(points_for(BANK, from - 1), vec![Point::CutOff]);
        assert_eq!(points_for(BANK, from), vec![Point::Preset]);
    });
}

#[test]
fn a_deadline_is_the_same_for_who_stands_in() {
    build_and_execute(0, || {
        let from = deadline() + BLOCK_LAG;
        assert_eq!(points_for(BANK, from - 1), vec![Point::Preset]);
        assert_eq!(points_for(BANK, from), vec![Point::Deadline]);
    });
}

#[test]
fn a_day_is_its_own_reconcilers() {
    build_and_execute(0, || {
        const NEXT: MemberId = 7;
        let tomorrow = DAY.next();
        world(|world| world.agreement.reconcilers.push((tomorrow, NEXT)));
        let agreement = world(|world| world.agreement.clone());
        let days_of = |members: &[MemberId]| -> Vec<(BusinessDay, MemberId)> {
            let members = members.iter().copied().collect();
            let now = agreement.preset_of(tomorrow).unwrap() + BLOCK_LAG;
            let due = due(AGREEMENT, &agreement, &members, DAY, now);
            due.into_iter().map(|due| (due.day, due.member)).collect()
        };
        assert_eq!(days_of(&[RECONCILER]), vec![(DAY, RECONCILER)]);
        assert_eq!(days_of(&[NEXT]), vec![(tomorrow, NEXT)]);
        assert_eq!(
            days_of(&[RECONCILER, BANK]),
            vec![(DAY, RECONCILER), (tomorrow, BANK)]
        );
    });
}

#[test]
fn no_day_is_due_from_the_end_of_the_agreement_on() {
    build_and_execute(0, || {
        world(|world| world.agreement.end = Some(DAY.next()));
        let agreement = world(|world| world.agreement.clone());
        let long_after = deadline() + 30 * 86_400_000;
        let due = due(AGREEMENT, &agreement, &[RECONCILER].into(), DAY, long_after);
        let days: Vec<_> = due.into_iter().map(|due| due.day).collect();
        assert_eq!(days, vec![DAY]);
    });
}

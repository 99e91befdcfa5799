//! When: which days are due, by the clock alone.

use super::*;
use crate::worker::timer::{due, Point, BLOCK_LAG, PATIENCE, PRESET_LAG};
use counterfoil_primitives::Moment;

/// Points of the days from [`DAY`] on, at `now`, for the reconciler.
fn points_at(now: Moment) -> Vec<Point> {
    points_for(RECONCILER, now)
}

fn points_for(member: MemberId, now: Moment) -> Vec<Point> {
    let agreement = world(|world| world.agreement.clone());
    let due = due::<Test>(AGREEMENT, &agreement, &[member].into(), DAY, now);
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
        let due = due::<Test>(
            AGREEMENT,
            &agreement,
            &[RECONCILER].into(),
            DAY,
            two_days_later,
        );
        let found: Vec<_> = due.iter().map(|due| (due.day, due.point)).collect();
        assert_eq!(
            found,
            vec![
                (DAY, Point::Deadline),
                (BusinessDay(DAY.0 + 1), Point::Deadline),
                (BusinessDay(DAY.0 + 2), Point::Preset),
            ]
        );
        assert!(due
            .iter()
            .all(|due| (due.agreement, due.member) == (AGREEMENT, RECONCILER)));
    });
}

#[test]
fn days_before_the_cursor_are_not_due() {
    build_and_execute(0, || {
        let agreement = world(|world| world.agreement.clone());
        let tomorrow = BusinessDay(DAY.0 + 1);
        assert_eq!(
            due::<Test>(
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
            let due = due::<Test>(AGREEMENT, &agreement, &members, DAY, now);
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
fn days_are_due_after_the_end_of_the_agreement_and_none_from_its_close_on() {
    build_and_execute(0, || {
        close_after(1);
        let agreement = world(|world| world.agreement.clone());
        let long_after = deadline() + 30 * 86_400_000;
        let due = due::<Test>(AGREEMENT, &agreement, &[RECONCILER].into(), DAY, long_after);
        let days: Vec<_> = due.into_iter().map(|due| due.day).collect();
        assert_eq!(days, vec![DAY, DAY.next()]);
    });
}

/// The days from [`DAY`] on with the points that they have come to at `now`, and when each comes due.
fn waiting_at(now: Moment) -> Vec<(BusinessDay, Point, Moment)> {
    let agreement = world(|world| world.agreement.clone());
    due::<Test>(AGREEMENT, &agreement, &[RECONCILER].into(), DAY, now)
        .into_iter()
        .map(|due| (due.day, due.point, due.times.preset))
        .collect()
}

#[test]
fn days_before_closed_ones_are_sealed_at_once_and_reconciled_together() {
    build_and_execute(0, || {
        let tomorrow = DAY.next();
        world(|world| world.closed = [tomorrow].into());
        let presets = [DAY, tomorrow].map(|day| {
            let agreement = world(|world| world.agreement.clone());
            agreement.preset_of(day).expect("it is a day")
        });
        let due_at = presets[1];
        let sealed = (DAY, Point::CutOff, due_at);
        assert_eq!(waiting_at(presets[0] + BLOCK_LAG), vec![sealed]);
        let both = [DAY, tomorrow].map(|day| (day, Point::Preset, due_at));
        assert_eq!(waiting_at(due_at), both);
    });
}

#[test]
fn a_deadline_moves_with_its_preset_time() {
    build_and_execute(0, || {
        let unmoved = deadline();
        world(|world| world.closed = [DAY.next()].into());
        let points = |now| waiting_at(now)[0].1;
        assert_eq!(points(unmoved + BLOCK_LAG), Point::CutOff);
        let moved = unmoved + 86_400_000 + BLOCK_LAG;
        assert_eq!(points(moved - 1), Point::Preset);
        assert_eq!(points(moved), Point::Deadline);
    });
}

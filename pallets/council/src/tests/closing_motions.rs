//! That a motion is closed once it is decided, or its time is over.

use crate::{mock::*, Error, Event, Motions};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};

#[test]
fn a_carried_motion_runs_when_it_is_closed() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        assert_eq!(stored(), None);
        // A seat that did not vote closes it as well.
        assert_ok!(close(5, named));
        assert_eq!(stored(), Some(7));
        let event = Event::Executed {
            motion: named.0,
            result: Ok(()),
        };
        System::assert_has_event(event.into());
        assert!(motions().is_empty());
        assert!(Motions::<Test>::get().is_empty());
    });
}

#[test]
fn an_undecided_motion_stays_until_its_time_is_over() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2], named);
        System::set_block_number(DURATION);
        assert_noop!(close(1, named), Error::<Test>::NotDecided);
        System::set_block_number(1 + DURATION);
        assert_ok!(close(1, named));
        assert_eq!(stored(), None);
        assert!(motions().is_empty());
    });
}

#[test]
fn silence_counts_as_no() {
    with_seats(&[1, 2, 3], 2, || {
        let named = put_up(1, set(7));
        pass();
        assert_ok!(close(1, named));
        assert_eq!(stored(), None);
    });
}

#[test]
fn a_carried_motion_runs_until_its_time_is_over_and_not_later() {
    for (block, ran) in [(DURATION, Some(7)), (1 + DURATION, None)] {
        build_and_execute(|| {
            let named = put_up(1, set(7));
            approve(&[2, 3], named);
            System::set_block_number(block);
            assert_ok!(close(5, named));
            assert_eq!(stored(), ran);
            assert!(motions().is_empty());
        });
    }
}

/// The one that is missing comes too late, and what the others approved is closed without bounds.
#[test]
fn old_approvals_carry_nothing_once_the_time_is_over() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2], named);
        pass();
        assert_noop!(vote(5, named, true), Error::<Test>::MotionIsOver);
        assert_ok!(close_within(5, named, Weight::zero(), 0));
        assert_eq!(stored(), None);
    });
}

#[test]
fn a_seat_does_not_end_its_own_motion_by_its_own_vote() {
    with_seats(&[1, 2, 3], 3, || {
        let named = put_up(1, set(7));
        assert_ok!(vote(1, named, false));
        assert_noop!(close(1, named), Error::<Test>::NotDecided);
        assert_ok!(vote(2, named, false));
        assert_ok!(close(1, named));
        assert!(motions().is_empty());
    });
}

#[test]
fn a_motion_that_a_new_majority_asks_more_of_stays_until_it_is_carried() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        assert_ok!(Council::set_seats(
            RuntimeOrigin::root(),
            SEATS.into(),
            MAJORITY + 1
        ));
        assert_eq!(motion(named).map(|view| view.threshold), Some(MAJORITY + 1));
        assert_noop!(close(5, named), Error::<Test>::NotDecided);
        approve(&[4], named);
        assert_ok!(close(5, named));
        assert_eq!(stored(), Some(7));
    });
}

#[test]
fn open_motions_end_with_an_upgrade_of_the_runtime() {
    build_and_execute(|| {
        let carried = put_up(1, set(7));
        approve(&[2, 3], carried);
        let open = put_up(1, set(8));
        <Council as Hooks<u64>>::on_runtime_upgrade();
        assert!(motions().is_empty());
        for named in [carried, open] {
            assert_noop!(vote(4, named, true), Error::<Test>::UnknownMotion);
            assert_noop!(close(4, named), Error::<Test>::UnknownMotion);
        }
        assert_eq!(stored(), None);
        // The seat has room for its motions again.
        put_up(1, set(7));
        put_up(1, set(8));
    });
}

#[test]
fn a_motion_that_cannot_be_carried_is_closed_at_once() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        assert_ok!(vote(2, named, false));
        assert_ok!(vote(3, named, false));
        assert_noop!(close(2, named), Error::<Test>::NotDecided);
        assert_ok!(vote(4, named, false));
        assert_ok!(close(2, named));
        assert_eq!(stored(), None);
        assert!(motions().is_empty());
    });
}

#[test]
fn whoever_has_no_seat_closes_nothing() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        for member in [SEATLESS, NOBODY] {
            assert_noop!(close(member, named), Error::<Test>::NotASeat);
        }
    });
}

#[test]
fn a_motion_is_closed_once_and_by_its_own_index() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        let of_another = (named.0, named.1 + 1);
        assert_noop!(close(1, of_another), Error::<Test>::UnknownMotion);
        assert_ok!(close(1, named));
        assert_noop!(close(1, named), Error::<Test>::UnknownMotion);
    });
}

#[test]
fn the_bounds_are_at_least_what_the_motion_runs() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        let view = motion(named).expect("it is open");
        let less = view.weight - Weight::from_parts(1, 0);
        assert_noop!(
            close_within(1, named, less, view.length),
            Error::<Test>::BoundTooLow
        );
        assert_noop!(
            close_within(1, named, view.weight, view.length - 1),
            Error::<Test>::BoundTooLow
        );
        assert_ok!(close_within(1, named, view.weight, view.length));
    });
}

#[test]
fn a_motion_that_runs_nothing_needs_no_bounds() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        pass();
        assert_ok!(close_within(1, named, Weight::zero(), 0));
        assert!(motions().is_empty());
    });
}

//! That each seat has one vote, of its own.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};

#[test]
fn seats_approve_and_reject() {
    build_and_execute(|| {
        let named = put_up(3, set(1));
        assert_ok!(vote(5, named, true));
        assert_ok!(vote(4, named, false));
        assert_ok!(vote(1, named, true));
        let view = motion(named).expect("it is open");
        assert_eq!((view.ayes, view.nays), (vec![1, 3, 5], vec![4]));
    });
}

#[test]
fn whoever_has_no_seat_has_no_vote() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        for member in [SEATLESS, NOBODY] {
            assert_noop!(vote(member, named, true), Error::<Test>::NotASeat);
        }
    });
}

#[test]
fn a_vote_counts_once() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        assert_noop!(vote(1, named, true), Error::<Test>::AlreadyVoted);
        assert_ok!(vote(2, named, false));
        assert_noop!(vote(2, named, false), Error::<Test>::AlreadyVoted);
    });
}

#[test]
fn a_key_that_was_rotated_does_not_vote_twice() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        rotate(1);
        assert_noop!(vote(1, named, true), Error::<Test>::AlreadyVoted);
    });
}

#[test]
fn a_seat_changes_its_mind() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        assert_ok!(vote(1, named, false));
        let view = motion(named).expect("it is open");
        assert_eq!((view.ayes, view.nays), (vec![], vec![1]));
        assert_ok!(vote(1, named, true));
        let view = motion(named).expect("it is open");
        assert_eq!((view.ayes, view.nays), (vec![1], vec![]));
    });
}

#[test]
fn a_motion_whose_time_is_over_takes_no_vote() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        System::set_block_number(DURATION);
        assert_ok!(vote(2, named, true));
        System::set_block_number(1 + DURATION);
        assert_noop!(vote(2, named, false), Error::<Test>::MotionIsOver);
        assert_noop!(vote(3, named, true), Error::<Test>::MotionIsOver);
    });
}

#[test]
fn an_approval_that_is_taken_back_carries_nothing() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        approve(&[2], named);
        assert_ok!(vote(2, named, false));
        approve(&[3], named);
        assert_noop!(close(3, named), Error::<Test>::NotDecided);
    });
}

#[test]
fn a_vote_of_before_counts_for_no_later_motion_of_the_same_call() {
    build_and_execute(|| {
        let first = put_up(1, set(1));
        pass();
        assert_ok!(close(1, first));
        assert_noop!(vote(2, first, true), Error::<Test>::UnknownMotion);
        let second = put_up(1, set(1));
        assert_eq!(first.0, second.0);
        assert_noop!(vote(2, first, true), Error::<Test>::UnknownMotion);
        assert_ok!(vote(2, second, true));
    });
}

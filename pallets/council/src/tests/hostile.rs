//! What a seat that means harm can do: little.

use crate::{mock::*, Error};
use counterfoil_primitives::MemberId;
use frame_support::{assert_noop, assert_ok};

/// The seat that means harm.
const HOSTILE: MemberId = 5;

#[test]
fn a_hostile_seat_does_not_keep_others_from_proposing_and_carrying() {
    build_and_execute(|| {
        put_up(HOSTILE, set(1));
        put_up(HOSTILE, set(2));
        let named = put_up(1, set(3));
        assert_ok!(vote(HOSTILE, named, false));
        approve(&[2, 3], named);
        assert_ok!(close(1, named));
        assert_eq!(stored(), Some(3));
    });
}

#[test]
fn a_hostile_seat_does_not_close_what_others_may_still_carry() {
    build_and_execute(|| {
        let named = put_up(1, set(3));
        assert_noop!(close(HOSTILE, named), Error::<Test>::NotDecided);
        assert_ok!(vote(HOSTILE, named, false));
        assert_noop!(close(HOSTILE, named), Error::<Test>::NotDecided);
        approve(&[2, 3], named);
        // Whoever closes it, it runs.
        assert_ok!(close(HOSTILE, named));
        assert_eq!(stored(), Some(3));
    });
}

/// It proposes, votes and closes whatever is free, in each block: the others' motions stay as they are.
#[test]
fn a_hostile_seat_has_few_free_calls() {
    build_and_execute(|| {
        let others = [put_up(1, set(1)), put_up(2, set(2))];
        let mut free = 0;
        for number in 0..100 {
            let call = set(100 + number);
            if is_free(HOSTILE, call_to_propose(call.clone())) {
                free += 1;
                assert_ok!(propose(HOSTILE, call));
            }
            for view in motions() {
                let named = (view.motion, view.index);
                for approve in [true, false] {
                    if is_free(HOSTILE, call_to_vote(named, approve)) {
                        free += 1;
                        assert_ok!(vote(HOSTILE, named, approve));
                    }
                }
                if is_free(HOSTILE, call_to_close(named)) {
                    free += 1;
                    assert_ok!(close(HOSTILE, named));
                }
            }
        }
        // Two motions, whose approval it takes back, and a vote on each of the others', which it takes back.
        assert_eq!(free, 2 * MAX_OPEN + 2 * others.len() as u32);
        for named in others {
            assert!(motion(named).is_some());
        }
    });
}

/// Where all seats have to approve, one nay is enough.
#[test]
fn a_hostile_seat_that_can_keep_all_from_being_carried_has_few_free_calls_too() {
    with_seats(&[1, HOSTILE], 2, || {
        let mut free = 0;
        for number in 0..100 {
            let call = set(number);
            if is_free(HOSTILE, call_to_propose(call.clone())) {
                free += 1;
                assert_ok!(propose(HOSTILE, call));
            }
            for view in motions() {
                let named = (view.motion, view.index);
                if is_free(HOSTILE, call_to_vote(named, false)) {
                    free += 1;
                    assert_ok!(vote(HOSTILE, named, false));
                }
                assert!(!is_free(HOSTILE, call_to_close(named)));
            }
        }
        assert_eq!(free, 2 * MAX_OPEN);
    });
}

#[test]
fn a_minority_of_hostile_seats_sets_no_seats() {
    build_and_execute(|| {
        let named = put_up(HOSTILE, set_seats(&[HOSTILE], 1));
        approve(&[4], named);
        assert_noop!(close(4, named), Error::<Test>::NotDecided);
        pass();
        assert_ok!(close(4, named));
        assert!(Council::has_seat(1));
    });
}

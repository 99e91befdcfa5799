//! That a call is free for a seat whose call succeeds, and for nobody else.

use crate::{mock::*, Call};
use counterfoil_primitives::MemberId;
use frame_support::{assert_ok, weights::Weight};

/// Whether the call that proposes is free for the operator of a member.
fn is_free_to_propose(member: MemberId, call: RuntimeCall) -> bool {
    is_free(member, call_to_propose(call))
}

#[test]
fn a_seat_proposes_free_of_fees_as_long_as_it_may() {
    build_and_execute(|| {
        assert!(is_free_to_propose(1, set(1)));
        put_up(1, set(1));
        assert!(is_free_to_propose(1, set(2)));
        // The same call, of anybody.
        assert!(!is_free_to_propose(1, set(1)));
        assert!(!is_free_to_propose(2, set(1)));
        put_up(1, set(2));
        assert!(!is_free_to_propose(1, set(3)));
        assert!(is_free_to_propose(2, set(3)));
    });
}

#[test]
fn a_call_that_is_too_heavy_is_not_proposed_free_of_fees() {
    build_and_execute(|| {
        MaxMotionWeight::set(Weight::from_parts(1, 0));
        assert!(!is_free_to_propose(1, set(1)));
    });
}

#[test]
fn a_first_vote_is_free_and_one_that_counts_already_is_not() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        for approve in [true, false] {
            assert!(is_free(2, call_to_vote(named, approve)));
        }
        assert!(!is_free(1, call_to_vote(named, true)));
        assert_ok!(vote(2, named, false));
        assert!(!is_free(2, call_to_vote(named, false)));
    });
}

#[test]
fn an_approval_is_taken_back_free_of_fees_and_given_again_for_a_fee() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        assert_ok!(vote(2, named, true));
        for seat in [1, 2] {
            assert!(is_free(seat, call_to_vote(named, false)));
            assert_ok!(vote(seat, named, false));
            assert!(!is_free(seat, call_to_vote(named, true)));
        }
    });
}

#[test]
fn a_vote_after_the_motions_time_is_not_free() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        pass();
        for seat in [1, 2] {
            assert!(!is_free(seat, call_to_vote(named, false)));
        }
    });
}

#[test]
fn a_vote_on_no_motion_is_not_free() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        assert!(!is_free(2, call_to_vote((named.0, named.1 + 1), true)));
        pass();
        assert_ok!(close(1, named));
        assert!(!is_free(2, call_to_vote(named, true)));
    });
}

#[test]
fn a_close_is_free_once_the_motion_is_decided() {
    build_and_execute(|| {
        let carried = put_up(1, set(1));
        assert!(!is_free(1, call_to_close(carried)));
        approve(&[2, 3], carried);
        for seat in SEATS {
            assert!(is_free(seat, call_to_close(carried)));
        }
        assert_ok!(close(1, carried));
        assert!(!is_free(1, call_to_close(carried)));
        let lapsed = put_up(1, set(2));
        assert!(!is_free(1, call_to_close(lapsed)));
        pass();
        assert!(is_free(1, call_to_close(lapsed)));
    });
}

#[test]
fn a_close_with_bounds_that_are_too_low_is_not_free() {
    build_and_execute(|| {
        let (motion, index) = put_up(1, set(1));
        approve(&[2, 3], (motion, index));
        let narrow = |weight_bound: Weight, length_bound: u32| Call::<Test>::close {
            motion,
            index,
            weight_bound,
            length_bound,
        };
        assert!(!is_free(1, narrow(Weight::zero(), u32::MAX)));
        assert!(!is_free(1, narrow(Weight::MAX, 0)));
        assert!(is_free(1, narrow(Weight::MAX, u32::MAX)));
    });
}

#[test]
fn nothing_is_free_for_whoever_has_no_seat() {
    build_and_execute(|| {
        let open = put_up(1, set(1));
        let carried = put_up(1, set(2));
        approve(&[2, 3], carried);
        for member in [SEATLESS, NOBODY] {
            assert!(!is_free_to_propose(member, set(3)));
            assert!(!is_free(member, call_to_vote(open, true)));
            assert!(!is_free(member, call_to_close(carried)));
        }
    });
}

#[test]
fn what_root_alone_does_is_free_for_nobody() {
    build_and_execute(|| {
        let execute = Call::execute {
            call: Box::new(set(1)),
        };
        let seats = Call::set_seats {
            seats: vec![1],
            majority: 1,
        };
        assert!(!is_free(1, execute));
        assert!(!is_free(1, seats));
    });
}

//! That seats propose calls, within limits.

use crate::{mock::*, types::Ballot, Error, Motion, Motions, AROUND_A_CALL, MAX_CALL};
use codec::{Decode, Encode};
use counterfoil_primitives::institution::institution_account;
use frame_support::{assert_noop, assert_ok, weights::Weight};
use pallet_collective::Voting;

/// A call of this length.
fn of_length(bytes: u32) -> RuntimeCall {
    let remark = |length: u32| -> RuntimeCall {
        frame_system::Call::remark {
            remark: vec![0; length as usize],
        }
        .into()
    };
    // The length in front of the remark takes four bytes for all lengths that are tried.
    let call = remark(bytes - 6);
    assert_eq!(call.encoded_size() as u32, bytes);
    call
}

/// A call that weighs more than a motion may.
fn heavy() -> RuntimeCall {
    frame_system::Call::set_heap_pages { pages: 1 }.into()
}

#[test]
fn a_seat_proposes_a_call_and_approves_it() {
    build_and_execute(|| {
        let (motion, index) = put_up(2, set(1));
        let proposed = Motion {
            motion,
            index,
            proposer: 2,
        };
        assert_eq!(Motions::<Test>::get().into_inner(), [proposed]);
        let view = &motions()[0];
        assert_eq!((view.ayes.clone(), view.nays.clone()), (vec![2], vec![]));
        assert_eq!(view.threshold, MAJORITY);
        assert_eq!(stored(), None);
    });
}

/// The collective keeps the fields of its votes to itself.
#[test]
fn votes_are_read_as_the_collective_stores_them() {
    build_and_execute(|| {
        let (motion, index) = put_up(2, set(1));
        assert_ok!(vote(1, (motion, index), false));
        let stored = Voting::<Test>::get(motion).expect("it is open").encode();
        let ballot = Ballot::<u64>::decode(&mut &stored[..]).expect("decodes");
        assert_eq!(
            (ballot.index, ballot.threshold, ballot.end),
            (index, MAJORITY, 1 + DURATION)
        );
        assert_eq!(ballot.ayes, [institution_account(2)]);
        assert_eq!(ballot.nays, [institution_account(1)]);
        let encoded = (
            ballot.index,
            ballot.threshold,
            ballot.ayes,
            ballot.nays,
            ballot.end,
        )
            .encode();
        assert_eq!(encoded, stored);
    });
}

#[test]
fn whoever_has_no_seat_proposes_nothing() {
    build_and_execute(|| {
        for member in [SEATLESS, NOBODY] {
            assert_noop!(propose(member, set(1)), Error::<Test>::NotASeat);
        }
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            let result = Council::propose(origin, Box::new(set(1)));
            assert_noop!(result.map_err(|error| error.error), Error::<Test>::NotASeat);
        }
    });
}

#[test]
fn a_seat_has_two_open_motions_and_no_more() {
    build_and_execute(|| {
        let first = put_up(1, set(1));
        put_up(1, set(2));
        assert_noop!(propose(1, set(3)), Error::<Test>::TooManyOpenMotions);
        assert_ok!(propose(2, set(3)));
        approve(&[2, 3], first);
        assert_noop!(propose(1, set(4)), Error::<Test>::TooManyOpenMotions);
        assert_ok!(close(2, first));
        assert_ok!(propose(1, set(4)));
    });
}

#[test]
fn the_same_call_has_one_open_motion() {
    build_and_execute(|| {
        let first = put_up(1, set(1));
        for seat in [1, 2] {
            assert_noop!(propose(seat, set(1)), Error::<Test>::AlreadyProposed);
        }
        pass();
        assert_ok!(close(1, first));
        let second = put_up(2, set(1));
        assert_eq!(second.0, first.0);
        assert_eq!(second.1, first.1 + 1);
    });
}

#[test]
fn a_call_is_as_long_as_it_may_be_and_no_longer() {
    build_and_execute(|| {
        assert_noop!(
            propose(1, of_length(MAX_CALL + 1)),
            Error::<Test>::CallTooLong
        );
        put_up(1, of_length(MAX_CALL));
        assert_eq!(motions()[0].length, MAX_CALL + AROUND_A_CALL);
    });
}

#[test]
fn a_call_weighs_what_it_may_and_no_more() {
    build_and_execute(|| {
        MaxMotionWeight::set(Weight::MAX);
        let named = put_up(1, heavy());
        let weight = motion(named).expect("it is open").weight;
        pass();
        assert_ok!(close(1, named));
        MaxMotionWeight::set(weight - Weight::from_parts(1, 0));
        assert_noop!(propose(1, heavy()), Error::<Test>::CallTooHeavy);
        MaxMotionWeight::set(weight);
        assert_ok!(propose(1, heavy()));
    });
}

#[test]
fn seats_that_are_all_needed_have_room_for_all_their_motions() {
    let seats: Vec<_> = (1..=crate::MAX_SEATS).collect();
    with_seats(&seats, crate::MAX_SEATS, || {
        for number in 0..(crate::MAX_SEATS * MAX_OPEN) as u8 {
            put_up(seats[(number as u32 / MAX_OPEN) as usize], set(number));
        }
        for seat in &seats {
            assert_noop!(propose(*seat, set(99)), Error::<Test>::TooManyOpenMotions);
        }
    });
}

#[test]
fn a_collective_without_room_takes_no_motion() {
    build_and_execute(|| {
        let full = (0..crate::MAX_SEATS * MAX_OPEN)
            .map(|number| sp_core::H256::from_low_u64_be(number.into()))
            .collect::<Vec<_>>();
        let before = pallet_collective::Proposals::<Test>::get();
        pallet_collective::Proposals::<Test>::put(frame_support::BoundedVec::truncate_from(full));
        assert_noop!(propose(1, set(1)), Error::<Test>::TooManyMotions);
        pallet_collective::Proposals::<Test>::put(before);
        assert_ok!(propose(1, set(1)));
    });
}

#[test]
fn one_seat_alone_runs_its_call_at_once() {
    with_seats(&[1], 1, || {
        assert_ok!(propose(1, set(7)));
        assert_eq!(stored(), Some(7));
        assert!(motions().is_empty());
        assert_ok!(propose(1, set(7)));
        assert_noop!(propose(2, set(8)), Error::<Test>::NotASeat);
    });
}

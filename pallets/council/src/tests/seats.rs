//! That the council, and nobody else, sets who has a seat.

use crate::{mock::*, Error, Event, Majority, Motions, Seats, MAX_SEATS};
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::Contains};
use pallet_collective::Members;
use sp_runtime::DispatchError;

/// Sets the seats as root.
fn as_root(seats: &[MemberId], majority: u32) -> DispatchResult {
    Council::set_seats(RuntimeOrigin::root(), seats.into(), majority)
}

#[test]
fn root_sets_the_seats() {
    build_and_execute(|| {
        assert_ok!(as_root(&[2, 6, 7], 2));
        assert_eq!(Seats::<Test>::get().into_inner(), [2, 6, 7]);
        assert_eq!(Majority::<Test>::get(), 2);
        assert_eq!(Members::<Test>::get(), [2, 6, 7].map(institution_account));
        let event = Event::SeatsSet {
            seats: vec![2, 6, 7],
            majority: 2,
        };
        System::assert_last_event(event.into());
    });
}

#[test]
fn a_seat_alone_does_not_set_the_seats() {
    build_and_execute(|| {
        for member in [1, SEATLESS, NOBODY] {
            assert_noop!(
                Council::set_seats(signed(member), vec![1], 1),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn the_council_sets_its_seats_by_a_motion() {
    build_and_execute(|| {
        let named = put_up(1, set_seats(&[1, 2, 3], 2));
        approve(&[2, 3], named);
        assert_ok!(close(1, named));
        assert_eq!(Seats::<Test>::get().into_inner(), [1, 2, 3]);
        assert_noop!(propose(4, set(1)), Error::<Test>::NotASeat);
    });
}

#[test]
fn a_seat_votes_itself_out_and_its_motion_runs_to_its_end() {
    build_and_execute(|| {
        let named = put_up(5, set_seats(&[1, 2, 3], 2));
        approve(&[1, 2], named);
        assert_ok!(close(5, named));
        assert_eq!(Seats::<Test>::get().into_inner(), [1, 2, 3]);
        assert!(motions().is_empty());
        let dropped: RuntimeEvent = pallet_collective::Event::<Test>::Disapproved {
            proposal_hash: named.0,
        }
        .into();
        assert!(System::events()
            .iter()
            .all(|record| record.event != dropped));
    });
}

#[test]
fn there_is_a_seat() {
    build_and_execute(|| {
        assert_noop!(as_root(&[], 0), Error::<Test>::NoSeats);
        assert_ok!(as_root(&[7], 1));
    });
}

#[test]
fn there_are_as_many_seats_as_there_may_be_and_no_more() {
    build_and_execute(|| {
        let many: Vec<_> = (1..=MAX_SEATS + 1).collect();
        assert_noop!(as_root(&many, 9), Error::<Test>::TooManySeats);
        assert_ok!(as_root(&many[1..], 9));
    });
}

#[test]
fn seats_ascend_and_name_each_member_once() {
    build_and_execute(|| {
        for seats in [[1, 3, 2], [1, 1, 2], [3, 2, 1]] {
            assert_noop!(as_root(&seats, 2), Error::<Test>::SeatsNotAscending);
        }
        assert_ok!(as_root(&[1, 2, 3], 2));
    });
}

#[test]
fn seats_are_of_members() {
    build_and_execute(|| {
        assert_noop!(as_root(&[1, 2, NOBODY], 2), Error::<Test>::UnknownMember);
        assert_ok!(as_root(&[1, 2, 20], 2));
    });
}

#[test]
fn a_majority_is_more_than_half_of_the_seats_and_no_more_than_all() {
    build_and_execute(|| {
        for count in 1..=MAX_SEATS {
            let seats: Vec<_> = (1..=count).collect();
            for majority in 0..=count + 1 {
                let result = as_root(&seats, majority);
                if 2 * majority > count && majority <= count {
                    assert_ok!(result);
                } else {
                    assert_eq!(result, Err(Error::<Test>::NoMajority.into()));
                }
            }
        }
    });
}

/// The accounts of members beyond 255 sort otherwise than their numbers.
#[test]
fn the_collective_sorts_the_seats_accounts_itself() {
    build_and_execute(|| {
        use crate::benchmarking::BenchmarkHelper;
        for member in [255, 256, 65_536] {
            Script::put_member(member);
        }
        assert_ok!(as_root(&[1, 255, 256, 65_536], 3));
        assert_ok!(as_root(&[255, 256, 65_536], 2));
        let mut accounts = [255, 256, 65_536].map(institution_account);
        accounts.sort();
        assert_eq!(Members::<Test>::get(), accounts);
    });
}

#[test]
fn votes_of_a_seat_that_left_count_no_more() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        approve(&[2], named);
        assert_ok!(vote(3, named, false));
        assert_ok!(as_root(&[1, 4, 5], 2));
        let view = motion(named).expect("its proposer has a seat");
        assert_eq!((view.ayes, view.nays), (vec![1], vec![]));
        assert_noop!(close(1, named), Error::<Test>::NotDecided);
    });
}

#[test]
fn motions_of_a_seat_that_left_end() {
    build_and_execute(|| {
        let of_leaving = put_up(2, set(1));
        let of_staying = put_up(1, set(2));
        assert_ok!(as_root(&[1, 3, 4], 2));
        assert!(motion(of_leaving).is_none());
        assert!(motion(of_staying).is_some());
        assert_eq!(Motions::<Test>::get().len(), 1);
        assert_noop!(vote(3, of_leaving, true), Error::<Test>::UnknownMotion);
    });
}

/// Lets the council set its seats, by the votes of members 1 to 3.
fn by_motion(seats: &[MemberId], majority: u32) {
    let named = put_up(1, set_seats(seats, majority));
    approve(&[2, 3], named);
    assert_ok!(close(3, named));
    assert_eq!(Seats::<Test>::get()[..], *seats);
}

#[test]
fn a_motion_that_seats_which_left_had_carried_waits_for_others() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        approve(&[2, 3], named);
        by_motion(&[1, 4, 5], 2);
        let view = motion(named).expect("its proposer has a seat");
        assert_eq!((view.ayes, view.threshold), (vec![1], MAJORITY));
        assert_noop!(close(1, named), Error::<Test>::NotDecided);
        approve(&[4], named);
        assert_noop!(close(1, named), Error::<Test>::NotDecided);
        approve(&[5], named);
        assert_ok!(close(1, named));
        assert_eq!(stored(), Some(7));
    });
}

#[test]
fn a_carried_motion_of_a_seat_that_left_ends_unless_those_that_stay_carry_it() {
    build_and_execute(|| {
        let by_leaving = put_up(2, set(7));
        approve(&[1, 3], by_leaving);
        let by_staying = put_up(2, set(8));
        approve(&[1, 4, 5], by_staying);
        by_motion(&[1, 4, 5], 2);
        assert!(motion(by_leaving).is_none());
        assert_noop!(close(1, by_leaving), Error::<Test>::UnknownMotion);
        assert_eq!(motions().len(), 1);
        assert_ok!(close(1, by_staying));
        assert_eq!(stored(), Some(8));
    });
}

#[test]
fn a_motion_that_the_seats_are_too_few_to_carry_ends() {
    build_and_execute(|| {
        let named = put_up(1, set(7));
        assert_ok!(as_root(&[1, 2, 3], 2));
        assert!(motion(named).is_some());
        assert_ok!(as_root(&[1, 2], 2));
        assert!(motion(named).is_none());
        let anew = put_up(1, set(7));
        approve(&[2], anew);
        assert_ok!(close(1, anew));
        assert_eq!(stored(), Some(7));
    });
}

/// A proposal of a single seat is not put to the vote, so nobody could vote on a motion for the same call.
#[test]
fn a_single_seat_that_is_left_runs_what_motions_were_open_for() {
    build_and_execute(|| {
        put_up(1, set(7));
        let carried = put_up(2, set(8));
        approve(&[1, 3], carried);
        by_motion(&[1], 1);
        assert!(motions().is_empty());
        for number in [7, 8] {
            assert!(is_free(1, call_to_propose(set(number))));
            assert_ok!(propose(1, set(number)));
            assert_eq!(stored(), Some(number));
        }
    });
}

#[test]
fn all_new_seats_propose_what_they_may_however_much_the_old_ones_had_open() {
    let old: Vec<_> = (1..=10).collect();
    let new: Vec<_> = (11..=20).collect();
    with_seats(&old, 10, || {
        for seat in &old {
            for number in 0..MAX_OPEN as u8 {
                put_up(*seat, set(2 * *seat as u8 + number));
            }
        }
        assert_ok!(as_root(&new, 10));
        for seat in &new {
            for number in 0..MAX_OPEN as u8 {
                put_up(*seat, set(2 * *seat as u8 + number));
            }
        }
        assert_eq!(motions().len() as u32, 10 * MAX_OPEN);
    });
}

#[test]
fn a_seat_is_held_by_whoever_is_the_members_operator() {
    build_and_execute(|| {
        let old = account(1);
        assert!(Council::contains(&old));
        rotate(1);
        assert_noop!(
            Council::propose(RuntimeOrigin::signed(old.clone()), Box::new(set(1)))
                .map_err(|error| error.error),
            Error::<Test>::NotASeat
        );
        assert!(!Council::contains(&old));
        assert!(Council::contains(&account(1)));
        assert_ok!(propose(1, set(1)));
    });
}

#[test]
fn operators_of_seats_administer_and_others_do_not() {
    build_and_execute(|| {
        for member in MEMBERS.chain([NOBODY]) {
            let has_seat = SEATS.contains(&member);
            assert_eq!(Council::has_seat(member), has_seat, "{member}");
            assert_eq!(Council::contains(&account(member)), has_seat, "{member}");
        }
        assert!(!Council::contains(&institution_account(1)));
    });
}

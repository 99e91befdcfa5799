//! That root is reached by a majority, and by nothing else.

use crate::{mock::*, Call, Error, Event};
use counterfoil_primitives::institution::institution_account;
use frame_support::{assert_noop, assert_ok, traits::UnfilteredDispatchable};
use pallet_collective::RawOrigin;
use sp_core::crypto::AccountId32;
use sp_runtime::{traits::Dispatchable, DispatchError};

/// Runs a call as the collective does that a number of seats carried.
fn carried_by(ayes: u32, call: RuntimeCall) -> Result<(), DispatchError> {
    let origin: RuntimeOrigin =
        RawOrigin::<AccountId32, ()>::Members(ayes, SEATS.len() as u32).into();
    let result = Council::execute(origin, Box::new(call));
    result.map(|_| ()).map_err(|error| error.error)
}

#[test]
fn what_a_majority_carried_runs_as_root() {
    build_and_execute(|| {
        assert_ok!(carried_by(MAJORITY, set(1)));
        assert_eq!(stored(), Some(1));
        assert_ok!(carried_by(MAJORITY + 1, set(2)));
        assert_eq!(stored(), Some(2));
    });
}

#[test]
fn fewer_seats_than_the_majority_run_nothing() {
    build_and_execute(|| {
        for ayes in 1..MAJORITY {
            assert_noop!(carried_by(ayes, set(1)), Error::<Test>::NotCarried);
        }
        assert_noop!(carried_by(0, set(1)), DispatchError::BadOrigin);
    });
}

#[test]
fn no_key_runs_a_call_as_root() {
    build_and_execute(|| {
        let one_seat: RuntimeOrigin =
            RawOrigin::<AccountId32, ()>::Member(institution_account(1)).into();
        let origins = [
            signed(1),
            signed(NOBODY),
            RuntimeOrigin::none(),
            RuntimeOrigin::root(),
            one_seat,
        ];
        for origin in origins {
            let result = Council::execute(origin, Box::new(set(1)));
            assert_noop!(
                result.map_err(|error| error.error),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn a_call_that_fails_changes_nothing_and_is_reported() {
    build_and_execute(|| {
        let named = put_up(1, failing());
        approve(&[2, 3], named);
        assert_ok!(close(1, named));
        let event = Event::Executed {
            motion: named.0,
            result: Err(DispatchError::BadOrigin),
        };
        System::assert_has_event(event.into());
        assert!(motions().is_empty());
    });
}

#[test]
fn a_call_of_one_seat_alone_that_fails_is_reported_too() {
    with_seats(&[1], 1, || {
        assert_ok!(propose(1, failing()));
        let reported = System::events().into_iter().any(|record| {
            matches!(
                record.event,
                RuntimeEvent::Council(Event::Executed {
                    result: Err(DispatchError::BadOrigin),
                    ..
                })
            )
        });
        assert!(reported);
    });
}

/// What root may not do as a seat, a motion may not either.
#[test]
fn a_motion_does_not_vote_for_a_seat() {
    build_and_execute(|| {
        let other = put_up(2, set(7));
        let named = put_up(1, call_to_vote(other, true).into());
        approve(&[2, 3], named);
        assert_ok!(close(1, named));
        let event = Event::Executed {
            motion: named.0,
            result: Err(Error::<Test>::NotASeat.into()),
        };
        System::assert_has_event(event.into());
        assert_eq!(motion(other).expect("it is open").ayes, [2]);
    });
}

/// An account of an institution has no key. If it had, the collective would still run no call as root by
/// itself.
#[test]
fn the_collective_alone_reaches_no_root() {
    with_seats(&[1, 2, 3], 2, || {
        let institution = RuntimeOrigin::signed(institution_account(1));
        let length = 1_000;
        let directly = pallet_collective::Call::<Test>::propose {
            threshold: 1,
            proposal: Box::new(set(7)),
            length_bound: length,
        };
        assert_ok!(directly.dispatch_bypass_filter(institution.clone()));
        assert_eq!(stored(), None);
        let wrapped = Call::<Test>::execute {
            call: Box::new(set(7)),
        };
        let by_one = pallet_collective::Call::<Test>::propose {
            threshold: 1,
            proposal: Box::new(wrapped.into()),
            length_bound: length,
        };
        assert_ok!(RuntimeCall::from(by_one).dispatch(institution));
        assert_eq!(stored(), None);
    });
}

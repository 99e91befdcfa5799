//! The list: what it may be, and when it takes effect.

use crate::{mock::*, Error, Event, Validators as List};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn a_list_takes_effect_with_the_session_after_the_next_one() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_ok!(set_validators(&[1, 2, 4]));
        let members = vec![1, 2, 4];
        assert_eq!(events().pop(), Some(Event::ValidatorsSet { members }));
        end_session();
        assert_eq!(Session::validators(), institutions(&[1, 2, 3]));
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[1, 2, 3]));
        end_session();
        assert_eq!(Session::validators(), institutions(&[1, 2, 4]));
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[1, 2, 4]));
        let makers: Vec<_> = [1, 2, 4].map(|number| keys(number).aura).to_vec();
        assert_eq!(pallet_aura::Authorities::<Test>::get().into_inner(), makers);
    });
}

#[test]
fn a_list_that_is_taken_back_in_the_same_session_changes_nothing() {
    build_and_execute(|| {
        assert_ok!(set_validators(&[1, 2]));
        assert_ok!(set_validators(&FIRST_VALIDATORS));
        for _ in 0..3 {
            assert_eq!(end_session(), []);
        }
        assert_eq!(Grandpa::current_set_id(), 0);
        assert_eq!(Session::validators(), institutions(&FIRST_VALIDATORS));
    });
}

#[test]
fn the_list_is_never_empty() {
    build_and_execute(|| {
        assert_noop!(set_validators(&[]), Error::<Test>::NoValidators);
    });
}

#[test]
fn the_list_ascends_and_names_nobody_twice() {
    build_and_execute(|| {
        for members in [[1, 1, 2], [2, 1, 3]] {
            assert_noop!(set_validators(&members), Error::<Test>::NotAscending);
        }
        assert_ok!(set_validators(&[1, 2, 3]));
    });
}

#[test]
fn the_list_names_members_alone() {
    build_and_execute(|| {
        assert_noop!(set_validators(&[1, 7]), Error::<Test>::UnknownMember);
    });
}

#[test]
fn the_list_names_members_with_keys_alone() {
    build_and_execute(|| {
        assert_noop!(set_validators(&[1, 4]), Error::<Test>::NoKeys);
        assert_ok!(set_keys(4, 4));
        assert_ok!(set_validators(&[1, 4]));
        assert_eq!(List::<Test>::get().into_inner(), [1, 4]);
    });
}

#[test]
fn the_list_has_a_bound() {
    build_and_execute(|| {
        let members: Vec<_> = (1..=33).collect();
        assert_noop!(set_validators(&members), Error::<Test>::TooManyValidators);
        // One fewer passes the bound, and fails by the members that do not exist.
        assert_noop!(set_validators(&members[..32]), Error::<Test>::UnknownMember);
    });
}

#[test]
fn nobody_but_the_council_decides_on_validators_and_sessions() {
    build_and_execute(|| {
        let origin = || RuntimeOrigin::signed(account(1));
        assert_noop!(
            Validators::set_validators(origin(), vec![1]),
            DispatchError::BadOrigin
        );
        assert_noop!(Validators::end_session(origin()), DispatchError::BadOrigin);
        end_session();
        assert_noop!(
            Validators::note_stalled(origin(), 3, 1),
            DispatchError::BadOrigin
        );
    });
}

//! A validator stays a member.

use crate::mock::*;
use counterfoil_primitives::ports::Posts;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

type RegistryError = pallet_registry::Error<Test>;

fn remove(member: u32) -> DispatchResult {
    Registry::remove_member(RuntimeOrigin::root(), member)
}

#[test]
fn a_validator_leaves_the_registry_once_two_sessions_have_ended_without_it() {
    build_and_execute(|| {
        assert_noop!(remove(3), RegistryError::HoldsAPost);
        assert_ok!(set_validators(&[1, 2]));
        for _ in 0..2 {
            assert_noop!(remove(3), RegistryError::HoldsAPost);
            end_session();
        }
        assert_ok!(remove(3));
    });
}

#[test]
fn a_member_has_a_post_from_the_decision_on() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert!(!Validators::holds(4));
        assert_ok!(set_validators(&[1, 4]));
        assert!(Validators::holds(4));
        assert_noop!(remove(4), RegistryError::HoldsAPost);
        assert_ok!(remove(5));
    });
}

#[test]
fn a_member_that_is_queued_has_a_post_though_the_list_leaves_it_out() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_ok!(set_validators(&[1, 4]));
        end_session();
        assert_ok!(set_validators(&[1, 2]));
        assert!(Validators::holds(4));
        for _ in 0..2 {
            end_session();
        }
        assert!(!Validators::holds(4));
    });
}

//! What the chain starts with.

use crate::mock::*;
use sp_runtime::BuildStorage;

/// Builds the genesis of a chain with these validators, by member and number of keys.
fn build(validators: &[(u32, u32)]) {
    genesis(validators)
        .build_storage()
        .expect("it stops before it fails");
}

#[test]
fn the_first_two_sessions_have_the_validators_of_the_genesis() {
    build_and_execute(|| {
        for session in 0..2 {
            assert_eq!(Session::current_index(), session);
            assert_eq!(Session::validators(), institutions(&FIRST_VALIDATORS));
            assert_eq!(
                Grandpa::grandpa_authorities(),
                authorities(&FIRST_VALIDATORS)
            );
            assert_eq!(end_session(), []);
        }
        assert_eq!(Grandpa::current_set_id(), 0);
    });
}

#[test]
fn the_first_sessions_can_be_proven() {
    build_and_execute(|| {
        for session in 0..2 {
            let kept = Historical::historical_root(session).expect("it is kept");
            assert_eq!(kept.1, 3);
        }
    });
}

#[test]
#[should_panic = "the validators' genesis is wrong"]
fn a_chain_with_validators_out_of_order_does_not_start() {
    build(&[(2, 2), (1, 1)]);
}

#[test]
#[should_panic = "the validators' genesis is wrong"]
fn a_chain_whose_validators_share_keys_does_not_start() {
    build(&[(1, 1), (2, 1)]);
}

#[test]
fn a_chain_whose_validators_are_members_starts() {
    build(&[(1, 1), (6, 6)]);
}

#[test]
#[should_panic = "validator or seat 7 is none of its members"]
fn a_chain_with_a_validator_that_is_no_member_does_not_start() {
    build(&[(1, 1), (7, 7)]);
}

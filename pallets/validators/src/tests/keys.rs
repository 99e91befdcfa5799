//! The keys that members set and take away.

use crate::{benchmarking::BenchmarkHelper, mock::*, Call, Error, Event, KeyProof};
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_support::{
    assert_noop, assert_ok, dispatch::CheckIfFeeless, traits::KeyOwnerProofSystem,
};
use sp_core::crypto::key_types::GRANDPA;
use sp_runtime::DispatchResult;

/// Bytes of the signature by the first key.
const FIRST: usize = 64;

fn purge_keys(by: MemberId, member: MemberId) -> DispatchResult {
    Validators::purge_keys(RuntimeOrigin::signed(account(by)), member)
}

/// The first signature of one proof, and the second one of another.
fn mixed(first: &KeyProof, second: &KeyProof) -> KeyProof {
    KeyProof::truncate_from([&first[..FIRST], &second[FIRST..]].concat())
}

/// The keys that a member has set last.
fn keys_of(member: MemberId) -> Option<SessionKeys> {
    Session::load_keys(&institution_account(member))
}

#[test]
fn a_member_sets_keys_and_replaces_them() {
    build_and_execute(|| {
        for number in [4, 8] {
            assert_ok!(set_keys(4, number));
            assert_eq!(keys_of(4), Some(keys(number)));
            assert_eq!(events().pop(), Some(Event::KeysSet { member: 4 }));
        }
        // Nobody has the former ones any more.
        assert_ok!(set_keys(5, 4));
    });
}

#[test]
fn to_have_keys_takes_no_account_of_the_institution() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        let institution = institution_account(4);
        assert!(!frame_system::Account::<Test>::contains_key(&institution));
        assert_ok!(purge_keys(4, 4));
        assert!(!frame_system::Account::<Test>::contains_key(&institution));
    });
}

#[test]
fn a_proof_for_another_member_or_by_other_keys_is_refused() {
    build_and_execute(|| {
        let set = |proof| {
            let origin = RuntimeOrigin::signed(account(4));
            Validators::set_keys(origin, keys(4), proof)
        };
        let right = proof(4, 4);
        let too_long = [&right[..], &[0]].concat();
        let wrong = [
            proof(4, 5),
            proof(8, 4),
            mixed(&right, &proof(8, 4)),
            mixed(&proof(8, 4), &right),
            KeyProof::truncate_from(right[..FIRST].to_vec()),
            KeyProof::truncate_from(too_long),
            KeyProof::default(),
        ];
        for proof in wrong {
            assert_noop!(set(proof), Error::<Test>::WrongProof);
        }
        assert_ok!(set(right));
    });
}

#[test]
fn a_key_belongs_to_one_member() {
    build_and_execute(|| {
        assert_noop!(set_keys(4, 1), Error::<Test>::KeyTaken);
        // One of the two is enough.
        let one_taken = SessionKeys {
            aura: keys(4).aura,
            grandpa: keys(1).grandpa,
        };
        let proof = mixed(&proof(4, 4), &proof(1, 4));
        let origin = RuntimeOrigin::signed(account(4));
        assert_noop!(
            Validators::set_keys(origin, one_taken, proof),
            Error::<Test>::KeyTaken
        );
    });
}

#[test]
fn nobody_but_members_sets_keys() {
    build_and_execute(|| {
        assert_noop!(set_keys(7, 7), Error::<Test>::NotAMember);
        assert_noop!(
            Validators::set_keys(RuntimeOrigin::root(), keys(4), proof(4, 4)),
            Error::<Test>::NotAMember
        );
    });
}

#[test]
fn keys_are_free_to_set_for_members() {
    build_and_execute(|| {
        let set = Call::<Test>::set_keys {
            keys: keys(4),
            proof: proof(4, 4),
        };
        assert!(set.is_feeless(&RuntimeOrigin::signed(account(4))));
        assert!(!set.is_feeless(&RuntimeOrigin::signed(account(7))));
    });
}

/// Whether it is free for `by` to take away the keys of a member.
fn is_free_to_purge(by: MemberId, member: MemberId) -> bool {
    Call::<Test>::purge_keys { member }.is_feeless(&RuntimeOrigin::signed(account(by)))
}

#[test]
fn keys_are_free_to_purge_for_a_member_that_has_some() {
    build_and_execute(|| {
        assert!(!is_free_to_purge(4, 4));
        assert_ok!(set_keys(4, 4));
        assert!(is_free_to_purge(4, 4));
        for other in [5, 7] {
            assert!(!is_free_to_purge(other, 4));
        }
        assert_ok!(purge_keys(4, 4));
        assert!(!is_free_to_purge(4, 4));
    });
}

#[test]
fn keys_are_free_to_purge_once_their_member_is_no_validator() {
    build_and_execute(|| {
        assert!(!is_free_to_purge(3, 3));
        assert_ok!(set_validators(&[1, 2]));
        for _ in 0..2 {
            assert!(!is_free_to_purge(3, 3));
            end_session();
        }
        assert!(is_free_to_purge(3, 3));
    });
}

#[test]
fn a_validator_that_changes_its_keys_has_them_with_the_session_after_the_next_one() {
    build_and_execute(|| {
        assert_ok!(set_keys(1, 8));
        assert_eq!(end_session(), []);
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[1, 2, 3]));
        assert_eq!(end_session().len(), 1);
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[8, 2, 3]));
        assert_eq!(end_session(), []);
        assert_eq!(Grandpa::current_set_id(), 1);
    });
}

#[test]
fn keys_that_a_validator_changed_can_be_proven_later() {
    build_and_execute(|| {
        assert_ok!(set_keys(1, 8));
        end_session();
        end_session();
        let key = || (GRANDPA, keys(8).grandpa);
        // In the first session with these keys, and in one that follows.
        for _ in 0..2 {
            let proof = Historical::prove(key()).expect("the key is a validator's");
            end_session();
            let proven = Historical::check_proof(key(), proof);
            assert_eq!(
                proven.map(|(account, _)| account),
                Some(institution_account(1))
            );
        }
    });
}

#[test]
fn keys_that_a_validator_gave_up_can_be_proven_once_the_session_has_ended() {
    build_and_execute(|| {
        let key = || (GRANDPA, keys(1).grandpa);
        let proof = Historical::prove(key()).expect("the key is a validator's");
        let is_proven = || Historical::check_proof(key(), proof.clone()).is_some();
        assert!(is_proven());
        assert_ok!(set_keys(1, 8));
        assert!(!is_proven());
        end_session();
        assert!(is_proven());
    });
}

#[test]
fn a_validator_keeps_its_keys_until_two_sessions_have_ended_without_it() {
    build_and_execute(|| {
        let purge = || purge_keys(3, 3);
        assert_noop!(purge(), Error::<Test>::IsValidator);
        assert_ok!(set_validators(&[1, 2]));
        assert_noop!(purge(), Error::<Test>::IsValidator);
        end_session();
        assert_noop!(purge(), Error::<Test>::IsValidator);
        end_session();
        assert_ok!(purge());
        assert_eq!(keys_of(3), None);
        assert_eq!(events().pop(), Some(Event::KeysPurged { member: 3 }));
        assert_noop!(purge(), Error::<Test>::NoKeys);
    });
}

#[test]
fn a_member_that_is_queued_keeps_its_keys() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_ok!(set_validators(&[1, 4]));
        end_session();
        assert_ok!(set_validators(&[1, 2]));
        // It is in neither the list nor this session.
        assert_noop!(purge_keys(4, 4), Error::<Test>::IsValidator);
    });
}

#[test]
fn nobody_purges_anothers_keys_but_the_council() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_noop!(purge_keys(5, 4), Error::<Test>::NotTheMember);
        assert_noop!(purge_keys(7, 4), Error::<Test>::NotAMember);
        assert_ok!(Validators::purge_keys(RuntimeOrigin::root(), 4));
        assert_eq!(keys_of(4), None);
    });
}

#[test]
fn a_member_that_leaves_the_registry_leaves_no_keys() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), 4));
        assert_eq!(keys_of(4), None);
        assert!(events().contains(&Event::KeysPurged { member: 4 }));
        assert_noop!(set_validators(&[1, 4]), Error::<Test>::UnknownMember);
        // Whoever has the number next is no validator by these keys.
        Helper::put_member(4);
        assert_noop!(set_validators(&[1, 4]), Error::<Test>::NoKeys);
        // Under another number, the keys are free.
        assert_ok!(set_keys(5, 4));
    });
}

#[test]
fn a_member_without_keys_leaves_the_registry_too() {
    build_and_execute(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), 4));
        assert!(events().is_empty());
    });
}

#[test]
fn the_council_purges_keys_of_a_member_that_is_no_validator() {
    build_and_execute(|| {
        assert_ok!(set_keys(4, 4));
        assert_ok!(Validators::purge_keys(RuntimeOrigin::root(), 4));
        assert_eq!(keys_of(4), None);
    });
}

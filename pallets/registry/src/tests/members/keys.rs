//! Operators' keys: rotated, replaced, and never used again.

use super::*;

#[test]
fn a_key_that_was_removed_serves_no_other_member() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_noop!(
            register(7, member(Role::Client, "Alice")),
            Error::<Test>::KeyRetired
        );
    });
}

#[test]
fn a_rotated_key_takes_over_and_the_old_one_is_retired() {
    with_members(|| {
        assert_ok!(rotate("Alice", CLIENT, "Ferdie"));
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(CLIENT));
        assert_eq!(Registry::member_of(&account("Alice")), None);
        assert_eq!(System::providers(&account("Ferdie")), 1);
        assert_eq!(System::providers(&account("Alice")), 1);
        assert_eq!(
            RetiredOperators::<Test>::get(account("Alice")),
            Some(Retirement::Rotated(CLIENT))
        );
        assert_eq!(
            last_event(),
            Event::OperatorRotated {
                member: CLIENT,
                old: key("Alice"),
                new: key("Ferdie"),
            }
        );
    });
}

#[test]
fn the_council_replaces_a_key_that_was_lost() {
    with_agreement(|| {
        assert_ok!(Registry::replace_operator(
            RuntimeOrigin::root(),
            CLIENT,
            key("Ferdie")
        ));
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(CLIENT));
        assert_eq!(Registry::member_of(&account("Alice")), None);
        assert_eq!(
            RetiredOperators::<Test>::get(account("Alice")),
            Some(Retirement::Rotated(CLIENT))
        );
    });
}

#[test]
fn nobody_but_the_council_replaces_a_key() {
    with_members(|| {
        assert_noop!(
            Registry::replace_operator(
                RawOrigin::Signed(account("Alice")).into(),
                CLIENT,
                key("Ferdie")
            ),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::replace_operator(RuntimeOrigin::root(), 99, key("Ferdie")),
            Error::<Test>::UnknownMember
        );
        assert_noop!(
            Registry::replace_operator(RuntimeOrigin::root(), CLIENT, key("Bob")),
            Error::<Test>::KeyTaken
        );
    });
}

#[test]
fn a_rotated_key_never_returns_even_to_its_member() {
    with_members(|| {
        assert_ok!(rotate("Alice", CLIENT, "Ferdie"));
        pallet_timestamp::Now::<Test>::put(NOON + DAY);
        assert_noop!(rotate("Ferdie", CLIENT, "Alice"), Error::<Test>::KeyRetired);
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_noop!(
            register(CLIENT, member(Role::Client, "Alice")),
            Error::<Test>::KeyRetired
        );
    });
}

#[test]
fn a_member_cannot_take_a_key_in_use() {
    with_members(|| {
        for taken in ["Alice", "Bob"] {
            assert_noop!(rotate("Alice", CLIENT, taken), Error::<Test>::KeyTaken);
        }
    });
}

#[test]
fn nobody_takes_a_key_that_does_not_consent() {
    with_members(|| {
        let by_another = proof("Eve", CLIENT);
        let for_another = proof("Ferdie", COMPANY);
        for proof in [by_another, for_another] {
            let alice = RuntimeOrigin::signed(account("Alice"));
            assert_noop!(
                Registry::rotate_operator(alice, key("Ferdie"), proof),
                Error::<Test>::WrongProof
            );
        }
    });
}

#[test]
fn a_member_rotates_its_key_once_a_day() {
    with_members(|| {
        assert_ok!(rotate("Alice", CLIENT, "Ferdie"));
        pallet_timestamp::Now::<Test>::put(NOON + DAY - 1);
        assert_noop!(
            rotate("Ferdie", CLIENT, "One"),
            Error::<Test>::RotatedRecently
        );
        pallet_timestamp::Now::<Test>::put(NOON + DAY);
        assert_ok!(rotate("Ferdie", CLIENT, "One"));
    });
}

#[test]
fn the_council_replaces_a_key_that_was_just_rotated() {
    with_members(|| {
        assert_ok!(rotate("Alice", CLIENT, "Ferdie"));
        assert_ok!(Registry::replace_operator(
            RuntimeOrigin::root(),
            CLIENT,
            key("One")
        ));
        assert_eq!(Registry::member_of(&account("One")), Some(CLIENT));
    });
}

//! When a motion is carried, rejected or over, and what a majority is.

use counterfoil_primitives::council::votes::{is_majority, is_over, Votes};

const PROPOSER: char = 'a';

/// The votes of seats that letters name, two of which have to approve.
fn votes<'a>(ayes: &'a [char], nays: &'a [char]) -> Votes<'a, char> {
    Votes {
        ayes,
        nays,
        threshold: 2,
    }
}

/// Whether the motion is rejected among three seats.
fn is_rejected(ayes: &[char], nays: &[char]) -> bool {
    votes(ayes, nays).is_rejected(3, &PROPOSER)
}

#[test]
fn a_motion_misses_the_approvals_up_to_its_threshold() {
    assert_eq!(votes(&[], &[]).missing(), 2);
    assert_eq!(votes(&['a'], &['b']).missing(), 1);
    assert_eq!(votes(&['a', 'b', 'c'], &[]).missing(), 0);
}

#[test]
fn a_motion_is_carried_by_as_many_seats_as_have_to_approve() {
    assert!(!votes(&['a'], &[]).is_carried());
    assert!(votes(&['a', 'b'], &[]).is_carried());
}

#[test]
fn a_motion_is_rejected_once_too_few_seats_are_left_to_carry_it() {
    assert!(!is_rejected(&['a'], &['b']));
    assert!(is_rejected(&['a'], &['b', 'c']));
}

#[test]
fn a_proposer_does_not_reject_its_own_motion() {
    assert!(!is_rejected(&[], &['a', 'b']));
    assert!(is_rejected(&[], &['a', 'b', 'c']));
}

#[test]
fn a_motion_that_needs_more_seats_than_there_are_is_rejected() {
    assert!(votes(&['a'], &[]).is_rejected(1, &PROPOSER));
}

#[test]
fn more_nays_than_seats_reject_a_motion() {
    assert!(votes(&[], &['b', 'c']).is_rejected(1, &PROPOSER));
}

#[test]
fn a_vote_is_known_by_its_seat() {
    let votes = votes(&['a'], &['b']);
    assert_eq!(votes.of(&'a'), Some(true));
    assert_eq!(votes.of(&'b'), Some(false));
    assert_eq!(votes.of(&'c'), None);
}

#[test]
fn a_motion_is_over_from_its_end_on() {
    assert!(!is_over(899u32, 900));
    assert!(is_over(900u32, 900));
    assert!(is_over(901u32, 900));
}

#[test]
fn a_majority_is_more_than_half_of_the_seats_and_no_more_than_all() {
    let of = |seats| -> Vec<u32> { (0..=6).filter(|count| is_majority(*count, seats)).collect() };
    assert!(of(0).is_empty());
    assert_eq!(of(1), [1]);
    assert_eq!(of(4), [3, 4]);
    assert_eq!(of(5), [3, 4, 5]);
}

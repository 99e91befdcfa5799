//! A party gets no other book for as long as it may choose what it commits to itself.

use super::*;
use counterfoil_primitives::{Commitment, MAX_ROUNDS};

#[test]
fn a_party_that_may_still_commit_gets_no_book() {
    for now in [PRESET, DEADLINE - 1, DEADLINE, LATE_UNTIL - 1] {
        for status in [SideStatus::Awaited, SideStatus::Defaulted] {
            let Answer::Refused(reason) = asked_at(now, BANK, status, 0) else {
                panic!("not refused");
            };
            assert!(reason.contains("commits first"), "{reason}");
        }
    }
}

#[test]
fn a_clock_that_is_ahead_of_the_chain_gives_a_party_no_book() {
    for status in [SideStatus::Awaited, SideStatus::Defaulted] {
        let answer = asked_of(SideSummary::default(), LATE_UNTIL, BANK, status, 0);
        assert!(matches!(answer, Answer::Refused(_)), "{status}");
    }
}

#[test]
fn a_party_that_may_still_replace_its_commitment_gets_no_book() {
    let side = |may_replace| SideSummary {
        may_replace,
        ..Default::default()
    };
    let asked = |may_replace| asked_of(side(may_replace), PRESET, BANK, SideStatus::Committed, 0);
    assert!(matches!(asked(true), Answer::Refused(_)));
    assert!(matches!(asked(false), Answer::Roots { .. }));
}

#[test]
fn a_party_that_defaulted_with_a_commitment_gets_the_book() {
    let side = SideSummary {
        commitment: Some(Commitment::default()),
        ..Default::default()
    };
    let answer = asked_of(side, DEADLINE, BANK, SideStatus::Defaulted, 0);
    assert!(matches!(answer, Answer::Roots { .. }));
}

#[test]
fn a_party_that_has_committed_or_may_not_any_more_gets_the_book() {
    let closed = [
        (PRESET, SideStatus::Committed),
        (PRESET, SideStatus::Proven { breaks: 0 }),
        (DEADLINE, SideStatus::ProvenLate { breaks: 0 }),
        (LATE_UNTIL, SideStatus::Awaited),
        (LATE_UNTIL, SideStatus::Defaulted),
    ];
    for (now, status) in closed {
        let answer = asked_at(now, BANK, status, 0);
        assert!(matches!(answer, Answer::Roots { .. }), "{status:?}");
    }
}

#[test]
fn a_party_whose_last_book_was_rejected_gets_the_other_book_before_the_deadline() {
    let asked_in = |round| asked_at(DEADLINE - 1, BANK, SideStatus::Awaited, round);
    assert!(matches!(asked_in(MAX_ROUNDS - 1), Answer::Refused(_)));
    assert!(matches!(asked_in(MAX_ROUNDS), Answer::Roots { .. }));
}

#[test]
fn whoever_has_nothing_to_copy_gets_a_book_that_nobody_has_committed_beside() {
    for requester in [RECONCILER, COMPANY] {
        let answer = asked_at(PRESET, requester, SideStatus::Awaited, 0);
        assert!(matches!(answer, Answer::Roots { .. }), "{requester}");
    }
}

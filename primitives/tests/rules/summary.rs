//! Until when a party may still choose what it commits to.

use counterfoil_primitives::{
    summary::{SideStatus, SideSummary},
    Commitment, MAX_ROUNDS,
};

/// A side of which the chain may still take a commitment, by its time.
fn side(status: SideStatus) -> SideSummary {
    SideSummary {
        status,
        ..Default::default()
    }
}

#[test]
fn a_party_without_a_commitment_may_choose_until_its_side_cannot_be_proven_late() {
    for status in [SideStatus::Awaited, SideStatus::Defaulted] {
        assert!(side(status).may_still_choose());
        let too_late = SideSummary {
            too_late: true,
            ..side(status)
        };
        assert!(!too_late.may_still_choose());
    }
}

#[test]
fn a_party_that_has_committed_has_chosen() {
    let committed = |status| SideSummary {
        commitment: Some(Commitment::default()),
        ..side(status)
    };
    for status in [
        SideStatus::Committed,
        SideStatus::Defaulted,
        SideStatus::Proven { breaks: 1 },
        SideStatus::ProvenLate { breaks: 1 },
        SideStatus::Repaired { breaks: 1 },
    ] {
        assert!(!committed(status).may_still_choose(), "{status}");
    }
}

#[test]
fn a_party_that_may_replace_its_commitment_may_choose() {
    let replaceable = SideSummary {
        may_replace: true,
        ..side(SideStatus::Committed)
    };
    assert!(replaceable.may_still_choose());
}

#[test]
fn a_party_whose_rounds_are_used_up_has_no_choice() {
    let of_round = |round| SideSummary {
        round,
        ..side(SideStatus::Awaited)
    };
    assert!(of_round(MAX_ROUNDS - 1).may_still_choose());
    assert!(!of_round(MAX_ROUNDS).may_still_choose());
}

/// A chain that has not come so far yet does not show the day.
#[test]
fn a_party_of_a_day_that_the_chain_does_not_show_may_choose() {
    assert!(SideSummary::default().may_still_choose());
}

//! Who answers a proposal, and what an answer names.

use super::*;
use crate::{amendments::proposal_on_chain::awaited, error::AmendmentRefusal};
use counterfoil_primitives::amendment::Progress;

#[test]
fn an_answer_names_what_was_shown() {
    let shown = shown(Standing::Open, Answers::default());
    let agreement = agreement();
    for institution in [2, 3] {
        let answer = shown.answerable(&agreement, institution, 1_000).unwrap();
        assert_eq!(answer, shown.proposal.fingerprint);
    }
}

#[test]
fn nobody_answers_who_has_none_to_give() {
    let answers = Answers {
        bank: Some(true),
        company: None,
    };
    let (agreement, shown) = (agreement(), shown(Standing::Open, answers));
    for member in [1, 3] {
        let refusal = shown.answerable(&agreement, member, 1_000).unwrap_err();
        let expected = AmendmentRefusal::NothingToAnswer {
            member,
            number: 3,
            awaited: vec![2],
        };
        assert_eq!(refusal, expected);
    }
    assert_eq!(awaited(&shown.proposal, &agreement, 1_000), [2]);
}

#[test]
fn what_is_decided_or_whose_time_is_over_is_not_answered() {
    let agreement = agreement();
    let open = shown(Standing::Open, Answers::default());
    let refusal = open.answerable(&agreement, 2, 1_001).unwrap_err();
    assert_eq!(refusal, AmendmentRefusal::Lapsed { number: 3 });
    assert!(awaited(&open.proposal, &agreement, 1_001).is_empty());
    let accepted = Standing::Accepted {
        at: 5,
        progress: Progress::default(),
    };
    let refusal = shown(accepted, Answers::default()).answerable(&agreement, 2, 5);
    assert!(matches!(
        refusal,
        Err(AmendmentRefusal::NotOpen { number: 3, .. })
    ));
}

#[test]
fn an_answer_is_given_to_what_was_shown_as_it_stands_when_it_is_sent() {
    let (agreement, shown) = (agreement(), shown(Standing::Open, Answers::default()));
    let to = |proposal: &Proposal| shown.answerable_to(proposal, &agreement, 2, 5);
    assert_eq!(to(&shown.proposal), Ok(shown.proposal.fingerprint));
    let answered = Proposal {
        answers: Answers {
            bank: None,
            company: Some(true),
        },
        ..shown.proposal
    };
    let refusal = to(&answered).unwrap_err();
    assert!(matches!(refusal, AmendmentRefusal::NothingToAnswer { .. }));
    // After a fork another proposal may have the number.
    let other = Proposal {
        fingerprint: H256::repeat_byte(1),
        ..shown.proposal
    };
    let refusal = to(&other).unwrap_err();
    assert_eq!(refusal, AmendmentRefusal::OtherContent { number: 3 });
}

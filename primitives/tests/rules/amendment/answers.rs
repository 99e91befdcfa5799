//! What the institutions say to a proposal, and what it comes to.

use crate::refund::agreement;
use counterfoil_primitives::{
    amendment::{Answers, Ground, Progress, Proposal, Standing, Unresolved, Verdict},
    DayTotals, MemberId, Side,
};
use sp_core::H256;

/// The parties of the sample agreement, and its client.
const BANK: MemberId = 3;
const COMPANY: MemberId = 2;
const CLIENT: MemberId = 1;

/// Answers of company and bank.
fn answers(company: Option<bool>, bank: Option<bool>) -> Answers {
    Answers { bank, company }
}

#[test]
fn an_institution_agrees_with_its_own_proposal() {
    let of = |proposer| Answers::of_proposer(&agreement(), proposer);
    assert_eq!(of(COMPANY), answers(Some(true), None));
    assert_eq!(of(BANK), answers(None, Some(true)));
    assert_eq!(of(CLIENT), answers(None, None));
}

#[test]
fn an_answer_is_set_on_its_side_alone() {
    let mut said = Answers::default();
    said.set(Side::Credit, false);
    assert_eq!(said, answers(None, Some(false)));
    said.set(Side::Debit, true);
    assert_eq!(said, answers(Some(true), Some(false)));
    assert_eq!(
        Side::BOTH.map(|side| said.of(side)),
        [Some(true), Some(false)]
    );
}

#[test]
fn both_institutions_accept_and_one_of_them_rejects() {
    let all = [None, Some(true), Some(false)];
    for company in all {
        for bank in all {
            let expected = match (company, bank) {
                (Some(false), _) | (_, Some(false)) => Verdict::Rejected,
                (Some(true), Some(true)) => Verdict::Accepted,
                _ => Verdict::Awaited,
            };
            assert_eq!(answers(company, bank).verdict(), expected);
        }
    }
}

#[test]
fn an_institution_is_awaited_until_it_answers() {
    let awaited = |said: Answers, member| said.awaited_of(&agreement(), member);
    let of_client = answers(None, None);
    assert_eq!(awaited(of_client, COMPANY), Some(Side::Debit));
    assert_eq!(awaited(of_client, BANK), Some(Side::Credit));
    assert_eq!(awaited(of_client, CLIENT), None);
    for said in [true, false] {
        let of_company = answers(Some(said), None);
        assert_eq!(awaited(of_company, COMPANY), None);
        assert_eq!(awaited(of_company, BANK), Some(Side::Credit));
    }
}

fn proposal(standing: Standing) -> Proposal {
    Proposal {
        agreement: 1,
        proposer: CLIENT,
        ground: Ground::NotPaid,
        evidence: H256::repeat_byte(1),
        fingerprint: H256::repeat_byte(2),
        stated: DayTotals::default(),
        proposed_at: 100,
        answer_until: 200,
        answers: Answers::default(),
        standing,
    }
}

/// Each standing that is not open.
fn not_open() -> [Standing; 3] {
    let progress = Progress::default();
    [
        Standing::Accepted { at: 150, progress },
        Standing::Completed { at: 150, progress },
        Standing::Unresolved {
            since: 150,
            why: Unresolved::Rejected,
        },
    ]
}

#[test]
fn an_open_proposal_lapses_after_its_last_moment() {
    let open = proposal(Standing::Open);
    assert_eq!([200, 201].map(|now| open.has_lapsed(now)), [false, true]);
    for standing in not_open() {
        assert!(!proposal(standing).has_lapsed(u64::MAX));
    }
}

#[test]
fn trades_are_held_until_a_proposal_is_booked_or_not_agreed() {
    assert!(proposal(Standing::Open).holds_trades());
    let holds = not_open().map(|standing| proposal(standing).holds_trades());
    assert_eq!(holds, [true, false, false]);
}

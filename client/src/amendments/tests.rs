//! What proposals name, who answers them, and who withdraws them or writes them off.

use super::{
    draft::{cancellations, replacements, supplements},
    *,
};
use crate::{chain::views::Agreement, money::Money, testing};
use counterfoil_primitives::{
    amendment::{
        Answers, Content, Correction, Ground, MissingPayment, Proposal, Standing, MAX_SUPPLEMENTS,
    },
    tree::PAGE_SIZE,
    BusinessDay, DayTotals, Kind, MemberId, Reference, Sequence, Trade, TradeId, UserId,
};
use sp_core::H256;

mod answering;
mod corrections;
mod filtering;
mod giving_up;
mod selecting;

pub(super) const DAY: BusinessDay = BusinessDay(20_780);

pub(super) fn agreement() -> Agreement {
    testing::agreement(testing::agreement_view(BusinessDay(20_000)))
}

fn trade(client: MemberId, sequence: Sequence) -> Trade {
    Trade {
        id: TradeId { client, sequence },
        kind: Kind::Payment,
        reference: Reference([sequence as u8; 16]),
        user: UserId([client as u8; 16]),
        product: 1,
        gross: 100 + u128::from(sequence),
        debit: 90,
        credit: 10,
        occurred_at: sequence,
        terms_version: 0,
    }
}

/// A day on which two clients take turns.
pub(super) fn turns(count: u64) -> Vec<Trade> {
    (0..count)
        .map(|at| trade(1 + (at % 2) as u32, at))
        .collect()
}

pub(super) fn correction(position: u32) -> Correction {
    Correction {
        position,
        user: UserId::default(),
        product: 1,
        gross: 1,
        occurred_at: 1,
    }
}

#[test]
fn corrections_are_split_by_their_number_and_by_their_pages() {
    let dense: Vec<Correction> = (0..1_001).map(correction).collect();
    let contents = replacements(DAY, &dense);
    assert_eq!(contents.len(), 2);
    let scattered: Vec<Correction> = (0..300).map(|at| correction(at * PAGE_SIZE)).collect();
    let contents = [contents, replacements(DAY, &scattered)].concat();
    assert_eq!(contents.len(), 4);
    assert!(contents.iter().all(Content::is_valid));
    let count = |content: &Content| match content {
        Content::Replace { corrections, .. } => corrections.len(),
        other => panic!("{other:?}"),
    };
    let counts: Vec<usize> = contents.iter().map(count).collect();
    assert_eq!(counts, [1_000, 1, 256, 44]);
}

#[test]
fn payments_that_were_never_recorded_are_split_by_their_number() {
    let payment = MissingPayment {
        client: 1,
        reference: Reference::default(),
        user: UserId::default(),
        product: 1,
        gross: 1,
        occurred_at: 1,
    };
    let contents = supplements(&vec![payment; MAX_SUPPLEMENTS as usize + 1]);
    assert_eq!(contents.len(), 2);
    assert!(contents.iter().all(Content::is_valid));
}

#[test]
fn the_digest_covers_the_trades_page_by_page() {
    let named = |positions: &[u32]| -> Vec<Positioned> {
        positions
            .iter()
            .map(|at| (*at, trade(1, u64::from(*at))))
            .collect()
    };
    let one_page = digest(&named(&[1, 2]));
    let two_pages = [(1, trade(1, 1)), (PAGE_SIZE, trade(1, 2))];
    assert_ne!(one_page, digest(&two_pages));
    assert_ne!(one_page, digest(&named(&[2, 1])));
    assert_eq!(
        digest(&[]),
        counterfoil_primitives::amendment::fingerprint::TradesDigest::default().finish()
    );
}

pub(super) fn draft(trades: &[Trade]) -> Draft {
    let contents = cancellations(DAY, trades, &Filter::default()).unwrap();
    let [content] = &contents[..] else {
        panic!("{contents:?}")
    };
    Draft {
        ground: Ground::NotPaid,
        evidence: H256::zero(),
        content: content.clone(),
        stated: totals(trades),
        named: (0..).zip(trades.iter().copied()).collect(),
        right: Vec::new(),
    }
}

/// A proposal by the client 1, as the chain shows it.
pub(super) fn shown(standing: Standing, answers: Answers) -> Shown {
    let draft = draft(&turns(3));
    let proposal = Proposal {
        agreement: 7,
        proposer: 1,
        ground: draft.ground,
        evidence: draft.evidence,
        fingerprint: draft.fingerprint(7, 1),
        stated: draft.stated,
        proposed_at: 0,
        answer_until: 1_000,
        answers,
        standing,
    };
    Shown {
        number: 3,
        proposal,
        draft: Some(draft),
    }
}

#[test]
fn the_fingerprint_covers_the_named_trades_and_who_proposes_them() {
    let (one, mut other) = (draft(&turns(3)), draft(&turns(3)));
    assert_eq!(one.fingerprint(7, 1), other.fingerprint(7, 1));
    assert_ne!(one.fingerprint(7, 1), one.fingerprint(7, 2));
    assert_ne!(one.fingerprint(7, 1), one.fingerprint(8, 1));
    other.named[2].1.user = UserId([9; 16]);
    assert_ne!(one.fingerprint(7, 1), other.fingerprint(7, 1));
}

#[test]
fn contents_and_sums_are_told_in_words() {
    let draft = draft(&turns(3));
    let words = words::content(&draft.content);
    assert!(
        words.starts_with("cancels trades of 2026-11-23, on positions 0–2"),
        "{words}"
    );
    let money = Money::of("CZK").unwrap();
    let sums = words::totals(&draft.stated, &money);
    assert_eq!(
        sums,
        "3 payments, gross 3.03 CZK, debit 2.70 CZK, credit 0.30 CZK"
    );
    let mut both = DayTotals::default();
    both.add(&trade(1, 0));
    both.add(&Trade {
        kind: Kind::Refund,
        ..trade(1, 1)
    });
    let sums = words::totals(&both, &money);
    assert!(sums.starts_with("1 payment, gross 1.00 CZK"), "{sums}");
    assert!(sums.contains("; 1 refund, gross 1.01 CZK"), "{sums}");
}

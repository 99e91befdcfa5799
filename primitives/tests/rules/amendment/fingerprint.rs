//! What names the content of a proposal.

use super::*;
use counterfoil_primitives::{
    amendment::{
        fingerprint::{Proposed, TradesDigest},
        Content, Ground,
    },
    BusinessDay, DayTotals,
};
use sp_core::H256;

fn content(last: u32) -> Content {
    Content::Cancel {
        day: BusinessDay(20_000),
        selection: positions(&[(0, last)]),
    }
}

/// The digest of pages of trades.
fn digest(pages: &[&[Trade]]) -> H256 {
    let mut digest = TradesDigest::default();
    for page in pages {
        digest.add_page(page);
    }
    digest.finish()
}

#[test]
fn each_field_of_a_proposal_changes_its_fingerprint() {
    let (same, other) = (content(3), content(4));
    let (none, mut some) = (DayTotals::default(), DayTotals::default());
    some.add(&trade());
    let proposed = Proposed {
        agreement: 1,
        proposer: 2,
        ground: Ground::NotPaid,
        evidence: H256::repeat_byte(1),
        content: &same,
        stated: &none,
        trades: H256::repeat_byte(2),
    };
    let others = [
        Proposed {
            agreement: 2,
            ..proposed
        },
        Proposed {
            proposer: 3,
            ..proposed
        },
        Proposed {
            ground: Ground::PaidTwice,
            ..proposed
        },
        Proposed {
            evidence: H256::repeat_byte(9),
            ..proposed
        },
        Proposed {
            content: &other,
            ..proposed
        },
        Proposed {
            stated: &some,
            ..proposed
        },
        Proposed {
            trades: H256::repeat_byte(9),
            ..proposed
        },
    ];
    let mut fingerprints: BTreeSet<H256> = others.iter().map(Proposed::fingerprint).collect();
    assert!(fingerprints.insert(proposed.fingerprint()));
    assert_eq!(fingerprints.len(), 8);
    assert_eq!(proposed.fingerprint(), proposed.fingerprint());
}

#[test]
fn a_digest_differs_with_each_trade_its_order_and_its_page() {
    let (first, second) = (numbered(1, 1), numbered(1, 2));
    let corrected = Trade {
        gross: first.gross + 1,
        ..first
    };
    let digests: BTreeSet<H256> = [
        digest(&[]),
        digest(&[&[first]]),
        digest(&[&[corrected]]),
        digest(&[&[first, second]]),
        digest(&[&[second, first]]),
        digest(&[&[first], &[second]]),
    ]
    .into();
    assert_eq!(digests.len(), 6);
}

#[test]
fn pages_on_which_nothing_is_named_change_no_digest() {
    let page = [numbered(1, 1)];
    assert_eq!(digest(&[&[], &page, &[]]), digest(&[&page]));
}

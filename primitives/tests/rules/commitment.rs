//! What a party puts on chain for its book.

use crate::samples::{chain, day_and_book, entry, equal_book, other_places, place};
use counterfoil_primitives::{
    commitment::{may_be_replaced, may_come},
    ports::CommitRefused,
    tree::{chain_page_root, extras_page_roots, slots_page_root, FORMAT, PAGE_SIZE},
    Amount, Commitment, Entry, Kind, MAX_REPLACEMENTS, MAX_ROUNDS,
};
use proptest::prelude::*;
use sp_core::H256;

fn slot_roots(slots: &[Option<Entry>]) -> Vec<H256> {
    slots
        .chunks(PAGE_SIZE as usize)
        .map(slots_page_root)
        .collect()
}

#[test]
fn equal_books_of_different_places_have_different_commitments() {
    let book = equal_book(&chain(3));
    let here = Commitment::of_book(&place(), &book.slots, &book.extras);
    for (what, there) in other_places() {
        let other = Commitment::of_book(&there, &book.slots, &book.extras);
        assert_ne!(here.slots_root, other.slots_root, "{what}");
        assert_ne!(here.extras_root, other.extras_root, "{what}");
    }
}

#[test]
fn empty_books_of_different_places_have_different_commitments() {
    let here = Commitment::of_book(&place(), &[], &[]);
    for (what, there) in other_places() {
        let other = Commitment::of_book(&there, &[], &[]);
        assert_ne!(here.slots_root, other.slots_root, "{what}");
        assert_ne!(here.extras_root, other.extras_root, "{what}");
    }
}

#[test]
fn a_book_is_bound_to_the_format() {
    assert_eq!(place().domain(3, 0).format, FORMAT);
    assert_eq!(FORMAT, 1);
}

#[test]
fn a_commitment_may_come_until_the_deadline_and_not_after_the_last_round() {
    let last = MAX_ROUNDS - 1;
    for round in [0, last] {
        assert_eq!(may_come(round, Some(10), 9), Ok(()));
        assert_eq!(may_come(round, Some(10), 10), Err(CommitRefused::TooLate));
        assert_eq!(may_come(round, None, 9), Err(CommitRefused::TooLate));
    }
    for now in [9, 10] {
        let refused = may_come(MAX_ROUNDS, Some(10), now);
        assert_eq!(refused, Err(CommitRefused::NoMoreRounds));
    }
}

#[test]
fn a_commitment_may_be_replaced_until_the_preset_time_and_not_too_often() {
    for replacements in [0, MAX_REPLACEMENTS - 1] {
        assert!(may_be_replaced(replacements, Some(10), 9));
        assert!(!may_be_replaced(replacements, Some(10), 10));
        assert!(!may_be_replaced(replacements, None, 9));
    }
    assert!(!may_be_replaced(MAX_REPLACEMENTS, Some(10), 9));
}

#[test]
fn an_extra_changes_both_roots() {
    let book = equal_book(&chain(3));
    let without = Commitment::of_book(&place(), &book.slots, &[]);
    let with = Commitment::of_book(&place(), &book.slots, &[entry(9)]);
    assert_ne!(without.slots_root, with.slots_root);
    assert_ne!(without.extras_root, with.extras_root);
}

#[test]
fn the_total_of_each_kind_saturates_by_itself() {
    let big = Entry {
        amount: Amount::MAX,
        ..entry(1)
    };
    for kind in Kind::BOTH {
        let of_kind = |entry: Entry| Entry { kind, ..entry };
        let other = Entry {
            kind: kind.other(),
            ..entry(3)
        };
        let slots = [Some(of_kind(big)), Some(other)];
        let totals = Commitment::of_book(&place(), &slots, &[of_kind(entry(2))]).totals;
        assert_eq!(totals.of(kind), Amount::MAX);
        assert_eq!(totals.of(kind.other()), other.amount);
    }
}

#[test]
fn fewer_or_more_page_roots_are_not_the_committed_ones() {
    let book = equal_book(&chain(600));
    let commitment = Commitment::of_book(&place(), &book.slots, &book.extras);
    let roots = slot_roots(&book.slots);
    assert!(!commitment.has_page_roots(&place(), &roots[..2], &[]));
    let more = [&roots[..], &[H256::zero()]].concat();
    assert!(!commitment.has_page_roots(&place(), &more, &[]));
    assert!(!commitment.has_page_roots(&place(), &roots, &[H256::zero()]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_totals_are_the_sums_of_slots_and_extras_by_kind((_, book) in day_and_book()) {
        let commitment = Commitment::of_book(&place(), &book.slots, &book.extras);
        for kind in Kind::BOTH {
            let total = book.slots.iter().flatten().chain(&book.extras)
                .filter(|entry| entry.kind == kind)
                .try_fold(0u128, |sum, entry| sum.checked_add(entry.amount));
            prop_assert_eq!(commitment.totals.of(kind), total.unwrap_or(Amount::MAX));
        }
    }

    #[test]
    fn a_book_has_the_page_roots_that_it_committed_to((chain, book) in day_and_book()) {
        let commitment = Commitment::of_book(&place(), &book.slots, &book.extras);
        let roots = slot_roots(&book.slots);
        let extras = extras_page_roots(&book.extras);
        prop_assert!(commitment.has_page_roots(&place(), &roots, &extras));
        let of_chain: Vec<H256> = chain.chunks(256).map(chain_page_root).collect();
        prop_assert_eq!(
            commitment.has_page_roots(&place(), &of_chain, &extras),
            of_chain == roots
        );
        for (_, there) in other_places() {
            prop_assert!(!commitment.has_page_roots(&there, &roots, &extras));
        }
    }
}

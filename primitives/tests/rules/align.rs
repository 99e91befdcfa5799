//! A ledger brought onto the positions of the chain.

use crate::samples::{chain, chain_of_both_kinds, day_and_book, entry};
use counterfoil_primitives::{
    align::{align, Book},
    Entry, Kind, LedgerEntry, Reference, TradeId,
};
use proptest::prelude::*;

/// A line that knows its trade's id.
pub fn named(entry: Entry) -> LedgerEntry {
    LedgerEntry {
        id: Some(entry.id),
        ..unnamed(entry)
    }
}

/// A line without an id.
pub fn unnamed(entry: Entry) -> LedgerEntry {
    LedgerEntry {
        id: None,
        kind: entry.kind,
        reference: entry.reference,
        user: entry.user,
        product: entry.product,
        amount: entry.amount,
        occurred_at: entry.occurred_at,
    }
}

pub fn other_amount(entry: Entry) -> Entry {
    Entry {
        amount: entry.amount + 1_000,
        ..entry
    }
}

/// Entries that share one reference.
fn namesakes(count: u32) -> Vec<Entry> {
    (0..count)
        .map(|position| Entry {
            reference: Reference([3; 16]),
            ..entry(position)
        })
        .collect()
}

fn stranger_id() -> TradeId {
    TradeId {
        client: 77,
        sequence: 1,
    }
}

#[test]
fn lines_find_their_positions_by_id() {
    let chain = chain(3);
    let ledger = [named(chain[2]), named(chain[0])];
    let book = align(&chain, &[], &ledger);
    assert_eq!(book.slots, vec![Some(chain[0]), None, Some(chain[2])]);
    assert!(book.extras.is_empty());
}

#[test]
fn a_line_without_an_id_finds_its_position_by_reference_and_takes_the_id() {
    let chain = chain(3);
    let wrong = other_amount(chain[1]);
    let book = align(&chain, &[], &[unnamed(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong), None]);
}

#[test]
fn a_line_with_an_unknown_id_finds_its_position_by_reference_and_keeps_the_id() {
    let chain = chain(3);
    let wrong = Entry {
        id: stranger_id(),
        ..chain[1]
    };
    let book = align(&chain, &[], &[named(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong), None]);
}

#[test]
fn an_id_goes_before_a_reference() {
    let chain = chain(2);
    let mixed = Entry {
        reference: chain[1].reference,
        ..chain[0]
    };
    let book = align(&chain, &[], &[named(mixed)]);
    assert_eq!(book.slots, vec![Some(mixed), None]);
}

#[test]
fn a_line_that_names_a_trade_again_is_no_other_trade_by_reference() {
    let chain = chain(2);
    let again = Entry {
        reference: chain[1].reference,
        ..chain[0]
    };
    let book = align(&chain, &[], &[named(chain[0]), named(again)]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
    assert_eq!(book.extras, vec![again]);
}

#[test]
fn a_line_by_reference_does_not_push_out_a_line_by_id() {
    let chain = chain(2);
    let wrong = other_amount(chain[0]);
    let book = align(&chain, &[], &[unnamed(wrong), named(chain[0])]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
    assert_eq!(book.extras, vec![wrong]);
}

#[test]
fn of_several_lines_for_one_position_the_first_takes_it() {
    let chain = chain(1);
    let first = other_amount(chain[0]);
    let book = align(
        &chain,
        &[],
        &[named(first), named(chain[0]), named(chain[0])],
    );
    assert_eq!(book.slots, vec![Some(first)]);
    assert_eq!(book.extras, vec![chain[0], chain[0]]);
}

#[test]
fn a_repeated_line_without_an_id_is_an_extra_under_the_id_of_its_trade() {
    let chain = chain(3);
    let book = align(&chain, &[], &[unnamed(chain[1]), unnamed(chain[1])]);
    assert_eq!(book.slots[1], Some(chain[1]));
    assert_eq!(book.extras, vec![chain[1]]);
}

#[test]
fn a_line_that_nothing_knows_is_an_extra_as_it_is() {
    let stranger = Entry {
        id: stranger_id(),
        ..entry(900)
    };
    let book = align(&chain(3), &[], &[named(stranger)]);
    assert_eq!(book.slots, vec![None; 3]);
    assert_eq!(book.extras, vec![stranger]);
}

#[test]
fn an_extra_whose_party_knows_no_id_has_the_zero_id() {
    let book = align(&[], &[], &[unnamed(entry(1))]);
    let expected = Entry {
        id: TradeId::default(),
        ..entry(1)
    };
    assert_eq!(book.extras, vec![expected]);
}

#[test]
fn equal_references_are_told_apart_by_all_else() {
    let chain = namesakes(3);
    let ledger = [unnamed(chain[2]), unnamed(chain[0]), unnamed(chain[1])];
    let book = align(&chain, &[], &ledger);
    let expected: Vec<_> = chain.iter().copied().map(Some).collect();
    assert_eq!(book.slots, expected);
}

#[test]
fn an_exact_line_goes_before_one_that_shares_only_the_reference() {
    let chain = namesakes(2);
    let wrong = other_amount(chain[1]);
    let book = align(&chain, &[], &[unnamed(wrong), unnamed(chain[0])]);
    assert_eq!(book.slots, vec![Some(chain[0]), Some(wrong)]);
}

#[test]
fn a_repeat_among_equal_references_has_the_id_of_the_trade_it_equals() {
    let chain = namesakes(3);
    let ledger: Vec<_> = chain
        .iter()
        .chain([&chain[1]])
        .copied()
        .map(unnamed)
        .collect();
    assert_eq!(align(&chain, &[], &ledger).extras, vec![chain[1]]);
}

#[test]
fn of_several_trades_of_one_reference_the_first_on_chain_is_taken_first() {
    let chain: Vec<_> = (0..)
        .zip(namesakes(3).into_iter().rev())
        .map(|(position, other)| Entry {
            id: entry(position).id,
            ..other
        })
        .collect();
    let wrong = other_amount(chain[2]);
    let book = align(&chain, &[], &[unnamed(wrong), unnamed(wrong)]);
    let under = |position: usize| Entry {
        id: chain[position].id,
        ..wrong
    };
    assert_eq!(book.slots, vec![Some(under(0)), Some(under(1)), None]);
}

#[test]
fn equal_payments_take_a_position_each() {
    let chain: Vec<_> = (0..3)
        .map(|position| Entry {
            id: entry(position).id,
            ..entry(0)
        })
        .collect();
    let ledger = vec![unnamed(chain[0]); 4];
    let book = align(&chain, &[], &ledger);
    let expected: Vec<_> = chain.iter().copied().map(Some).collect();
    assert_eq!(book.slots, expected);
    assert_eq!(book.extras, vec![chain[0]]);
}

#[test]
fn extras_come_sorted() {
    let ledger: Vec<_> = [905, 901, 903].map(entry).map(named).to_vec();
    let book = align(&chain(3), &[], &ledger);
    assert_eq!(book.extras, vec![entry(901), entry(903), entry(905)]);
}

/// The amounts of a book, in order.
fn contents(book: &Book) -> Vec<(Kind, Reference, u128, u64)> {
    let mut contents: Vec<_> = book
        .slots
        .iter()
        .flatten()
        .chain(&book.extras)
        .map(|entry| (entry.kind, entry.reference, entry.amount, entry.occurred_at))
        .collect();
    contents.sort_unstable();
    contents
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_ledger_equal_to_the_chain_in_any_order_has_no_break(
        (count, with_ids) in (0usize..600, any::<bool>()),
        seed in any::<u64>(),
    ) {
        let chain = chain_of_both_kinds(count);
        let mut ledger: Vec<_> = chain
            .iter()
            .map(|entry| if with_ids { named(*entry) } else { unnamed(*entry) })
            .collect();
        ledger.sort_by_key(|line| line.occurred_at.wrapping_mul(seed | 1).rotate_left(17));
        let book = align(&chain, &[], &ledger);
        prop_assert!(book.extras.is_empty());
        let expected: Vec<_> = chain.iter().copied().map(Some).collect();
        prop_assert_eq!(book.slots, expected);
    }

    #[test]
    fn every_line_ends_up_in_the_book_once(
        (chain, book) in day_and_book(),
        named_every in 1usize..4,
    ) {
        let ledger: Vec<LedgerEntry> = book.slots.iter().flatten().chain(&book.extras)
            .enumerate()
            .map(|(at, entry)| if at % named_every == 0 { named(*entry) } else { unnamed(*entry) })
            .collect();
        let aligned = align(&chain, &[], &ledger);
        prop_assert_eq!(aligned.slots.len(), chain.len());
        prop_assert_eq!(contents(&aligned), contents(&book));
        prop_assert!(aligned.extras.is_sorted());
    }
}

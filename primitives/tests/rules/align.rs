//! A ledger brought onto the positions of the chain.

use crate::samples::{chain, day_and_book, entry};
use counterfoil_primitives::{
    align::{align, Book},
    Entry, LedgerEntry, Reference, TradeId, UserId,
};
use proptest::prelude::*;

/// A line that knows its trade's id.
fn named(entry: Entry) -> LedgerEntry {
    LedgerEntry {
        id: Some(entry.id),
        ..unnamed(entry)
    }
}

/// A line without an id.
fn unnamed(entry: Entry) -> LedgerEntry {
    LedgerEntry {
        id: None,
        reference: entry.reference,
        user: entry.user,
        product: entry.product,
        amount: entry.amount,
        occurred_at: entry.occurred_at,
    }
}

fn other_amount(entry: Entry) -> Entry {
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
    let book = align(&chain, &ledger);
    assert_eq!(book.slots, vec![Some(chain[0]), None, Some(chain[2])]);
    assert!(book.extras.is_empty());
}

#[test]
fn a_line_without_an_id_finds_its_position_by_reference_and_takes_the_id() {
    let chain = chain(3);
    let wrong = other_amount(chain[1]);
    let book = align(&chain, &[unnamed(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong), None]);
}

#[test]
fn a_line_with_an_unknown_id_finds_its_position_by_reference_and_keeps_the_id() {
    let chain = chain(3);
    let wrong = Entry {
        id: stranger_id(),
        ..chain[1]
    };
    let book = align(&chain, &[named(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong), None]);
}

#[test]
fn an_id_goes_before_a_reference() {
    let chain = chain(2);
    let mixed = Entry {
        reference: chain[1].reference,
        ..chain[0]
    };
    let book = align(&chain, &[named(mixed)]);
    assert_eq!(book.slots, vec![Some(mixed), None]);
}

#[test]
fn a_line_that_names_a_trade_again_is_no_other_trade_by_reference() {
    let chain = chain(2);
    let again = Entry {
        reference: chain[1].reference,
        ..chain[0]
    };
    let book = align(&chain, &[named(chain[0]), named(again)]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
    assert_eq!(book.extras, vec![again]);
}

#[test]
fn a_line_by_reference_does_not_push_out_a_line_by_id() {
    let chain = chain(2);
    let wrong = other_amount(chain[0]);
    let book = align(&chain, &[unnamed(wrong), named(chain[0])]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
    assert_eq!(book.extras, vec![wrong]);
}

#[test]
fn of_several_lines_for_one_position_the_first_takes_it() {
    let chain = chain(1);
    let first = other_amount(chain[0]);
    let book = align(&chain, &[named(first), named(chain[0]), named(chain[0])]);
    assert_eq!(book.slots, vec![Some(first)]);
    assert_eq!(book.extras, vec![chain[0], chain[0]]);
}

#[test]
fn a_repeated_line_without_an_id_is_an_extra_under_the_id_of_its_trade() {
    let chain = chain(3);
    let book = align(&chain, &[unnamed(chain[1]), unnamed(chain[1])]);
    assert_eq!(book.slots[1], Some(chain[1]));
    assert_eq!(book.extras, vec![chain[1]]);
}

#[test]
fn a_line_that_nothing_knows_is_an_extra_as_it_is() {
    let stranger = Entry {
        id: stranger_id(),
        ..entry(900)
    };
    let book = align(&chain(3), &[named(stranger)]);
    assert_eq!(book.slots, vec![None; 3]);
    assert_eq!(book.extras, vec![stranger]);
}

#[test]
fn an_extra_whose_party_knows_no_id_has_the_zero_id() {
    let book = align(&[], &[unnamed(entry(1))]);
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
    let book = align(&chain, &ledger);
    let expected: Vec<_> = chain.iter().copied().map(Some).collect();
    assert_eq!(book.slots, expected);
}

#[test]
fn an_exact_line_goes_before_one_that_shares_only_the_reference() {
    let chain = namesakes(2);
    let wrong = other_amount(chain[1]);
    let book = align(&chain, &[unnamed(wrong), unnamed(chain[0])]);
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
    assert_eq!(align(&chain, &ledger).extras, vec![chain[1]]);
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
    let book = align(&chain, &[unnamed(wrong), unnamed(wrong)]);
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
    let book = align(&chain, &ledger);
    let expected: Vec<_> = chain.iter().copied().map(Some).collect();
    assert_eq!(book.slots, expected);
    assert_eq!(book.extras, vec![chain[0]]);
}

#[test]
fn extras_come_sorted() {
    let ledger: Vec<_> = [905, 901, 903].map(entry).map(named).to_vec();
    let book = align(&chain(3), &ledger);
    assert_eq!(book.extras, vec![entry(901), entry(903), entry(905)]);
}

#[test]
fn many_equal_references_are_aligned_in_good_time() {
    let chain = namesakes(100_000);
    let ledger: Vec<_> = chain
        .iter()
        .map(|entry| unnamed(other_amount(*entry)))
        .collect();
    let started = std::time::Instant::now();
    let book = align(&chain, &ledger);
    assert!(book.slots.iter().all(Option::is_some));
    assert!(started.elapsed().as_secs() < 20);
}

/// The amounts of a book, in order.
fn contents(book: &Book) -> Vec<(Reference, u128, u64)> {
    let mut contents: Vec<_> = book
        .slots
        .iter()
        .flatten()
        .chain(&book.extras)
        .map(|entry| (entry.reference, entry.amount, entry.occurred_at))
        .collect();
    contents.sort_unstable();
    contents
}

/// Whether a line is taken for an entry.
type Alike<'a> = &'a dyn Fn(&Entry, &LedgerEntry) -> bool;

/// What [`align`] says, step by step, each position looked at for each line.
fn aligned_plainly(chain: &[Entry], ledger: &[LedgerEntry]) -> Book {
    let mut slots = vec![None; chain.len()];
    let mut extras = Vec::new();
    let mut open = Vec::new();
    for line in ledger {
        match chain.iter().position(|trade| Some(trade.id) == line.id) {
            Some(at) if slots[at].is_none() => slots[at] = Some(line.into_entry(chain[at].id)),
            Some(at) => extras.push(line.into_entry(chain[at].id)),
            None => open.push(*line),
        }
    }
    let equals =
        |trade: &Entry, line: &LedgerEntry| unnamed(line.into_entry(trade.id)) == unnamed(*trade);
    let namesake = |trade: &Entry, line: &LedgerEntry| line.reference == trade.reference;
    let alike: [Alike<'_>; 2] = [&equals, &namesake];
    for is_like in alike {
        open.retain(|line| {
            let free =
                (0..chain.len()).find(|at| slots[*at].is_none() && is_like(&chain[*at], line));
            if let Some(at) = free {
                slots[at] = Some(line.into_entry(chain[at].id));
            }
            free.is_none()
        });
    }
    extras.extend(open.iter().map(|line| {
        let repeated = alike
            .iter()
            .find_map(|is_like| chain.iter().find(|trade| is_like(trade, line)));
        line.into_entry(repeated.map_or_else(TradeId::default, |trade| trade.id))
    }));
    extras.sort_unstable();
    Book { slots, extras }
}

/// Entries of few references, payers and amounts, so that many share some of them or all.
fn alike(position: u32, (reference, user, amount): (u8, u8, u8)) -> Entry {
    Entry {
        reference: Reference([reference; 16]),
        user: UserId([user; 16]),
        product: 1,
        amount: u128::from(amount),
        occurred_at: 0,
        ..entry(position)
    }
}

fn few() -> impl Strategy<Value = (u8, u8, u8)> {
    (0u8..3, 0u8..2, 0u8..2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_ledger_is_aligned_as_the_plain_rule_says(
        chain in prop::collection::vec(few(), 0..12),
        ledger in prop::collection::vec((prop::option::of(0u32..15), few()), 0..16),
    ) {
        let chain: Vec<_> = (0..).zip(chain).map(|(at, kind)| alike(at, kind)).collect();
        let ledger: Vec<_> = ledger
            .into_iter()
            .map(|(id, kind)| match id {
                Some(at) => named(alike(at, kind)),
                None => unnamed(alike(0, kind)),
            })
            .collect();
        prop_assert_eq!(align(&chain, &ledger), aligned_plainly(&chain, &ledger));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_ledger_equal_to_the_chain_in_any_order_has_no_break(
        (count, with_ids) in (0usize..600, any::<bool>()),
        seed in any::<u64>(),
    ) {
        let chain = chain(count);
        let mut ledger: Vec<_> = chain
            .iter()
            .map(|entry| if with_ids { named(*entry) } else { unnamed(*entry) })
            .collect();
        ledger.sort_by_key(|line| line.occurred_at.wrapping_mul(seed | 1).rotate_left(17));
        let book = align(&chain, &ledger);
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
        let aligned = align(&chain, &ledger);
        prop_assert_eq!(aligned.slots.len(), chain.len());
        prop_assert_eq!(contents(&aligned), contents(&book));
        prop_assert!(aligned.extras.is_sorted());
    }
}

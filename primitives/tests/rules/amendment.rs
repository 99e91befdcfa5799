//! Proposals to amend: what they name, and what may be proposed.

mod answers;
mod contents;
mod fingerprint;
mod room;

use crate::samples::trade;
use counterfoil_primitives::{
    amendment::{PageSpan, Selection, Span, MAX_PAGES, MAX_SPANS},
    tree::PAGE_SIZE,
    Trade, TradeId,
};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeSet;

/// Positions by spans.
fn positions(spans: &[(u32, u32)]) -> Selection {
    let spans: Vec<Span> = spans
        .iter()
        .map(|(first, last)| Span {
            first: *first,
            last: *last,
        })
        .collect();
    Selection::Positions(spans.try_into().expect("a proposal has room for them"))
}

/// Sequences from 10 to 19 of client 1, on these pages.
fn sequences(first: u32, last: u32) -> Selection {
    Selection::Sequences {
        client: 1,
        first: 10,
        last: 19,
        pages: PageSpan { first, last },
    }
}

/// The sample trade under an id.
fn numbered(client: u32, sequence: u64) -> Trade {
    Trade {
        id: TradeId { client, sequence },
        ..trade()
    }
}

/// The spans of a set of positions.
fn spans_of(set: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for position in set {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *position => *last = *position,
            _ => spans.push((*position, *position)),
        }
    }
    spans
}

#[test]
fn spans_that_ascend_and_do_not_touch_are_valid() {
    for spans in [
        &[(0, 0)][..],
        &[(5, 9)],
        &[(0, 0), (2, 2)],
        &[(0, 3), (5, 300), (1_000, 1_000)],
    ] {
        assert!(positions(spans).is_valid(), "{spans:?}");
    }
}

#[test]
fn other_spans_are_not_valid() {
    for spans in [
        &[][..],
        &[(9, 5)],
        &[(0, 0), (0, 0)],
        &[(0, 0), (1, 1)],
        &[(0, 5), (5, 9)],
        &[(5, 9), (0, 3)],
        &[(u32::MAX, u32::MAX), (0, 0)],
    ] {
        assert!(!positions(spans).is_valid(), "{spans:?}");
    }
}

#[test]
fn positions_of_as_many_pages_as_may_be_are_valid() {
    let last = MAX_PAGES * PAGE_SIZE - 1;
    assert!(positions(&[(0, last)]).is_valid());
    assert!(!positions(&[(0, last + 1)]).is_valid());
    assert!(positions(&[(256, last + 256)]).is_valid());
    let spread: Vec<_> = (0..MAX_PAGES)
        .map(|page| (page * 1_000, page * 1_000))
        .collect();
    assert!(positions(&spread).is_valid());
    let one_more: Vec<_> = (0..=MAX_PAGES)
        .map(|page| (page * 1_000, page * 1_000))
        .collect();
    assert!(!positions(&one_more).is_valid());
}

#[test]
fn as_many_spans_as_may_be_are_valid() {
    let spans: Vec<_> = (0..MAX_SPANS).map(|index| (index * 2, index * 2)).collect();
    assert!(positions(&spans).is_valid());
}

#[test]
fn sequences_are_valid_in_order_and_on_as_many_pages_as_may_be() {
    assert!(sequences(0, 0).is_valid());
    assert!(sequences(7, 7 + MAX_PAGES - 1).is_valid());
    assert!(!sequences(7, 7 + MAX_PAGES).is_valid());
    assert!(!sequences(1, 0).is_valid());
    assert!(!sequences(0, u32::MAX).is_valid());
    let Selection::Sequences { client, pages, .. } = sequences(0, 0) else {
        panic!("they are sequences");
    };
    for (first, last, is_valid) in [(10, 10, true), (11, 10, false)] {
        let selection = Selection::Sequences {
            client,
            first,
            last,
            pages,
        };
        assert_eq!(selection.is_valid(), is_valid);
    }
}

#[test]
fn sequences_name_those_of_their_client_on_their_pages() {
    let selection = sequences(1, 2);
    for (position, client, sequence, is_named) in [
        (256, 1, 10, true),
        (767, 1, 19, true),
        (300, 1, 9, false),
        (300, 1, 20, false),
        (300, 2, 10, false),
        (255, 1, 10, false),
        (768, 1, 10, false),
    ] {
        let trade = numbered(client, sequence);
        assert_eq!(selection.names(position, &trade), is_named, "{position}");
    }
    assert_eq!((selection.pages(), selection.end()), (vec![1, 2], 768));
}

#[test]
fn spans_that_share_a_page_read_it_once() {
    let selection = positions(&[(0, 0), (2, 300), (302, 302), (600, 600)]);
    assert_eq!(selection.pages(), [0, 1, 2]);
    assert_eq!((selection.pages_read(), selection.end()), (3, 601));
}

/// Positions that lie together, and apart.
fn any_positions() -> impl Strategy<Value = BTreeSet<u32>> {
    let cluster = (0u32..5_000, 1u32..400).prop_map(|(first, count)| first..first + count);
    let clusters = vec(cluster, 0..4);
    let single = vec(0u32..8_000, 0..40);
    (clusters, single)
        .prop_map(|(clusters, single)| {
            let positions = clusters.into_iter().flatten().chain(single);
            positions.collect::<BTreeSet<u32>>()
        })
        .prop_filter("it names something", |set| !set.is_empty())
}

proptest! {
    #[test]
    fn positions_name_what_their_set_holds(set in any_positions()) {
        let selection = positions(&spans_of(&set));
        prop_assert!(selection.is_valid());
        for position in 0..8_010 {
            let is_named = selection.names(position, &trade());
            prop_assert_eq!(is_named, set.contains(&position));
        }
    }

    #[test]
    fn positions_read_the_pages_of_their_set(set in any_positions()) {
        let selection = positions(&spans_of(&set));
        let pages: BTreeSet<u32> = set.iter().map(|position| position / PAGE_SIZE).collect();
        prop_assert_eq!(selection.pages_read() as usize, pages.len());
        prop_assert_eq!(selection.pages(), pages.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(Some(selection.end() - 1), set.last().copied());
    }

    #[test]
    fn any_spans_are_valid_where_they_are_those_of_a_set(
        spans in vec((0u32..40, 0u32..40), 0..4),
    ) {
        let set: BTreeSet<u32> = spans.iter().flat_map(|(first, last)| *first..=*last).collect();
        let is_set = !spans.is_empty() && spans_of(&set) == spans;
        prop_assert_eq!(positions(&spans).is_valid(), is_set);
    }
}

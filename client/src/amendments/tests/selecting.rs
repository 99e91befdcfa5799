//! The smallest form in which proposals name trades.

use super::*;
use counterfoil_primitives::amendment::{Selection, MAX_PAGES, MAX_SPANS};

fn positions_in(selection: &Selection, trades: &[Trade]) -> Vec<u32> {
    let pages = selection.pages();
    let on_page = |position: u32| pages.contains(&(position / PAGE_SIZE));
    let placed = (0..).zip(trades).filter(|(position, _)| on_page(*position));
    let named = placed.filter(|(position, trade)| selection.names(*position, trade));
    named.map(|(position, _)| position).collect()
}

#[test]
fn positions_without_gaps_make_one_span() {
    let selections = selections(&turns(20), &[3, 4, 5, 9]);
    let spans = [Span { first: 3, last: 5 }, Span { first: 9, last: 9 }];
    let expected = Selection::Positions(spans.to_vec().try_into().unwrap());
    assert_eq!(selections, [expected]);
}

#[test]
fn a_client_of_too_many_spans_is_named_by_its_sequences() {
    let trades = turns(3_000);
    let own: Vec<u32> = (0..3_000).step_by(2).collect();
    let selections = selections(&trades, &own);
    assert!(matches!(
        selections[..],
        [Selection::Sequences {
            client: 1,
            first: 0,
            last: 2_998,
            ..
        }]
    ));
    assert!(selections[0].is_valid());
    assert_eq!(positions_in(&selections[0], &trades), own);
}

#[test]
fn spans_that_no_sequences_name_make_several_proposals() {
    let trades = turns(6_000);
    // Each other trade of a client, so that its sequences would name the others too.
    let some: Vec<u32> = (0..6_000).step_by(4).collect();
    let selections = selections(&trades, &some);
    assert_eq!(selections.len(), 2);
    let mut named = Vec::new();
    for selection in &selections {
        assert!(selection.is_valid());
        let Selection::Positions(spans) = selection else {
            panic!("{selection:?}")
        };
        assert!(spans.len() <= MAX_SPANS as usize);
        named.extend(positions_in(selection, &trades));
    }
    assert_eq!(named, some);
}

#[test]
fn more_pages_than_a_proposal_may_have_make_several() {
    let pages = MAX_PAGES + 44;
    let trades: Vec<Trade> = (0..u64::from(pages * PAGE_SIZE))
        .map(|at| trade(1, at))
        .collect();
    let all: Vec<u32> = (0..trades.len() as u32).collect();
    let selections = selections(&trades, &all);
    assert_eq!(selections.len(), 2);
    assert_eq!(selections[0].pages_read(), MAX_PAGES);
    assert_eq!(selections[1].pages_read(), 44);
    let named = selections
        .iter()
        .flat_map(|part| positions_in(part, &trades));
    assert_eq!(named.collect::<Vec<_>>(), all);
}

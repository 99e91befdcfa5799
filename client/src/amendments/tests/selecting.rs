//! The fewest proposals that name trades of a day.

use super::*;
use counterfoil_primitives::amendment::{Selection, Span, MAX_PAGES, MAX_SPANS};

/// The positions that a selection of spans names.
fn positions_in(selection: &Selection) -> Vec<u32> {
    let Selection::Positions(spans) = selection else {
        panic!("{selection:?}")
    };
    assert!(selection.is_valid());
    let positions = spans.iter().flat_map(|span| span.first..=span.last);
    positions.collect()
}

/// The positions that selections name together.
fn positions_of(selections: &[Selection]) -> Vec<u32> {
    selections.iter().flat_map(positions_in).collect()
}

#[test]
fn positions_without_gaps_make_one_span() {
    let selections = selections(&[3, 4, 5, 9]);
    let spans = [Span { first: 3, last: 5 }, Span { first: 9, last: 9 }];
    let expected = Selection::Positions(spans.to_vec().try_into().unwrap());
    assert_eq!(selections, [expected]);
}

#[test]
fn thirty_thousand_payments_in_a_row_make_one_proposal() {
    let all: Vec<u32> = (100..30_100).collect();
    let selections = selections(&all);
    assert_eq!(selections.len(), 1);
    assert_eq!(positions_of(&selections), all);
}

// The chain refuses what has more spans, also where a client's sequences name it.
#[test]
fn more_spans_than_a_proposal_may_have_make_several() {
    let own: Vec<u32> = (0..2 * MAX_SPANS + 4).step_by(2).collect();
    let selections = selections(&own);
    assert_eq!(selections.len(), 2);
    assert_eq!(positions_in(&selections[1]).len(), 2);
    assert_eq!(positions_of(&selections), own);
}

#[test]
fn more_pages_than_a_proposal_may_have_make_several() {
    let pages = MAX_PAGES + 44;
    let all: Vec<u32> = (0..pages * PAGE_SIZE).collect();
    let selections = selections(&all);
    assert_eq!(selections.len(), 2);
    assert_eq!(selections[0].pages_read(), MAX_PAGES);
    assert_eq!(selections[1].pages_read(), 44);
    assert_eq!(positions_of(&selections), all);
}

#[test]
fn no_more_proposals_are_made_than_are_needed() {
    // 300 pages of five spans each, which neither the pages nor the spans of one proposal hold.
    let some: Vec<u32> = (0..300)
        .flat_map(|page| (0..5).map(move |at| page * PAGE_SIZE + 2 * at))
        .collect();
    let selections = selections(&some);
    assert_eq!(selections.len(), 2);
    assert_eq!(positions_of(&selections), some);
}

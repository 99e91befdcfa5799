//! The fewest proposals that name trades of a day.

use counterfoil_primitives::{
    amendment::{Selection, Span, MAX_PAGES, MAX_SPANS},
    tree::locate,
};
use sp_core::bounded::BoundedVec;

/// Names positions of a day, which ascend, by their spans: in one selection, or in several where one
/// proposal cannot name all.
///
/// The chain keeps what a proposal names by its positions, however it is stated: a client's sequences among
/// those of others name no more than their spans do.
pub fn selections(positions: &[u32]) -> Vec<Selection> {
    let mut selections = Vec::new();
    let mut rest = positions;
    while !rest.is_empty() {
        let (part, behind) = rest.split_at(fitting(rest));
        // A part has at most as many spans as fit.
        let spans = BoundedVec::truncate_from(spans_of(part));
        selections.push(Selection::Positions(spans));
        rest = behind;
    }
    selections
}

/// How many of the first positions one proposal can name: at least one of some.
fn fitting(positions: &[u32]) -> usize {
    let (mut pages, mut spans) = (0, 0);
    let mut last: Option<u32> = None;
    for (index, position) in positions.iter().enumerate() {
        let is_on_last_page = last.is_some_and(|last| locate(last).0 == locate(*position).0);
        let is_in_last_span = last.is_some_and(|last| last.saturating_add(1) == *position);
        pages += u32::from(!is_on_last_page);
        spans += u32::from(!is_in_last_span);
        if pages > MAX_PAGES || spans > MAX_SPANS {
            return index;
        }
        last = Some(*position);
    }
    positions.len()
}

/// The spans of positions that ascend.
fn spans_of(positions: &[u32]) -> Vec<Span> {
    let runs = positions.chunk_by(|a, b| a.saturating_add(1) == *b);
    let span = |run: &[u32]| {
        Some(Span {
            first: *run.first()?,
            last: *run.last()?,
        })
    };
    runs.filter_map(span).collect()
}

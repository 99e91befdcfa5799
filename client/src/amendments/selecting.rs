//! The smallest form in which proposals name trades of a day.

use counterfoil_primitives::{
    amendment::{PageSpan, Selection, Span, MAX_PAGES, MAX_SPANS},
    tree::locate,
    Sequence, Trade,
};
use sp_core::{bounded::BoundedVec, ConstU32};

/// The positions of a page that are named.
type OnPage<'a> = &'a [u32];

/// Names positions of a day, which ascend: by spans, or by a client's sequences where those are too many.
/// Returns several selections where one proposal cannot name all; `trades` are all of the day.
pub fn selections(trades: &[Trade], positions: &[u32]) -> Vec<Selection> {
    let pages: Vec<OnPage<'_>> = positions
        .chunk_by(|a, b| page_of(*a) == page_of(*b))
        .collect();
    let mut selections = Vec::new();
    for pages in pages.chunks(MAX_PAGES as usize) {
        match by_spans(&pages.concat()) {
            Some(selection) => selections.push(selection),
            None => selections.extend(by_windows(trades, pages)),
        }
    }
    selections
}

/// Names positions on pages of which a single list of spans is too long: in windows of pages that follow
/// each other, each by spans or by a client's sequences.
fn by_windows(trades: &[Trade], pages: &[OnPage<'_>]) -> Vec<Selection> {
    let mut selections = Vec::new();
    let mut rest = pages;
    while let Some(first) = rest.first().and_then(|page| page.first()) {
        let end = page_of(*first).saturating_add(MAX_PAGES);
        let is_in = |page: &OnPage<'_>| page.first().is_some_and(|at| page_of(*at) < end);
        let (window, behind) = rest.split_at(rest.partition_point(is_in));
        let positions = window.concat();
        match by_spans(&positions).or_else(|| by_sequences(trades, &positions)) {
            Some(selection) => selections.push(selection),
            None => {
                let spans = spans_of(&positions);
                let parts = spans.chunks(MAX_SPANS as usize);
                selections.extend(parts.filter_map(|part| positions_of(part.to_vec())));
            }
        }
        rest = behind;
    }
    selections
}

/// Positions on at most [`MAX_PAGES`] pages, by their spans; `None` where these are too many.
fn by_spans(positions: &[u32]) -> Option<Selection> {
    positions_of(spans_of(positions))
}

fn positions_of(spans: Vec<Span>) -> Option<Selection> {
    let spans: BoundedVec<Span, ConstU32<MAX_SPANS>> = spans.try_into().ok()?;
    Some(Selection::Positions(spans))
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

/// Positions on pages that lie within [`MAX_PAGES`], by the sequences of their client; `None` where they are
/// of several clients, or where these sequences name other trades too.
fn by_sequences(trades: &[Trade], positions: &[u32]) -> Option<Selection> {
    let trade = |position: &u32| trades.get(*position as usize);
    let client = trade(positions.first()?)?.id.client;
    let (mut first, mut last) = (Sequence::MAX, Sequence::MIN);
    for position in positions {
        let id = trade(position)?.id;
        if id.client != client {
            return None;
        }
        first = first.min(id.sequence);
        last = last.max(id.sequence);
    }
    let pages = PageSpan {
        first: page_of(*positions.first()?),
        last: page_of(*positions.last()?),
    };
    let selection = Selection::Sequences {
        client,
        first,
        last,
        pages,
    };
    let on_pages = (0..).zip(trades).filter(|(position, trade)| {
        pages.pages().contains(&page_of(*position)) && selection.names(*position, trade)
    });
    let named: Vec<u32> = on_pages.map(|(position, _)| position).collect();
    (named == positions).then_some(selection)
}

const fn page_of(position: u32) -> u32 {
    locate(position).0
}

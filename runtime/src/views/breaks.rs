//! The proven breaks of a side, a limited number at a time: those of a large day fit neither into one answer
//! nor into the memory of a call.

use crate::{Reconciliation, Runtime};
use alloc::vec::Vec;
use core::iter::successors;
use counterfoil_primitives::{
    ports::SideView,
    summary::{BreakList, ExtraBreakView, SlotBreakView},
    timing::End,
    SideId,
};
use pallet_reconciliation::{AcceptedHeader, ExtraBreaks, Headers, ListedPage, SlotBreaks};

/// Maximum breaks per answer.
pub const MAX_BREAKS: u32 = 16_384;

/// Breaks of a side that follow each other, those of slots first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The breaks.
    pub breaks: BreakList,
    /// The index, among the book's extras, of the first extra here.
    pub first_extra: u32,
    /// How many breaks come before those that follow these; `None` where none follow.
    pub next: Option<u32>,
}

impl Excerpt {
    /// Whether it has the break, one of its side.
    pub(super) const fn has(&self, end: End) -> bool {
        match end {
            End::Slot(_) => true,
            End::Extra(index) => index >= self.first_extra,
        }
    }
}

/// A break of a side.
enum Break {
    Slot(SlotBreakView),
    /// With the index among the book's extras.
    Extra(u32, ExtraBreakView),
}

/// The proven breaks of a side after the first `from`, at most `limit`.
pub fn breaks(side_id: SideId, from: u32, limit: u32) -> Excerpt {
    let slots = slot_breaks(side_id).map(Break::Slot);
    let extras = (0..).zip(extra_breaks(side_id));
    let extras = extras.map(|(index, extra)| Break::Extra(index, extra));
    let mut rest = slots.chain(extras).skip(from as usize);
    let mut excerpt = Excerpt::default();
    for one in rest.by_ref().take(limit as usize) {
        match one {
            Break::Slot(slot) => excerpt.breaks.slots.push(slot),
            Break::Extra(index, extra) => {
                if excerpt.breaks.extras.is_empty() {
                    excerpt.first_extra = index;
                }
                excerpt.breaks.extras.push(extra);
            }
        }
    }
    excerpt.next = rest.next().map(|_| from.saturating_add(limit));
    excerpt
}

/// All proven breaks of a side, a limited number at a time.
pub(super) fn excerpts(side_id: SideId) -> impl Iterator<Item = Excerpt> {
    let first = breaks(side_id, 0, MAX_BREAKS);
    successors(Some(first), move |before| {
        Some(breaks(side_id, before.next?, MAX_BREAKS))
    })
}

/// The breaks on slots, by position; a page is read at a time.
pub(super) fn slot_breaks(side_id: SideId) -> impl Iterator<Item = SlotBreakView> {
    let slots = proven_pages(side_id, |header| header.dirty)
        .flat_map(move |page| SlotBreaks::<Runtime>::get(side_id, page));
    slots.map(|slot| SlotBreakView {
        position: slot.position,
        cause: slot.cause,
        found: slot.found,
        right: slot.right,
    })
}

/// The extras, in the order of the book; a page is read at a time.
pub(super) fn extra_breaks(side_id: SideId) -> impl Iterator<Item = ExtraBreakView> {
    let extras = proven_pages(side_id, |header| header.extras)
        .flat_map(move |page| ExtraBreaks::<Runtime>::get(side_id, page));
    extras.map(|extra| ExtraBreakView {
        entry: extra.entry,
        cause: extra.cause,
        witness: extra.witness,
    })
}

/// The pages that the header of a proven side lists; none where it is not proven.
fn proven_pages(
    side_id: SideId,
    listed: fn(AcceptedHeader) -> Vec<ListedPage>,
) -> impl Iterator<Item = u32> {
    let is_proven = Reconciliation::side_status(side_id).breaks().is_some();
    let header = is_proven
        .then(|| Headers::<Runtime>::get(side_id))
        .flatten();
    let pages = header.map(listed).unwrap_or_default();
    pages.into_iter().map(|listed| listed.page)
}

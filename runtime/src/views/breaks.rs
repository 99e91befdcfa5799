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
    /// The index, among the book's extras, of the first extra here; 0 where none is here.
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

/// A page of breaks, as it is stored.
#[derive(Clone, Copy)]
enum Page {
    Slots(u32),
    Extras(u32),
}

/// A break of a side.
enum Break {
    Slot(SlotBreakView),
    Extra(ExtraBreakView),
}

impl Page {
    /// How many breaks are on it; the breaks themselves are not read.
    fn count(self, side_id: SideId) -> u32 {
        let count = match self {
            Self::Slots(page) => SlotBreaks::<Runtime>::decode_len(side_id, page),
            Self::Extras(page) => ExtraBreaks::<Runtime>::decode_len(side_id, page),
        };
        count.unwrap_or_default() as u32
    }

    /// The breaks on it.
    fn read(self, side_id: SideId) -> Vec<Break> {
        match self {
            Self::Slots(page) => slots_on(side_id, page).map(Break::Slot).collect(),
            Self::Extras(page) => extras_on(side_id, page).map(Break::Extra).collect(),
        }
    }
}

/// The proven breaks of a side after the first `from`, at most `limit`. Pages before them are counted, and
/// not read.
pub fn breaks(side_id: SideId, from: u32, limit: u32) -> Excerpt {
    let (mut before, mut extras_before) = (from, 0_u32);
    let mut pages = pages(side_id).into_iter().peekable();
    while let Some(page) = pages.peek() {
        let count = page.count(side_id);
        if count > before {
            break;
        }
        before = before.saturating_sub(count);
        if let Page::Extras(_) = page {
            extras_before = extras_before.saturating_add(count);
        }
        pages.next();
    }
    let mut excerpt = Excerpt {
        first_extra: match pages.peek() {
            Some(Page::Extras(_)) => extras_before.saturating_add(before),
            Some(Page::Slots(_)) | None => 0,
        },
        ..Excerpt::default()
    };
    let mut rest = pages
        .flat_map(|page| page.read(side_id))
        .skip(before as usize);
    for one in rest.by_ref().take(limit as usize) {
        match one {
            Break::Slot(slot) => excerpt.breaks.slots.push(slot),
            Break::Extra(extra) => excerpt.breaks.extras.push(extra),
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
    proven_pages(side_id, |header| header.dirty).flat_map(move |page| slots_on(side_id, page))
}

/// The extras, in the order of the book; a page is read at a time.
pub(super) fn extra_breaks(side_id: SideId) -> impl Iterator<Item = ExtraBreakView> {
    proven_pages(side_id, |header| header.extras).flat_map(move |page| extras_on(side_id, page))
}

fn slots_on(side_id: SideId, page: u32) -> impl Iterator<Item = SlotBreakView> {
    let slots = SlotBreaks::<Runtime>::get(side_id, page).into_iter();
    slots.map(|slot| SlotBreakView {
        position: slot.position,
        cause: slot.cause,
        found: slot.found,
        right: slot.right,
    })
}

fn extras_on(side_id: SideId, page: u32) -> impl Iterator<Item = ExtraBreakView> {
    let extras = ExtraBreaks::<Runtime>::get(side_id, page).into_iter();
    extras.map(|extra| ExtraBreakView {
        entry: extra.entry,
        cause: extra.cause,
        witness: extra.witness,
    })
}

/// The pages of a proven side, those of slots first.
fn pages(side_id: SideId) -> Vec<Page> {
    let slots = proven_pages(side_id, |header| header.dirty).map(Page::Slots);
    let extras = proven_pages(side_id, |header| header.extras).map(Page::Extras);
    slots.chain(extras).collect()
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

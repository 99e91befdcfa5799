//! Finds damage of a book between its commitment and its proof, while the reconciler may fetch it.
//!
//! A run looks at a few pages, the next one at others. A damaged page of a received book
//! is rebuilt from the chain; a ledger book is made again from its import.

use super::{received_book, Book, Session, LOG};
use crate::Config;
use counterfoil_primitives::{book_storage::BookState, Source};
use sp_runtime::SaturatedConversion;

/// Pages that a run looks at.
const PAGES: u32 = 4;

/// Looks at the next few pages of a committed book.
pub fn check<T: Config>(book: &Book, state: &BookState, session: &mut Session) {
    if state.repaired {
        // A run on an older block: the book is another one by now than was committed to.
        return;
    }
    let slots = state.slots_page_roots.len() as u32;
    let pages = slots.saturating_add(state.extras_page_roots.len() as u32);
    let block: u32 = frame_system::Pallet::<T>::block_number().saturated_into();
    for turn in 0..PAGES.min(pages) {
        if !session.turn_page() {
            return;
        }
        let index = block.wrapping_mul(PAGES).wrapping_add(turn) % pages;
        let sound = match index.checked_sub(slots) {
            None => is_sound_slots_page::<T>(book, state, index),
            Some(page) => state
                .extras_page_roots
                .get(page as usize)
                .is_none_or(|root| book.stored().extras_with_root(page, root).is_some()),
        };
        if !sound {
            log::warn!(
                target: LOG,
                "The book of {} is damaged, and is rebuilt. Remedy: check the node's disk.",
                book.side_id
            );
            let thawed = BookState {
                frozen: false,
                ..state.clone()
            };
            book.stored().replace_state(&Some(state.clone()), &thawed);
            return;
        }
    }
}

fn is_sound_slots_page<T: Config>(book: &Book, state: &BookState, page: u32) -> bool {
    let Some(root) = state.slots_page_roots.get(page as usize) else {
        return true;
    };
    match state.source {
        Source::Received => received_book::heal::<T>(book, page, *root),
        Source::Ledger => book.stored().slots_with_root(page, root).is_some(),
    }
}

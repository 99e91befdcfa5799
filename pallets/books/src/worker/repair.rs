//! Applies the corrections of a proven side.
//!
//! Where a slot breaks, the correction is the chain's entry; elsewhere book and chain agree. So a
//! page whose root is not the chain's becomes the chain's page, whether breaks or damage are the
//! cause: the same step corrects a book and restores a lost one. The extras move to the suspense
//! list, with their causes.

use super::{received_book::heal, sealed_roots, suspense::suspend_extras, Book, Session};
use crate::Config;
use counterfoil_primitives::{
    book_storage::{BookState, Item},
    ports::DayTrades,
    tree, SideId, Source,
};

/// Makes the book equal the chain. Returns its state once it does.
pub fn repair<T: Config>(
    book: &Book,
    source: Source,
    breaks: u32,
    session: &mut Session,
) -> Option<BookState> {
    let stored = book.stored().state();
    if let Some(state) = &stored {
        if state.frozen && (state.repaired || breaks == 0) {
            return stored;
        }
    }
    let roots = sealed_roots::<T>(book)?;
    if breaks > 0 {
        suspend_extras::<T>(book);
    }
    for (page, root) in roots.iter().enumerate() {
        if !session.step() || !heal::<T>(book, page as u32, *root) {
            return None;
        }
    }
    let old_extras = stored.as_ref().map_or(0, |state| state.extras);
    let SideId {
        agreement,
        day,
        side,
    } = book.side_id;
    let totals = T::Trades::totals(agreement, day);
    let committed = stored
        .clone()
        .filter(|state| state.frozen)
        .unwrap_or_else(|| BookState {
            slots_page_roots: roots,
            ..Default::default()
        });
    let state = BookState {
        source,
        slots: totals.count(),
        extras: 0,
        totals: totals.of(side),
        frozen: true,
        repaired: breaks > 0,
        problem: None,
        ..committed
    };
    if !book.stored().replace_state(&stored, &state) {
        return None;
    }
    for page in 0..tree::page_count(old_extras) {
        book.stored().clear(Item::Extras(page));
    }
    Some(state)
}

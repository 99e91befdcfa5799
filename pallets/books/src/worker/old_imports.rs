//! Clears imports that others replaced.
//!
//! Until the side of a day has ended, an earlier import may be in force again
//! ([`imports_of_books`](super::imports_of_books)). Afterwards the last one is left, and the one of which the
//! book was made.
//!
//! The pages of an import were written from the first one on, and are cleared from the last one on. So a run
//! that ends on the way leaves the first ones, by which the next run finds the rest.

use super::{Book, Session};
use counterfoil_primitives::book_storage::{ImportState, Item};

/// Clears what is left of replaced imports, as far as the run may turn pages. Returns whether nothing is
/// left.
pub fn clear(book: &Book, session: &mut Session) -> bool {
    let last = book.stored().read::<ImportState>(Item::Import);
    let last = last.map_or(0, |import| import.generation);
    if last <= 1 {
        return true;
    }
    let of_book = book.stored().state().map(|state| state.generation);
    (1..last)
        .filter(|generation| Some(*generation) != of_book)
        .all(|generation| clear_one(book, generation, session))
}

/// Clears the pages of the import of a generation. Returns whether none is left.
fn clear_one(book: &Book, generation: u32, session: &mut Session) -> bool {
    session.step()
        && (0..stored_pages(book, generation)).rev().all(|page| {
            let goes_on = session.turn_page();
            if goes_on {
                book.stored().clear(Item::ImportPage { generation, page });
            }
            goes_on
        })
}

/// How many pages of the import of a generation are stored. A page is long, and an import may have hundreds
/// of them: so a few are looked for, each time in the middle of what is not known.
fn stored_pages(book: &Book, generation: u32) -> u32 {
    let is_stored = |page| book.stored().holds(Item::ImportPage { generation, page });
    let (mut stored, mut absent) = (0u32, 0u32);
    while is_stored(absent) {
        stored = absent.saturating_add(1);
        absent = stored.saturating_mul(2);
    }
    while stored < absent {
        let middle = stored + (absent - stored) / 2;
        if is_stored(middle) {
            stored = middle + 1;
        } else {
            absent = middle;
        }
    }
    stored
}

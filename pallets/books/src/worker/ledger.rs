//! A book of what the party's own core ledger says.
//!
//! It is made once the day is sealed and an import is confirmed: the import's pages must hash to
//! what was confirmed, its lines are aligned to the chain's positions, the pages are written,
//! read back and rehashed, and the state comes last. A problem is noted in the state, and the
//! same import tried again a minute later; another import at once.

use super::{groups, received::equal_references, sealed_roots, stands, submit, Book, Session, LOG};
use crate::{commitments, Config};
use alloc::vec::Vec;
use counterfoil_primitives::{
    align::LedgerEntry,
    day::MINUTE,
    store::{BookState, ImportHasher, ImportState, Item, Problem, IMPORT_PAGE},
    Source,
};

/// Makes the book where it is due. Gives its state once it is frozen.
pub fn keep<T: Config>(book: &Book, session: &mut Session) -> Option<BookState> {
    let rejections = book.rejections::<T>();
    let stored = book.id.state();
    if let Some(state) = stored.as_ref().filter(|state| stands(state, rejections)) {
        return Some(state.clone());
    }
    sealed_roots::<T>(book)?;
    let import: ImportState = book.id.read(Item::Import)?;
    if !import.confirmed || !is_due(stored.as_ref(), &import, book) {
        return None;
    }
    let state = make::<T>(book, &import, session).map_or_else(
        |problem| {
            log::error!(target: LOG, "import {} of {:?}: {problem:?}", import.generation, book.id);
            BookState {
                source: Source::Ledger,
                generation: import.generation,
                problem: Some(problem),
                retry_at: book.now.saturating_add(MINUTE),
                ..Default::default()
            }
        },
        |state| BookState {
            rejections: frozen_after::<T>(book, &state, rejections),
            ..state
        },
    );
    // Without the lock another run may be at the same pages; and an import begun meanwhile
    // replaces this one.
    let import = Some(import);
    let stands = session.hold() && book.id.read(Item::Import) == import;
    if !stands || !book.id.replace_state(&stored, &state) || !state.frozen {
        return None;
    }
    // Whoever begins an import looks at the state after that, and this looks at the import after
    // the state: of an import and a freeze at the same moment one gives way.
    if book.id.read(Item::Import) != import {
        book.id
            .replace_state(&Some(state), &stored.unwrap_or_default());
        return None;
    }
    Some(state)
}

/// The rejection after which a book was frozen. A book that was rejected before, and is made again
/// because its state was lost or the same lines were imported, is still that of before the
/// rejection: another import may take its place.
fn frozen_after<T: Config>(book: &Book, state: &BookState, rejections: u8) -> u8 {
    let (agreement, day, side) = (book.id.agreement, book.id.day, book.id.side);
    let commitment = submit::commitment_of::<T>(book, state);
    if commitments::was_rejected::<T>(agreement, day, side, &commitment) {
        log::warn!(target: LOG, "import {} of {:?} was rejected: import another", state.generation, book.id);
        rejections.saturating_sub(1)
    } else {
        rejections
    }
}

/// Whether a book is to be made of `import`, seeing what was made before.
fn is_due(stored: Option<&BookState>, import: &ImportState, book: &Book) -> bool {
    match stored {
        // Rejected: only another import helps.
        Some(state) if state.frozen => import.generation > state.generation,
        Some(state) if state.problem.is_some() && state.generation == import.generation => {
            book.now >= state.retry_at
        }
        _ => true,
    }
}

fn make<T: Config>(
    book: &Book,
    import: &ImportState,
    session: &mut Session,
) -> Result<BookState, Problem> {
    check_import(book, import, session)?;
    let count = book.positions::<T>();
    let aligned = groups::align::<T>(book, import, count, groups::GROUP, session)?;
    for (page, extras) in aligned.extras_pages().enumerate() {
        book.id.write(Item::Extras(page as u32), &extras);
    }
    let state = BookState {
        source: Source::Ledger,
        slots: count,
        extras: aligned.extras.len() as u32,
        total: aligned.total,
        frozen: true,
        slots_page_roots: aligned.slots_page_roots.clone(),
        extras_page_roots: aligned.extras_page_roots(),
        equal_references: equal_references::<T>(book, count),
        generation: import.generation,
        ..Default::default()
    };
    if reads_back(book, &state, session) {
        Ok(state)
    } else {
        Err(Problem::ReadBackFailed)
    }
}

/// A page of the import, as long as it must be.
pub fn import_page(book: &Book, import: &ImportState, page: u32) -> Option<Vec<LedgerEntry>> {
    let item = Item::ImportPage {
        generation: import.generation,
        page,
    };
    let left = import.lines.checked_sub(page.checked_mul(IMPORT_PAGE)?)?;
    book.id
        .read::<Vec<LedgerEntry>>(item)
        .filter(|lines| lines.len() as u32 == left.min(IMPORT_PAGE))
}

/// How many pages the import has.
pub const fn import_pages(import: &ImportState) -> u32 {
    import.lines.div_ceil(IMPORT_PAGE)
}

/// Whether the import's pages are those that the party confirmed.
fn check_import(book: &Book, import: &ImportState, session: &mut Session) -> Result<(), Problem> {
    let mut hasher = ImportHasher::default();
    for page in 0..import_pages(import) {
        session.step();
        let lines = import_page(book, import, page).ok_or(Problem::ImportDamaged)?;
        hasher.push(&lines);
    }
    if hasher.finish() == import.hash {
        Ok(())
    } else {
        Err(Problem::ImportDamaged)
    }
}

/// Whether the pages of a book that was just written are stored as they were written.
fn reads_back(book: &Book, state: &BookState, session: &mut Session) -> bool {
    let slots = state
        .slots_page_roots
        .iter()
        .enumerate()
        .all(|(page, root)| {
            session.step();
            book.id.slots_page_root(page as u32) == Some(*root)
        });
    let extras = state
        .extras_page_roots
        .iter()
        .enumerate()
        .all(|(page, root)| book.id.extras_page_root(page as u32) == Some(*root));
    slots && extras
}

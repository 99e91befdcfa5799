//! A book of what the party's own core ledger says.
//!
//! It is made once the day is sealed and an import is confirmed: the import's pages must hash to
//! what was confirmed, its lines are aligned to the chain's positions, the pages are written,
//! read back, rehashed and counted, and the state comes last. A problem is noted in the state, and
//! the same import tried again a minute later; another import at once.
//!
//! Another run may write the same pages meanwhile, should this one outlive its lock. So the book
//! read back must have the roots of the slots in memory, an entry for each line of the import and for
//! each position that needs none, and their sums: what another run has begun, or left half done, passes
//! for no book.

use super::{
    alignment::{self, PAGES_AT_ONCE},
    imports_of_books,
    received_book::equal_references,
    sealed_roots, staff_import, stands, submit, Book, Failure, Session, LOG,
};
use crate::{commitments, Config};
use counterfoil_primitives::{
    book_storage::{BookState, ImportProblem, ImportState, Item},
    day::MINUTE,
    Entry, Round, SideTotals, Source,
};

/// Makes the book where it is due. Returns its state once it is frozen.
pub fn keep<T: Config>(book: &Book, session: &mut Session) -> Option<BookState> {
    let round = book.round::<T>();
    let stored = book.stored().state();
    let in_force = || imports_of_books::in_force::<T>(book, round);
    let import = in_force();
    if let Some(state) = stored.as_ref().filter(|state| stands(state, round)) {
        if !imports_of_books::gives_way::<T>(book, state, import.as_ref(), round) {
            return Some(state.clone());
        }
    }
    sealed_roots::<T>(book)?;
    let import = import?;
    if !import.confirmed || !is_due(stored.as_ref(), &import, book) {
        return None;
    }
    if let Some(later) = stored
        .as_ref()
        .filter(|state| state.frozen && state.generation > import.generation)
    {
        log::warn!(
            target: LOG,
            "The chain did not take the commitment to import {} of {} in time: that to import {} stands, and \
             its book is made again. Remedy: confirm an import some minutes before the preset time.",
            later.generation,
            book.side_id,
            import.generation
        );
    }
    let state = match make::<T>(book, &import, PAGES_AT_ONCE, session) {
        Ok(state) => BookState {
            round: round_of::<T>(book, &state, round),
            ..state
        },
        Err(Failure::Problem(problem)) => {
            log::error!(
                target: LOG,
                "Import {} of {} cannot become a book: {problem:?}. \
                 Remedy: correct the file and import it again.",
                import.generation,
                book.side_id
            );
            BookState {
                source: Source::Ledger,
                generation: import.generation,
                problem: Some(problem),
                retry_at: book.now.saturating_add(MINUTE),
                ..Default::default()
            }
        }
        Err(Failure::LockLost) => return None,
    };
    if state.frozen {
        imports_of_books::put_down::<T>(book, &state, &import);
    }
    // Without the lock another run may be at the same pages; and an import begun meanwhile
    // replaces this one.
    let import = Some(import);
    let stands = session.hold() && in_force() == import;
    if !stands || !book.stored().replace_state(&stored, &state) || !state.frozen {
        return None;
    }
    // Whoever begins an import looks at the state after that, and this looks at the import after
    // the state: if an import and a freeze race, one of them backs off.
    if in_force() != import {
        book.stored()
            .replace_state(&Some(state), &stored.unwrap_or_default());
        return None;
    }
    Some(state)
}

/// The round, `current` or the one before, to which a book that is frozen belongs. A book that was
/// rejected, and is made again because its state was lost or the same lines were imported, is still
/// that of the round before: another import may take its place.
fn round_of<T: Config>(book: &Book, state: &BookState, current: Round) -> Round {
    let commitment = submit::commitment_of::<T>(book, state);
    if commitments::was_rejected::<T>(book.side_id, current, &commitment) {
        log::warn!(
            target: LOG,
            "Import {} of {} was rejected. Remedy: import another.",
            state.generation,
            book.side_id
        );
        current.saturating_sub(1)
    } else {
        current
    }
}

/// Whether a book is to be made of `import`, seeing what was made before.
fn is_due(stored: Option<&BookState>, import: &ImportState, book: &Book) -> bool {
    match stored {
        // Rejected, or replaced: only another import helps.
        Some(state) if state.frozen => import.generation != state.generation,
        Some(state) if state.problem.is_some() && state.generation == import.generation => {
            book.now >= state.retry_at
        }
        _ => true,
    }
}

/// Makes the book of an import, the slots of `pages_at_once` pages at a time. Returns the state that
/// freezes it, which is not written yet.
pub fn make<T: Config>(
    book: &Book,
    import: &ImportState,
    pages_at_once: u32,
    session: &mut Session,
) -> Result<BookState, Failure> {
    let totals = staff_import::check(book, import, session)?;
    let count = book.positions::<T>();
    let aligned = alignment::align::<T>(book, import, count, pages_at_once, session)?;
    let entries = import.lines.saturating_add(aligned.filled);
    for (page, extras) in aligned.extras_pages().enumerate() {
        book.stored().write(Item::Extras(page as u32), &extras);
    }
    let state = BookState {
        source: Source::Ledger,
        slots: count,
        extras: aligned.extras.len() as u32,
        totals,
        frozen: true,
        extras_page_roots: aligned.extras_page_roots(),
        slots_page_roots: aligned.slots_page_roots,
        equal_references: equal_references::<T>(book, count, session)?,
        generation: import.generation,
        ..Default::default()
    };
    check_written(book, entries, &state, session)?;
    Ok(state)
}

/// Checks that the pages of a book that was just written are stored as they were written, and hold
/// this number of entries, of the state's sums.
fn check_written(
    book: &Book,
    entries: u32,
    state: &BookState,
    session: &mut Session,
) -> Result<(), Failure> {
    let mut found: u32 = 0;
    let mut totals = SideTotals::default();
    let mut count = |entry: &Entry| {
        found = found.saturating_add(1);
        totals.add_entry(entry);
    };
    for (page, root) in (0..).zip(&state.slots_page_roots) {
        session.keep_lock()?;
        let slots = book
            .stored()
            .slots_with_root(page, root)
            .ok_or(NOT_AS_WRITTEN)?;
        slots.iter().flatten().for_each(&mut count);
    }
    for (page, root) in (0..).zip(&state.extras_page_roots) {
        session.keep_lock()?;
        let extras = book
            .stored()
            .extras_with_root(page, root)
            .ok_or(NOT_AS_WRITTEN)?;
        extras.iter().for_each(&mut count);
    }
    if (found, totals) == (entries, state.totals) {
        Ok(())
    } else {
        Err(NOT_AS_WRITTEN)
    }
}

const NOT_AS_WRITTEN: Failure = Failure::Problem(ImportProblem::ReadBackFailed);

//! A book of the entries as they came from the chain.
//!
//! While the day is open it follows the finalised count. Once the day is sealed each page is
//! read back and rehashed against the chain's own page root; a page that is lost or damaged is
//! written again from the chain. Then the book is frozen.

use super::{sealed_roots, stands, Book, Failure, Session, LOG};
use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::BookState, ports::DayTrades, tree, tree::PAGE_SIZE, Kind, Reference, SideId,
    Source,
};

/// Brings the book up to the chain. Returns its state once it is frozen.
pub fn keep<T: Config>(book: &Book, session: &mut Session) -> Option<BookState> {
    let round = book.round::<T>();
    let stored = book.stored().state();
    let mut state = match &stored {
        Some(state) if state.source == Source::Received && stands(state, round) => {
            return stored;
        }
        Some(state) if state.source == Source::Received && !state.frozen => state.clone(),
        // Lost, damaged, rejected, or of another source.
        _ => BookState::default(),
    };
    let roots = sealed_roots::<T>(book);
    let count = book.positions::<T>();
    if roots.is_some() && state.slots > count {
        state = BookState::default();
    }
    append::<T>(book, count, &mut state, session);
    if let Some(roots) = roots.filter(|_| state.slots == count) {
        if verify::<T>(book, &roots, &mut state, session) {
            let SideId {
                agreement,
                day,
                side,
            } = book.side_id;
            state.totals = T::Trades::totals(agreement, day).of(side);
            state.equal_references = equal_references::<T>(book, count, session).ok()?;
            state.round = round;
            state.frozen = true;
        }
    }
    let saved = book.stored().replace_state(&stored, &state);
    (saved && state.frozen).then_some(state)
}

/// Writes the pages that the chain has and the book lacks.
fn append<T: Config>(book: &Book, count: u32, state: &mut BookState, session: &mut Session) {
    while state.slots < count && session.turn_page() {
        let (page, offset) = tree::locate(state.slots);
        let entries = book.take_from_chain::<T>(page);
        let Some(added) = entries.get(usize::from(offset)..).filter(|a| !a.is_empty()) else {
            log::error!(
                target: LOG,
                "Page {page} of {} is shorter than its count. Remedy: report this defect.",
                book.side_id
            );
            return;
        };
        state.slots = page * PAGE_SIZE + entries.len() as u32;
        for entry in added {
            state.totals.add_entry(entry);
        }
    }
}

/// Reads the pages back. `slots_page_roots` holds how far that went. Returns whether it is through.
fn verify<T: Config>(
    book: &Book,
    roots: &[sp_core::H256],
    state: &mut BookState,
    session: &mut Session,
) -> bool {
    state.slots_page_roots.truncate(roots.len());
    for (page, root) in roots.iter().enumerate().skip(state.slots_page_roots.len()) {
        if !session.turn_page() || !heal::<T>(book, page as u32, *root) {
            return false;
        }
        state.slots_page_roots.push(*root);
    }
    let is_whole = state.slots_page_roots == roots;
    if !is_whole {
        // What was noted in an earlier run is damaged: the next one reads all pages again.
        state.slots_page_roots.clear();
    }
    is_whole
}

/// Makes a page of the book rehash to the chain's `root`. Returns whether it does.
pub fn heal<T: Config>(book: &Book, page: u32, root: sp_core::H256) -> bool {
    let is_sound = || book.stored().slots_with_root(page, &root).is_some();
    if is_sound() {
        return true;
    }
    log::info!(
        target: LOG,
        "Page {page} of {} is rebuilt from the chain.",
        book.side_id
    );
    book.take_from_chain::<T>(page);
    is_sound()
}

/// References of a part of a day, sorted at once: a list of them stays small at any size of a day.
const REFERENCES_PER_PART: u32 = 1 << 19;

/// Trades of the day whose reference another trade of their kind carries on the day too. A refund that
/// shares its payment's reference does not count.
pub fn equal_references<T: Config>(
    book: &Book,
    count: u32,
    session: &mut Session,
) -> Result<u32, Failure> {
    let parts = count.div_ceil(REFERENCES_PER_PART);
    let mut equal: u32 = 0;
    for part in 0..parts {
        let mut references: Vec<(Reference, Kind)> = Vec::new();
        for page in 0..tree::page_count(count) {
            session.keep_lock()?;
            let entries = book.chain_page::<T>(page);
            let of_part = entries
                .iter()
                .map(|entry| (entry.reference, entry.kind))
                .filter(|(reference, _)| part_of(reference, parts) == part);
            references.extend(of_part);
        }
        references.sort_unstable();
        equal = references
            .chunk_by(|a, b| a == b)
            .filter(|of_one| of_one.len() > 1)
            .fold(equal, |sum, of_one| sum.saturating_add(of_one.len() as u32));
    }
    Ok(equal)
}

/// The part, of `parts`, in which a reference is looked at.
fn part_of(reference: &Reference, parts: u32) -> u32 {
    if parts <= 1 {
        return 0;
    }
    let hash = sp_io::hashing::twox_64(&reference.0);
    (u64::from_le_bytes(hash) % u64::from(parts)) as u32
}

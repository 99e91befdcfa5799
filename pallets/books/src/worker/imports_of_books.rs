//! Of which import a ledger book is made, where staff imported several.
//!
//! Until the preset time the last import counts: it replaces the one before, and its commitment replaces
//! that one's. A commitment may come too late for that. Then the earlier one stands, and the party has to
//! open the book behind it. So each import of which a book was made is put down with its commitment; the
//! pages of its lines stay under its generation.

use super::{submit, Book};
use crate::{replaced_commitment, Commitments, Config};
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::{BookState, ImportOfBook, ImportState, Item},
    Round, Source,
};

/// Maximum imports that are put down for a side, by far more than it can commit to: a commitment that
/// is sent takes the place of the one before only once that is on chain.
const MAX_KEPT: usize = 64;

/// The import of which the book of `round` is to be made: the last one, or, where another commitment cannot
/// take the place of the one that stands, the one behind that.
pub fn in_force<T: Config>(book: &Book, round: Round) -> Option<ImportState> {
    let last = || book.stored().read::<ImportState>(Item::Import);
    let standing = Commitments::<T>::get(book.side_id, round);
    match standing.filter(|_| !replaced_commitment::may_replace::<T>(book.side_id, round)) {
        Some(standing) => kept(book)
            .into_iter()
            .rev()
            .find(|kept| kept.commitment == standing)
            .map_or_else(last, |kept| Some(kept.import)),
        None => last(),
    }
}

/// Whether the book of `import` replaces a frozen one: the party may choose another until the preset
/// time; afterwards its book is the one to which the commitment that stands was made.
pub fn gives_way<T: Config>(
    book: &Book,
    state: &BookState,
    import: Option<&ImportState>,
    round: Round,
) -> bool {
    let is_another =
        import.is_some_and(|import| import.confirmed && import.generation != state.generation);
    // On a block before a rejection, the book of the next round is there already.
    let is_of_later_round = state.round > round;
    if state.source != Source::Ledger || !is_another || is_of_later_round {
        return false;
    }
    match Commitments::<T>::get(book.side_id, round) {
        Some(standing) => {
            replaced_commitment::may_replace::<T>(book.side_id, round)
                || standing != submit::commitment_of::<T>(book, state)
        }
        None => replaced_commitment::may_replace::<T>(book.side_id, round),
    }
}

/// Puts down of which import a book is made, before its state says that it is frozen.
pub fn put_down<T: Config>(book: &Book, state: &BookState, import: &ImportState) {
    let commitment = submit::commitment_of::<T>(book, state);
    let mut kept = kept(book);
    kept.retain(|kept| kept.commitment != commitment);
    if kept.len() >= MAX_KEPT {
        kept.remove(0);
    }
    kept.push(ImportOfBook {
        commitment,
        import: import.clone(),
    });
    book.stored().write(Item::ImportsOfBooks, &kept);
}

fn kept(book: &Book) -> Vec<ImportOfBook> {
    book.stored().read(Item::ImportsOfBooks).unwrap_or_default()
}

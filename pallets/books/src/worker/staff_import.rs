//! A ledger import as the node's staff has sent it.

use super::{Book, Failure, Session};
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::{ImportProblem, ImportState, Item, IMPORT_PAGE},
    ledger_import_hash::ImportHasher,
    LedgerEntry, SideTotals,
};

/// A page of the import, as long as it must be.
pub fn page(book: &Book, import: &ImportState, page: u32) -> Result<Vec<LedgerEntry>, Failure> {
    let item = Item::ImportPage {
        generation: import.generation,
        page,
    };
    let before = page.saturating_mul(IMPORT_PAGE);
    let len = import.lines.saturating_sub(before).min(IMPORT_PAGE);
    book.stored()
        .read::<Vec<LedgerEntry>>(item)
        .filter(|lines| lines.len() as u32 == len)
        .ok_or(Failure::Problem(ImportProblem::ImportDamaged))
}

/// How many pages the import has.
pub const fn pages(import: &ImportState) -> u32 {
    import.lines.div_ceil(IMPORT_PAGE)
}

/// Checks that the import's pages are those that the party confirmed. Returns the sums of all
/// amounts.
pub fn check(
    book: &Book,
    import: &ImportState,
    session: &mut Session,
) -> Result<SideTotals, Failure> {
    let mut hasher = ImportHasher::default();
    let mut totals = SideTotals::default();
    for at in 0..pages(import) {
        session.keep_lock()?;
        let lines = page(book, import, at)?;
        hasher.push(&lines);
        for line in &lines {
            totals.add(line.kind, line.amount);
        }
    }
    if hasher.finish() == import.hash {
        Ok(totals)
    } else {
        Err(ImportProblem::ImportDamaged.into())
    }
}

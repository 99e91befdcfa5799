//! How a book lies in a node's off-chain database.
//!
//! The worker in the runtime writes it; the node's RPC reads it. The database has no iteration,
//! so every key follows from the side's id and the page. A crash may lose the last writes, in
//! order: pages are written before the state that counts them.

use crate::{
    BusinessDay, Cause, Commitment, Entry, Moment, Round, SideId, SideTotals, SignedAmount, Source,
};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use sp_core::H256;

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Item {
    /// How far the worker of a side is: [`Cursor`]; its day is zero.
    Cursor,
    /// The state of a book: [`BookState`].
    State,
    /// A page of slots: `Vec<Option<Entry>>`.
    Slots(u32),
    /// A page of extras: `Vec<Entry>`.
    Extras(u32),
    /// The entries that a repair took out of the book: `Vec<Suspended>`.
    Suspense,
    /// The state of a ledger import: [`ImportState`].
    Import,
    /// A page of the ledger import of a generation: `Vec<LedgerEntry>`.
    ImportPage {
        /// The import's generation.
        generation: u32,
        /// The page, of [`IMPORT_PAGE`] lines.
        page: u32,
    },
    /// The day's result as the party was told: [`DayResult`].
    Result,
    /// The imports of which books were made, the latest last: `Vec<ImportOfBook>`.
    ImportsOfBooks,
}

/// The version of all that lies under [`key`]. Runtime and node are exchanged at different times: a
/// record of another version than the reader's has another key, so that the reader finds nothing
/// there, and never takes one record for another. It rises whenever an item is encoded otherwise.
pub const FORMAT: u8 = 2;

/// Lines of a page of a ledger import.
pub const IMPORT_PAGE: u32 = 1024;

/// The key of `item` of a side's book.
pub fn key(side_id: SideId, item: Item) -> Vec<u8> {
    (b"counterfoil/book", FORMAT, side_id, item).encode()
}

/// How far the worker of a side of an agreement is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Cursor {
    /// The first day whose book the worker is not done with.
    pub next: BusinessDay,
    /// The days before that one of which nothing is left but the payment, or the late proof of the side,
    /// ascending.
    pub unpaid: Vec<BusinessDay>,
}

/// The state of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct BookState {
    /// What the book is.
    pub source: Source,
    /// Positions kept so far; their pages are written.
    pub slots: u32,
    /// Extras kept.
    pub extras: u32,
    /// The sums of all amounts of the book, by kind.
    pub totals: SideTotals,
    /// Whether the book is whole and may be committed to: it changes no more but by repair.
    pub frozen: bool,
    /// Whether the corrections of the chain were applied.
    pub repaired: bool,
    /// The page roots of the slots of the book as committed, once frozen. Before that, how far a
    /// received book of a sealed day was read back.
    pub slots_page_roots: Vec<H256>,
    /// The page roots of the extras, once frozen, of the book as committed.
    pub extras_page_roots: Vec<H256>,
    /// Trades of the day whose reference another trade of their kind carries on the day too; counted when
    /// the book is frozen.
    pub equal_references: u32,
    /// The generation of the import that a ledger book was last tried from.
    pub generation: u32,
    /// The round of commitments to which the book belongs. A book that is made again after it was rejected
    /// belongs to the round before the current one; a repaired book whose state was lost has zero here.
    pub round: Round,
    /// Why the last try to make a ledger book failed.
    pub problem: Option<ImportProblem>,
    /// When the worker tries again after a problem.
    pub retry_at: Moment,
}

/// Why a confirmed ledger import gave no book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ImportProblem {
    /// The import's pages are not those that its state counts and hashes: import it again.
    ImportDamaged,
    /// Far more lines than the day has trades: the import is not of this day.
    TooManyExtras,
    /// The day has more trades than a worker can align.
    TooLarge,
    /// The written pages did not read back as they were written.
    ReadBackFailed,
}

/// The state of a ledger import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen)]
pub struct ImportState {
    /// Counts the imports of the day. An import replaces the one before until the preset time, and
    /// afterwards as long as no book is frozen.
    pub generation: u32,
    /// Lines.
    pub lines: u32,
    /// What [`ImportHasher`](crate::ledger_import_hash::ImportHasher) returns for the pages in order.
    pub hash: H256,
    /// Whether the party stands by it.
    pub confirmed: bool,
}

/// An import of which a book was made. A later import may replace it before the preset time; where the
/// chain does not take its commitment any more, the book is made of the earlier one again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ImportOfBook {
    /// The commitment to the book.
    pub commitment: Commitment,
    /// The import.
    pub import: ImportState,
}

/// An entry that a repair took out of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Suspended {
    /// The entry.
    pub entry: Entry,
    /// Why it has no place in the book.
    pub cause: Cause,
}

/// The result of a day, as a party's node keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DayResult {
    /// Trades of the day.
    pub trades: u32,
    /// Breaks proven on this side.
    pub breaks: u32,
    /// Whether this side was marked defaulted.
    pub defaulted: bool,
    /// Whether this side's book was repaired.
    pub repaired: bool,
    /// What the company owes the bank for the day; below zero, the bank owes the company. `None` before the
    /// day is reconciled.
    pub obligation: Option<SignedAmount>,
    /// Whether its settlement period was paid when the node last looked.
    pub paid: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Side;

    #[test]
    fn a_key_names_its_version_after_its_prefix() {
        let side_id = SideId::new(7, BusinessDay(20_000), Side::Credit);
        let key = key(side_id, Item::State);
        assert!(key.starts_with(&[b"counterfoil/book".as_slice(), &[FORMAT]].concat()));
    }
}

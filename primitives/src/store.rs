//! Where a book lies in a node's off-chain database.
//!
//! The worker in the runtime writes it; the node's RPC reads it. The database has no iteration,
//! so every key follows from agreement, day, side and page. A crash may lose the last writes, in
//! order: pages are written before the state that counts them.

use crate::{AgreementId, Amount, BusinessDay, Cause, Entry, Side, Source};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_core::H256;

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Item {
    /// The first day that the worker is not done with; its day and page are zero.
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
}

/// Lines of a page of a ledger import.
pub const IMPORT_PAGE: u32 = 1024;

/// The key of `item` of a book.
pub fn key(agreement: AgreementId, day: BusinessDay, side: Side, item: Item) -> Vec<u8> {
    (b"counterfoil/book", agreement, day, side, item).encode()
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
    /// The sum of all amounts of the book.
    pub total: Amount,
    /// Whether the book is whole and may be committed to: it changes no more but by repair.
    pub frozen: bool,
    /// Whether the corrections of the chain were applied.
    pub repaired: bool,
    /// The page roots of the slots, once frozen, of the book as committed.
    pub slots_page_roots: Vec<H256>,
    /// The page roots of the extras, once frozen, of the book as committed.
    pub extras_page_roots: Vec<H256>,
    /// Trades that the book saw arrive with a reference used before on the same day.
    pub equal_references: u32,
}

/// The state of a ledger import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ImportState {
    /// Counts the imports of the day; an import replaces the one before until it is confirmed
    /// and the book frozen.
    pub generation: u32,
    /// Lines.
    pub lines: u32,
    /// BLAKE2b-256 over the SCALE encoding of all lines.
    pub hash: H256,
    /// Whether the party stands by it.
    pub confirmed: bool,
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
    /// What the company owes the bank for the day.
    pub payable: Amount,
    /// Whether it is paid.
    pub paid: bool,
}

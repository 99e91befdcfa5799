//! A party's ledger brought onto the positions of the chain.

use crate::{
    matching::{fit, Fit, Readings},
    Entry, LedgerEntry, TradeId,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::convert::Infallible;

/// A book: what stands on the chain's positions, and what stands on none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Book {
    /// One slot a position.
    pub slots: Vec<Option<Entry>>,
    /// The entries on no position, sorted; repeats stay.
    pub extras: Vec<Entry>,
}

/// Aligns `ledger` to the chain's entries of a side: by id, then the rest by reference, where a
/// line equal to its trade in all that the ledger knows goes first. See [`fit`](fn@fit).
///
/// A line whose id the day does not know may still find its trade by reference; it keeps its id. A
/// line without an id takes that of its trade; as an extra, that of the trade that it repeats.
pub fn align(chain: &[Entry], ledger: &[LedgerEntry]) -> Book {
    let (positions, lines) = (chain.len() as u32, ledger.len() as u32);
    let Ok(fits) = fit(&mut InMemory { chain, ledger }, positions, lines);
    let mut book = Book {
        slots: alloc::vec![None; chain.len()],
        extras: Vec::new(),
    };
    for (line, fit) in ledger.iter().zip(fits) {
        match fit {
            Fit::At(position) => {
                let position = position as usize;
                book.slots[position] = Some(line.into_entry(chain[position].id));
            }
            Fit::Like(position) => {
                let like = &chain[position as usize];
                book.extras.push(line.into_entry(like.id));
            }
            Fit::NamedAgain | Fit::Nothing => {
                book.extras.push(line.into_entry(TradeId::default()));
            }
        }
    }
    book.extras.sort_unstable();
    book
}

/// A day and a ledger that fit into memory.
struct InMemory<'a> {
    chain: &'a [Entry],
    ledger: &'a [LedgerEntry],
}

impl Readings for InMemory<'_> {
    type Error = Infallible;

    fn chain(&mut self) -> impl Iterator<Item = Result<Entry, Infallible>> {
        self.chain.iter().copied().map(Ok)
    }

    fn ledger(&mut self) -> impl Iterator<Item = Result<LedgerEntry, Infallible>> {
        self.ledger.iter().copied().map(Ok)
    }
}

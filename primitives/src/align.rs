//! A party's ledger brought onto the positions of the chain.

use crate::{
    matching::{fit, Readings},
    refund::RefundedPayment,
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
/// line equal to its trade in all that the ledger knows goes first. Lines stay within their kind, but
/// for what is left over. `refunded` are the payments of the day's refunds, ascending by position.
/// See [`fit`](fn@fit).
///
/// A line whose id the day does not know may still find its trade by reference; it keeps its id. A
/// line without an id takes that of its trade; as an extra, that of the trade that it repeats. A line
/// of a refund that has its payment's id or reference takes the refund's own; so does a line of a
/// payment that stands on a refund's position.
///
/// A position that no line takes and that [`needs_no_line`] has the chain's entry.
pub fn align(chain: &[Entry], refunded: &[RefundedPayment], ledger: &[LedgerEntry]) -> Book {
    let (positions, lines) = (chain.len() as u32, ledger.len() as u32);
    let mut readings = InMemory {
        chain,
        refunded,
        ledger,
    };
    let Ok(fits) = fit(&mut readings, positions, lines);
    let mut book = Book {
        slots: alloc::vec![None; chain.len()],
        extras: Vec::new(),
    };
    for (line, fit) in ledger.iter().zip(fits) {
        let entry = match fit.trade().map(|position| &chain[position as usize]) {
            Some(trade) => fit.entry(line, trade.id, trade.reference),
            None => line.into_entry(TradeId::default()),
        };
        match fit.position() {
            Some(position) => book.slots[position as usize] = Some(entry),
            None => book.extras.push(entry),
        }
    }
    for (slot, entry) in book.slots.iter_mut().zip(chain) {
        if slot.is_none() && needs_no_line(entry) {
            *slot = Some(*entry);
        }
    }
    book.extras.sort_unstable();
    book
}

/// Whether a ledger need not have a line for this entry of the chain: nobody books a line of nothing.
pub const fn needs_no_line(entry: &Entry) -> bool {
    entry.amount == 0
}

/// A day and a ledger that fit into memory.
struct InMemory<'a> {
    chain: &'a [Entry],
    refunded: &'a [RefundedPayment],
    ledger: &'a [LedgerEntry],
}

impl Readings for InMemory<'_> {
    type Error = Infallible;

    fn chain(&mut self) -> impl Iterator<Item = Result<Entry, Infallible>> {
        self.chain.iter().copied().map(Ok)
    }

    fn refunded(&mut self) -> impl Iterator<Item = Result<RefundedPayment, Infallible>> {
        self.refunded.iter().copied().map(Ok)
    }

    fn ledger(&mut self) -> impl Iterator<Item = Result<LedgerEntry, Infallible>> {
        self.ledger.iter().copied().map(Ok)
    }
}

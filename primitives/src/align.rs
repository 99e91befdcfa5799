//! A party's ledger brought onto the positions of the chain.

use crate::{
    fit::{fit, Fit, Readings},
    Amount, Entry, Moment, ProductId, Reference, TradeId, UserId,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::convert::Infallible;
use scale_info::TypeInfo;

/// A line of a party's own core ledger.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct LedgerEntry {
    /// The trade's id, where the ledger knows it.
    pub id: Option<TradeId>,
    /// The payment's reference.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// The booked amount.
    pub amount: Amount,
    /// When the payment completed.
    pub occurred_at: Moment,
}

impl LedgerEntry {
    /// The book's entry, under `id` where the ledger names none.
    pub fn into_entry(self, id: TradeId) -> Entry {
        Entry {
            id: self.id.unwrap_or(id),
            reference: self.reference,
            user: self.user,
            product: self.product,
            amount: self.amount,
            occurred_at: self.occurred_at,
        }
    }
}

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

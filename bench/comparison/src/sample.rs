//! A day's entries as the chain and a book have them.

use alloc::vec::Vec;
use counterfoil_primitives::{
    tree::{chain_page_root, slots_page_root, PAGE_SIZE},
    Entry, Kind, Reference, TradeId, UserId,
};
use sp_core::H256;

/// A day's entries, by chain and by book, with the page roots of both.
pub struct Sample {
    /// The chain's entries.
    pub chain: Vec<Entry>,
    /// The book's slots.
    pub book: Vec<Option<Entry>>,
    /// The page roots of the chain's entries.
    pub chain_roots: Vec<H256>,
    /// The page roots of the book.
    pub book_roots: Vec<H256>,
}

impl Sample {
    /// A day of `slots` entries, of which `breaks` have another amount in the book. They are spread
    /// evenly.
    pub fn new(slots: u32, breaks: u32) -> Self {
        Self::of((0..slots).map(entry).collect(), breaks as usize)
    }

    /// The day of these entries, of which `breaks` have another amount in the book. They are spread
    /// evenly.
    pub fn of(chain: Vec<Entry>, breaks: usize) -> Self {
        let mut book: Vec<Option<Entry>> = chain.iter().copied().map(Some).collect();
        if let Some(step) = chain.len().checked_div(breaks) {
            let wrong = book.iter_mut().step_by(step.max(1));
            for slot in wrong.take(breaks).flatten() {
                slot.amount += 1;
            }
        }
        let page = PAGE_SIZE as usize;
        Self {
            chain_roots: chain.chunks(page).map(chain_page_root).collect(),
            book_roots: book.chunks(page).map(slots_page_root).collect(),
            chain,
            book,
        }
    }

    /// A page of the chain's entries, and of the book's slots.
    pub fn page(&self, page: u32) -> (&[Entry], &[Option<Entry>]) {
        let start = (page * PAGE_SIZE) as usize;
        let end = self.chain.len().min(start + PAGE_SIZE as usize);
        (&self.chain[start..end], &self.book[start..end])
    }

    /// How many pages there are.
    pub fn pages(&self) -> u32 {
        self.chain_roots.len() as u32
    }
}

fn entry(index: u32) -> Entry {
    let number = u64::from(index);
    let mut reference = [0; 16];
    reference[8..].copy_from_slice(&number.to_be_bytes());
    Entry {
        id: TradeId {
            client: 1,
            sequence: number,
        },
        kind: Kind::Payment,
        reference: Reference(reference),
        user: UserId(reference),
        product: 1,
        amount: 100_000 + u128::from(number),
        occurred_at: 1_795_431_600_000 + number,
    }
}

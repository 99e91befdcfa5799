//! A report of a side: the header and the parts that it announces.
//!
//! The reconciler's task, a party that reports by itself and the tests build the same report. What
//! stands here finds the difference; that it is the difference is for [`crate::compare`] to check.

use crate::{
    align::Book,
    commitment::Place,
    compare::{self, Fault, ReportHeader, SlotDiff},
    tree::{self, PAGE_SIZE},
    Amount, BusinessDay, Commitment, Entry, TradeId,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

pub use crate::witness::Witness;

/// An extra as it is reported: with a witness, where one is found.
pub type ReportedExtra = (Entry, Option<Witness>);

/// A report of a side. Each part goes to the chain by itself, in any order after the header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Report {
    /// Which pages differ, and the extras' page roots.
    pub header: ReportHeader,
    /// For each page that differs: the slots that do.
    pub slots: Vec<(u32, Vec<SlotDiff>)>,
    /// The pages of extras.
    pub extras: Vec<(u32, Vec<ReportedExtra>)>,
}

impl Report {
    /// The report of `book` against the chain's entries of the side, with the witnesses that the
    /// day itself holds.
    pub fn of_book(day: BusinessDay, chain: &[Entry], book: &Book) -> Self {
        let chain_pages = || chain.chunks(PAGE_SIZE as usize);
        let mut witnesses = Witnesses::wanted_by(&book.extras);
        for (page, entries) in chain_pages().enumerate() {
            witnesses.look_in(day, page as u32, entries);
        }
        Self::with_witnesses(chain, book, &witnesses)
    }

    /// The report of `book` against the chain's entries of the side, with `witnesses` found
    /// before, on this day and on others.
    pub fn with_witnesses(chain: &[Entry], book: &Book, witnesses: &Witnesses) -> Self {
        let chain_pages: Vec<&[Entry]> = chain.chunks(PAGE_SIZE as usize).collect();
        let book_pages: Vec<&[Option<Entry>]> = book.slots.chunks(PAGE_SIZE as usize).collect();
        let chain_roots: Vec<H256> = chain_pages
            .iter()
            .map(|page| tree::chain_page_root(page))
            .collect();
        let book_roots: Vec<H256> = book_pages
            .iter()
            .map(|page| tree::slots_page_root(page))
            .collect();
        let header = header(
            &chain_roots,
            &book_roots,
            tree::extras_page_roots(&book.extras),
        );
        let slots = header
            .dirty
            .iter()
            .map(|dirty| {
                let at = dirty.page as usize;
                (
                    dirty.page,
                    compare::diff_page(chain_pages[at], book_pages[at]),
                )
            })
            .collect();
        let extras = book
            .extras
            .chunks(PAGE_SIZE as usize)
            .enumerate()
            .map(|(page, entries)| (page as u32, witnesses.attach(entries)))
            .collect();
        Self {
            header,
            slots,
            extras,
        }
    }

    /// Slots and extras that differ.
    pub fn breaks(&self) -> usize {
        let slots: usize = self.slots.iter().map(|(_, part)| part.len()).sum();
        let extras: usize = self.extras.iter().map(|(_, part)| part.len()).sum();
        slots + extras
    }

    /// Checks header and parts as the runtime does, one after the other, and that each part that
    /// the header announces is there once, in the header's order.
    ///
    /// Witnesses and the committed total need more than the side's entries: see
    /// [`crate::cause::extra_cause`] and [`BookTotal`].
    pub fn check(
        &self,
        place: &Place,
        commitment: &Commitment,
        chain: &[Entry],
    ) -> Result<(), Fault> {
        let chain_pages: Vec<&[Entry]> = chain.chunks(PAGE_SIZE as usize).collect();
        let chain_roots: Vec<H256> = chain_pages
            .iter()
            .map(|page| tree::chain_page_root(page))
            .collect();
        compare::check_header(place, commitment, &chain_roots, &self.header)?;
        let announced = self.header.dirty.iter().map(|dirty| dirty.page);
        if !self.slots.iter().map(|(page, _)| *page).eq(announced) {
            return Err(Fault::Incomplete);
        }
        let announced = 0..tree::page_count(commitment.extras);
        if !self.extras.iter().map(|(page, _)| *page).eq(announced) {
            return Err(Fault::Incomplete);
        }
        for (dirty, (page, slots)) in self.header.dirty.iter().zip(&self.slots) {
            let entries = chain_pages
                .get(*page as usize)
                .copied()
                .ok_or(Fault::OutOfRange)?;
            compare::check_slots(entries, slots, dirty.root)?;
        }
        for (root, (page, extras)) in self.header.extras.iter().zip(&self.extras) {
            let entries: Vec<Entry> = extras.iter().map(|(entry, _)| *entry).collect();
            compare::check_extras(commitment.extras, *page, &entries, *root)?;
        }
        Ok(())
    }
}

/// The header of a report, from the page roots of the chain and of the book.
pub fn header(chain: &[H256], book: &[H256], extras: Vec<H256>) -> ReportHeader {
    ReportHeader {
        dirty: compare::diff_roots(chain, book),
        extras,
    }
}

/// A search for the trades that extras repeat, page by page over one day or several.
///
/// A trade stands on one position of one day, so an extra has one witness at most.
#[derive(Clone, Debug, Default)]
pub struct Witnesses {
    wanted: BTreeMap<Entry, Option<Witness>>,
}

impl Witnesses {
    /// A search for the trades equal to `extras`.
    pub fn wanted_by<'a>(extras: impl IntoIterator<Item = &'a Entry>) -> Self {
        Self {
            wanted: extras.into_iter().map(|entry| (*entry, None)).collect(),
        }
    }

    /// Searches `page` of the chain's entries of the side on `day`.
    pub fn look_in(&mut self, day: BusinessDay, page: u32, chain: &[Entry]) {
        if self.wanted.is_empty() {
            return;
        }
        let first = page.saturating_mul(PAGE_SIZE);
        for (offset, entry) in chain.iter().enumerate() {
            // An extra whose party knows no id repeats what equals it otherwise.
            let without_id = Entry {
                id: TradeId::default(),
                ..*entry
            };
            for like in [entry, &without_id] {
                if let Some(witness) = self.wanted.get_mut(like) {
                    let position = first.saturating_add(offset as u32);
                    witness.get_or_insert(Witness { day, position });
                }
            }
        }
    }

    /// The trade ids of the extras without a witness so far.
    pub fn missing(&self) -> impl Iterator<Item = TradeId> + '_ {
        self.wanted
            .iter()
            .filter(|(_, witness)| witness.is_none())
            .map(|(entry, _)| entry.id)
    }

    /// The extras without a witness so far.
    pub fn missing_entries(&self) -> impl Iterator<Item = &Entry> + '_ {
        self.wanted
            .iter()
            .filter(|(_, witness)| witness.is_none())
            .map(|(entry, _)| entry)
    }

    /// The extras, in their order, each with its witness.
    pub fn attach(&self, extras: &[Entry]) -> Vec<ReportedExtra> {
        extras
            .iter()
            .map(|entry| (*entry, self.wanted.get(entry).copied().flatten()))
            .collect()
    }
}

/// The total of a book, from the chain's total and the proven breaks, in any order of them.
///
/// It comes out as [`Commitment::of_book`] sums: saturating, and free of order.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct BookTotal {
    /// The chain's amounts on slots that differ.
    pub replaced: Amount,
    /// The book's amounts on them and of the extras.
    pub booked: Amount,
}

impl BookTotal {
    /// Takes in a slot that differs: the chain's amount there and what the book holds.
    pub fn add_slot(&mut self, chain: Amount, found: Option<&Entry>) {
        self.replaced = self.replaced.saturating_add(chain);
        self.booked = self
            .booked
            .saturating_add(found.map_or(0, |entry| entry.amount));
    }

    /// Takes in an extra.
    pub fn add_extra(&mut self, extra: &Entry) {
        self.booked = self.booked.saturating_add(extra.amount);
    }

    /// The book's total, by the `chain`'s total of the side.
    pub const fn total(&self, chain: Amount) -> Amount {
        chain
            .saturating_sub(self.replaced)
            .saturating_add(self.booked)
    }
}

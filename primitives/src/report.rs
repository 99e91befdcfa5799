//! A report of a side: the header and the parts that it announces.
//!
//! The reconciler's task, a party that reports by itself and the tests build the same report. What
//! stands here finds the difference; that it is the difference is for [`crate::compare`] to check.

use crate::{
    align::Book,
    commitment::Place,
    compare::{self, Fault, ReportHeader, SlotDiff},
    tree::{self, PAGE_SIZE},
    witness::Witnesses,
    BusinessDay, Commitment, Entry, SideTotals, Witness,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

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
    /// the header announces is there once, in the header's order. `chain` are the chain's entries of
    /// the side.
    ///
    /// Witnesses and the committed totals need more than the side's entries: see
    /// [`crate::cause::extra_cause`] and [`Self::check_by_pages`].
    pub fn check(
        &self,
        place: &Place,
        commitment: &Commitment,
        chain: &[Entry],
    ) -> Result<(), Fault> {
        let pages = || chain.chunks(PAGE_SIZE as usize);
        let roots: Vec<H256> = pages().map(tree::chain_page_root).collect();
        let page = |page: u32| pages().nth(page as usize).unwrap_or_default();
        self.check_by_pages(place, commitment, &roots, page)
            .map(|_| ())
    }

    /// As [`Self::check`], by the chain's page roots of the side and its pages, of which only those
    /// that differ are read.
    ///
    /// Returns what the breaks change of the totals: with the chain's own totals,
    /// [`BookTotals::totals`] must come to the committed ones.
    pub fn check_by_pages<P: AsRef<[Entry]>>(
        &self,
        place: &Place,
        commitment: &Commitment,
        roots: &[H256],
        page_of: impl Fn(u32) -> P,
    ) -> Result<BookTotals, Fault> {
        compare::check_header(place, commitment, roots, &self.header)?;
        let announced = self.header.dirty.iter().map(|dirty| dirty.page);
        if !self.slots.iter().map(|(page, _)| *page).eq(announced) {
            return Err(Fault::Incomplete);
        }
        let announced = 0..tree::page_count(commitment.extras);
        if !self.extras.iter().map(|(page, _)| *page).eq(announced) {
            return Err(Fault::Incomplete);
        }
        let mut totals = BookTotals::default();
        for (dirty, (page, slots)) in self.header.dirty.iter().zip(&self.slots) {
            let entries = page_of(*page);
            let entries = entries.as_ref();
            compare::check_slots(entries, slots, dirty.root)?;
            for slot in slots {
                let entry = entries
                    .get(usize::from(slot.offset))
                    .ok_or(Fault::OutOfRange)?;
                totals.add_slot(entry, slot.found.as_ref());
            }
        }
        for (root, (page, extras)) in self.header.extras.iter().zip(&self.extras) {
            let entries: Vec<Entry> = extras.iter().map(|(entry, _)| *entry).collect();
            compare::check_extras(commitment.extras, *page, &entries, *root)?;
            entries.iter().for_each(|extra| totals.add_extra(extra));
        }
        Ok(totals)
    }
}

/// The header of a report, from the page roots of the chain and of the book.
pub fn header(chain: &[H256], book: &[H256], extras: Vec<H256>) -> ReportHeader {
    ReportHeader {
        dirty: compare::diff_roots(chain, book),
        extras,
    }
}

/// The totals of a book, from the chain's totals and the proven breaks, in any order of them.
///
/// They come out as [`Commitment::of_book`] sums: saturating, and free of order.
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
pub struct BookTotals {
    /// The chain's amounts on slots that differ.
    pub replaced: SideTotals,
    /// The book's amounts on them and of the extras.
    pub booked: SideTotals,
}

impl BookTotals {
    /// Takes in a slot that differs: the chain's entry there and what the book holds.
    pub fn add_slot(&mut self, chain: &Entry, found: Option<&Entry>) {
        self.replaced.add_entry(chain);
        if let Some(found) = found {
            self.booked.add_entry(found);
        }
    }

    /// Takes in an extra.
    pub fn add_extra(&mut self, extra: &Entry) {
        self.booked.add_entry(extra);
    }

    /// The book's totals, by the `chain`'s totals of the side.
    pub const fn totals(&self, chain: SideTotals) -> SideTotals {
        chain
            .saturating_sub(self.replaced)
            .saturating_add(self.booked)
    }
}

//! Aligns an import of any length to a day of any length.
//!
//! A worker may not allocate more than 32 MiB at once, and a long day's trades and lines are more
//! than that. So what is held of all of them is which line fits which position
//! ([`counterfoil_primitives::matching`]). The slots are then made for some
//! pages at a time, of which each is written once and whole, and its root is that of what was written.

use super::{staff_import, Book, Failure, Session};
use crate::Config;
use alloc::vec::Vec;
use core::ops::Range;
use counterfoil_primitives::{
    align::needs_no_line,
    book_storage::{ImportProblem, ImportState},
    matching::{self, Fit},
    refund::RefundedPayment,
    tree::{self, PAGE_SIZE},
    Entry, LedgerEntry, Reference, TradeId,
};
use frame_support::ensure;
use sp_core::H256;

/// Pages whose slots are made at once: 20 MiB of slots.
pub const PAGES_AT_ONCE: u32 = 1 << 10;

/// Maximum extras per book: twice what an agreement's caps can allow.
pub const MAX_EXTRAS: u32 = 1 << 17;

/// Maximum positions per day: an index of them, 20 bytes each, is one allocation.
pub const MAX_POSITIONS: u32 = 1_600_000;

/// An aligned ledger: its slots are written, the rest is here.
pub struct Aligned {
    /// The roots of the pages of slots, of what was written.
    pub slots_page_roots: Vec<H256>,
    /// The entries on no position, sorted.
    pub extras: Vec<Entry>,
    /// Slots that no line takes and that have the chain's entry, since they need no line.
    pub filled: u32,
}

impl Aligned {
    /// The extras by page.
    pub fn extras_pages(&self) -> impl Iterator<Item = &[Entry]> {
        self.extras.chunks(PAGE_SIZE as usize)
    }

    /// The roots of the pages of extras.
    pub fn extras_page_roots(&self) -> Vec<H256> {
        tree::extras_page_roots(&self.extras)
    }
}

/// Aligns a confirmed import to the `count` positions of the day, and writes the slots of
/// `pages_at_once` pages at a time.
pub fn align<T: Config>(
    book: &Book,
    import: &ImportState,
    count: u32,
    pages_at_once: u32,
    session: &mut Session,
) -> Result<Aligned, Failure> {
    ensure!(count <= MAX_POSITIONS, ImportProblem::TooLarge);
    ensure!(
        import.lines <= count.saturating_add(MAX_EXTRAS),
        ImportProblem::TooManyExtras
    );
    let mut readings = Readings::<T>::new(book, import, session);
    let fits = matching::fit(&mut readings, count, import.lines)?;
    let is_extra = |fit: &&Fit| fit.position().is_none();
    let extras = fits.iter().filter(is_extra).count();
    ensure!(extras <= MAX_EXTRAS as usize, ImportProblem::TooManyExtras);
    let pages = tree::page_count(count);
    let mut aligned = Aligned {
        slots_page_roots: Vec::with_capacity(pages as usize),
        extras: Vec::with_capacity(extras),
        filled: 0,
    };
    // A day without trades has no page, and may have extras all the same.
    for first in (0..pages.max(1)).step_by(pages_at_once as usize) {
        let range = first..pages.min(first.saturating_add(pages_at_once));
        write_pages(&mut readings, &fits, count, range, &mut aligned)?;
    }
    aligned.extras.sort_unstable();
    Ok(aligned)
}

/// Makes and writes the slots of `pages`, and takes up the extras that are like their trades; with
/// the first pages those that are like none.
fn write_pages<T: Config>(
    readings: &mut Readings<T>,
    fits: &[Fit],
    count: u32,
    pages: Range<u32>,
    aligned: &mut Aligned,
) -> Result<(), Failure> {
    let first = pages.start * PAGE_SIZE;
    let (names, mut slots) = readings.chain_of(pages.clone())?;
    let filled = slots.iter().flatten().count() as u32;
    aligned.filled = aligned.filled.saturating_add(filled);
    let here = |position: u32| {
        let at = position.checked_sub(first)? as usize;
        Some((at, *names.get(at)?))
    };
    for (fit, line) in fits.iter().zip(matching::Readings::ledger(readings)) {
        let line = line?;
        let Some(position) = fit.trade() else {
            if first == 0 {
                aligned.extras.push(line.into_entry(TradeId::default()));
            }
            continue;
        };
        let Some((at, (id, reference))) = here(position) else {
            continue;
        };
        let entry = fit.entry(&line, id, reference);
        if fit.position().is_none() {
            aligned.extras.push(entry);
        } else if slots[at].replace(entry).is_some() {
            // A line stands where none is needed.
            aligned.filled = aligned.filled.saturating_sub(1);
        }
    }
    for page in pages {
        readings.session.keep_lock()?;
        let at = ((page * PAGE_SIZE - first) as usize).min(slots.len());
        let end = (at + tree::page_len(count, page) as usize).min(slots.len());
        readings.book.stored().write_slots(page, &slots[at..end]);
        aligned
            .slots_page_roots
            .push(tree::slots_page_root(&slots[at..end]));
    }
    Ok(())
}

/// What is held of some of the chain's pages: ids and references of the trades, and slots.
type ChainPages = (Vec<(TradeId, Reference)>, Vec<Option<Entry>>);

/// The day's entries and refunds and the import's lines, read page by page.
struct Readings<'a, 'b, T> {
    book: &'a Book,
    import: &'a ImportState,
    session: &'a mut Session<'b>,
    runtime: core::marker::PhantomData<T>,
}

impl<'a, 'b, T: Config> Readings<'a, 'b, T> {
    fn new(book: &'a Book, import: &'a ImportState, session: &'a mut Session<'b>) -> Self {
        Self {
            book,
            import,
            session,
            runtime: core::marker::PhantomData,
        }
    }

    /// The ids and references of the trades of `pages`, and their slots, as they are without a line.
    fn chain_of(&mut self, pages: Range<u32>) -> Result<ChainPages, Failure> {
        let positions = (pages.len() as u32 * PAGE_SIZE) as usize;
        let mut names = Vec::with_capacity(positions);
        let mut slots = Vec::with_capacity(positions);
        for page in pages {
            self.session.keep_lock()?;
            for entry in self.book.chain_page::<T>(page) {
                names.push((entry.id, entry.reference));
                slots.push(needs_no_line(&entry).then_some(entry));
            }
        }
        Ok((names, slots))
    }
}

impl<T: Config> matching::Readings for Readings<'_, '_, T> {
    type Error = Failure;

    fn chain(&mut self) -> impl Iterator<Item = Result<Entry, Failure>> {
        let Self { book, session, .. } = self;
        (0..tree::page_count(book.positions::<T>())).flat_map(move |page| {
            let held = session.keep_lock().map_err(Failure::from);
            one_by_one(held.map(|()| book.chain_page::<T>(page)))
        })
    }

    fn refunded(&mut self) -> impl Iterator<Item = Result<RefundedPayment, Failure>> {
        let Self { book, session, .. } = self;
        (0..tree::page_count(book.positions::<T>())).flat_map(move |page| {
            let held = session.keep_lock().map_err(Failure::from);
            one_by_one(held.map(|()| book.refunded_payments::<T>(page)))
        })
    }

    fn ledger(&mut self) -> impl Iterator<Item = Result<LedgerEntry, Failure>> {
        let Self {
            book,
            import,
            session,
            ..
        } = self;
        (0..staff_import::pages(import)).flat_map(move |page| {
            let held = session.keep_lock().map_err(Failure::from);
            one_by_one(held.and_then(|()| staff_import::page(book, import, page)))
        })
    }
}

/// The values of a page, or why there is none.
fn one_by_one<V>(page: Result<Vec<V>, Failure>) -> Vec<Result<V, Failure>> {
    match page {
        Ok(values) => values.into_iter().map(Ok).collect(),
        Err(failure) => alloc::vec![Err(failure)],
    }
}

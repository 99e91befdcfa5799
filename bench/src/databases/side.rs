//! What Counterfoil computes of a side once the day has ended: the seal, the reconciler's
//! comparison, and the runtime's check of what is reported.

use anyhow::{anyhow, ensure, Result};
use counterfoil_bench_comparison::sample::Sample;
use counterfoil_primitives::{
    commitment::Place,
    compare::diff_page,
    report::{self, Report},
    tree::{slots_page_root, PAGE_SIZE},
    AgreementId, BusinessDay, Commitment, Entry, Side, SideId, SideTotals, Trade,
};
use counterfoil_runtime::Runtime;
use sp_core::{Get, H256};

const AGREEMENT: AgreementId = 1;
const DAY: BusinessDay = BusinessDay(20_780);

/// Pages of a clean side that the reconciler hashes all the same.
type SamplePages = <Runtime as pallet_reconciliation::Config>::SamplePages;

/// A side of a day: the chain's page roots and totals, and the party's book and commitment.
pub struct BookOfSide {
    side: Side,
    sample: Sample,
    totals: SideTotals,
    commitment: Commitment,
}

impl BookOfSide {
    /// The side of a day of these trades, of which the book has a number wrong.
    pub fn new(trades: &[Trade], side: Side, breaks: usize) -> Self {
        let chain: Vec<Entry> = trades.iter().map(|trade| trade.entry(side)).collect();
        let mut totals = SideTotals::default();
        chain.iter().for_each(|entry| totals.add_entry(entry));
        let sample = Sample::of(chain, breaks);
        Self {
            side,
            totals,
            commitment: Commitment::of_book(&place(side), &sample.book, &[]),
            sample,
        }
    }

    /// The book's slots.
    pub fn book(&self) -> &[Option<Entry>] {
        &self.sample.book
    }

    /// Seals the side, compares it, and checks the report. Returns the breaks.
    pub fn compare(&self, trades: &[Trade]) -> Result<usize> {
        if self.seal() == self.commitment {
            self.look_at_some_pages()?;
            return Ok(0);
        }
        let report = self.report(trades)?;
        self.check(trades, &report)?;
        Ok(report.breaks())
    }

    /// The chain's own commitment.
    fn seal(&self) -> Commitment {
        Commitment::from_page_roots(
            &place(self.side),
            self.sample.chain.len() as u32,
            0,
            self.sample.chain_roots.iter().copied(),
            [],
            self.totals,
        )
    }

    /// What the reconciler does with a clean side. It chooses the pages at random, which costs
    /// nothing; here they are spread evenly.
    fn look_at_some_pages(&self) -> Result<()> {
        let pages = self.sample.pages();
        let some = <SamplePages as Get<u32>>::get().min(pages);
        for number in 0..some {
            let page = number * pages / some;
            let root = self.sample.chain_roots[page as usize];
            ensure!(self.root_in_book(page) == root, "a page is false");
        }
        Ok(())
    }

    /// What the reconciler does with another one: page roots against the commitment and the
    /// chain's; each page that differs is hashed, and compared slot by slot.
    fn report(&self, trades: &[Trade]) -> Result<Report> {
        let Sample {
            chain_roots,
            book_roots,
            ..
        } = &self.sample;
        let committed = self
            .commitment
            .has_page_roots(&place(self.side), book_roots, &[]);
        ensure!(committed, "the page roots are not the commitment's");
        let header = report::header(chain_roots, book_roots, Vec::new());
        let mut slots = Vec::with_capacity(header.dirty.len());
        for dirty in &header.dirty {
            ensure!(
                self.root_in_book(dirty.page) == dirty.root,
                "a page is false"
            );
            let chain = self.chain_page(trades, dirty.page);
            let (_, book) = self.sample.page(dirty.page);
            slots.push((dirty.page, diff_page(&chain, book)));
        }
        Ok(Report {
            header,
            slots,
            extras: Vec::new(),
        })
    }

    /// What the runtime does with the report: header, pages, and in the end the totals.
    fn check(&self, trades: &[Trade], report: &Report) -> Result<()> {
        let page_of = |page| self.chain_page(trades, page);
        let totals = report
            .check_by_pages(
                &place(self.side),
                &self.commitment,
                &self.sample.chain_roots,
                page_of,
            )
            .map_err(|fault| anyhow!("the report is refused: {fault:?}"))?;
        ensure!(
            totals.totals(self.totals) == self.commitment.totals,
            "the totals are false"
        );
        Ok(())
    }

    /// A page as the chain has it: made of its trades each time.
    fn chain_page(&self, trades: &[Trade], page: u32) -> Vec<Entry> {
        let start = (page * PAGE_SIZE) as usize;
        let end = trades.len().min(start + PAGE_SIZE as usize);
        let trades = trades[start..end].iter();
        trades.map(|trade| trade.entry(self.side)).collect()
    }

    fn root_in_book(&self, page: u32) -> H256 {
        slots_page_root(self.sample.page(page).1)
    }
}

fn place(side: Side) -> Place {
    Place {
        genesis: H256::repeat_byte(1),
        side_id: SideId::new(AGREEMENT, DAY, side),
    }
}

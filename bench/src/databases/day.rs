//! A day's trades and books, and what Counterfoil computes of them.

use anyhow::{ensure, Result};
use counterfoil_bench_comparison::sample::Sample;
use counterfoil_primitives::{
    commitment::Place,
    compare::{check_header, diff_page, diff_roots, ReportHeader},
    tree::{slots_page_root, PAGE_SIZE},
    AgreementId, BusinessDay, Commitment, Entry, Reference, Side, Trade, TradeId, UserId,
};
use sp_core::H256;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

const AGREEMENT: AgreementId = 1;
const DAY: BusinessDay = BusinessDay(20_780);

/// A day: the chain's trades, and the bank's book with its breaks. The company's book is right.
pub struct Day {
    trades: Vec<Trade>,
    debit: BookOfSide,
    credit: BookOfSide,
}

/// A side of it, as the reconciler sees it.
struct BookOfSide {
    side: Side,
    sample: Sample,
    commitment: Commitment,
}

impl Day {
    /// A day of so many trades and breaks, spread evenly.
    pub fn new(trades: usize, breaks: usize) -> Self {
        let trades: Vec<Trade> = (0..trades as u64).map(trade).collect();
        let debit = BookOfSide::new(&trades, Side::Debit, 0);
        let credit = BookOfSide::new(&trades, Side::Credit, breaks);
        Self {
            trades,
            debit,
            credit,
        }
    }

    /// Writes the three tables as CSV.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(folder.join("trades.csv"))?);
        for trade in &self.trades {
            writeln!(
                file,
                "{},{},{},{},{},{},{},{},{}",
                trade.id.client,
                trade.id.sequence,
                uuid(trade.reference.0),
                uuid(trade.user.0),
                trade.product,
                trade.gross,
                trade.debit,
                trade.credit,
                trade.occurred_at
            )?;
        }
        file.flush()?;
        self.debit.write(&folder.join("debit_book.csv"))?;
        self.credit.write(&folder.join("credit_book.csv"))
    }

    /// The median time of comparing both books with the chain.
    pub fn compare(&self, runs: usize) -> Result<Duration> {
        crate::stats::time(runs, || {
            self.debit.compare(&self.trades)?;
            self.credit.compare(&self.trades)
        })
    }
}

impl BookOfSide {
    fn new(trades: &[Trade], side: Side, breaks: usize) -> Self {
        let chain = trades.iter().map(|trade| trade.entry(side)).collect();
        let sample = Sample::of(chain, breaks);
        Self {
            side,
            commitment: Commitment::of_book(&place(side), &sample.book, &[]),
            sample,
        }
    }

    /// What the reconciler does with a side: page roots against the commitment and the chain's;
    /// each page that differs is hashed and compared slot by slot; the report is checked as the
    /// runtime checks it.
    fn compare(&self, trades: &[Trade]) -> Result<()> {
        let place = place(self.side);
        let committed = self
            .commitment
            .has_page_roots(&place, &self.sample.book_roots, &[]);
        ensure!(committed, "the page roots are not the commitment's");
        let header = ReportHeader {
            dirty: diff_roots(&self.sample.chain_roots, &self.sample.book_roots),
            extras: Vec::new(),
        };
        let mut found = 0;
        for dirty in &header.dirty {
            let start = (dirty.page * PAGE_SIZE) as usize;
            let end = (start + PAGE_SIZE as usize).min(trades.len());
            let chain: Vec<Entry> = trades[start..end]
                .iter()
                .map(|trade| trade.entry(self.side))
                .collect();
            let book = &self.sample.book[start..end];
            ensure!(slots_page_root(book) == dirty.root, "a page is false");
            found += diff_page(&chain, book).len();
        }
        ensure!(found >= header.dirty.len(), "a page differs in nothing");
        check_header(&place, &self.commitment, &self.sample.chain_roots, &header)
            .map_err(|fault| anyhow::anyhow!("the report is refused: {fault:?}"))
    }

    fn write(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for entry in self.sample.book.iter().flatten() {
            writeln!(
                file,
                "{},{},{},{},{},{},{}",
                entry.id.client,
                entry.id.sequence,
                uuid(entry.reference.0),
                uuid(entry.user.0),
                entry.product,
                entry.amount,
                entry.occurred_at
            )?;
        }
        Ok(file.flush()?)
    }
}

fn place(side: Side) -> Place {
    Place {
        genesis: H256::repeat_byte(1),
        agreement: AGREEMENT,
        day: DAY,
        side,
    }
}

fn trade(sequence: u64) -> Trade {
    let mut reference = [0xC0; 16];
    reference[8..].copy_from_slice(&sequence.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    let mut user = [0; 16];
    user[8..].copy_from_slice(&(sequence % 50_000).to_be_bytes());
    let gross = 100_003 + 7_919 * u128::from(sequence % 100_000);
    Trade {
        id: TradeId {
            client: 1,
            sequence,
        },
        reference: Reference(reference),
        user: UserId(user),
        product: 1,
        gross,
        debit: gross - gross / 10,
        credit: gross / 10,
        occurred_at: 1_795_431_600_000 + sequence,
        terms_version: 0,
    }
}

/// The bytes as databases write a UUID.
fn uuid(bytes: [u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let [a, b, c, d] = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20]];
    format!("{a}-{b}-{c}-{d}-{}", &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_days_books_differ_where_they_should() {
        let day = Day::new(1_000, 10);
        assert_eq!(day.debit.sample.book_roots, day.debit.sample.chain_roots);
        let wrong = day
            .trades
            .iter()
            .zip(&day.credit.sample.book)
            .filter(|(trade, slot)| slot.as_ref() != Some(&trade.entry(Side::Credit)));
        assert_eq!(wrong.count(), 10);
        assert!(day.compare(1).is_ok());
    }

    #[test]
    fn a_uuid_is_written_with_dashes() {
        let bytes = core::array::from_fn(|at| at as u8);
        assert_eq!(uuid(bytes), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }
}

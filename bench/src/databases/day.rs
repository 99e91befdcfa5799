//! A day's trades and books.

use super::side::BookOfSide;
use anyhow::{ensure, Result};
use counterfoil_primitives::{Entry, Kind, Reference, Side, Trade, TradeId, UserId};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

/// A day: the chain's trades, and the bank's book with its breaks. The company's book is right.
pub struct Day {
    trades: Vec<Trade>,
    debit: BookOfSide,
    credit: BookOfSide,
    breaks: usize,
}

impl Day {
    /// A day of a number of trades and breaks, spread evenly.
    pub fn new(trades: usize, breaks: usize) -> Self {
        let trades: Vec<Trade> = (0..trades as u64).map(trade).collect();
        let debit = BookOfSide::new(&trades, Side::Debit, 0);
        let credit = BookOfSide::new(&trades, Side::Credit, breaks);
        Self {
            trades,
            debit,
            credit,
            breaks,
        }
    }

    /// Writes the three tables as CSV.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(folder.join("trades.csv"))?);
        for trade in &self.trades {
            writeln!(
                file,
                "{},{},{},{},{},{},{},{},{},{}",
                trade.id.client,
                trade.id.sequence,
                trade.kind == Kind::Refund,
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
        write_book(&folder.join("debit_book.csv"), self.debit.book())?;
        write_book(&folder.join("credit_book.csv"), self.credit.book())
    }

    /// The median time of comparing both books with the chain.
    pub fn compare(&self, runs: usize) -> Result<Duration> {
        crate::stats::time(runs, || {
            let found = self.debit.compare(&self.trades)? + self.credit.compare(&self.trades)?;
            ensure!(found == self.breaks, "{found} breaks are found");
            Ok(())
        })
    }
}

fn write_book(path: &Path, book: &[Option<Entry>]) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for entry in book.iter().flatten() {
        writeln!(
            file,
            "{},{},{},{},{},{},{},{}",
            entry.id.client,
            entry.id.sequence,
            entry.kind == Kind::Refund,
            uuid(entry.reference.0),
            uuid(entry.user.0),
            entry.product,
            entry.amount,
            entry.occurred_at
        )?;
    }
    Ok(file.flush()?)
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
        kind: Kind::Payment,
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
        for (trades, breaks) in [(1_000, 0), (1_000, 1), (1_000, 10), (1_000, 1_000), (3, 1)] {
            let day = Day::new(trades, breaks);
            let wrong = |book: &BookOfSide, side| {
                let slots = day.trades.iter().zip(book.book());
                slots
                    .filter(|(trade, slot)| **slot != Some(trade.entry(side)))
                    .count()
            };
            assert_eq!(wrong(&day.debit, Side::Debit), 0);
            assert_eq!(wrong(&day.credit, Side::Credit), breaks);
            day.compare(1).unwrap();
        }
    }

    #[test]
    fn a_uuid_is_written_with_dashes() {
        let bytes = core::array::from_fn(|at| at as u8);
        assert_eq!(uuid(bytes), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }
}

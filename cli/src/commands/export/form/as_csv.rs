//! Rows as CSV. A spreadsheet computes none of the cells.

use super::Rows;
use crate::commands::export::cell::Cell;
use anyhow::Result;
use counterfoil_client::{formula_injection::inert, money::Money};
use std::io::Write;

/// A CSV file that is being written.
pub(crate) struct CsvRows<W: Write> {
    writer: csv::Writer<W>,
    money: Money,
}

impl<W: Write> CsvRows<W> {
    pub(crate) fn begin(writer: W, columns: &[&str], money: Money) -> Result<Self> {
        let mut writer = csv::Writer::from_writer(writer);
        writer.write_record(columns)?;
        Ok(Self { writer, money })
    }
}

impl<W: Write> Rows for CsvRows<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let money = self.money;
        let texts = cells.iter().map(|cell| match cell {
            Cell::Text(text) => inert(text).into_owned(),
            cell => cell.plain(&money),
        });
        Ok(self.writer.write_record(texts)?)
    }

    fn finish(mut self: Box<Self>, _notes: &[String]) -> Result<()> {
        Ok(self.writer.flush()?)
    }
}

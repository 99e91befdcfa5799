//! A party's ledger as its core system would export it.

use super::{
    breaks::{Line, Party},
    setup::Setup,
};
use crate::{clock::day_text, member::CLIENT};
use anyhow::Result;
use std::path::PathBuf;

/// A line with what its trade says beside it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line.
    pub line: Line,
    /// `payment` or `refund`.
    pub kind: &'static str,
    /// The local date and time.
    pub time: String,
}

impl Setup {
    /// Writes a party's ledger of the day.
    pub fn write_ledger(&self, party: Party) -> Result<PathBuf> {
        let lines = self.ledgers[&party].lines.iter();
        let rows = lines.map(|line| self.row(line.clone()));
        self.write_rows(&format!("ledger-{}.csv", party.name()), rows)
    }

    /// The row of a line that has the kind and the time of its trade.
    pub fn row(&self, line: Line) -> Row {
        let of = &self.trades[line.trade];
        Row {
            kind: of.kind(),
            time: format!(
                "{} {}",
                day_text(self.plan.day),
                of.time.strftime("%H:%M:%S")
            ),
            line,
        }
    }

    /// Writes rows to a file on the desk.
    pub fn write_rows(&self, name: &str, rows: impl IntoIterator<Item = Row>) -> Result<PathBuf> {
        let path = self.path(name);
        let mut writer = csv::Writer::from_path(&path)?;
        writer.write_record([
            "trade",
            "reference",
            "kind",
            "user",
            "time",
            "product",
            "amount",
        ])?;
        for Row { line, kind, time } in rows {
            let trade = line.sequence.map(|sequence| format!("{CLIENT}/{sequence}"));
            writer.write_record([
                trade.unwrap_or_default(),
                uuid::Uuid::from_bytes(line.reference).to_string(),
                kind.into(),
                line.user,
                time,
                line.product.to_string(),
                format!("{}.{:02}", line.amount / 100, line.amount % 100),
            ])?;
        }
        writer.flush()?;
        Ok(path)
    }
}

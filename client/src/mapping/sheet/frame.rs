//! What stands around the lines of a table, and among them, without being one: it is not read, and counted.

use super::{FileFormat, Record, Sheet, Table};
use crate::{mapping::Beginnings, printable_text::quoted};
use anyhow::{bail, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What was not read of a file.
#[derive(Debug)]
pub(super) struct Frame {
    stop_at: Option<Beginnings>,
    /// The lines above the column names.
    above: u64,
    /// The lines below the table.
    below: u64,
    /// The lines that repeat the column names.
    pub(super) repeated: usize,
    /// The remarks among the lines, by what they begin with.
    remarks: BTreeMap<String, usize>,
}

impl Frame {
    pub(super) fn of(table: &Table, format: &FileFormat) -> Self {
        let below = (table.below.first()).zip(table.below.last());
        Self {
            stop_at: format.stop_at.clone(),
            above: table.above,
            below: below.map_or(0, |(first, last)| last.line - first.line + 1),
            repeated: 0,
            remarks: BTreeMap::new(),
        }
    }

    /// Takes in a remark.
    pub(super) fn add_remark(&mut self, text: &str) {
        *self.remarks.entry(text.into()).or_default() += 1;
    }

    /// Refuses an end of the table from which on something looks like a line of it. One line for each
    /// text may look so, if the mapping names its whole first text.
    pub(super) fn check_below(&self, sheet: &Sheet, below: &[Record]) -> Result<()> {
        let mut named = BTreeSet::new();
        for record in below.iter().filter(|record| sheet.may_count(record)) {
            let text = sheet.first_text(record).unwrap_or_default();
            let is_named = self.stop_at.as_ref().is_some_and(|stop| stop.name(text));
            if is_named && named.insert(text) {
                continue;
            }
            bail!(
                "line {}: looks like a line of the table, which ends by stop_at at line {}; if it is one, set stop_at under [file] in \
                 the mapping to a longer text, with which only the first line below the table begins; if it is none, add its \
                 whole first text to stop_at, once: {}",
                record.line,
                below.first().map_or(record.line, |first| first.line),
                quoted(text)
            );
        }
        Ok(())
    }

    /// What there is to say.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let repeated = match self.repeated {
            0 => None,
            1 => Some("1 line that repeats the column names was not read".into()),
            lines => Some(format!(
                "{lines} lines that repeat the column names were not read"
            )),
        };
        let remarks: Vec<String> = self
            .remarks
            .iter()
            .map(|(text, count)| format!("{} ({count})", quoted(text)))
            .collect();
        let remarks = (!remarks.is_empty())
            .then(|| format!("lines left out by remarks: {}", remarks.join(", ")));
        let around = self.around();
        around.into_iter().chain(repeated).chain(remarks)
    }

    fn around(&self) -> Option<String> {
        let lines = |count: u64| match count {
            1 => "1 line".to_owned(),
            count => format!("{count} lines"),
        };
        let were = |count: u64| if count == 1 { "was" } else { "were" };
        match (self.above, self.below) {
            (0, 0) => None,
            (above, 0) => Some(format!(
                "{} above the column names {} not read",
                lines(above),
                were(above)
            )),
            (0, below) => Some(format!(
                "{} below the table {} not read",
                lines(below),
                were(below)
            )),
            (above, below) => Some(format!(
                "{} above the column names and {below} below the table were not read",
                lines(above)
            )),
        }
    }
}

impl Sheet {
    /// Whether a record has what every line of the table has, as far as its shape tells.
    fn may_count(&self, record: &Record) -> bool {
        let width = self.names.len();
        let is_whole =
            record.fields.len() >= width && record.texts().skip(width).all(str::is_empty);
        is_whole
            && self
                .needed
                .iter()
                .all(|index| !record.text(*index).is_empty())
    }
}

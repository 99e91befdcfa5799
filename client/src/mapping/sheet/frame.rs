//! What stands around the lines of a table, and among them, without being one: it is not read, and counted.

use super::{header, FileFormat, Record, Sheet, Table};
use crate::{
    mapping::{beginnings, toml_text::toml_text, Beginnings},
    printable_text::quoted,
};
use anyhow::{bail, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Columns that lines of statements fill, which sums below the table fill too.
const FEW: usize = 2;

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
        let below = table.below.first().zip(table.below.last());
        Self {
            stop_at: format.stop_at.clone(),
            above: table.above,
            below: below.map_or(0, |(first, last)| last.line - first.line + 1),
            repeated: 0,
            remarks: BTreeMap::new(),
        }
    }

    /// Takes in a remark.
    fn add_remark(&mut self, text: &str) {
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
                toml_text(text)
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
    /// Leaves out remarks and totals, by what they begin with.
    pub(super) fn leave_out_remarks(&mut self) {
        let Some(remarks) = self.format.remarks.clone() else {
            return;
        };
        for record in std::mem::take(&mut self.records) {
            match remarks.of(self.first_text(&record)) {
                Some(text) if self.is_remark(&record) => self.frame.add_remark(text),
                _ => self.records.push(record),
            }
        }
    }

    /// The first text of a record, behind what a file of refused lines has in front.
    fn first_text<'a>(&self, record: &'a Record) -> Option<&'a str> {
        let mut texts = record.texts().skip(header::own_columns(&self.names));
        texts.find(|text| !text.is_empty())
    }

    /// Whether a record lacks so much that it is no line that counts: a single field, or columns left
    /// blank that every line must fill.
    pub(super) fn is_remark(&self, record: &Record) -> bool {
        let is_blank = |index: &&usize| record.text(**index).is_empty();
        let blank = self.needed.iter().filter(is_blank).count();
        let is_single = record.fields.len() == 1 && self.names.len() > 1;
        !record.is_torn(self.names.len()) && (is_single || blank >= self.needed.len().min(2))
    }

    /// What to do about a record that is a remark or a total.
    pub(in crate::mapping) fn remark_remedy(&self, record: &Record) -> String {
        if !self.has_mapping {
            return "if it is a remark or a total, take the line out; otherwise complete it".into();
        }
        let text = self.first_text(record).unwrap_or_default();
        let texts = beginnings::with(self.format.remarks.as_ref(), text);
        format!("if it is a remark or a total, set remarks = {texts} under [file] in the mapping, or take the line out; otherwise complete it")
    }

    /// Whether a record may be a line of the table: it has what every line has. Where that is little, it
    /// must have the shape of a line too.
    fn may_count(&self, record: &Record) -> bool {
        let width = self.names.len();
        let is_blank_beyond = record.texts().skip(width).all(str::is_empty);
        let is_shaped = record.fields.len() >= width && is_blank_beyond;
        let is_filled = |index: &usize| !record.text(*index).is_empty();
        (is_shaped || self.needed.len() > FEW) && self.needed.iter().all(is_filled)
    }
}

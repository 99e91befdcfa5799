//! The id of a payment, out of one column or several.

use super::{layout::Column, line_error::LineError, row::Row, sheet::Sheet};
use crate::printable_text::quoted;
use anyhow::{bail, Result};
use serde::Deserialize;

/// Between the parts of an id that is made of several columns.
pub const SEPARATOR: char = '|';

/// The columns that a payment's id is made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum IdColumns {
    /// One column has it.
    One(String),
    /// Parts of it, in this order, with [`SEPARATOR`] between them.
    Several(Vec<String>),
}

impl IdColumns {
    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names: &[String] = match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        };
        names.iter().map(String::as_str)
    }
}

/// Reads ids of a file.
pub(super) struct IdReader {
    columns: Vec<Column>,
}

impl IdReader {
    /// A reader of the columns that the mapping's key `name` lists.
    pub(super) fn new(name: &str, columns: &IdColumns, sheet: &Sheet) -> Result<Self> {
        let columns = columns
            .names()
            .map(|name| sheet.column(name))
            .collect::<Result<Vec<_>>>()?;
        if columns.is_empty() {
            bail!("{name} lists no column; name the columns that make up a payment's id");
        }
        for column in &columns {
            sheet.check_long_ids(column)?;
        }
        Ok(Self { columns })
    }

    /// The columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter()
    }

    /// The column that is named where the id as a whole is wrong.
    pub(super) fn first(&self) -> &Column {
        &self.columns[0]
    }

    /// Whether a line has nothing of an id.
    pub(super) fn is_empty(&self, row: &Row<'_>) -> Result<bool, LineError> {
        for column in &self.columns {
            if !row.text(column)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads the id of a line; `empty` says what to do where a part is missing.
    pub(super) fn read(&self, row: &Row<'_>, empty: &str) -> Result<String, LineError> {
        let mut id = String::new();
        for (index, column) in self.columns.iter().enumerate() {
            let part = row.id(column)?;
            if part.is_empty() {
                return Err(row.at(column, "is empty".into(), empty.into()));
            }
            if self.columns.len() > 1 && part.contains(SEPARATOR) {
                return Err(row.at(
                    column,
                    format!(
                        "{} holds {SEPARATOR:?}, which separates the parts of an id",
                        quoted(part)
                    ),
                    "make the id from columns without it".into(),
                ));
            }
            if index > 0 {
                id.push(SEPARATOR);
            }
            id.push_str(part);
        }
        Ok(id)
    }
}

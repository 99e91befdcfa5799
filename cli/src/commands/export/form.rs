//! The forms of an export, by the ending of its file's name.
//!
//! | module | what it holds |
//! |---|---|
//! | `as_csv` | CSV: a row for the columns, and a row for each entry, break and so on |
//! | `as_json` | JSON: what the export is about, and the rows by the names of their columns |
//! | `as_xlsx` | XLSX: a sheet of rows, and a sheet that says what the export is about |

mod as_csv;
mod as_json;
mod as_xlsx;

pub(crate) use as_csv::CsvRows;
use as_json::JsonRows;
use as_xlsx::XlsxRows;

use super::{about::About, cell::Cell};
use anyhow::{bail, Result};
use std::{io::Write, path::Path};

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Xlsx,
    Json,
}

/// What rows are written to, one after the other.
pub(crate) trait Rows {
    /// Writes a row: a cell for each column.
    fn row(&mut self, cells: &[Cell]) -> Result<()>;

    /// Writes what stands after the rows.
    fn finish(self: Box<Self>, notes: &[String]) -> Result<()>;
}

impl Form {
    /// The form that the ending of a file's name names.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        Ok(match ending.to_str() {
            Some("csv") => Self::Csv,
            Some("xlsx") => Self::Xlsx,
            Some("json") => Self::Json,
            _ => bail!(
                "the ending of {} names no form; name a file that ends in .csv, .xlsx or .json",
                path.display()
            ),
        })
    }

    /// Begins a file of this form.
    pub fn begin<'w>(
        self,
        writer: impl Write + Send + 'w,
        columns: &'static [&'static str],
        about: &About,
    ) -> Result<Box<dyn Rows + 'w>> {
        let rows: Box<dyn Rows + 'w> = match self {
            Self::Csv => Box::new(CsvRows::begin(writer, columns, about.money)?),
            Self::Xlsx => Box::new(XlsxRows::begin(writer, columns, about)?),
            Self::Json => Box::new(JsonRows::begin(writer, columns, about)?),
        };
        Ok(rows)
    }
}

#[cfg(test)]
mod tests;

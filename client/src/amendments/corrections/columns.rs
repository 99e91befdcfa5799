//! The columns of a file of corrections.

use crate::{
    mapping::{
        layout::{Layout, Values},
        FileFormat,
    },
    printable_text::quoted,
};
use anyhow::{bail, Context as _, Result};

/// The columns that name a payment: a file has one of them.
pub(super) const NAMING: [&str; 3] = ["position", "trade_id", "reference"];

/// The columns that say what is right.
const RIGHT: [&str; 4] = ["user", "product", "amount", "occurred_at"];

/// The columns of a file, and what else the reading of sheets asks for.
pub(super) struct Columns {
    format: FileFormat,
    /// By no value does a line count, or not count.
    values: Values,
    pub(super) names: Vec<&'static str>,
}

impl Layout for Columns {
    fn file(&self) -> &FileFormat {
        &self.format
    }

    fn is_of_mapping(&self) -> bool {
        false
    }

    fn columns(&self) -> Vec<&str> {
        self.names.clone()
    }

    fn ids(&self) -> Vec<&str> {
        let ids = self.names.iter().copied();
        ids.filter(|name| *name != "amount" && *name != "occurred_at")
            .collect()
    }

    fn needed(&self) -> Vec<&str> {
        let naming = self.names.iter().copied();
        naming.filter(|name| NAMING.contains(name)).collect()
    }

    fn ignore(&self) -> &[String] {
        &[]
    }

    fn only(&self) -> &Values {
        &self.values
    }

    fn except(&self) -> &Values {
        &self.values
    }
}

impl Columns {
    /// Those that the first line of a file names.
    pub(super) fn of(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().context(
            "line 1: the column names cannot be read; save the file as UTF-8 with commas",
        )?;
        let mut names = Vec::new();
        for name in header {
            let name = name.trim();
            // Spreadsheets leave columns without a name and without values behind.
            if name.is_empty() {
                continue;
            }
            let mut known = NAMING.into_iter().chain(RIGHT);
            match known.find(|column| *column == name) {
                Some(column) => names.push(column),
                None if name.contains([';', '\t']) => bail!(
                    "line 1: {} is no name of a column; save the file as UTF-8 with commas between the columns",
                    quoted(name)
                ),
                None => bail!(
                    "line 1: {} is no column of corrections; they have one of {}, and what is right: {}",
                    quoted(name),
                    NAMING.join(", "),
                    RIGHT.join(", ")
                ),
            }
        }
        let naming = names.iter().filter(|name| NAMING.contains(*name)).count();
        if naming != 1 {
            bail!(
                "line 1: the file names payments by {naming} columns; keep one of {}",
                NAMING.join(", ")
            );
        }
        if naming == names.len() {
            bail!(
                "line 1: the file does not say what is right; add one of the columns {}",
                RIGHT.join(", ")
            );
        }
        Ok(Self {
            format: FileFormat::default(),
            values: Values::new(),
            names,
        })
    }
}

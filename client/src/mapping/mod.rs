//! Mapping files: how the columns of a member's CSV become trades or ledger lines.
//!
//! A mapping is TOML. Unknown keys are errors, so a misspelt one is found at once. What could be
//! read in two ways is refused, with the setting that decides it: nothing of a file is guessed.
//!
//! | module | what it decides |
//! |---|---|
//! | `source` | which kind of file the bytes are, and where the table in it is |
//! | [`encoding`] | which characters the bytes are |
//! | `lines` | where lines begin |
//! | `records` | where records begin and end |
//! | [`layout`] | which columns the mapping reads, and which lines it takes |
//! | `header` | where the column names are, and whether the mapping speaks of all columns |
//! | [`beginnings`] | which lines end a table, or are remarks in it, by what they begin with |
//! | [`guards`] | which marks around values are no part of them |
//! | `filter` | which lines count by the values of `[only]` and `[except]` |
//! | [`sheet`] | which lines count, and have the shape of one |
//! | [`row`] | what a line has in a column |
//! | `line_error` | what is wrong with a line |
//! | `spoilt_ids` | what spreadsheets make of ids |
//! | `lost_leading_zeros` | zeros that a spreadsheet took from ids of refused lines |
//! | `amounts` | what amounts count |
//! | `times` | what times count |
//! | `totals` | lines that are totals of others |
//! | `whole_file` | what only all lines of a file tell |
//! | [`ids`] | ids of several columns |
//! | [`kinds`] | which lines are payments, and which refunds |
//! | `products` | which product a line has |
//! | [`trade_ids`] | trade ids as people and ledgers write them |
//! | `users_and_references` | payers and references of lines, and the reference that follows from an id |
//! | [`terms`] | what terms a mapping states |
//! | `mapping_errors` | what is wrong with a mapping, in plain words |
//! | `toml_text` | texts as a mapping writes them |
//! | [`payments`], [`ledger`], [`statement`] | what a line says |
//!
//! ```toml
//! payment_id = "payment_id"      # column
//! user = "account_id"            # column
//!
//! [time]
//! column = "date"
//! format = "%Y-%m-%d"
//!
//! [amount]
//! column = "amount_czk"
//! currency = "CZK"
//!
//! [product]
//! column = "purpose"
//!
//! [[products]]
//! id = 1
//! values = ["household"]
//! terms = { credit = { rate_ppm = 20000, flat = 0, rounding = "half_even" } }
//! ```

mod amounts;
pub mod beginnings;
pub mod encoding;
mod filter;
pub mod guards;
mod header;
pub mod ids;
pub mod kinds;
pub mod layout;
pub mod ledger;
mod line_error;
mod lines;
mod lost_leading_zeros;
mod mapping_errors;
pub mod payments;
mod products;
mod records;
pub mod row;
pub mod sheet;
mod source;
mod spoilt_ids;
pub mod statement;
pub mod terms;
mod times;
mod toml_text;
mod totals;
pub mod trade_ids;
mod users_and_references;
mod whole_file;

pub(crate) use amounts::AmountReader;
pub use beginnings::Beginnings;
pub use encoding::Encoding;
pub use guards::Guards;
pub use ids::IdColumns;
pub use kinds::{KindColumn, Negative};
pub use ledger::{LedgerMapping, LedgerReading};
pub use line_error::{LineError, Refused};
pub use payments::{Payment, PaymentMapping, Reading};
pub(crate) use products::ProductReader;
pub use products::{ProductColumn, ProductValues};
pub use sheet::Sheet;
pub use statement::{StatementLine, StatementMapping, StatementReading};
pub(crate) use times::{Apart, TimeReader};
pub use users_and_references::reference_of;
use users_and_references::{read_recorded_reference, read_reference, read_user};

use crate::{local_time::Repeated, money::Unit};
use anyhow::{anyhow, bail, Context, Result};
use serde::Deserialize;
use std::path::Path;

/// Reads a mapping file.
pub fn load<M: for<'a> Deserialize<'a>>(path: &Path) -> Result<M> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("cannot read the mapping {}", path.display()))?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        bail!(
            "the mapping {} is not UTF-8; save it as UTF-8",
            path.display()
        );
    };
    // Editors may put a byte order mark before it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse(text).with_context(|| format!("the mapping {} is not right", path.display()))
}

/// Reads the text of a mapping file. What is wrong is told with its place, in plain words.
pub fn parse<M: for<'a> Deserialize<'a>>(text: &str) -> Result<M> {
    toml::from_str(text).map_err(|error| anyhow!(mapping_errors::told(&error.to_string())))
}

/// How the file is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileFormat {
    /// The encoding.
    pub encoding: Encoding,
    /// Between fields; a comma unless named.
    pub delimiter: Option<char>,
    /// The line of the column names, as an editor counts lines; what is above it is not read.
    pub header_row: Option<u64>,
    /// What the first line below the table begins with; it and what is below it is not read.
    pub stop_at: Option<Beginnings>,
    /// What remarks and totals begin with that stand among the lines of the table; they are left out.
    pub remarks: Option<Beginnings>,
    /// Marks around values that are no part of them.
    pub guards: Guards,
    /// The columns whose values have such marks; all that are read unless it is given.
    pub guards_in: Option<Vec<String>>,
    /// Says that ids which look as if a spreadsheet had lost their last digits are right.
    pub ids_end_in_zeros: bool,
    /// Says that no line is a total of others, though one may look like it.
    pub has_no_totals: bool,
}

impl FileFormat {
    /// The line of the column names, where the mapping says it.
    fn row_of_names(&self) -> Result<Option<u64>> {
        if self.header_row == Some(0) {
            bail!("header_row = 0: lines are counted from 1; set header_row under [file] in the mapping to the line of the column names, or take it out");
        }
        Ok(self.header_row)
    }

    fn delimiter(&self) -> Result<u8> {
        let delimiter = self.delimiter.unwrap_or(',');
        u8::try_from(delimiter)
            .ok()
            .filter(u8::is_ascii)
            .with_context(|| format!("the delimiter {delimiter:?} is not a single ASCII character"))
    }
}

/// Where the time stands, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeColumn {
    /// The column.
    pub column: String,
    /// As strftime writes it, like `%Y-%m-%d %H:%M:%S`; or `rfc3339`.
    pub format: String,
    /// `agreement` (unless named), an offset like `+01:00`, or a name like `Europe/Prague`.
    #[serde(default = "agreement_zone")]
    pub zone: String,
    /// The time of day where the file has none; noon unless named.
    pub at: Option<String>,
    /// Which of two is meant, where clocks go back and show an hour twice.
    pub repeated_hour: Option<Repeated>,
}

fn agreement_zone() -> String {
    "agreement".into()
}

/// Where the amount stands, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountColumn {
    /// The column.
    pub column: String,
    /// The ISO 4217 code; must be the agreement's where it is named.
    pub currency: Option<String>,
    /// The decimal separator; a point unless named.
    pub decimal: Option<char>,
    /// The thousands separator; none unless named.
    pub thousands: Option<char>,
    /// What the amounts count. It must be named where no amount of the file has a decimal separator.
    pub unit: Option<Unit>,
}

#[cfg(test)]
mod tests;

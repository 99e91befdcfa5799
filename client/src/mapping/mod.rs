//! Mapping files: how the columns of a member's CSV become trades or ledger lines.
//!
//! A mapping is TOML. Unknown keys are errors, so a misspelt one is found at once. What could be
//! read in two ways is refused, with the setting that decides it: nothing of a file is guessed.
//!
//! | module | what it decides |
//! |---|---|
//! | [`encoding`] | which characters the bytes are |
//! | `records` | where records begin and end |
//! | [`layout`] | which columns the mapping reads, and which lines it takes |
//! | `header` | whether the mapping speaks of all columns |
//! | `filter` | which lines count by the values of `[only]` |
//! | [`sheet`] | which lines count, and have the shape of one |
//! | [`row`] | what a line has in a column |
//! | `line_error` | what is wrong with a line |
//! | `spoilt_ids` | what spreadsheets make of ids |
//! | `zeros` | zeros that a spreadsheet took from ids of refused lines |
//! | `amounts` | what amounts count |
//! | `times` | what times count |
//! | `totals` | lines that are totals of others |
//! | `whole_file` | what only all lines of a file tell |
//! | [`ids`] | ids of several columns |
//! | [`kinds`] | which lines are payments, and which refunds |
//! | [`terms`] | what terms a mapping states |
//! | `mapping_errors` | what is wrong with a mapping, in plain words |
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
pub mod encoding;
mod filter;
mod header;
pub mod ids;
pub mod kinds;
pub mod layout;
pub mod ledger;
mod line_error;
mod mapping_errors;
pub mod payments;
mod records;
pub mod row;
pub mod sheet;
mod spoilt_ids;
pub mod statement;
pub mod terms;
mod times;
mod totals;
mod whole_file;
mod zeros;

pub(crate) use amounts::AmountReader;
pub use encoding::Encoding;
pub use ids::IdColumns;
pub use kinds::{KindColumn, Negative};
pub use ledger::{LedgerMapping, LedgerReading};
pub use line_error::{LineError, Refused};
pub use payments::{Payment, PaymentMapping, Reading};
pub use sheet::Sheet;
pub use statement::{StatementLine, StatementMapping, StatementReading};
pub(crate) use times::{Apart, TimeReader};

use crate::{
    local_time::Repeated,
    money::Unit,
    text::{label_error, quoted},
};
use anyhow::{anyhow, bail, Context, Result};
use counterfoil_primitives::{
    written::{label, UnreadableLabel},
    MemberId, ProductId, Reference, UserId,
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};
use uuid::Uuid;

/// Under which all clients' namespaces lie. It never changes: references follow from it.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"counterfoil/refs");

/// The reference of a payment without a UETR: UUID version 5 of the client and the id that the
/// payment has at its source. Bank and company find the same reference by themselves.
pub fn reference_of(client: MemberId, payment_id: &str) -> Reference {
    let namespace = Uuid::new_v5(&NAMESPACE, &client.to_be_bytes());
    Reference(*Uuid::new_v5(&namespace, payment_id.as_bytes()).as_bytes())
}

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
    /// Says that ids which look as if a spreadsheet had lost their last digits are right.
    pub ids_end_in_zeros: bool,
    /// Says that no line is a total of others, though one may look like it.
    pub has_no_totals: bool,
}

impl FileFormat {
    /// What to do about a line that looks like a total.
    const TOTAL_REMEDY: &'static str = "if it is a total, take the line out; if it is not, set has_no_totals = true under [file] in the mapping";

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
    /// The time of day where the file gives none; noon unless named.
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

/// Where the product stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProductColumn {
    /// The column, whose values `[[products]]` name; without any, it holds product ids.
    pub column: Option<String>,
    /// The product of every line, instead of a column.
    pub id: Option<ProductId>,
}

/// A product as the file names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductValues {
    /// Its id on chain.
    pub id: ProductId,
    /// What stands for it in the column.
    #[serde(default)]
    pub values: Vec<String>,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// Its terms; where they are named, they must be the chain's on the day of payment.
    pub terms: Option<terms::TermsSpec>,
}

/// Reads products of a file.
#[derive(Debug)]
pub(crate) enum ProductReader {
    Constant(ProductId),
    Ids,
    Values(BTreeMap<String, ProductId>),
}

impl ProductReader {
    fn new(column: &ProductColumn, products: &[ProductValues]) -> Result<Self> {
        match (&column.column, column.id) {
            (Some(_), Some(_)) => bail!("[product] names both a column and an id; keep one"),
            (None, None) => bail!("[product] names neither a column nor an id; name one of them"),
            (None, Some(id)) => return Ok(Self::Constant(id)),
            (Some(_), None) => {}
        }
        let mut values = BTreeMap::new();
        for product in products {
            for value in &product.values {
                if values.insert(value.clone(), product.id).is_some() {
                    bail!("[[products]]: the value {value:?} stands for two products; list it under one");
                }
            }
        }
        Ok(if values.is_empty() {
            Self::Ids
        } else {
            Self::Values(values)
        })
    }

    fn read(&self, text: &str) -> Result<ProductId, (String, String)> {
        match self {
            Self::Constant(id) => Ok(*id),
            Self::Ids => text.parse().map_err(|_| {
                (
                    format!("{} is not a product id", quoted(text)),
                    "name what the values stand for under [[products]] in the mapping".into(),
                )
            }),
            Self::Values(values) => values.get(text).copied().ok_or_else(|| {
                let known: Vec<&str> = values.keys().map(String::as_str).collect();
                (
                    format!("{} is an unknown product", quoted(text)),
                    format!(
                        "the mapping knows {}; add it there, or correct the line",
                        known.join(", ")
                    ),
                )
            }),
        }
    }
}

fn read_user(text: &str) -> Result<UserId, (String, String)> {
    label::read_user(text).map_err(|error| {
        let (problem, remedy) = label_error(text, error);
        let remedy = match error {
            UnreadableLabel::Empty => {
                "give the payer; if the line is a total or a remark, take it out".into()
            }
            UnreadableLabel::TooLong => "give a shorter id of the payer".into(),
            UnreadableLabel::Blanks | UnreadableLabel::Invisible => remedy,
        };
        (problem, remedy)
    })
}

fn read_reference(text: &str) -> Result<Reference, (String, String)> {
    Uuid::try_parse(text)
        .map(|uuid| Reference(*uuid.as_bytes()))
        .map_err(|_| {
            (
                format!("{} is not a reference", quoted(text)),
                "a reference is a UUID, like a payment's UETR".into(),
            )
        })
}

/// A reference as the chain may hold it: a UUID, or the text that a person recorded.
fn read_recorded_reference(text: &str) -> Result<Reference, (String, String)> {
    read_reference(text)
        .or_else(|(problem, _)| label::read_reference(text).map_err(|_| problem))
        .map_err(|problem| {
            let remedy = "a reference is a UUID, like a payment's UETR, or the text of up to 16 bytes with which the payment was recorded";
            (problem, remedy.into())
        })
}

#[cfg(test)]
mod tests;

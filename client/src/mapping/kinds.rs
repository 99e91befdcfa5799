//! Which lines of a file are payments, and which refunds.

use super::{ids::IdReader, layout::Column, row::Row, AmountColumn, LineError, Sheet};
use crate::{
    money::{Digits, Style},
    printable_text::quoted,
};
use anyhow::{bail, Result};
use counterfoil_primitives::Kind;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where it stands whether a line is a payment or a refund: in a column of its own, by values, or in the
/// sign of the amount.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KindColumn {
    /// The column.
    pub column: Option<String>,
    /// What it has on lines of payments.
    pub payment: Vec<String>,
    /// What it has on lines of refunds.
    pub refund: Vec<String>,
    /// What an amount below zero is, instead of a column.
    pub negative: Option<Negative>,
}

/// What an amount below zero is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Negative {
    /// A refund of the amount without its sign.
    Refund,
}

impl KindColumn {
    /// The values of lines of a kind.
    fn values(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Payment => &self.payment,
            Kind::Refund => &self.refund,
        }
    }
}

/// What is wrong with a mapping that names originals and no kinds.
pub(super) const fn no_kinds() -> &'static str {
    "the mapping names the column of a refund's original, and not which lines are refunds; say so under [kind]: \
     kind = { column = \"type\", payment = [\"payment\"], refund = [\"refund\"] }"
}

/// Reads which kind a line is of.
pub(super) enum KindReader {
    ByValue(ValueReader),
    /// By the sign of the amount in this column.
    BySign(Column, Style),
}

impl KindReader {
    pub(super) fn new(mapping: &KindColumn, amount: &AmountColumn, sheet: &Sheet) -> Result<Self> {
        match (&mapping.column, mapping.negative) {
            (Some(column), None) => ValueReader::new(mapping, column, sheet).map(Self::ByValue),
            (None, Some(Negative::Refund)) => {
                if !mapping.payment.is_empty() || !mapping.refund.is_empty() {
                    bail!("[kind]: payment and refund list the values of a column, and negative needs none; take the lists out");
                }
                let column = sheet.column(&amount.column)?;
                Ok(Self::BySign(column, amount.style()))
            }
            (Some(_), Some(_)) => bail!(
                "[kind] names both a column and what is negative; keep the one that tells refunds from payments"
            ),
            (None, None) => bail!(
                "[kind] does not say what tells refunds from payments; name their column by column = \"…\", or set \
                 negative = \"refund\" where refunds have a minus"
            ),
        }
    }

    /// Reads the kind of a line.
    pub(super) fn read(&self, row: &Row<'_>) -> Result<Kind, LineError> {
        match self {
            Self::ByValue(values) => values.read(row),
            Self::BySign(column, style) => {
                let text = row.value(column)?;
                match Digits::of_either_sign(text, style) {
                    Ok((_, true)) => Ok(Kind::Refund),
                    Ok((_, false)) => Ok(Kind::Payment),
                    Err(error) => Err(row.at(column, error.of(text), error.remedy().into())),
                }
            }
        }
    }
}

/// Reads which kind a line is of, by the values of a column.
pub(super) struct ValueReader {
    column: Column,
    values: BTreeMap<String, Kind>,
    /// All values, for people.
    known: String,
}

impl ValueReader {
    fn new(mapping: &KindColumn, column: &str, sheet: &Sheet) -> Result<Self> {
        let mut values = BTreeMap::new();
        let mut known = Vec::new();
        for kind in Kind::BOTH {
            let name = kind.name();
            if mapping.values(kind).is_empty() {
                bail!("[kind] lists no value of {name}s; give those that the column {} has, like {name} = [\"…\"]", quoted(column));
            }
            for value in mapping.values(kind) {
                match values.insert(value.clone(), kind) {
                    Some(other) if other != kind => bail!(
                        "[kind]: the value {} stands for both payments and refunds; keep one",
                        quoted(value)
                    ),
                    _ => {}
                }
            }
            let shown: Vec<String> = mapping.values(kind).iter().map(|v| quoted(v)).collect();
            known.push(format!("{} for {name}s", shown.join(", ")));
        }
        Ok(Self {
            column: sheet.column(column)?,
            values,
            known: known.join(" and "),
        })
    }

    fn read(&self, row: &Row<'_>) -> Result<Kind, LineError> {
        let text = row.text(&self.column)?;
        self.values.get(text).copied().ok_or_else(|| {
            row.at(
                &self.column,
                format!("{} is neither a payment nor a refund", quoted(text)),
                format!(
                    "the mapping's [kind] knows {}; add it there, leave such lines out by [only] or [except], or correct the line",
                    self.known
                ),
            )
        })
    }
}

/// Reads which lines are refunds, and of which payments.
pub(super) struct Refunds {
    kinds: KindReader,
    original: IdReader,
}

impl Refunds {
    pub(super) fn new(kinds: KindReader, original: Option<IdReader>) -> Result<Self> {
        match original {
            Some(original) => Ok(Self { kinds, original }),
            None => bail!(
                "[kind] says which lines are refunds, and the mapping does not name the column of the payment that a refund \
                 gives back from; name it above the mapping's first table: original = \"…\""
            ),
        }
    }

    /// Of a line that is a refund, the id of its payment.
    pub(super) fn original(&self, row: &Row<'_>) -> Result<Option<String>, LineError> {
        match self.kinds.read(row)? {
            Kind::Refund => {
                let empty = "give the id that the payment has which the refund gives back from";
                self.original.read(row, empty).map(Some)
            }
            Kind::Payment if self.original.is_empty(row)? => Ok(None),
            Kind::Payment => Err(row.at(
                self.original.first(),
                "names an original, and the line is of a payment".into(),
                "only a refund has an original: leave it empty, or correct the kind".into(),
            )),
        }
    }
}

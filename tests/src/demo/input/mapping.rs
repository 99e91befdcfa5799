//! A mapping of payments, as far as the demo follows it.

use super::super::rules::{RefundFee, Rounding, Rule};
use anyhow::{bail, ensure, Context, Result};
use serde::{de::IgnoredAny, Deserialize};
use std::path::Path;

/// What the columns of a file mean.
#[derive(Deserialize)]
pub(super) struct Mapping {
    pub(super) payment_id: IdColumns,
    pub(super) original: Option<IdColumns>,
    pub(super) reference: Option<String>,
    pub(super) user: String,
    #[serde(default)]
    pub(super) file: Format,
    pub(super) time: TimeColumn,
    pub(super) amount: AmountColumn,
    pub(super) product: ProductColumn,
    pub(super) kind: Option<KindColumn>,
    pub(super) products: Vec<Product>,
    pub(super) only: Option<IgnoredAny>,
    pub(super) except: Option<IgnoredAny>,
}

/// The columns that make an id.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum IdColumns {
    One(String),
    Several(Vec<String>),
}

impl IdColumns {
    /// Their names, in their order.
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Format {
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<char>,
    header_row: Option<IgnoredAny>,
    stop_at: Option<IgnoredAny>,
    remarks: Option<IgnoredAny>,
    guards: Option<IgnoredAny>,
}

impl Format {
    /// Whether the file is the table alone, with values as they are.
    fn is_plain(&self) -> bool {
        let layout = [&self.header_row, &self.stop_at, &self.remarks, &self.guards];
        layout.iter().all(|key| key.is_none())
    }
}

#[derive(Deserialize)]
pub(super) struct TimeColumn {
    pub(super) column: String,
    pub(super) format: String,
    pub(super) zone: Option<String>,
    pub(super) at: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct AmountColumn {
    pub(super) column: String,
    pub(super) currency: Option<String>,
    pub(super) decimal: Option<char>,
    pub(super) thousands: Option<char>,
    pub(super) unit: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ProductColumn {
    pub(super) column: Option<String>,
    pub(super) id: Option<u32>,
}

/// What tells refunds from payments.
#[derive(Deserialize)]
pub(super) struct KindColumn {
    pub(super) column: Option<String>,
    #[serde(default)]
    pub(super) payment: Vec<String>,
    #[serde(default)]
    pub(super) refund: Vec<String>,
    pub(super) negative: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Product {
    pub(super) id: u32,
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) name: String,
    pub(super) terms: Option<RawTerms>,
}

#[derive(Deserialize)]
pub(super) struct RawTerms {
    pub(super) credit: RawRule,
    pub(super) debit: Option<RawRule>,
    pub(super) refund_fee: Option<RefundFee>,
}

#[derive(Deserialize)]
pub(super) struct RawRule {
    #[serde(default)]
    rate_ppm: u64,
    #[serde(default)]
    flat: u64,
    #[serde(default)]
    floor: u64,
    cap: Option<u64>,
    rounding: Option<Rounding>,
}

impl From<RawRule> for Rule {
    fn from(raw: RawRule) -> Self {
        Self {
            rate_ppm: raw.rate_ppm.into(),
            flat: raw.flat.into(),
            floor: raw.floor.into(),
            cap: raw.cap.map(Into::into),
            rounding: raw.rounding.unwrap_or(Rounding::HalfUp),
        }
    }
}

impl Mapping {
    /// Reads a mapping.
    pub(super) fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))
    }

    /// Refuses what the demo cannot follow, rather than checking less.
    pub(super) fn check(&self) -> Result<()> {
        let zone = self.time.zone.as_deref();
        if zone.is_some_and(|zone| zone != "agreement") {
            bail!("the demo moves payments to another day, so their times must be local ones: leave [time] zone out");
        }
        ensure!(
            self.only.is_none() && self.except.is_none(),
            "the demo records all lines: leave [only] and [except] out"
        );
        ensure!(
            self.file.is_plain(),
            "the demo reads a table alone: leave header_row, stop_at, remarks and guards out of [file]"
        );
        ensure!(
            self.amount.unit.as_deref() != Some("minor"),
            "the demo reads whole units: leave unit = \"minor\" out"
        );
        ensure!(
            self.kind.is_some() == self.original.is_some(),
            "refunds need both [kind] and original in the mapping"
        );
        Ok(())
    }
}

//! The demo's own reading of the payments and of their mapping: what should be recorded.
//!
//! It shares no code with the import. Where it cannot follow a mapping it says so, rather than
//! checking less.

#[cfg(test)]
mod tests;

use super::rules::{Debit, RefundFee, Rounding, Rule, Terms};
use crate::clock::Plan;
use anyhow::{anyhow, bail, ensure, Context, Result};
use jiff::{civil::Time, fmt::strtime};
use serde::{de::IgnoredAny, Deserialize};
use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};
use uuid::Uuid;

/// The namespace of references, as the documentation of the import states it.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"counterfoil/refs");

#[derive(Deserialize)]
struct File {
    payment_id: String,
    reference: Option<String>,
    user: String,
    #[serde(default)]
    file: Format,
    time: TimeColumn,
    amount: AmountColumn,
    product: ProductColumn,
    products: Vec<Product>,
    only: Option<IgnoredAny>,
    except: Option<IgnoredAny>,
    kind: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
struct Format {
    encoding: Option<String>,
    delimiter: Option<char>,
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
struct TimeColumn {
    column: String,
    format: String,
    zone: Option<String>,
    at: Option<String>,
}

#[derive(Deserialize)]
struct AmountColumn {
    column: String,
    currency: Option<String>,
    decimal: Option<char>,
    thousands: Option<char>,
    unit: Option<String>,
}

#[derive(Deserialize)]
struct ProductColumn {
    column: Option<String>,
    id: Option<u32>,
}

#[derive(Deserialize)]
struct Product {
    id: u32,
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    name: String,
    terms: Option<RawTerms>,
}

#[derive(Deserialize)]
struct RawTerms {
    credit: RawRule,
    debit: Option<RawRule>,
    refund_fee: Option<RefundFee>,
}

#[derive(Deserialize)]
struct RawRule {
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

/// A product of the mapping.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Its name for people.
    pub name: String,
    /// Its terms.
    pub terms: Terms,
}

/// A payment or a refund as it should be on chain.
#[derive(Clone, Debug)]
pub struct Payment {
    /// Its id at its source.
    pub source_id: String,
    /// What ties all records of it together.
    pub reference: [u8; 16],
    /// The payer.
    pub user: String,
    /// The product.
    pub product: u32,
    /// What was paid or given back, in minor units.
    pub gross: u128,
    /// The company's share.
    pub debit: u128,
    /// The bank's share.
    pub credit: u128,
    /// When, in milliseconds since 1970, re-dated to the day.
    pub occurred_at: u64,
    /// The local time of day, for the ledgers.
    pub time: Time,
    /// Of a refund, the index of its payment.
    pub refund_of: Option<usize>,
}

impl Payment {
    /// Whether it is a payment or a refund, as files write it.
    pub const fn kind(&self) -> &'static str {
        match self.refund_of {
            None => "payment",
            Some(_) => "refund",
        }
    }
}

/// What the file should give.
#[derive(Clone, Debug)]
pub struct Input {
    /// The products by id.
    pub funds: BTreeMap<u32, Fund>,
    /// The currency of the agreement.
    pub currency: String,
    /// The payments, in the file's order.
    pub payments: Vec<Payment>,
    /// Lines that are no payments.
    pub refused: usize,
}

/// Reads the products and their terms, which the agreement is made from.
pub fn read_funds(mapping: &Path) -> Result<(BTreeMap<u32, Fund>, String)> {
    let file = load(mapping)?;
    let mut funds = BTreeMap::new();
    for product in file.products {
        let terms = product
            .terms
            .with_context(|| format!("the demo needs the terms of product {}", product.id))?;
        let fund = Fund {
            name: product.name,
            terms: Terms {
                credit: terms.credit.into(),
                debit: terms
                    .debit
                    .map_or(Debit::Residual, |rule| Debit::Own(rule.into())),
                refund_fee: terms.refund_fee.unwrap_or(RefundFee::Returned),
            },
        };
        ensure!(
            funds.insert(product.id, fund).is_none(),
            "product {} stands twice in the mapping",
            product.id
        );
    }
    Ok((funds, file.amount.currency.unwrap_or_else(|| "CZK".into())))
}

/// Reads the payments that `client` should record for the day of `plan`.
pub fn read(input: &Path, mapping: &Path, client: u32, plan: &Plan) -> Result<Input> {
    let (funds, currency) = read_funds(mapping)?;
    let file = load(mapping)?;
    if file
        .time
        .zone
        .as_deref()
        .is_some_and(|zone| zone != "agreement")
    {
        bail!("the demo moves payments to another day, so their times must be local ones: leave [time] zone out");
    }
    ensure!(
        file.only.is_none() && file.except.is_none(),
        "the demo records all lines: leave [only] and [except] out"
    );
    ensure!(
        file.file.is_plain(),
        "the demo reads a table alone: leave header_row, stop_at, remarks and guards out of [file]"
    );
    ensure!(
        file.kind.is_none(),
        "the demo gives back of the file's payments by itself: leave refunds and [kind] out"
    );
    ensure!(
        file.amount.unit.as_deref() != Some("minor"),
        "the demo reads whole units: leave unit = \"minor\" out"
    );
    let text = text_of(input, file.file.encoding.as_deref())?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(file.file.delimiter.unwrap_or(','))?)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim().into())
        .collect();
    let column = |name: &str| {
        let at = header.iter().position(|column| column == name);
        at.ok_or_else(|| anyhow!("the file has no column {name}"))
    };
    let columns = Columns {
        id: column(&file.payment_id)?,
        reference: file.reference.as_deref().map(column).transpose()?,
        user: column(&file.user)?,
        time: column(&file.time.column)?,
        amount: column(&file.amount.column)?,
        product: file.product.column.as_deref().map(column).transpose()?,
    };
    let mut payments = Vec::new();
    let mut refused = 0;
    let mut seen = HashSet::new();
    for record in reader.records() {
        let record = record?;
        // Of a payment that stands twice in the file the second line is refused.
        match payment(&record, &columns, &file, &funds, client, plan) {
            Ok(payment) if seen.insert(payment.source_id.clone()) => payments.push(payment),
            _ => refused += 1,
        }
    }
    Ok(Input {
        funds,
        currency,
        payments,
        refused,
    })
}

struct Columns {
    id: usize,
    reference: Option<usize>,
    user: usize,
    time: usize,
    amount: usize,
    product: Option<usize>,
}

fn payment(
    record: &csv::StringRecord,
    columns: &Columns,
    file: &File,
    funds: &BTreeMap<u32, Fund>,
    client: u32,
    plan: &Plan,
) -> Result<Payment> {
    let field = |at: usize| {
        record
            .get(at)
            .map(str::trim)
            .context("the line is too short")
    };
    let source_id = field(columns.id)?.to_owned();
    ensure!(!source_id.is_empty(), "no id");
    let reference = columns.reference.map(field).transpose()?;
    let reference = match reference.filter(|text| !text.is_empty()) {
        Some(text) => *Uuid::try_parse(text)?.as_bytes(),
        None => reference_of(client, &source_id),
    };
    let user = field(columns.user)?.to_owned();
    ensure!(
        (1..=16).contains(&user.len()),
        "the user's id has a wrong length"
    );
    let product = match (columns.product, file.product.id) {
        (Some(at), _) => product_of(field(at)?, &file.products)?,
        (None, Some(id)) => id,
        (None, None) => bail!("the mapping names no product"),
    };
    let fund = funds.get(&product).context("unknown product")?;
    let gross = minor_units(field(columns.amount)?, &file.amount)?;
    let (debit, credit) = fund.terms.amounts(gross)?;
    let time = time_of(field(columns.time)?, &file.time)?;
    Ok(Payment {
        source_id,
        reference,
        user,
        product,
        gross,
        debit,
        credit,
        occurred_at: moment(plan, time),
        time,
        refund_of: None,
    })
}

/// The reference of a payment or refund of a client that brings none.
pub fn reference_of(client: u32, source_id: &str) -> [u8; 16] {
    let namespace = Uuid::new_v5(&NAMESPACE, &client.to_be_bytes());
    *Uuid::new_v5(&namespace, source_id.as_bytes()).as_bytes()
}

/// A local time of the day, in milliseconds since 1970.
pub fn moment(plan: &Plan, time: Time) -> u64 {
    let seconds =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    plan.offset.start_of(plan.day) + seconds as u64 * 1000
}

fn load(mapping: &Path) -> Result<File> {
    let text = std::fs::read_to_string(mapping)
        .with_context(|| format!("cannot read {}", mapping.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not right", mapping.display()))
}

fn text_of(input: &Path, encoding: Option<&str>) -> Result<String> {
    let bytes = std::fs::read(input).with_context(|| format!("cannot read {}", input.display()))?;
    let text = match encoding {
        // Latin-1 is the first 256 characters of Unicode.
        Some("latin-1") => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8(bytes).context("the file is not UTF-8")?,
    };
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn product_of(value: &str, products: &[Product]) -> Result<u32> {
    if products.iter().all(|product| product.values.is_empty()) {
        return Ok(value.parse()?);
    }
    let found = products
        .iter()
        .find(|product| product.values.iter().any(|known| known == value));
    found
        .map(|product| product.id)
        .with_context(|| format!("unknown product {value}"))
}

/// Hundredths, which all currencies of the demo have. More decimals than two are no amount, unless
/// they are zeros.
fn minor_units(text: &str, column: &AmountColumn) -> Result<u128> {
    let text: String = text
        .chars()
        .filter(|character| Some(*character) != column.thousands)
        .collect();
    let (whole, fraction) = text
        .split_once(column.decimal.unwrap_or('.'))
        .unwrap_or((&text, ""));
    let fraction = match fraction.len() {
        0..=2 => fraction,
        _ => fraction.trim_end_matches('0'),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    ensure!(
        !whole.is_empty() && digits(whole) && digits(fraction) && fraction.len() <= 2,
        "{text} is no amount"
    );
    let amount: u128 = format!("{whole}{fraction:0<2}").parse()?;
    ensure!(amount > 0, "nothing was paid");
    Ok(amount)
}

fn time_of(text: &str, column: &TimeColumn) -> Result<Time> {
    let parts = strtime::parse(&column.format, text)?;
    // A date that does not exist is refused although the day is replaced.
    parts.to_date()?;
    match parts.to_time() {
        Ok(time) if parts.hour().is_some() => Ok(time),
        _ => Ok(column.at.as_deref().unwrap_or("12:00").parse()?),
    }
}

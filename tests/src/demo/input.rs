//! The demo's own reading of the payments, of the refunds among them, and of their mapping: what should be
//! recorded.
//!
//! It shares no code with the import. Where it cannot follow a mapping it says so, rather than
//! checking less.
//!
//! | module | what it holds |
//! |---|---|
//! | `mapping` | what a mapping says |
//! | `columns` | where a line has what |
//! | `fields` | products, amounts and times |
//! | `refunds` | what refunds give back of which payments |

mod columns;
mod fields;
mod mapping;
mod refunds;
#[cfg(test)]
mod tests;

use super::rules::{Debit, RefundFee, Terms};
use crate::clock::Plan;
use anyhow::{bail, ensure, Context, Result};
use columns::{Columns, Fields};
use fields::{minor_units, product_of, time_of};
use jiff::civil::Time;
use mapping::Mapping;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};
use uuid::Uuid;

/// The namespace of references, as the documentation of the import states it.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"counterfoil/refs");

/// The longest id that a payment may have at its source, in bytes.
const MAX_ID: usize = 128;

/// A product of the mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fund {
    /// Its name for people.
    pub name: String,
    /// Its terms.
    pub terms: Terms,
}

/// A payment or a refund as it should be on chain.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The refunds of these payments, in the file's order.
    pub refunds: Vec<Payment>,
    /// Lines that are neither.
    pub refused: usize,
}

/// Reads the products and their terms, which the agreement is made from.
fn funds_of(mapping: &mut Mapping) -> Result<BTreeMap<u32, Fund>> {
    let mut funds = BTreeMap::new();
    for product in &mut mapping.products {
        let terms = product.terms.take();
        let terms =
            terms.with_context(|| format!("the demo needs the terms of product {}", product.id))?;
        let fund = Fund {
            name: product.name.clone(),
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
    Ok(funds)
}

/// Reads the payments and refunds that `client` should record for the day of `plan`.
pub fn read(input: &Path, mapping: &Path, client: u32, plan: &Plan) -> Result<Input> {
    let mut mapping = Mapping::load(mapping)?;
    mapping.check()?;
    let funds = funds_of(&mut mapping)?;
    let text = text_of(input, mapping.file.encoding.as_deref())?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(mapping.file.delimiter.unwrap_or(','))?)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim().into())
        .collect();
    let lines = Lines {
        columns: Columns::find(&mapping, &header)?,
        mapping: &mapping,
        funds: &funds,
        client,
        plan,
    };
    let (mut payments, mut given_back) = (Vec::new(), Vec::new());
    let mut refused = 0;
    let mut seen = Seen::default();
    for record in reader.records() {
        let record = record?;
        match lines.read(&Fields(&record)) {
            Ok((trade, original)) if seen.is_new(&trade, original.as_deref()) => match original {
                None => payments.push(trade),
                Some(original) => given_back.push(refunds::Line {
                    refund: trade,
                    original,
                }),
            },
            _ => refused += 1,
        }
    }
    let lines = given_back.len();
    let refunds = refunds::of_payments(&payments, given_back, &funds, client)?;
    Ok(Input {
        currency: mapping.amount.currency.unwrap_or_else(|| "CZK".into()),
        refused: refused + lines - refunds.len(),
        funds,
        payments,
        refunds,
    })
}

/// What a file's lines are read by.
struct Lines<'a> {
    columns: Columns,
    mapping: &'a Mapping,
    funds: &'a BTreeMap<u32, Fund>,
    client: u32,
    plan: &'a Plan,
}

impl Lines<'_> {
    /// Reads a line by itself: a payment; or a refund without the parties' shares, with its payment's id.
    fn read(&self, fields: &Fields<'_>) -> Result<(Payment, Option<String>)> {
        let Self {
            columns, mapping, ..
        } = self;
        let source_id = fields.id(&columns.id)?;
        ensure!(source_id.len() <= MAX_ID, "the id is too long");
        let (amount, original) = columns.amount_and_original(fields)?;
        let reference = columns.reference.map(|at| fields.at(at)).transpose()?;
        let user = fields.at(columns.user)?.to_owned();
        ensure!(
            (1..=16).contains(&user.len()),
            "the user's id has a wrong length"
        );
        let product = match (columns.product, mapping.product.id) {
            (Some(at), _) => product_of(fields.at(at)?, &mapping.products)?,
            (None, Some(id)) => id,
            (None, None) => bail!("the mapping names no product"),
        };
        let fund = self.funds.get(&product).context("unknown product")?;
        let gross = minor_units(amount, &mapping.amount)?;
        let (debit, credit) = match original {
            None => fund.terms.amounts(gross)?,
            // They follow from what is left of the payment.
            Some(_) => (0, 0),
        };
        let time = time_of(fields.at(columns.time)?, &mapping.time)?;
        let trade = Payment {
            reference: match reference {
                None => reference_of(self.client, &source_id),
                Some("") if original.is_some() => reference_of(self.client, &source_id),
                Some(text) => *Uuid::try_parse(text)?.as_bytes(),
            },
            source_id,
            user,
            product,
            gross,
            debit,
            credit,
            occurred_at: moment(self.plan, time),
            time,
            refund_of: None,
        };
        Ok((trade, original))
    }
}

/// What the lines of a file had so far.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    /// The references of payments and of refunds, these with their payments' ids.
    references: HashMap<(bool, [u8; 16]), Option<String>>,
}

impl Seen {
    /// Whether nothing that a line has for itself stands on another one. Refunds of one payment may share a
    /// reference.
    fn is_new(&mut self, trade: &Payment, original: Option<&str>) -> bool {
        let key = (original.is_some(), trade.reference);
        let first = self.references.get(&key);
        let is_others = first.is_some_and(|first| first.is_none() || first.as_deref() != original);
        if is_others || self.ids.contains(&trade.source_id) {
            return false;
        }
        self.ids.insert(trade.source_id.clone());
        self.references.insert(key, original.map(Into::into));
        true
    }
}

/// The reference of a payment or refund of a client that brings none.
fn reference_of(client: u32, source_id: &str) -> [u8; 16] {
    let namespace = Uuid::new_v5(&NAMESPACE, &client.to_be_bytes());
    *Uuid::new_v5(&namespace, source_id.as_bytes()).as_bytes()
}

/// A local time of the day, in milliseconds since 1970.
fn moment(plan: &Plan, time: Time) -> u64 {
    let seconds =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    plan.offset.start_of(plan.day) + seconds as u64 * 1000
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

//! Payments and refunds out of a client's file.

mod reader;

use super::{
    layout::{Layout, Values},
    AmountColumn, Apart, FileFormat, IdColumns, KindColumn, ProductColumn, ProductValues, Refused,
    Sheet, TimeColumn,
};
use crate::money::Money;
use anyhow::{Context as _, Result};
use counterfoil_primitives::{
    terms::Terms, Amount, BusinessDay, Kind, MemberId, Moment, ProductId, Reference, UserId,
};
use reader::{Reader, Seen};
use serde::Deserialize;
use std::collections::HashMap;

/// The longest id that a payment may have at its source, in bytes.
pub const MAX_PAYMENT_ID: usize = 128;

/// How the columns of a client's file become payments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentMapping {
    /// How the file is written.
    #[serde(default)]
    pub file: FileFormat,
    /// The columns that say nothing of what is recorded.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The values of the lines that are completed payments; other lines are left out.
    #[serde(default)]
    pub only: Values,
    /// The values of the lines that are no completed payments.
    #[serde(default)]
    pub except: Values,
    /// The column of the id that a payment has at its source, or the columns that make it.
    pub payment_id: IdColumns,
    /// The column of the payer.
    pub user: String,
    /// The column of the payment's UETR; without it the reference follows from the payment id.
    ///
    /// A refund may leave it empty, or carry its original's; its reference follows from its own id then.
    pub reference: Option<String>,
    /// When the payment completed.
    pub time: TimeColumn,
    /// What was paid.
    pub amount: AmountColumn,
    /// Which lines are payments, and which refunds; all are payments unless it is given.
    pub kind: Option<KindColumn>,
    /// Of a refund, the column of the id of the payment that it is of, or the columns that make
    /// that id.
    pub original: Option<IdColumns>,
    /// What was bought.
    pub product: ProductColumn,
    /// The products.
    #[serde(default)]
    pub products: Vec<ProductValues>,
}

/// A payment or a refund of a client's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its index among the file's records.
    pub record: usize,
    /// Its line in the file.
    pub line: u64,
    /// Its id at its source.
    pub id: String,
    /// What it carries elsewhere.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What was paid.
    pub gross: Amount,
    /// When.
    pub occurred_at: Moment,
    /// Of a refund, the id of the payment that it is of.
    pub original: Option<String>,
}

impl Payment {
    /// Whether it is a payment or a refund.
    pub const fn kind(&self) -> Kind {
        match self.original {
            None => Kind::Payment,
            Some(_) => Kind::Refund,
        }
    }
}

/// What a file held.
#[derive(Debug)]
pub struct Reading {
    /// The payments.
    pub payments: Vec<Payment>,
    /// The lines that are not payments.
    pub refused: Vec<Refused>,
    /// Where lines may be refunds, why lines are refused, by the ids that they have as payments or refunds.
    pub missing: HashMap<String, String>,
    /// What the user should know beside them.
    pub notes: Vec<String>,
}

/// What a file does not say by itself.
pub struct Context<'a> {
    /// Whose payments they are.
    pub client: MemberId,
    /// The agreement's currency.
    pub money: Money,
    /// The minutes that the agreement's local time on a day is ahead of UTC.
    pub offset_on: &'a dyn Fn(BusinessDay) -> i16,
    /// The day on which all payments are put, instead of their own.
    pub day: Option<BusinessDay>,
}

impl Layout for PaymentMapping {
    fn file(&self) -> &FileFormat {
        &self.file
    }

    fn columns(&self) -> Vec<&str> {
        let own = [&self.user, &self.time.column, &self.amount.column];
        let kind = self.kind.iter().flat_map(|kind| &kind.column);
        let optional = self.reference.iter().chain(&self.product.column);
        let optional = optional.chain(kind);
        let named = own.into_iter().chain(optional);
        let named = named.chain(self.only.keys()).chain(self.except.keys());
        let originals = self.original.iter().flat_map(IdColumns::names);
        self.payment_id
            .names()
            .chain(originals)
            .chain(named.map(String::as_str))
            .collect()
    }

    fn ids(&self) -> Vec<&str> {
        let own = [&self.user].into_iter().chain(&self.reference);
        let own = own.map(String::as_str);
        let originals = self.original.iter().flat_map(IdColumns::names);
        self.payment_id
            .names()
            .chain(originals)
            .chain(own)
            .collect()
    }

    fn needed(&self) -> Vec<&str> {
        let own = [&self.user, &self.time.column, &self.amount.column];
        let own = own.into_iter().chain(&self.product.column);
        self.payment_id
            .names()
            .chain(own.map(String::as_str))
            .collect()
    }

    fn ignore(&self) -> &[String] {
        &self.ignore
    }

    fn only(&self) -> &Values {
        &self.only
    }

    fn except(&self) -> &Values {
        &self.except
    }
}

impl PaymentMapping {
    /// The terms that the mapping states, by product.
    pub fn terms(&self) -> Result<Vec<(ProductId, Terms)>> {
        self.products
            .iter()
            .filter_map(|product| Some((product.id, product.terms.as_ref()?)))
            .map(|(id, spec)| {
                let terms = spec
                    .terms()
                    .with_context(|| format!("the terms of product {id}"))?;
                Ok((id, terms))
            })
            .collect()
    }

    /// Reads the payments of a sheet. A line that is no payment is refused on its own; what is wrong
    /// with the mapping or the columns is an error.
    pub fn read(&self, sheet: &Sheet, context: &Context<'_>) -> Result<Reading> {
        let reader = Reader::new(self, sheet, context)?;
        let mut seen = Seen::default();
        let mut reading = Reading {
            payments: Vec::with_capacity(sheet.len()),
            refused: Vec::new(),
            missing: HashMap::new(),
            notes: Vec::new(),
        };
        reading.notes.extend(sheet.notes());
        let mut apart = Apart::default();
        for row in sheet.rows() {
            let payment = reader.read(&row, &mut apart).and_then(|payment| {
                reader.check_new(&row, &payment, &seen)?;
                Ok(payment)
            });
            match payment {
                Ok(payment) => {
                    seen.ids
                        .insert(payment.id.clone(), (payment.kind(), payment.line));
                    seen.references.insert(
                        (payment.kind(), payment.reference),
                        (payment.original.clone(), payment.line),
                    );
                    reading.payments.push(payment);
                }
                Err(error) => {
                    if let Some(id) = reader.id_of_refused(&row) {
                        reading.missing.insert(id, error.to_string());
                    }
                    reading.refused.push(row.refuse(error));
                }
            }
        }
        reader.check_together(sheet, &mut reading)?;
        reading.notes.extend(apart.note(&self.time.zone));
        Ok(reading)
    }
}

//! Payments out of a client's file.

use super::{
    ids::IdReader,
    layout::{Column, Layout, Values},
    read_reference, read_user, reference_of,
    row::Row,
    spoilt_ids::lost_digits,
    whole_file::{self, Taken},
    AmountColumn, AmountReader, Apart, FileFormat, IdColumns, LineError, ProductColumn,
    ProductReader, ProductValues, Refused, Sheet, TimeColumn, TimeReader,
};
use crate::{
    local_time::Clock,
    money::Money,
    text::{quoted, reference_text},
};
use anyhow::{Context as _, Result};
use counterfoil_primitives::{
    terms::Terms, Amount, BusinessDay, MemberId, Moment, ProductId, Reference, UserId,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    /// The column of the id that a payment has at its source, or the columns that make it.
    pub payment_id: IdColumns,
    /// The column of the payer.
    pub user: String,
    /// The column of the payment's UETR; without it the reference follows from the payment id.
    pub reference: Option<String>,
    /// When the payment completed.
    pub time: TimeColumn,
    /// What was paid.
    pub amount: AmountColumn,
    /// What was bought.
    pub product: ProductColumn,
    /// The products.
    #[serde(default)]
    pub products: Vec<ProductValues>,
}

/// A payment of a client's file.
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
}

/// What a file held.
#[derive(Debug)]
pub struct Reading {
    /// The payments.
    pub payments: Vec<Payment>,
    /// The lines that are not payments.
    pub refused: Vec<Refused>,
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
        let optional = self.reference.iter().chain(&self.product.column);
        let named = own.into_iter().chain(optional).chain(self.only.keys());
        self.payment_id
            .names()
            .chain(named.map(String::as_str))
            .collect()
    }

    fn ids(&self) -> Vec<&str> {
        let own = [&self.user].into_iter().chain(&self.reference);
        let own = own.map(String::as_str);
        self.payment_id.names().chain(own).collect()
    }

    fn ignore(&self) -> &[String] {
        &self.ignore
    }

    fn only(&self) -> &Values {
        &self.only
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
                    seen.ids.insert(payment.id.clone(), payment.line);
                    seen.references.insert(payment.reference, payment.line);
                    reading.payments.push(payment);
                }
                Err(error) => reading.refused.push(row.refuse(error)),
            }
        }
        reader.check_together(sheet, &mut reading)?;
        reading.notes.extend(apart.note(&self.time.zone));
        Ok(reading)
    }
}

/// The lines on which payments stand, by what each has for itself.
#[derive(Default)]
struct Seen {
    ids: HashMap<String, u64>,
    references: BTreeMap<Reference, u64>,
}

struct Reader<'a> {
    context: &'a Context<'a>,
    payment_id: IdReader,
    user: Column,
    reference: Option<Column>,
    time_column: Column,
    time: TimeReader,
    clock: Clock<'a>,
    amount_column: Column,
    amount: AmountReader,
    product_column: Option<Column>,
    product: ProductReader,
}

impl<'a> Reader<'a> {
    fn new(mapping: &PaymentMapping, sheet: &Sheet, context: &'a Context<'a>) -> Result<Self> {
        let optional =
            |name: &Option<String>| name.as_ref().map(|name| sheet.column(name)).transpose();
        let user = sheet.column(&mapping.user)?;
        sheet.check_long_ids(&user)?;
        let amount_column = sheet.column(&mapping.amount.column)?;
        Ok(Self {
            context,
            payment_id: IdReader::new(&mapping.payment_id, sheet)?,
            user,
            reference: optional(&mapping.reference)?,
            time_column: sheet.column(&mapping.time.column)?,
            time: TimeReader::new(&mapping.time)?,
            clock: Clock::new(context.offset_on, mapping.time.repeated_hour),
            amount: AmountReader::new(&mapping.amount, context.money)?,
            amount_column,
            product_column: optional(&mapping.product.column)?,
            product: ProductReader::new(&mapping.product, &mapping.products)?,
        })
    }

    fn read(&self, row: &Row<'_>, apart: &mut Apart) -> Result<Payment, LineError> {
        row.check_shape(&self.needed())?;
        row.check_no_total(self.named())?;
        let id = self
            .payment_id
            .read(row, "give the id that the payment has at its source")?;
        if id.len() > MAX_PAYMENT_ID {
            return Err(row.at(
                self.payment_id.first(),
                format!("is longer than {MAX_PAYMENT_ID} bytes"),
                "give a shorter id".into(),
            ));
        }
        let text = |column: &Column| row.text(column);
        let amount = text(&self.amount_column)?;
        let gross = self.amount.read(amount).map_err(|error| {
            row.at(&self.amount_column, error.of(amount), error.remedy().into())
        })?;
        let user = read_user(row.id(&self.user)?)
            .map_err(|(problem, remedy)| row.at(&self.user, problem, remedy))?;
        let product = match &self.product_column {
            Some(column) => self
                .product
                .read(text(column)?)
                .map_err(|(problem, remedy)| row.at(column, problem, remedy))?,
            None => self
                .product
                .read("")
                .map_err(|(problem, remedy)| row.error(problem, remedy))?,
        };
        let reference = match &self.reference {
            Some(column) => read_reference(text(column)?)
                .map_err(|(problem, remedy)| row.at(column, problem, remedy))?,
            None => reference_of(self.context.client, &id),
        };
        let time = self
            .time
            .read(text(&self.time_column)?, &self.clock, self.context.day)
            .map_err(|(problem, remedy)| row.at(&self.time_column, problem, remedy))?;
        apart.add(row.line, &time);
        Ok(Payment {
            record: row.index,
            line: row.line,
            id,
            reference,
            user,
            product,
            gross,
            occurred_at: time.moment,
        })
    }

    /// The columns that no payment leaves blank.
    fn needed(&self) -> Vec<&Column> {
        let own = [&self.user, &self.time_column, &self.amount_column];
        let ids = self.payment_id.columns();
        ids.chain(own).chain(&self.product_column).collect()
    }

    /// The columns that name a payment or its payer.
    fn named(&self) -> impl Iterator<Item = &Column> {
        self.payment_id.columns().chain([&self.user])
    }

    /// Refuses lines that are wrong beside the others.
    fn check_together(&self, sheet: &Sheet, reading: &mut Reading) -> Result<()> {
        let taken: Vec<Taken> = reading
            .payments
            .iter()
            .map(|payment| Taken {
                record: payment.record,
                amount: payment.gross,
            })
            .collect();
        let refused = whole_file::check(sheet, &self.amount_column, &self.amount, &taken)?;
        let records: BTreeSet<usize> = refused.iter().map(|refused| refused.record).collect();
        reading
            .payments
            .retain(|payment| !records.contains(&payment.record));
        reading.refused.extend(refused);
        reading.refused.sort_by_key(|refused| refused.record);
        Ok(())
    }

    /// A payment stands in a file once. The chain's trades are told apart by their references, so
    /// of two payments with one the second would pass for recorded.
    fn check_new(&self, row: &Row<'_>, payment: &Payment, seen: &Seen) -> Result<(), LineError> {
        if let Some(first) = seen.ids.get(&payment.id) {
            let remedy = if lost_digits(&payment.id).is_some() {
                // Of numbers as long as these, a spreadsheet makes one of several.
                "a spreadsheet writes zeros from the 16th digit on, so these may be two payments: export ids as text; if it is one payment at its source too, export it once".into()
            } else if self.payment_id.columns().count() > 1 {
                "take one of the lines out; each payment is recorded once".into()
            } else {
                format!(
                    "if it is one payment, take one of the lines out; if ids begin again, as those of a till do each day, make the id from several columns in the mapping: payment_id = [{:?}, {:?}]",
                    self.time_column.name, self.payment_id.first().name
                )
            };
            return Err(row.at(
                self.payment_id.first(),
                format!(
                    "the payment {} is already on line {first}",
                    quoted(&payment.id)
                ),
                remedy,
            ));
        }
        match (&self.reference, seen.references.get(&payment.reference)) {
            (Some(column), Some(first)) => Err(row.at(
                column,
                format!(
                    "the reference {} is already on line {first}",
                    reference_text(&payment.reference)
                ),
                "give each payment a reference of its own, or take one of the lines out".into(),
            )),
            _ => Ok(()),
        }
    }
}

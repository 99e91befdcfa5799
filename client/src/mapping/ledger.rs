//! Lines out of a party's own core ledger.

use super::{
    ids::IdReader,
    kinds::KindReader,
    layout::{Column, Layout, Values},
    read_recorded_reference, read_user, reference_of,
    row::Row,
    trade_ids::parse_trade_id,
    whole_file::{self, Taken},
    AmountColumn, AmountReader, Apart, FileFormat, IdColumns, KindColumn, LineError, ProductColumn,
    ProductReader, ProductValues, Refused, Sheet, TimeColumn, TimeReader,
};
use crate::{
    local_time::Clock,
    money::{AmountError, Money},
    printable_text::quoted,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{BusinessDay, Kind, LedgerEntry, MemberId, Reference, TradeId};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How the columns of a party's ledger become lines of its book.
///
/// A line names its trade by `trade_id`, by `reference`, or by the id that the payment has at the
/// client (`payment_id`, with `client` or `client_column`). A refund's line may have its payment's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerMapping {
    /// How the file is written.
    #[serde(default)]
    pub file: FileFormat,
    /// The columns that say nothing of what the book holds.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The values of the lines that belong to the book; other lines are left out.
    #[serde(default)]
    pub only: Values,
    /// The values of the lines that do not belong to the book.
    #[serde(default)]
    pub except: Values,
    /// The column of the trade's id, written as `client/sequence`; it may be empty.
    pub trade_id: Option<String>,
    /// The column of the reference, as the payment was recorded; it may be empty where `payment_id` is given.
    pub reference: Option<String>,
    /// The column of the id that the payment has at the client, or the columns that make it.
    pub payment_id: Option<IdColumns>,
    /// The client of all lines.
    pub client: Option<MemberId>,
    /// The column of the client.
    pub client_column: Option<String>,
    /// The column of the payer.
    pub user: String,
    /// When the payment completed.
    pub time: TimeColumn,
    /// What was booked.
    pub amount: AmountColumn,
    /// Which lines book payments, and which refunds; all book payments unless it is given.
    pub kind: Option<KindColumn>,
    /// What was bought.
    pub product: ProductColumn,
    /// The products.
    #[serde(default)]
    pub products: Vec<ProductValues>,
}

/// What a ledger held.
#[derive(Debug, Default)]
pub struct LedgerReading {
    /// The lines.
    pub lines: Vec<LedgerEntry>,
    /// The lines that are no entries of a ledger.
    pub refused: Vec<Refused>,
    /// What the user should know beside them.
    pub notes: Vec<String>,
}

impl Layout for LedgerMapping {
    fn file(&self) -> &FileFormat {
        &self.file
    }

    fn columns(&self) -> Vec<&str> {
        let own = [&self.user, &self.time.column, &self.amount.column];
        let optional = [&self.trade_id, &self.reference, &self.client_column];
        let optional = optional.into_iter().flatten().chain(&self.product.column);
        let optional = optional.chain(self.kind.iter().flat_map(|kind| &kind.column));
        let named = own.into_iter().chain(optional);
        let named = named.chain(self.only.keys()).chain(self.except.keys());
        let ids = self.payment_id.iter().flat_map(IdColumns::names);
        ids.chain(named.map(String::as_str)).collect()
    }

    fn ids(&self) -> Vec<&str> {
        let optional = [&self.trade_id, &self.reference].into_iter().flatten();
        let own = optional.chain([&self.user]).map(String::as_str);
        let ids = self.payment_id.iter().flat_map(IdColumns::names);
        ids.chain(own).collect()
    }

    fn needed(&self) -> Vec<&str> {
        let own = [&self.user, &self.time.column, &self.amount.column];
        let own = own.into_iter().chain(&self.product.column);
        own.map(String::as_str).collect()
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

impl LedgerMapping {
    /// Reads the lines of a sheet. A line that is no entry is refused on its own.
    pub fn read(
        &self,
        sheet: &Sheet,
        money: Money,
        offset_on: &dyn Fn(BusinessDay) -> i16,
    ) -> Result<LedgerReading> {
        if sheet.holds_refused_lines() {
            bail!("the file holds only lines that were refused, not the whole ledger; correct them in the ledger itself, and give the whole ledger");
        }
        let reader = Reader::new(self, sheet, money, offset_on)?;
        let mut reading = LedgerReading::default();
        reading.notes.extend(sheet.notes());
        let mut apart = Apart::default();
        let mut lines = Vec::with_capacity(sheet.len());
        for row in sheet.rows() {
            match reader.read(&row, &mut apart) {
                Ok(line) => lines.push((row.index, line)),
                Err(error) => reading.refused.push(row.refuse(error)),
            }
        }
        let refused = reader.check_together(sheet, &lines)?;
        let records: BTreeSet<usize> = refused.iter().map(|refused| refused.record).collect();
        lines.retain(|(record, _)| !records.contains(record));
        reading.lines = lines.into_iter().map(|(_, line)| line).collect();
        reading.refused.extend(refused);
        reading.refused.sort_by_key(|refused| refused.record);
        reading.notes.extend(apart.note(&self.time.zone));
        Ok(reading)
    }
}

/// Where a line's client stands.
enum Client {
    Of(MemberId),
    In(Column),
}

struct Reader<'a> {
    clock: Clock<'a>,
    kind: Option<KindReader>,
    trade_id: Option<Column>,
    reference: Option<Column>,
    payment: Option<(IdReader, Client)>,
    user: Column,
    time_column: Column,
    time: TimeReader,
    amount_column: Column,
    amount: AmountReader,
    product_column: Option<Column>,
    product: ProductReader,
}

impl<'a> Reader<'a> {
    fn new(
        mapping: &LedgerMapping,
        sheet: &Sheet,
        money: Money,
        offset_on: &'a dyn Fn(BusinessDay) -> i16,
    ) -> Result<Self> {
        let optional =
            |name: &Option<String>| name.as_ref().map(|name| sheet.column(name)).transpose();
        let payment = match &mapping.payment_id {
            None => None,
            Some(columns) => {
                let client = match (mapping.client, optional(&mapping.client_column)?) {
                    (Some(client), None) => Client::Of(client),
                    (None, Some(column)) => Client::In(column),
                    _ => bail!("payment_id needs the client: give either client or client_column"),
                };
                Some((IdReader::new("payment_id", columns, sheet)?, client))
            }
        };
        let reference = optional(&mapping.reference)?;
        if reference.is_none() && payment.is_none() {
            bail!(
                "the mapping names neither reference nor payment_id; name the one by which a line finds its trade"
            );
        }
        let user = sheet.column(&mapping.user)?;
        sheet.check_long_ids(&user)?;
        let amount_column = sheet.column(&mapping.amount.column)?;
        let kind = mapping.kind.as_ref();
        let kind = kind.map(|kind| KindReader::new(kind, &mapping.amount, sheet));
        Ok(Self {
            kind: kind.transpose()?,
            clock: Clock::new(offset_on, mapping.time.repeated_hour),
            trade_id: optional(&mapping.trade_id)?,
            reference,
            payment,
            user,
            time_column: sheet.column(&mapping.time.column)?,
            time: TimeReader::new(&mapping.time)?,
            amount: AmountReader::new(&mapping.amount, money, mapping.kind.as_ref())?,
            amount_column,
            product_column: optional(&mapping.product.column)?,
            product: ProductReader::new(&mapping.product, &mapping.products)?,
        })
    }

    fn read(&self, row: &Row<'_>, apart: &mut Apart) -> Result<LedgerEntry, LineError> {
        row.check_shape(&self.needed())?;
        row.check_no_total(self.named())?;
        let kind = match &self.kind {
            Some(kind) => kind.read(row)?,
            None => Kind::Payment,
        };
        let amount_text = row.value(&self.amount_column)?;
        let amount = match self.amount.read(amount_text) {
            // A share may well be nothing, but then no sign tells of which kind it is.
            Err(AmountError::Zero) if !self.amount.has_signs() => 0,
            read => read.map_err(|error| {
                let remedy = if self.amount.has_signs() {
                    error.remedy()
                } else {
                    error.ledger_remedy()
                };
                let problem = error.of(amount_text);
                row.at(&self.amount_column, problem, remedy.into())
            })?,
        };
        let user = read_user(row.id(&self.user)?)
            .map_err(|(problem, remedy)| row.at(&self.user, problem, remedy))?;
        let product = match &self.product_column {
            Some(column) => self
                .product
                .read(row.text(column)?)
                .map_err(|(problem, remedy)| row.at(column, problem, remedy))?,
            None => self
                .product
                .read("")
                .map_err(|(problem, remedy)| row.error(problem, remedy))?,
        };
        let time = self.time.read(row, &self.time_column, &self.clock, None)?;
        apart.add(row.line, &time);
        Ok(LedgerEntry {
            id: self.trade_id(row)?,
            kind,
            reference: self.reference(row)?,
            user,
            product,
            amount,
            occurred_at: time.moment,
        })
    }

    /// The columns that no line leaves blank.
    fn needed(&self) -> Vec<&Column> {
        let own = [&self.user, &self.time_column, &self.amount_column];
        own.into_iter().chain(&self.product_column).collect()
    }

    /// The columns that name a line or its payer.
    fn named(&self) -> impl Iterator<Item = &Column> {
        let own = [&self.user].into_iter();
        let optional = self.trade_id.iter().chain(&self.reference);
        let payment = self.payment.iter().flat_map(|(ids, _)| ids.columns());
        own.chain(optional).chain(payment)
    }

    /// The lines that are wrong beside the others, each of which has its record's index.
    fn check_together(
        &self,
        sheet: &Sheet,
        lines: &[(usize, LedgerEntry)],
    ) -> Result<Vec<Refused>> {
        let taken: Vec<Taken> = lines
            .iter()
            .map(|(record, line)| Taken {
                record: *record,
                amount: line.amount,
            })
            .collect();
        whole_file::check(sheet, &self.amount_column, &self.amount, &taken)
    }

    fn trade_id(&self, row: &Row<'_>) -> Result<Option<TradeId>, LineError> {
        let Some(column) = &self.trade_id else {
            return Ok(None);
        };
        let text = row.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        parse_trade_id(text).map(Some).ok_or_else(|| {
            row.at(
                column,
                format!("{} is not a trade id", quoted(text)),
                "write it as client/sequence, like 1/42, or leave it empty".into(),
            )
        })
    }

    fn reference(&self, row: &Row<'_>) -> Result<Reference, LineError> {
        if let Some(column) = &self.reference {
            let text = row.text(column)?;
            if !text.is_empty() || self.payment.is_none() {
                return read_recorded_reference(text)
                    .map_err(|(problem, remedy)| row.at(column, problem, remedy));
            }
        }
        // One of the two is there, as checked when the columns were found.
        let Some((ids, client)) = &self.payment else {
            return Ok(Reference::default());
        };
        let client = match client {
            Client::Of(client) => *client,
            Client::In(column) => {
                let text = row.text(column)?;
                text.parse().map_err(|_| {
                    row.at(
                        column,
                        format!("{} is not a member id", quoted(text)),
                        "give the client's number on the chain".into(),
                    )
                })?
            }
        };
        let id = ids.read(row, "give the id that the payment has at the client")?;
        Ok(reference_of(client, &id))
    }
}

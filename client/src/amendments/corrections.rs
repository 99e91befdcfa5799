//! Payments as they are right, out of a file.
//!
//! The file is a CSV file in UTF-8 with commas, whose first line names its columns. One of `position`,
//! `trade_id` and `reference` names the payment of the day; `user`, `product`, `amount` and `occurred_at`
//! say what is right. A column that is absent, and a cell that is empty, leaves what is recorded. Amounts
//! have a point before their decimals. Times have an offset, or are the agreement's local time.

mod columns;

use super::supplements::ensure_right;
use crate::{
    local_time::{read_moment, Clock},
    mapping::{layout::Column, row::Row, trade_ids::parse_trade_id, LineError, Sheet},
    money::{Money, Style},
    printable_text::quoted,
    refused_payer_or_reference::label_error,
};
use anyhow::{bail, Context as _, Result};
use columns::{Columns, NAMING};
use counterfoil_primitives::{
    amendment::Correction, written::label, Amount, Kind, Moment, ProductId, Reference, Trade,
    TradeId, UserId,
};
use std::collections::BTreeMap;

/// Reads corrections of the payments of a day, by ascending position. `trades` are all of the day.
pub fn read(
    bytes: &[u8],
    trades: &[Trade],
    money: Money,
    clock: &Clock<'_>,
) -> Result<Vec<Correction>> {
    let layout = Columns::of(bytes)?;
    let sheet = Sheet::parse(bytes, &layout)?;
    let reader = Reader::new(&layout, &sheet, trades, money, clock)?;
    let mut corrections: BTreeMap<u32, (Correction, u64)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in sheet.rows() {
        match reader.read(&row) {
            Ok(right) => match corrections.get(&right.position) {
                Some((_, first)) => wrong.push(row.error(
                    format!("names the payment of line {first} again"),
                    "state each payment once".into(),
                )),
                None => {
                    corrections.insert(right.position, (right, row.line));
                }
            },
            Err(error) => wrong.push(error),
        }
    }
    ensure_right(wrong)?;
    if corrections.is_empty() {
        bail!("the file corrects nothing; give it a line for each payment that is wrong");
    }
    Ok(corrections.into_values().map(|(right, _)| right).collect())
}

/// Reads corrections line by line.
struct Reader<'a> {
    trades: &'a [Trade],
    by_id: BTreeMap<TradeId, u32>,
    /// The payments of a reference.
    by_reference: BTreeMap<Reference, Vec<u32>>,
    naming: (&'static str, Column),
    user: Option<Column>,
    product: Option<Column>,
    amount: Option<Column>,
    occurred_at: Option<Column>,
    money: Money,
    clock: &'a Clock<'a>,
}

impl<'a> Reader<'a> {
    fn new(
        layout: &Columns,
        sheet: &Sheet,
        trades: &'a [Trade],
        money: Money,
        clock: &'a Clock<'a>,
    ) -> Result<Self> {
        let optional = |name: &str| {
            let is_there = layout.names.contains(&name);
            is_there.then(|| sheet.column(name)).transpose()
        };
        let named = NAMING.into_iter().find(|name| layout.names.contains(name));
        let named = named.context("no column names the payments")?;
        let mut by_reference: BTreeMap<Reference, Vec<u32>> = BTreeMap::new();
        for (position, trade) in (0..).zip(trades) {
            if trade.kind == Kind::Payment {
                by_reference
                    .entry(trade.reference)
                    .or_default()
                    .push(position);
            }
        }
        Ok(Self {
            by_id: (0..)
                .zip(trades)
                .map(|(at, trade)| (trade.id, at))
                .collect(),
            by_reference,
            naming: (named, sheet.column(named)?),
            user: optional("user")?,
            product: optional("product")?,
            amount: optional("amount")?,
            occurred_at: optional("occurred_at")?,
            trades,
            money,
            clock,
        })
    }

    fn read(&self, row: &Row<'_>) -> Result<Correction, LineError> {
        row.check_shape(&[&self.naming.1])?;
        let position = self.position(row)?;
        let Some(recorded) = self.trades.get(position as usize) else {
            let (problem, remedy) = self.nothing_there(position);
            return Err(row.at(&self.naming.1, problem, remedy));
        };
        if recorded.kind != Kind::Payment {
            return Err(row.at(
                &self.naming.1,
                "names a refund".into(),
                "only payments are replaced: propose to cancel it".into(),
            ));
        }
        let right = Correction {
            position,
            user: self.user(row)?.unwrap_or(recorded.user),
            product: self.product(row)?.unwrap_or(recorded.product),
            gross: self.gross(row)?.unwrap_or(recorded.gross),
            occurred_at: self.occurred_at(row)?.unwrap_or(recorded.occurred_at),
        };
        if is_as_recorded(&right, recorded) {
            return Err(row.error(
                "says what is recorded".into(),
                "state what is right, or take the line out".into(),
            ));
        }
        Ok(right)
    }

    /// The position of the payment that a line names.
    fn position(&self, row: &Row<'_>) -> Result<u32, LineError> {
        let (name, column) = &self.naming;
        let text = row.id(column)?;
        let found = match *name {
            "position" => text.parse::<u32>().map_err(|_| {
                let problem = format!("{} is not a position", quoted(text));
                (problem, "write its number on the day, from 0 on".to_owned())
            }),
            "trade_id" => self.of_id(text),
            _ => self.of_reference(text),
        };
        found.map_err(|(problem, remedy)| row.at(column, problem, remedy))
    }

    fn of_id(&self, text: &str) -> Result<u32, (String, String)> {
        let Some(id) = parse_trade_id(text) else {
            let problem = format!("{} is not a trade id", quoted(text));
            let remedy = "write it as 1/42, or as amendment 17; where a spreadsheet makes dates of such ids, \
                          name payments by their positions";
            return Err((problem, remedy.into()));
        };
        self.by_id.get(&id).copied().ok_or_else(|| {
            let problem = format!("no trade {} is on the day", quoted(text));
            (problem, "correct the id, or name the right day".into())
        })
    }

    fn of_reference(&self, text: &str) -> Result<u32, (String, String)> {
        let reference = label::read_reference(text).map_err(|error| label_error(text, error))?;
        match self.by_reference.get(&reference).map(Vec::as_slice) {
            Some([position]) => Ok(*position),
            Some(several) => Err((
                format!(
                    "{} payments of the day carry {}",
                    several.len(),
                    quoted(text)
                ),
                "name the payment by its position".into(),
            )),
            None => Err((
                format!("no payment of the day carries {}", quoted(text)),
                "correct the reference, or name the right day".into(),
            )),
        }
    }

    fn nothing_there(&self, position: u32) -> (String, String) {
        (
            format!("no trade is on position {position}"),
            format!(
                "the day has {} trades, from position 0 on",
                self.trades.len()
            ),
        )
    }

    fn user(&self, row: &Row<'_>) -> Result<Option<UserId>, LineError> {
        let Some((column, text)) = id_in(row, self.user.as_ref())? else {
            return Ok(None);
        };
        let user = label::read_user(text).map_err(|error| {
            let (problem, remedy) = label_error(text, error);
            row.at(column, problem, remedy)
        });
        user.map(Some)
    }

    fn product(&self, row: &Row<'_>) -> Result<Option<ProductId>, LineError> {
        let Some((column, text)) = id_in(row, self.product.as_ref())? else {
            return Ok(None);
        };
        let product = text.parse::<ProductId>().map_err(|_| {
            let problem = format!("{} is not a product id", quoted(text));
            row.at(column, problem, "write the product's number".into())
        });
        product.map(Some)
    }

    fn gross(&self, row: &Row<'_>) -> Result<Option<Amount>, LineError> {
        let Some((column, text)) = text_in(row, self.amount.as_ref())? else {
            return Ok(None);
        };
        let gross = self.money.parse(text, &Style::default()).map_err(|error| {
            let example = self.money.format(125_000, &Style::default());
            let remedy = format!("write what the user paid, above zero, like {example}");
            row.at(column, error.of(text), remedy)
        });
        gross.map(Some)
    }

    fn occurred_at(&self, row: &Row<'_>) -> Result<Option<Moment>, LineError> {
        let Some((column, text)) = text_in(row, self.occurred_at.as_ref())? else {
            return Ok(None);
        };
        let moment = read_moment(text, self.clock)
            .map_err(|error| row.at(column, error.to_string(), "correct the time".into()));
        moment.map(Some)
    }
}

/// A column, and what stands in it; `None` where the column is absent, or its cell empty.
type Cell<'a> = Option<(&'a Column, &'a str)>;

fn text_in<'a>(row: &Row<'a>, column: Option<&'a Column>) -> Result<Cell<'a>, LineError> {
    let Some(column) = column else {
        return Ok(None);
    };
    let text = row.text(column)?;
    Ok((!text.is_empty()).then_some((column, text)))
}

/// As [`text_in`], for what names somebody or something.
fn id_in<'a>(row: &Row<'a>, column: Option<&'a Column>) -> Result<Cell<'a>, LineError> {
    let Some(column) = column else {
        return Ok(None);
    };
    let text = row.id(column)?;
    Ok((!text.is_empty()).then_some((column, text)))
}

/// Whether a correction changes nothing.
fn is_as_recorded(right: &Correction, recorded: &Trade) -> bool {
    right.user == recorded.user
        && right.product == recorded.product
        && right.gross == recorded.gross
        && right.occurred_at == recorded.occurred_at
}

//! Lines out of the statement of the account on which a party is paid.

use super::{
    layout::{Column, Layout, Values},
    row::Row,
    whole_file::{self, Taken},
    AmountColumn, AmountReader, FileFormat, IdColumns, LineError, Refused, Sheet,
};
use crate::{
    local_time::{check_format, LocalTime},
    money::{AmountError, Digits, Money, Style},
    printable_text::quoted,
    time::day_of,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{Amount, BusinessDay};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How the columns of a bank's statement become lines.
///
/// Unless the mapping says otherwise, the columns are `reference`, `amount` and `value_date`, and amounts
/// below zero were paid out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementMapping {
    /// How the file is written.
    #[serde(default)]
    pub file: FileFormat,
    /// The columns that say nothing of which payment a line is.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The values of the lines that count; other lines are left out.
    #[serde(default)]
    pub only: Values,
    /// The values of the lines that do not count.
    #[serde(default)]
    pub except: Values,
    /// The column in which the payer's reference stands, or the columns in one of which it does.
    pub reference: IdColumns,
    /// What moved.
    pub amount: AmountColumn,
    /// Which way it moved; by the sign of the amount unless it is given.
    pub direction: Option<DirectionColumn>,
    /// The value date.
    pub value_date: Option<DateColumn>,
}

/// The column that says which way the money of a line moved.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionColumn {
    /// The column.
    pub column: String,
    /// What it has on lines of money that came in.
    pub received: Vec<String>,
    /// What it has on lines of money that went out.
    pub paid_out: Vec<String>,
}

/// Where a date stands, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateColumn {
    /// The column.
    pub column: String,
    /// As strftime writes it, like `%Y-%m-%d`.
    pub format: String,
}

impl Default for StatementMapping {
    fn default() -> Self {
        Self {
            file: FileFormat::default(),
            ignore: Vec::new(),
            only: Values::new(),
            except: Values::new(),
            reference: IdColumns::One("reference".into()),
            amount: AmountColumn {
                column: "amount".into(),
                currency: None,
                decimal: None,
                thousands: None,
                unit: None,
            },
            direction: None,
            value_date: Some(DateColumn {
                column: "value_date".into(),
                format: "%Y-%m-%d".into(),
            }),
        }
    }
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Its line in the file.
    pub line: u64,
    /// What stands in the columns of references.
    pub texts: Vec<String>,
    /// What moved, in minor units.
    pub amount: Amount,
    /// Whether it came in; else it was paid out.
    pub is_received: bool,
    /// The value date, where the line has one.
    pub value_date: Option<BusinessDay>,
}

/// What a statement held.
#[derive(Debug, Default)]
pub struct StatementReading {
    /// The lines.
    pub lines: Vec<StatementLine>,
    /// The lines that are not those of a statement.
    pub refused: Vec<Refused>,
    /// What the user should know beside them.
    pub notes: Vec<String>,
}

impl Layout for StatementMapping {
    fn file(&self) -> &FileFormat {
        &self.file
    }

    fn columns(&self) -> Vec<&str> {
        let direction = self.direction.iter().map(|direction| &direction.column);
        let value_date = self.value_date.iter().map(|date| &date.column);
        let own = [&self.amount.column].into_iter();
        let named = own.chain(direction).chain(value_date);
        let named = named.chain(self.only.keys()).chain(self.except.keys());
        let named = named.map(String::as_str);
        self.reference.names().chain(named).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.reference.names().collect()
    }

    fn needed(&self) -> Vec<&str> {
        let direction = self.direction.iter().map(|direction| &direction.column);
        let own = [&self.amount.column].into_iter().chain(direction);
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

impl StatementMapping {
    /// Reads the lines of a sheet. A line that is not one of a statement is refused on its own.
    pub fn read(&self, sheet: &Sheet, money: Money) -> Result<StatementReading> {
        if sheet.holds_refused_lines() {
            bail!("the file holds only lines that were refused, not the whole statement; give the statement as the bank exported it");
        }
        let reader = Reader::new(self, sheet, money)?;
        let mut reading = StatementReading::default();
        reading.notes.extend(sheet.notes());
        let mut lines = Vec::with_capacity(sheet.len());
        for row in sheet.rows() {
            match reader.read(&row) {
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
        Ok(reading)
    }
}

struct Reader<'a> {
    references: Vec<Column>,
    amount_column: Column,
    amount: AmountReader,
    style: Style,
    direction: Option<(Column, &'a DirectionColumn)>,
    value_date: Option<(Column, &'a str)>,
}

impl<'a> Reader<'a> {
    fn new(mapping: &'a StatementMapping, sheet: &Sheet, money: Money) -> Result<Self> {
        let references = mapping.reference.names().map(|name| sheet.column(name));
        let references = references.collect::<Result<Vec<_>>>()?;
        if references.is_empty() {
            bail!("reference lists no column; name the columns in which a payer's reference may stand");
        }
        let direction = match &mapping.direction {
            None => None,
            Some(direction) => {
                check_direction(direction)?;
                Some((sheet.column(&direction.column)?, direction))
            }
        };
        let value_date = match &mapping.value_date {
            None => None,
            Some(date) => {
                check_format(&date.format)?;
                Some((sheet.column(&date.column)?, date.format.as_str()))
            }
        };
        Ok(Self {
            references,
            amount_column: sheet.column(&mapping.amount.column)?,
            amount: match direction {
                Some(_) => AmountReader::new(&mapping.amount, money, None)?,
                None => AmountReader::signed(&mapping.amount, money)?,
            },
            style: mapping.amount.style(),
            direction,
            value_date,
        })
    }

    fn read(&self, row: &Row<'_>) -> Result<StatementLine, LineError> {
        row.check_shape(&self.needed())?;
        row.check_no_total(&self.references)?;
        let text = row.value(&self.amount_column)?;
        let amount = self.amount.read(text).map_err(|error| {
            let remedy = remedy(error).into();
            row.at(&self.amount_column, error.of(text), remedy)
        })?;
        let texts = self.references.iter().map(|column| row.text(column));
        Ok(StatementLine {
            line: row.line,
            texts: texts
                .map(|text| text.map(str::to_owned))
                .collect::<Result<Vec<String>, LineError>>()?,
            amount,
            is_received: self.is_received(row, text)?,
            value_date: self.value_date(row)?,
        })
    }

    /// The columns that no line leaves blank.
    fn needed(&self) -> Vec<&Column> {
        let direction = self.direction.iter().map(|(column, _)| column);
        [&self.amount_column].into_iter().chain(direction).collect()
    }

    /// Whether the money of a line came in. `amount` is the text of its amount, which was read.
    fn is_received(&self, row: &Row<'_>, amount: &str) -> Result<bool, LineError> {
        let Some((column, direction)) = &self.direction else {
            let is_negative = Digits::of_either_sign(amount, &self.style)
                .is_ok_and(|(_, is_negative)| is_negative);
            return Ok(!is_negative);
        };
        let text = row.text(column)?;
        let is_in = |values: &[String]| values.iter().any(|value| value == text);
        if is_in(&direction.received) {
            return Ok(true);
        }
        if is_in(&direction.paid_out) {
            return Ok(false);
        }
        Err(row.at(
            column,
            format!("{} is neither money that came in nor money that went out", quoted(text)),
            "name the value under [direction] in the mapping, leave such lines out by [only] or [except], or correct the line".into(),
        ))
    }

    fn value_date(&self, row: &Row<'_>) -> Result<Option<BusinessDay>, LineError> {
        let Some((column, format)) = &self.value_date else {
            return Ok(None);
        };
        let text = row.value(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let day = LocalTime::parse(text, format).and_then(|local| day_of(local.date));
        day.map(Some).map_err(|error| {
            let remedy = "correct the date, or the format under [value_date] in the mapping";
            row.at(column, format!("{error:#}"), remedy.into())
        })
    }

    /// The lines that are wrong beside the others, each of which has its record's index.
    fn check_together(
        &self,
        sheet: &Sheet,
        lines: &[(usize, StatementLine)],
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
}

/// Refuses values that do not tell which way money moved.
fn check_direction(direction: &DirectionColumn) -> Result<()> {
    for (name, values) in [
        ("received", &direction.received),
        ("paid_out", &direction.paid_out),
    ] {
        if values.is_empty() {
            bail!(
                "[direction] lists no value of money that was {}; give those that the column {} has, like {name} = [\"…\"]",
                name.replace('_', " "),
                quoted(&direction.column)
            );
        }
    }
    let both = |value: &&String| direction.paid_out.contains(value);
    if let Some(value) = direction.received.iter().find(both) {
        bail!(
            "[direction]: the value {} stands for both ways; keep one",
            quoted(value)
        );
    }
    Ok(())
}

/// What to do about an amount of a statement.
const fn remedy(error: AmountError) -> &'static str {
    match error {
        AmountError::Empty => "give what moved, or leave the line out",
        AmountError::Zero => "leave the line out: nothing moved",
        AmountError::Negative | AmountError::NegativeInBooks => {
            "by the mapping's [direction] a column says which way the money moved, so amounts have no sign; take [direction] out if the sign says it"
        }
        AmountError::Malformed
        | AmountError::TooPrecise { .. }
        | AmountError::MayBeThousands
        | AmountError::FractionOfMinor
        | AmountError::TooLarge => error.remedy(),
    }
}

//! Amounts of a column, whose unit must be known before one is taken.

use super::{row::Column, sheet::Sheet, AmountColumn};
use crate::money::{AmountError, Digits, Money, Style, Unit};
use anyhow::{bail, Result};
use counterfoil_primitives::Amount;

/// Reads amounts of a file.
pub(crate) struct AmountReader {
    money: Money,
    style: Style,
    unit: Option<Unit>,
    /// Whether the decimal separator is known to separate decimals, and not thousands.
    is_decimal: bool,
}

impl AmountReader {
    /// A reader of `column`, which `at` is in the sheet. What its amounts count must be known by the
    /// mapping or the column as a whole.
    pub(crate) fn new(
        column: &AmountColumn,
        money: Money,
        sheet: &Sheet,
        at: &Column,
    ) -> Result<Self> {
        if let Some(code) = &column.currency {
            if code != money.code() {
                bail!(
                    "the mapping's amounts are in {code}, the agreement's in {}",
                    money.code()
                );
            }
        }
        let style = Style {
            decimal: column.decimal.unwrap_or('.'),
            thousands: column.thousands,
        };
        if style.thousands == Some(style.decimal) {
            bail!(
                "[amount]: {:?} cannot separate both decimals and thousands",
                style.decimal
            );
        }
        let mut is_decimal = style.thousands.is_some() || column.unit == Some(Unit::Major);
        let mut has_fraction = false;
        let mut whole = None;
        for (line, text) in sheet.texts(at) {
            let Ok(digits) = Digits::of(text, &style) else {
                continue;
            };
            is_decimal |= digits.separates_decimals();
            if digits.fraction().is_some() {
                has_fraction = true;
            } else if whole.is_none() {
                whole = Some((line, text, digits));
            }
        }
        let is_told = column.unit.is_some() || has_fraction || money.exponent() == 0;
        if let (false, Some((line, text, digits))) = (is_told, whole) {
            let shown = |unit| match digits.minor_units(&money, unit) {
                Ok(amount) => money.show(amount),
                Err(error) => format!("an amount that {error}"),
            };
            bail!(
                "line {line}, {}: no amount of the column has a decimal separator, so {text} may be {} or {}; \
                 say unit = \"major\" for the first or unit = \"minor\" for the second under [amount] in the mapping",
                column.column,
                shown(Unit::Major),
                shown(Unit::Minor)
            );
        }
        Ok(Self {
            money,
            style,
            unit: column.unit,
            is_decimal,
        })
    }

    pub(crate) fn read(&self, text: &str) -> Result<Amount, AmountError> {
        let digits = Digits::of(text, &self.style)?;
        let amount = digits.minor_units(&self.money, self.unit.unwrap_or(Unit::Major))?;
        if !self.is_decimal && digits.may_be_thousands(&self.money) {
            return Err(AmountError::MayBeThousands);
        }
        Ok(amount)
    }
}

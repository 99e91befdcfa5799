//! Amounts of a column, whose unit must be known before one is taken.

use super::{AmountColumn, KindColumn};
use crate::money::{AmountError, Digits, Money, Style, Unit};
use anyhow::{bail, Result};
use counterfoil_primitives::Amount;

/// Reads amounts of a file.
pub(crate) struct AmountReader {
    column: String,
    money: Money,
    style: Style,
    unit: Option<Unit>,
    /// Whether the mapping says itself what separates decimals.
    names_decimal: bool,
    /// Whether a sign says which way the money goes, so that amounts may be less than zero.
    has_signs: bool,
}

impl AmountColumn {
    /// How the column's amounts are written.
    pub(super) fn style(&self) -> Style {
        Style {
            decimal: self.decimal.unwrap_or('.'),
            thousands: self.thousands,
        }
    }
}

impl AmountReader {
    /// A reader of `column`, whose amounts are of `money`. They have signs where `kind` tells refunds by
    /// these.
    pub(crate) fn new(
        column: &AmountColumn,
        money: Money,
        kind: Option<&KindColumn>,
    ) -> Result<Self> {
        if let Some(code) = &column.currency {
            if code != money.code() {
                bail!(
                    "the mapping's amounts are in {code}, the agreement's in {}",
                    money.code()
                );
            }
        }
        let style = column.style();
        if style.thousands == Some(style.decimal) {
            bail!(
                "[amount]: {:?} cannot separate both decimals and thousands",
                style.decimal
            );
        }
        Ok(Self {
            column: column.column.clone(),
            money,
            style,
            unit: column.unit,
            names_decimal: column.decimal.is_some(),
            has_signs: kind.is_some_and(|kind| kind.negative.is_some()),
        })
    }

    /// As [`Self::new`], of amounts whose sign says which way the money goes.
    pub(super) fn signed(column: &AmountColumn, money: Money) -> Result<Self> {
        Ok(Self {
            has_signs: true,
            ..Self::new(column, money, None)?
        })
    }

    /// Whether a sign says which way the money goes.
    pub(super) const fn has_signs(&self) -> bool {
        self.has_signs
    }

    fn digits(&self, text: &str) -> Result<Digits, AmountError> {
        if !self.has_signs {
            return Digits::of(text, &self.style);
        }
        Digits::of_either_sign(text, &self.style).map(|(digits, _)| digits)
    }

    /// The amount of a line by itself, without its sign. What it counts, only all lines together tell: see
    /// [`Self::judge`].
    pub(crate) fn read(&self, text: &str) -> Result<Amount, AmountError> {
        let digits = self.digits(text)?;
        digits.minor_units(&self.money, self.unit.unwrap_or(Unit::Major))
    }

    /// Refuses amounts of which neither the mapping nor the column as a whole tells what they count.
    /// `texts` are those of the lines that count, each with its line. Returns the indices of those
    /// whose separator may stand between thousands.
    pub(super) fn judge(&self, texts: &[(u64, &str)]) -> Result<Vec<usize>> {
        let read = |text: &str| self.digits(text).ok();
        let amounts: Vec<Option<Digits>> = texts.iter().map(|(_, text)| read(text)).collect();
        let is_decimal = self.style.thousands.is_some()
            || self.unit == Some(Unit::Major)
            || amounts.iter().flatten().any(Digits::separates_decimals);
        let may_be_thousands =
            |digits: &Digits| !is_decimal && digits.may_be_thousands(&self.money);
        let has_decimals =
            |digits: &Digits| digits.fraction().is_some() && !may_be_thousands(digits);
        let is_told = self.unit.is_some()
            || self.money.exponent() == 0
            || amounts.iter().flatten().any(has_decimals);
        if !is_told {
            self.check_no_whole(texts, &amounts)?;
        }
        let doubted = amounts.iter().enumerate();
        let doubted = doubted.filter(|(_, digits)| digits.iter().any(may_be_thousands));
        Ok(doubted.map(|(index, _)| index).collect())
    }

    /// Refuses an amount that is another one by each unit.
    fn check_no_whole(&self, texts: &[(u64, &str)], amounts: &[Option<Digits>]) -> Result<()> {
        for ((line, text), digits) in texts.iter().zip(amounts) {
            let Some(digits) = digits.as_ref().filter(|digits| digits.fraction().is_none()) else {
                continue;
            };
            let read = |unit| digits.minor_units(&self.money, unit);
            // Nothing is nothing by any unit.
            if read(Unit::Minor) == Err(AmountError::Zero) {
                continue;
            }
            let shown = |unit| match read(unit) {
                Ok(amount) => self.money.show(amount),
                Err(error) => format!("an amount that {error}"),
            };
            bail!(
                "line {line}, {}: no amount of the column has a decimal separator, so {text} may be {} or {}; \
                 set unit = \"major\" for the first or unit = \"minor\" for the second under [amount] in the mapping",
                self.column,
                shown(Unit::Major),
                shown(Unit::Minor)
            );
        }
        Ok(())
    }

    /// Whether a text is an amount without decimals.
    pub(super) fn is_whole(&self, text: &str) -> bool {
        self.digits(text)
            .is_ok_and(|digits| digits.fraction().is_none())
    }

    /// The decimals that an unquoted comma would cut off, where commas separate the file's fields,
    /// and the mapping does not say that a point separates decimals.
    pub(super) fn cut_places(&self, delimiter: u8) -> Option<usize> {
        let is_point = self.names_decimal && self.style.decimal != ',';
        let places = self.money.exponent() as usize;
        (delimiter == b',' && !is_point && places > 0).then_some(places)
    }
}

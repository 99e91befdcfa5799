//! Amounts between text and minor units. Nothing passes through a float.

mod error;
mod minus_and_thousands;

pub use error::AmountError;
use minus_and_thousands::{group, negative_in_books, ungroup, MINUS};

use anyhow::{Context, Result};
use counterfoil_primitives::{
    written::{amount, Denomination},
    Amount,
};
use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;

/// A currency and its minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    currency: Currency,
    exponent: u8,
}

impl Money {
    /// The currency of an ISO 4217 code, like `CZK`.
    pub fn of(code: &str) -> Result<Self> {
        let currency = Currency::from_code(code)
            .with_context(|| format!("{code:?} is no ISO 4217 currency code"))?;
        let exponent = currency
            .exponent()
            .and_then(|exponent| u8::try_from(exponent).ok())
            .with_context(|| format!("{code} has no minor unit to count in"))?;
        Ok(Self { currency, exponent })
    }

    /// The currency of a code, counted in a number of decimal places, as an agreement states them.
    pub fn counted(code: &str, decimals: u8) -> Result<Self> {
        let currency = Currency::from_code(code)
            .with_context(|| format!("{code:?} is no ISO 4217 currency code"))?;
        Ok(Self {
            currency,
            exponent: decimals,
        })
    }

    /// The ISO 4217 code.
    pub fn code(&self) -> &'static str {
        self.currency.code()
    }

    /// Decimal places of the minor unit.
    pub const fn exponent(&self) -> u32 {
        self.exponent as u32
    }

    /// An amount for people, as they write it too: `9612.00 CZK`.
    pub fn show(&self, amount: Amount) -> String {
        let denomination = Denomination {
            currency: self.code(),
            decimals: self.exponent,
        };
        amount::show(amount, &denomination)
    }

    /// An amount in a given style, with all its decimal places.
    pub fn format(&self, amount: Amount, style: &Style) -> String {
        let digits = format!("{amount:0>width$}", width = self.exponent as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.exponent as usize);
        let mut text = match style.thousands {
            Some(separator) => group(whole, separator),
            None => whole.into(),
        };
        if !fraction.is_empty() {
            text.push(style.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// The minor units of a decimal amount that is greater than zero.
    pub fn parse(&self, text: &str, style: &Style) -> Result<Amount, AmountError> {
        Digits::of(text, style)?.minor_units(self, Unit::Major)
    }
}

/// What a file's amounts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole units and their fraction: crowns.
    Major,
    /// Minor units: hundredths of a crown.
    Minor,
}

/// Digits in a group of thousands.
const GROUP: usize = 3;

/// The digits of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    whole: String,
    fraction: Option<String>,
}

impl Digits {
    /// Reads a text in `style`.
    pub fn of(text: &str, style: &Style) -> Result<Self, AmountError> {
        match normalize(text.trim(), style)? {
            (digits, None) => Ok(digits),
            (_, Some(negative)) => Err(negative),
        }
    }

    /// Reads a text in `style` of either sign. Returns besides whether it is less than zero, with a minus or
    /// as books write it.
    pub fn of_either_sign(text: &str, style: &Style) -> Result<(Self, bool), AmountError> {
        let (digits, negative) = normalize(text.trim(), style)?;
        Ok((digits, negative.is_some()))
    }

    /// Those after the decimal separator, where there is one.
    pub fn fraction(&self) -> Option<&str> {
        self.fraction.as_deref()
    }

    /// Whether the separator before the fraction cannot stand between thousands.
    pub fn separates_decimals(&self) -> bool {
        let is_group = |fraction: &String| fraction.len() == GROUP && self.whole.len() <= GROUP;
        self.fraction
            .as_ref()
            .is_some_and(|fraction| !is_group(fraction))
    }

    /// Whether the separator may as well stand between thousands: more than the decimals of `money`
    /// follow it, as many as a group has.
    pub fn may_be_thousands(&self, money: &Money) -> bool {
        self.fraction.is_some() && !self.separates_decimals() && (money.exponent as usize) < GROUP
    }

    /// The minor units, of an amount that is greater than zero. Zeros beyond the currency's decimal
    /// places say nothing.
    pub fn minor_units(&self, money: &Money, unit: Unit) -> Result<Amount, AmountError> {
        let exponent = match unit {
            Unit::Major => money.exponent(),
            Unit::Minor if self.fraction.is_some() => return Err(AmountError::FractionOfMinor),
            Unit::Minor => 0,
        };
        let fraction = self.fraction().unwrap_or_default().trim_end_matches('0');
        if fraction.len() > exponent as usize {
            return Err(AmountError::TooPrecise { places: exponent });
        }
        // The text is digits with one point at most, so only its size can be wrong.
        let plain = match fraction {
            "" => self.whole.clone(),
            fraction => format!("{}.{fraction}", self.whole),
        };
        let decimal = Decimal::from_str_exact(&plain).map_err(|_| AmountError::TooLarge)?;
        let scale = exponent - decimal.scale();
        let minor = 10u128
            .checked_pow(scale)
            .and_then(|factor| decimal.mantissa().unsigned_abs().checked_mul(factor))
            // Else an amount could be read that, written with its fraction, could not.
            .filter(|minor| *minor <= Decimal::MAX.mantissa().unsigned_abs())
            .ok_or(AmountError::TooLarge)?;
        match minor {
            0 => Err(AmountError::Zero),
            minor => Ok(minor),
        }
    }
}

/// How a file writes its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Style {
    /// Between whole units and their fraction.
    pub decimal: char,
    /// Between groups of three digits.
    pub thousands: Option<char>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            decimal: '.',
            thousands: None,
        }
    }
}

/// The digits of an amount in `style`; of one that is less than zero, how that is written.
fn normalize(text: &str, style: &Style) -> Result<(Digits, Option<AmountError>), AmountError> {
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    let (text, negative) = match text.strip_prefix(MINUS) {
        Some(rest) => (rest, Some(AmountError::Negative)),
        None => match negative_in_books(text, style) {
            Some(rest) => (rest, Some(AmountError::NegativeInBooks)),
            None => (text, None),
        },
    };
    let (whole, fraction) = match text.split_once(style.decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let whole = match style.thousands {
        Some(separator) => ungroup(whole, separator).ok_or(AmountError::Malformed)?,
        None => whole.into(),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&whole) || fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return Err(AmountError::Malformed);
    }
    let digits = Digits {
        whole,
        fraction: fraction.map(Into::into),
    };
    Ok((digits, negative))
}

#[cfg(test)]
mod tests;

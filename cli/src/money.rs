//! Amounts between text and minor units. Nothing passes through a float.

use crate::output::quoted;
use anyhow::{Context, Result};
use counterfoil_primitives::Amount;
use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::fmt;

/// A currency and its minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    currency: Currency,
    exponent: u32,
}

impl Money {
    /// The currency of an ISO 4217 code, like `CZK`.
    pub fn of(code: &str) -> Result<Self> {
        let currency = Currency::from_code(code)
            .with_context(|| format!("{code:?} is no ISO 4217 currency code"))?;
        let exponent = currency
            .exponent()
            .with_context(|| format!("{code} has no minor unit to count in"))?;
        Ok(Self {
            currency,
            exponent: exponent.into(),
        })
    }

    /// The currency of a code, counted in a number of decimal places, as an agreement states them.
    pub fn counted(code: &str, decimals: u8) -> Result<Self> {
        let currency = Currency::from_code(code)
            .with_context(|| format!("{code:?} is no ISO 4217 currency code"))?;
        Ok(Self {
            currency,
            exponent: decimals.into(),
        })
    }

    /// The ISO 4217 code.
    pub fn code(&self) -> &'static str {
        self.currency.code()
    }

    /// Decimal places of the minor unit.
    pub const fn exponent(&self) -> u32 {
        self.exponent
    }

    /// An amount for people: `9 612.00 CZK`.
    pub fn show(&self, amount: Amount) -> String {
        let style = Style {
            thousands: Some(' '),
            ..Style::default()
        };
        format!("{} {}", self.format(amount, &style), self.code())
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
        normalise(text.trim(), style)
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
            Unit::Major => money.exponent,
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

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing stands there.
    Empty,
    /// No decimal number in the file's style.
    Malformed,
    /// Less than zero.
    Negative,
    /// Zero.
    Zero,
    /// More decimal places than the currency has.
    TooPrecise {
        /// How many it has.
        places: u32,
    },
    /// Three zeros after the separator, which may be decimals or thousands.
    MayBeThousands,
    /// A fraction of a minor unit.
    FractionOfMinor,
    /// Beyond what can be counted.
    TooLarge,
    /// Less than zero, as books write it: a minus behind, or parentheses.
    NegativeInBooks,
}

impl AmountError {
    /// What is wrong with `text`, for people.
    pub fn of(&self, text: &str) -> String {
        format!("{} {self}", quoted(text))
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "give the amount, or leave the line out",
            Self::Malformed => {
                "write digits only, with the separators that the mapping's [amount] names"
            }
            Self::Negative | Self::NegativeInBooks => {
                "leave refunds out: only completed payments are trades"
            }
            Self::Zero => "leave the line out: a trade of nothing is none",
            Self::TooPrecise { .. } => {
                "round the amount at its source; where the separator means thousands, say so in the mapping"
            }
            Self::MayBeThousands => {
                "where the separator means decimals, say unit = \"major\" under [amount] in the mapping; where it means thousands, name both separators there"
            }
            Self::FractionOfMinor => {
                "say unit = \"major\" under [amount] in the mapping, or export whole minor units"
            }
            Self::TooLarge => "check the amount for a lost separator",
        }
    }

    /// What to do about it on a ledger's line, which may be of nothing.
    pub const fn ledger_remedy(&self) -> &'static str {
        match self {
            Self::Empty => "give the amount that is booked, 0 where it is nothing",
            Self::Negative | Self::NegativeInBooks => {
                "a line is of one payment, with the amount booked for it; export what the ledger holds of each payment in the end, without reversals and what they take back"
            }
            Self::Zero => "write 0 for nothing",
            Self::Malformed
            | Self::TooPrecise { .. }
            | Self::MayBeThousands
            | Self::FractionOfMinor
            | Self::TooLarge => self.remedy(),
        }
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "is empty"),
            Self::Malformed => write!(f, "is no decimal number"),
            Self::Negative => write!(f, "is negative"),
            Self::Zero => write!(f, "is zero"),
            Self::TooPrecise { places } => write!(f, "has more than {places} decimal places"),
            Self::MayBeThousands => write!(f, "has a separator of decimals or of thousands"),
            Self::FractionOfMinor => {
                write!(
                    f,
                    "has decimals, where the mapping says that minor units are counted"
                )
            }
            Self::TooLarge => write!(f, "is too large"),
            Self::NegativeInBooks => write!(
                f,
                "is negative: a minus behind an amount or parentheses around it mean less than zero"
            ),
        }
    }
}

impl std::error::Error for AmountError {}

/// The signs of an amount that is less than zero.
const MINUS: [char; 2] = ['-', '\u{2212}'];

/// What stands in parentheses or before a minus. Behind the decimal separator a dash stands for
/// decimals that are zeros.
fn negative_in_books<'a>(text: &'a str, style: &Style) -> Option<&'a str> {
    let in_parentheses = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let before_minus = text
        .strip_suffix(MINUS)
        .filter(|rest| !rest.ends_with(style.decimal));
    in_parentheses.or(before_minus).map(str::trim)
}

/// The digits of an amount in `style`.
fn normalise(text: &str, style: &Style) -> Result<Digits, AmountError> {
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
    if let Some(error) = negative {
        return Err(error);
    }
    Ok(Digits {
        whole,
        fraction: fraction.map(Into::into),
    })
}

/// Takes separators out; each but the first group must have three digits.
fn ungroup(whole: &str, separator: char) -> Option<String> {
    // A file that names a space may well mean the one that does not break.
    let is_separator = |c: char| c == separator || (separator == ' ' && c == '\u{a0}');
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let (first, rest) = groups.split_first()?;
    let fits = rest.is_empty()
        || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    fits.then(|| groups.concat())
}

fn group(whole: &str, separator: char) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn czk() -> Money {
        Money::of("CZK").unwrap()
    }

    fn plain(text: &str) -> Result<Amount, AmountError> {
        czk().parse(text, &Style::default())
    }

    const EUROPEAN: Style = Style {
        decimal: ',',
        thousands: Some('.'),
    };

    #[test]
    fn decimals_become_minor_units() {
        assert_eq!(plain("9612.00"), Ok(961_200));
        assert_eq!(plain(" 7 "), Ok(700));
        assert_eq!(plain("0.5"), Ok(50));
        assert_eq!(czk().parse("1.234,56", &EUROPEAN), Ok(123_456));
    }

    #[test]
    fn a_currency_without_decimals_takes_whole_units() {
        let yen = Money::of("JPY").unwrap();
        assert_eq!(yen.parse("120", &Style::default()), Ok(120));
        assert_eq!(yen.parse("120.0", &Style::default()), Ok(120));
        assert_eq!(
            yen.parse("120.5", &Style::default()),
            Err(AmountError::TooPrecise { places: 0 })
        );
        assert_eq!(yen.show(1_200), "1 200 JPY");
    }

    #[test]
    fn amounts_are_counted_as_the_agreement_states() {
        let yen = Money::counted("JPY", 2).unwrap();
        assert_eq!(yen.parse("12000", &Style::default()), Ok(1_200_000));
        assert_eq!(yen.show(1_200_000), "12 000.00 JPY");
        assert_eq!(Money::counted("JPY", 0).unwrap(), Money::of("JPY").unwrap());
        assert!(Money::counted("XXY", 2).is_err());
    }

    #[test]
    fn each_bad_amount_is_named() {
        assert_eq!(plain(""), Err(AmountError::Empty));
        assert_eq!(plain("-5"), Err(AmountError::Negative));
        assert_eq!(plain("0.00"), Err(AmountError::Zero));
        assert_eq!(plain("1.001"), Err(AmountError::TooPrecise { places: 2 }));
        for text in ["1,5", "five", "1.2.3", ".5", "5.", "+5", "1e3", "--5", "٣"] {
            assert_eq!(plain(text), Err(AmountError::Malformed), "{text}");
        }
        for digits in [28, 40] {
            assert_eq!(plain(&"9".repeat(digits)), Err(AmountError::TooLarge));
        }
    }

    #[test]
    fn amounts_as_books_write_what_is_less_than_zero_are_named() {
        for text in ["100.00-", "(100.00)", "100.00 -", "( 5 )", "7\u{2212}"] {
            assert_eq!(plain(text), Err(AmountError::NegativeInBooks), "{text}");
        }
        assert_eq!(
            czk().parse("1.250,50-", &EUROPEAN),
            Err(AmountError::NegativeInBooks)
        );
        let error = AmountError::NegativeInBooks;
        assert!(error.to_string().contains("less than zero"));
        assert!(error.remedy().contains("refunds"));
    }

    #[test]
    fn a_dash_for_decimals_that_are_zeros_is_no_minus() {
        for text in ["100.-", "(100.00", "100.00)", "(five)", "()", "-", "(-5)"] {
            assert_eq!(plain(text), Err(AmountError::Malformed), "{text}");
        }
    }

    #[test]
    fn a_ledger_is_not_told_to_leave_lines_out() {
        for error in [
            AmountError::Empty,
            AmountError::Negative,
            AmountError::NegativeInBooks,
            AmountError::Zero,
            AmountError::TooLarge,
        ] {
            let remedy = error.ledger_remedy();
            assert!(!remedy.contains("leave the line out"), "{remedy}");
            assert!(!remedy.contains("trades"), "{remedy}");
        }
    }

    #[test]
    fn a_misplaced_separator_is_no_amount() {
        assert_eq!(
            czk().parse("12.34,00", &EUROPEAN),
            Err(AmountError::Malformed)
        );
        assert_eq!(
            czk().parse("1.2345", &EUROPEAN),
            Err(AmountError::Malformed)
        );
    }

    #[test]
    fn a_space_that_does_not_break_separates_like_one_that_does() {
        let style = Style {
            decimal: ',',
            thousands: Some(' '),
        };
        assert_eq!(czk().parse("1\u{a0}234,50", &style), Ok(123_450));
    }

    #[test]
    fn unknown_currencies_are_refused() {
        assert!(Money::of("XXY").is_err());
    }

    proptest! {
        #[test]
        fn what_is_formatted_is_read_back(
            amount in 1u128..10u128.pow(26),
            code in prop::sample::select(vec!["CZK", "JPY", "BHD", "EUR"]),
            style in prop::sample::select(vec![
                Style::default(),
                EUROPEAN,
                Style { decimal: ',', thousands: Some(' ') },
                Style { decimal: '.', thousands: Some('\'') },
            ]),
        ) {
            let money = Money::of(code).unwrap();
            prop_assert_eq!(money.parse(&money.format(amount, &style), &style), Ok(amount));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = czk().parse(&text, &EUROPEAN);
        }

        #[test]
        fn any_amount_can_be_shown(amount: u128) {
            prop_assert!(czk().show(amount).ends_with(" CZK"));
        }
    }
}

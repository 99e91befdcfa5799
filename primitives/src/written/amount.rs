//! Amounts of money.

use super::Words;
use crate::Amount;
use alloc::{format, string::String};

/// In what an amount is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denomination<'a> {
    /// The currency's ISO 4217 code.
    pub currency: &'a str,
    /// Decimal places of its minor unit.
    pub decimals: u8,
}

/// What is wrong with a written amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableAmount {
    /// Nothing is written.
    Empty,
    /// It is no number like `1250.50`.
    NotANumber,
    /// Something stands between digits, or a comma before the fraction. `1,250` is a thousand in one
    /// country and one in another: only a point before the fraction is read.
    Separator,
    /// It is less than zero.
    Negative,
    /// It has more decimal places than the currency.
    TooPrecise,
    /// It is in another currency.
    OtherCurrency,
    /// It is more than can be counted.
    TooLarge,
}

/// Reads digits with at most one point, and the currency's code after a blank where it is written:
/// `1250.50`, `1250.5 CZK`. Returns minor units.
///
/// Zeros beyond the currency's decimal places are refused too: `1.250` crowns may mean a thousand.
pub fn read(text: &str, denomination: &Denomination<'_>) -> Result<Amount, UnreadableAmount> {
    if text.is_empty() {
        return Err(UnreadableAmount::Empty);
    }
    let number = match text.rsplit_once(' ') {
        Some((number, code)) if is_code(code) => {
            if !code.eq_ignore_ascii_case(denomination.currency) {
                return Err(UnreadableAmount::OtherCurrency);
            }
            number
        }
        _ => text,
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    if !are_digits(whole) || fraction.is_some_and(|fraction| !are_digits(fraction)) {
        return Err(malformed(number));
    }
    let fraction = fraction.unwrap_or_default();
    let missing = usize::from(denomination.decimals)
        .checked_sub(fraction.len())
        .ok_or(UnreadableAmount::TooPrecise)?;
    count(whole.bytes().chain(fraction.bytes()), missing).ok_or(UnreadableAmount::TooLarge)
}

/// An amount with all its decimal places and its currency: `1250.50 CZK`.
pub fn show(amount: Amount, denomination: &Denomination<'_>) -> String {
    let decimals = usize::from(denomination.decimals);
    let digits = format!("{amount:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{whole}{point}{fraction} {}", denomination.currency)
}

/// An amount as [`show`] writes it, as events hold it.
pub fn words(amount: Amount, denomination: &Denomination<'_>) -> Words {
    Words::truncated(&show(amount, denomination))
}

/// What digits and as many zeros count.
fn count(digits: impl Iterator<Item = u8>, zeros: usize) -> Option<Amount> {
    digits
        .chain(core::iter::repeat_n(b'0', zeros))
        .try_fold(0, |sum: Amount, digit| {
            sum.checked_mul(10)?
                .checked_add(Amount::from(digit.saturating_sub(b'0')))
        })
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why a text is no digits with one point.
fn malformed(text: &str) -> UnreadableAmount {
    if text.starts_with(['-', '\u{2212}']) {
        return UnreadableAmount::Negative;
    }
    let separates =
        |char: char| matches!(char, '.' | ',' | '\'' | '\u{2019}' | '_') || char.is_whitespace();
    let has_digits = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    let is_separated = text
        .chars()
        .all(|char| char.is_ascii_digit() || separates(char))
        && text.split(separates).all(has_digits);
    match is_separated {
        true => UnreadableAmount::Separator,
        false => UnreadableAmount::NotANumber,
    }
}

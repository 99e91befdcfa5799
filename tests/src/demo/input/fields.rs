//! Products, amounts and times as the mapping writes them.

use super::mapping::{AmountColumn, Product, TimeColumn};
use anyhow::{ensure, Context, Result};
use jiff::{civil::Time, fmt::strtime};

/// The product that a value of its column means.
pub(super) fn product_of(value: &str, products: &[Product]) -> Result<u32> {
    if products.iter().all(|product| product.values.is_empty()) {
        return Ok(value.parse()?);
    }
    let found = products
        .iter()
        .find(|product| product.values.iter().any(|known| known == value));
    found
        .map(|product| product.id)
        .with_context(|| format!("unknown product {value}"))
}

/// Hundredths, which all currencies of the demo have. More decimals than two are no amount, unless
/// they are zeros.
pub(super) fn minor_units(text: &str, column: &AmountColumn) -> Result<u128> {
    let text: String = text
        .chars()
        .filter(|character| Some(*character) != column.thousands)
        .collect();
    let (whole, fraction) = text
        .split_once(column.decimal.unwrap_or('.'))
        .unwrap_or((&text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    ensure!(digits(whole) && digits(fraction), "{text} is no amount");
    let fraction = match fraction.len() {
        0..=2 => fraction,
        _ => fraction.trim_end_matches('0'),
    };
    ensure!(fraction.len() <= 2, "{text} is more exact than the demo");
    let amount: u128 = format!("{whole}{fraction:0<2}").parse()?;
    ensure!(amount > 0, "nothing was paid");
    Ok(amount)
}

/// The local time of day.
pub(super) fn time_of(text: &str, column: &TimeColumn) -> Result<Time> {
    let parts = strtime::parse(&column.format, text)?;
    // A date that does not exist is refused although the day is replaced.
    parts.to_date()?;
    match parts.to_time() {
        Ok(time) if parts.hour().is_some() => Ok(time),
        _ => Ok(column.at.as_deref().unwrap_or("12:00").parse()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(decimal: char, thousands: Option<char>) -> AmountColumn {
        AmountColumn {
            column: String::new(),
            currency: None,
            decimal: Some(decimal),
            thousands,
            unit: None,
        }
    }

    #[test]
    fn amounts_become_minor_units_exactly() {
        let point = column('.', None);
        for (text, amount) in [
            ("9612.00", 961_200),
            ("9612.0000", 961_200),
            ("0.01", 1),
            ("7", 700),
            ("7.5", 750),
        ] {
            assert_eq!(minor_units(text, &point).unwrap(), amount, "{text}");
        }
        let comma = column(',', Some(' '));
        assert_eq!(minor_units("1 234,5", &comma).unwrap(), 123_450);
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let point = column('.', None);
        for text in [
            "", "-1.00", "1.001", "1e3", "0.00", "+2", "1,000.00", ".5", "7.",
        ] {
            assert!(minor_units(text, &point).is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_without_a_time_is_noon() {
        let column = |format: &str| TimeColumn {
            column: String::new(),
            format: format.into(),
            zone: None,
            at: None,
        };
        let noon = time_of("1993-02-07", &column("%Y-%m-%d")).unwrap();
        assert_eq!(noon, Time::constant(12, 0, 0, 0));
        let time = time_of("2026-01-05 07:00:49", &column("%Y-%m-%d %H:%M:%S")).unwrap();
        assert_eq!(time, Time::constant(7, 0, 49, 0));
        assert!(time_of("1993-02-30", &column("%Y-%m-%d")).is_err());
    }
}

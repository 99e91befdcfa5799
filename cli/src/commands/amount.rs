//! Amounts of options, by an agreement's decimals.

use anyhow::{anyhow, Result};
use counterfoil_client::money::{AmountError, Money, Style};
use counterfoil_primitives::Amount;

/// What clears a limit.
const NONE: &str = "none";

/// The amount that an option has, greater than zero.
pub(crate) fn amount(option: &str, text: &str, money: &Money) -> Result<Amount> {
    let read = money.parse(text, &Style::default());
    read.map_err(|error| refused(option, text, error, money))
}

/// The amount that an option has, which may be zero.
pub(crate) fn amount_or_zero(option: &str, text: &str, money: &Money) -> Result<Amount> {
    match money.parse(text, &Style::default()) {
        Err(AmountError::Zero) => Ok(0),
        read => read.map_err(|error| refused(option, text, error, money)),
    }
}

/// The limit that an option has, read by `read`; `None` where it says `none`.
pub(crate) fn limit(
    option: &str,
    text: &str,
    money: &Money,
    read: fn(&str, &str, &Money) -> Result<Amount>,
) -> Result<Option<Amount>> {
    match text.trim() {
        NONE => Ok(None),
        text => read(option, text, money).map(Some),
    }
}

fn refused(option: &str, text: &str, error: AmountError, money: &Money) -> anyhow::Error {
    let example = money.format(125_050, &Style::default());
    anyhow!("{option}: {}; write it like {example}", error.of(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn czk() -> Money {
        Money::of("CZK").unwrap()
    }

    #[test]
    fn an_amount_has_the_agreements_decimals() {
        assert_eq!(amount("--amount", "12.50", &czk()).unwrap(), 1_250);
        let yen = Money::of("JPY").unwrap();
        assert_eq!(amount("--amount", "1250", &yen).unwrap(), 1_250);
        for text in ["12.505", "-1", "12,50", ""] {
            let error = amount("--amount", text, &czk()).unwrap_err().to_string();
            assert!(error.starts_with("--amount: "), "{error}");
            assert!(error.ends_with("write it like 1250.50"), "{error}");
        }
    }

    #[test]
    fn only_what_may_be_zero_is_read_as_zero() {
        assert_eq!(amount_or_zero("--received", "0", &czk()).unwrap(), 0);
        assert_eq!(amount_or_zero("--received", "0.01", &czk()).unwrap(), 1);
        assert!(amount("--amount", "0.00", &czk()).is_err());
    }

    #[test]
    fn a_limit_is_cleared_by_a_word() {
        let read = |text| limit("--max-gross", text, &czk(), amount).unwrap();
        assert_eq!(read("none"), None);
        assert_eq!(read("12.50"), Some(1_250));
        assert!(limit("--max-gross", "0", &czk(), amount).is_err());
    }
}

//! Amounts as files and people write them.

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
    assert_eq!(yen.show(1_200), "1200 JPY");
}

#[test]
fn amounts_are_counted_as_the_agreement_states() {
    let yen = Money::counted("JPY", 2).unwrap();
    assert_eq!(yen.parse("12000", &Style::default()), Ok(1_200_000));
    assert_eq!(yen.show(1_200_000), "12000.00 JPY");
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
fn an_amount_of_either_sign_is_read_with_its_sign() {
    let read = |text| Digits::of_either_sign(text, &Style::default());
    let digits = Digits::of("100.00", &Style::default()).unwrap();
    assert_eq!(read("100.00"), Ok((digits.clone(), false)));
    for text in ["-100.00", "\u{2212}100.00", "100.00-", "(100.00)"] {
        assert_eq!(read(text), Ok((digits.clone(), true)), "{text}");
    }
    for text in ["--1.00", "(-5)", "-five"] {
        assert_eq!(read(text), Err(AmountError::Malformed), "{text}");
    }
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

    #[test]
    fn what_is_shown_is_what_the_chain_reads(amount: u128) {
        let denomination = Denomination { currency: "CZK", decimals: 2 };
        prop_assert_eq!(amount::read(&czk().show(amount), &denomination), Ok(amount));
    }
}

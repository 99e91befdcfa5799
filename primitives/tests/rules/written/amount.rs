//! Amounts as people write them.

use counterfoil_primitives::{
    written::{
        amount::{read, show, words},
        Denomination, UnreadableAmount,
    },
    Amount,
};
use proptest::prelude::*;

const CZK: Denomination<'static> = Denomination {
    currency: "CZK",
    decimals: 2,
};
const JPY: Denomination<'static> = Denomination {
    currency: "JPY",
    decimals: 0,
};
const BHD: Denomination<'static> = Denomination {
    currency: "BHD",
    decimals: 3,
};

#[test]
fn a_decimal_amount_becomes_minor_units() {
    for (text, amount) in [
        ("1250.50", 125_050),
        ("1250.5", 125_050),
        ("1250", 125_000),
        ("0.01", 1),
        ("0", 0),
        ("0012", 1_200),
    ] {
        assert_eq!(read(text, &CZK), Ok(amount), "{text}");
    }
    assert_eq!(read("1.250", &BHD), Ok(1_250));
    assert_eq!(read("1250", &JPY), Ok(1_250));
}

#[test]
fn the_currency_may_stand_behind_the_amount() {
    assert_eq!(read("1250.50 CZK", &CZK), Ok(125_050));
    assert_eq!(read("1250.50 czk", &CZK), Ok(125_050));
}

#[test]
fn another_currency_is_refused() {
    assert_eq!(
        read("1250.50 EUR", &CZK),
        Err(UnreadableAmount::OtherCurrency)
    );
}

#[test]
fn what_may_mean_two_amounts_is_refused_as_separated() {
    for text in [
        "1,250",
        "1 250,50",
        "1 250.50",
        "1250,50",
        "1.250.000",
        "1'250.00",
        "1\u{a0}250",
        "1 250 CZK",
    ] {
        assert_eq!(read(text, &CZK), Err(UnreadableAmount::Separator), "{text}");
    }
}

#[test]
fn more_decimal_places_than_the_currency_has_are_refused_even_as_zeros() {
    for (text, denomination) in [
        ("1.005", CZK),
        ("1.250", CZK),
        ("1.0", JPY),
        ("1.0000", BHD),
    ] {
        assert_eq!(
            read(text, &denomination),
            Err(UnreadableAmount::TooPrecise),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "five",
        "1250.",
        ".50",
        "1e3",
        "+5",
        " 1250",
        "1250 ",
        "1250\t",
        "٣",
        "0x10",
        "CZK",
        " CZK",
        "1250  CZK",
        "1250CZK",
        ",",
        "1..5",
    ] {
        assert_eq!(
            read(text, &CZK),
            Err(UnreadableAmount::NotANumber),
            "{text}"
        );
    }
}

#[test]
fn nothing_and_less_than_nothing_are_refused() {
    assert_eq!(read("", &CZK), Err(UnreadableAmount::Empty));
    for text in ["-5", "\u{2212}5.00", "-5 CZK"] {
        assert_eq!(read(text, &CZK), Err(UnreadableAmount::Negative), "{text}");
    }
}

#[test]
fn the_largest_amount_is_read_and_one_more_is_not() {
    let largest = Amount::MAX.to_string();
    assert_eq!(read(&largest, &JPY), Ok(Amount::MAX));
    assert_eq!(
        read("340282366920938463463374607431768211456", &JPY),
        Err(UnreadableAmount::TooLarge)
    );
    assert_eq!(read(&largest, &CZK), Err(UnreadableAmount::TooLarge));
}

#[test]
fn an_amount_shows_all_its_decimal_places_and_its_currency() {
    assert_eq!(show(125_050, &CZK), "1250.50 CZK");
    assert_eq!(show(1, &CZK), "0.01 CZK");
    assert_eq!(show(1_250, &JPY), "1250 JPY");
    assert_eq!(show(1_250, &BHD), "1.250 BHD");
}

#[test]
fn the_words_of_an_amount_are_whole() {
    assert_eq!(&*words(125_050, &CZK), "1250.50 CZK");
    assert_eq!(&*words(Amount::MAX, &BHD), show(Amount::MAX, &BHD));
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(amount: Amount, decimals in 0u8..=40) {
        let denomination = Denomination { decimals, ..CZK };
        prop_assert_eq!(read(&show(amount, &denomination), &denomination), Ok(amount));
    }

    #[test]
    fn what_is_read_is_what_the_digits_say(whole in 0u64.., cents in 0u8..100) {
        let expected = Amount::from(whole) * 100 + Amount::from(cents);
        prop_assert_eq!(read(&format!("{whole}.{cents:02}"), &CZK), Ok(expected));
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}", decimals: u8) {
        let _ = read(&text, &Denomination { decimals, ..CZK });
    }

    #[test]
    fn nothing_that_looks_like_an_amount_makes_it_panic(text in "[0-9., '-]{0,45}( CZK)?") {
        let _ = read(&text, &CZK);
    }
}

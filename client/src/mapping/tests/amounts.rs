//! What the amounts of a file count.

use super::*;

fn file(amounts: &[&str]) -> Vec<u8> {
    let lines = amounts.iter().enumerate();
    let lines = lines.map(|(n, amount)| format!("P-{n},2,1993-02-07,\"{amount}\",other\n"));
    format!("{HEADER}{}", lines.collect::<String>()).into_bytes()
}

fn with(setting: &str) -> String {
    MAPPING.replace("currency = \"CZK\"", setting)
}

fn read_as(mapping: &str, money: &str, amounts: &[&str]) -> Result<Reading, String> {
    let mapping: PaymentMapping = toml::from_str(mapping).unwrap();
    let context = Context {
        money: Money::of(money).unwrap(),
        ..context(None)
    };
    Sheet::parse(&file(amounts), &mapping)
        .and_then(|sheet| mapping.read(&sheet, &context))
        .map_err(|error| format!("{error:#}"))
}

fn grosses(reading: &Reading) -> Vec<u128> {
    reading
        .payments
        .iter()
        .map(|payment| payment.gross)
        .collect()
}

#[test]
fn amounts_without_a_separator_are_refused_until_their_unit_is_named() {
    let amounts = ["125000", "49050", "89995"];
    let error = read_as(&with(""), "CZK", &amounts).unwrap_err();
    assert_eq!(
        error,
        "line 2, amount_czk: no amount of the column has a decimal separator, so 125000 may be 125000.00 CZK or 1250.00 CZK; \
         set unit = \"major\" for the first or unit = \"minor\" for the second under [amount] in the mapping"
    );
    let reading = read_as(&with("unit = \"minor\""), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [125_000, 49_050, 89_995]);
    let reading = read_as(&with("unit = \"major\""), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [12_500_000, 4_905_000, 8_999_500]);
}

#[test]
fn a_ledger_without_a_separator_is_refused_until_its_unit_is_named() {
    let text = b"trade;payment;user;at;amount;product\n;p1;u;60;12500;7\n;p2;u;60;0;7\n";
    let error = ledger(LEDGER, text).unwrap_err();
    assert!(error.contains("unit = \"minor\""), "{error}");
    let minor = LEDGER.replace("decimal = \",\"", "unit = \"minor\"");
    let lines = ledger(&minor, text).unwrap().lines;
    assert_eq!((lines[0].amount, lines[1].amount), (12_500, 0));
}

#[test]
fn one_amount_with_a_separator_tells_the_unit_of_all() {
    let reading = read_as(&with(""), "CZK", &["300", "490.5"]).unwrap();
    assert_eq!(grosses(&reading), [30_000, 49_050]);
}

#[test]
fn a_line_that_is_refused_tells_nothing_of_the_unit() {
    let minor = "P-1,C-1,1993-02-07,125000,other\nP-2,C-2,1993-02-07,49050,other\n";
    for refused in [
        "Total,,,1740.50,",
        "Total,2 payments,1993-02-07,1740.50,other",
        "P-3,C-3,1993-02-07,1.5.0,other",
        "P-3,C-3,1993-02-07,12.345,other",
        "P-3,C-3,1993-02-07,12.000,other",
        "P-3,C-3,in 1993,15.00,other",
        "P-1,C-3,1993-02-07,15.00,other",
    ] {
        let text = format!("{HEADER}{minor}{refused}\n");
        let error = payments(&with(""), text.as_bytes()).unwrap_err();
        assert!(error.contains("unit = \"minor\""), "{refused}: {error}");
        let named = with("unit = \"major\"").replace("[amount]", "[amount]\ndecimal = \".\"");
        let reading = payments(&named, text.as_bytes()).unwrap();
        assert!(reading.payments.len() >= 2, "{refused}");
    }
}

#[test]
fn a_ledger_of_nothing_needs_no_unit() {
    let text = b"trade;payment;user;at;amount;product\n;p1;u;60;0;7\n;p2;u;60;0;7\n";
    assert_eq!(ledger(LEDGER, text).unwrap().lines.len(), 2);
}

/// Amounts with a decimal comma that nobody quoted, before a column that is ignored.
const SPLIT: &str = "\
id,paid_at,payer,amount,memo
DC-1,2026-11-28 00:01:00,C-1,1250,50
DC-2,2026-11-28 00:02:00,C-2,490,00
";

const SPLIT_MAPPING: &str = r#"
ignore = ["memo"]
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount", unit = "major" }
product = { id = 1 }
"#;

#[test]
fn amounts_that_an_unquoted_comma_cut_are_refused() {
    let error = payments(SPLIT_MAPPING, SPLIT.as_bytes()).unwrap_err();
    assert!(
        error.starts_with("line 2, amount: no amount has decimals"),
        "{error}"
    );
    assert!(
        error.contains("as if 1250,50 stood there unquoted") && error.contains("decimal = \".\""),
        "{error}"
    );
    // A further field that is blank on all lines makes no difference.
    let text = SPLIT.replace(",50\n", ",50,\n").replace(",00\n", ",00,\n");
    assert!(payments(SPLIT_MAPPING, text.as_bytes()).is_err());
    for unit in ["unit = \"minor\"", "decimal = \",\""] {
        let mapping = SPLIT_MAPPING.replace("unit = \"major\"", unit);
        assert!(payments(&mapping, SPLIT.as_bytes()).is_err(), "{unit}");
    }
}

#[test]
fn a_column_of_digits_behind_whole_amounts_is_taken_once_it_is_said_to_be_right() {
    let decimal = "unit = \"major\", decimal = \".\"";
    let mapping = SPLIT_MAPPING.replace("unit = \"major\"", decimal);
    let reading = payments(&mapping, SPLIT.as_bytes()).unwrap();
    assert_eq!(grosses(&reading), [125_000, 49_000]);
}

#[test]
fn other_columns_behind_whole_amounts_are_no_decimals() {
    for (right, wrong) in [
        (",50\n", ",21 %\n"),
        (",50\n", ",\n"),
        (",50\n", ",250\n"),
        ("1250", "1250.00"),
    ] {
        let text = SPLIT.replace(right, wrong);
        let reading = payments(SPLIT_MAPPING, text.as_bytes()).unwrap();
        assert_eq!(grosses(&reading), [125_000, 49_000], "{wrong}");
    }
    let semicolons = SPLIT.replace(',', ";");
    let mapping = format!("{SPLIT_MAPPING}file = {{ delimiter = \";\" }}\n");
    assert_eq!(
        payments(&mapping, semicolons.as_bytes())
            .unwrap()
            .payments
            .len(),
        2
    );
}

#[test]
fn quoted_decimal_commas_are_read() {
    let text = SPLIT
        .replace("1250,50", "\"1250,50\",")
        .replace("490,00", "\"490,00\",");
    let mapping = SPLIT_MAPPING.replace("unit = \"major\"", "decimal = \",\"");
    let reading = payments(&mapping, text.as_bytes()).unwrap();
    assert_eq!(grosses(&reading), [125_050, 49_000]);
}

#[test]
fn a_currency_without_minor_units_needs_no_answer() {
    let reading = read_as(&with(""), "JPY", &["1200", "1200.00"]).unwrap();
    assert_eq!(grosses(&reading), [1_200, 1_200]);
    let reading = read_as(&with("thousands = \",\""), "JPY", &["12,500", "1200.50"]).unwrap();
    assert_eq!(grosses(&reading), [12_500]);
    let errors = errors(&reading.refused);
    assert!(
        errors[0].contains("more than 0 decimal places"),
        "{errors:?}"
    );
    let reading = read_as(&with("unit = \"minor\""), "JPY", &["1200"]).unwrap();
    assert_eq!(grosses(&reading), [1_200]);
}

#[test]
fn minor_units_have_no_fraction() {
    let amounts = ["125000", "1250.00"];
    let reading = read_as(&with("unit = \"minor\""), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [125_000]);
    insta::assert_snapshot!(reading.refused[0].error, @r#"line 3, amount_czk: "1250.00" has decimals, where the mapping says that minor units are counted (set unit = "major" under [amount] in the mapping, or export whole minor units)"#);
    let reading = read_as(&with("unit = \"major\""), "CZK", &amounts[1..]).unwrap();
    assert_eq!(grosses(&reading), [125_000]);
}

#[test]
fn zeros_beyond_the_currencys_decimals_say_nothing() {
    let amounts = [
        "1250.0000",
        "490.5000",
        "899.9500",
        "640.05",
        "12.3450",
        "125.000000",
    ];
    let reading = read_as(&with(""), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [125_000, 49_050, 89_995, 64_005, 12_500]);
    insta::assert_snapshot!(reading.refused[0].error, @r#"line 6, amount_czk: "12.3450" has more than 2 decimal places (round the amount at its source; where the separator means thousands, say so in the mapping)"#);
    let dinars = ["1.250", "12.5", "7.2500", "0.005"];
    let reading = read_as(&with(""), "KWD", &dinars).unwrap();
    assert_eq!(grosses(&reading), [1_250, 12_500, 7_250, 5]);
}

#[test]
fn three_zeros_that_may_be_thousands_are_refused_until_they_are_told_apart() {
    let amounts = ["12.000", "7.340"];
    let reading = read_as(&with(""), "CZK", &amounts[..1]).unwrap();
    insta::assert_snapshot!(reading.refused[0].error, @r#"line 2, amount_czk: "12.000" has a separator of decimals or of thousands (where the separator means decimals, set unit = "major" under [amount] in the mapping; where it means thousands, name both separators there)"#);
    assert_eq!(
        read_as(&with(""), "CZK", &amounts).unwrap().refused.len(),
        2
    );
    let reading = read_as(&with("unit = \"major\""), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [1_200, 734]);
    let both = "decimal = \",\"\nthousands = \".\"";
    let error = read_as(&with(both), "CZK", &amounts).unwrap_err();
    assert!(
        error.contains("12.000 may be 12000.00 CZK or 120.00 CZK"),
        "{error}"
    );
    let reading = read_as(&with(&format!("{both}\nunit = \"major\"")), "CZK", &amounts).unwrap();
    assert_eq!(grosses(&reading), [1_200_000, 734_000]);
}

#[test]
fn amounts_that_cannot_be_thousands_tell_of_the_others() {
    let reading = read_as(&with(""), "CZK", &["12.000", "1250.000"]).unwrap();
    assert_eq!(grosses(&reading), [1_200, 125_000]);
}

proptest! {
    #[test]
    fn zeros_at_the_end_change_no_amount(amount in 1u128..10u128.pow(20), zeros in 0usize..8) {
        let money = Money::of("CZK").unwrap();
        let text = money.format(amount, &Style::default()) + &"0".repeat(zeros);
        let reading = read_as(&with("unit = \"major\""), "CZK", &[&text]).unwrap();
        prop_assert_eq!(grosses(&reading), [amount]);
    }

    #[test]
    fn minor_units_are_taken_as_they_stand(
        amount in 1u128..10u128.pow(26),
        money in prop::sample::select(vec!["CZK", "JPY", "KWD"]),
    ) {
        let reading = read_as(&with("unit = \"minor\""), money, &[&amount.to_string()]).unwrap();
        prop_assert_eq!(grosses(&reading), [amount]);
    }

    #[test]
    fn a_file_is_read_in_one_unit_or_refused(
        amounts in prop::collection::vec(1u64..10_000_000, 1..6),
        points: bool,
    ) {
        let texts: Vec<String> = amounts.iter().map(|amount| match points {
            true => format!("{}.{:02}", amount / 100, amount % 100),
            false => amount.to_string(),
        }).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match read_as(&with(""), "CZK", &texts) {
            Ok(reading) => {
                let right: Vec<u128> = amounts.iter().map(|amount| u128::from(*amount)).collect();
                prop_assert!(points);
                prop_assert_eq!(grosses(&reading), right);
            }
            Err(error) => prop_assert!(!points && error.contains("unit ="), "{}", error),
        }
    }
}

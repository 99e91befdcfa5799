//! What a file states of an agreement, and what the options of the command say in its place.

use super::*;
use clap::Parser;
use counterfoil_primitives::settlement::ClientLimits;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    create: Create,
}

const FILE: &str = r#"
id = 7
bank = 3
company = 2
reconciler = 4
clients = [1, 5]
currency = "CZK"
asset = 1
first_day = "2026-11-01"
deadline_minutes = 720
max_late_minutes = 43200
refund_days = 180
amend_days = 200
answer_days = 5
caps = { pages = 64, extras = 4096 }

[conditions]
utc_offset = "+01:00"
cut_off = "00:30"
preset = "01:00"
credit_source = "ledger"

[[products]]
id = 1
terms = { credit = { rate_ppm = 20000 } }
"#;

#[test]
fn a_file_states_an_agreement() {
    let spec: Spec = toml::from_str(FILE).unwrap();
    let arguments = spec.arguments(&Paying::default()).unwrap();
    assert_eq!(arguments.2, (Currency::truncated("CZK"), 2));
    assert_eq!(arguments.5, (720, 43_200, 180, 200, 5));
    assert_eq!(arguments.6.cut_off.0, 30);
    assert_eq!(arguments.6.debit_source, Source::Received);
    assert_eq!(arguments.6.credit_source, Source::Ledger);
    assert_eq!((arguments.6.period, arguments.4 .1), (Period::Day, None));
    assert_eq!(spec.calls(7, &Paying::default()).unwrap().len(), 2);
}

#[test]
fn a_file_that_says_nothing_of_amendments_gives_a_year_for_them_and_ten_days_for_answers() {
    let text = FILE.replace("amend_days = 200\nanswer_days = 5\n", "");
    let spec: Spec = toml::from_str(&text).unwrap();
    assert_eq!((spec.amend_days, spec.answer_days), (365, 10));
}

fn currency(line: &str) -> Result<(Currency, u8)> {
    let text = FILE.replace("currency = \"CZK\"", line);
    toml::from_str::<Spec>(&text).unwrap().currency()
}

#[test]
fn decimals_follow_from_the_currency() {
    let yen = (Currency::truncated("JPY"), 0);
    assert_eq!(currency("currency = \"JPY\"").unwrap(), yen);
    assert_eq!(currency("currency = \"JPY\"\ndecimals = 0").unwrap(), yen);
    let dinar = currency("currency = \"KWD\"").unwrap();
    assert_eq!(dinar, (Currency::truncated("KWD"), 3));
}

#[test]
fn decimals_that_iso_4217_contradicts_are_refused() {
    let error = currency("currency = \"JPY\"\ndecimals = 2").unwrap_err();
    assert!(error.to_string().contains("asset of 0 decimals"), "{error}");
    assert!(currency("currency = \"CZK\"\ndecimals = 0").is_err());
}

#[test]
fn a_currency_without_a_minor_unit_is_refused() {
    assert!(currency("currency = \"XAU\"").is_err());
}

/// What the options of a command change of the file.
fn created(text: &str, options: &str) -> Result<Arguments> {
    let words = format!("create --file agreement.toml {options}");
    let create = Line::try_parse_from(words.split_whitespace())?.create;
    let spec: Spec = toml::from_str(text)?;
    spec.with(&create).arguments(&create.paying)
}

#[test]
fn a_file_says_how_what_is_owed_is_paid() {
    let rail = |text: &str| created(text, "").map(|arguments| arguments.6.rail);
    assert_eq!(rail(FILE).unwrap(), Rail::Asset(1));
    let outside = FILE.replace("asset = 1", "external = true");
    assert_eq!(rail(&outside).unwrap(), Rail::External);
    for (line, part) in [
        ("", "does not say how"),
        ("asset = 1\nexternal = true", "says both"),
    ] {
        let error = rail(&FILE.replace("asset = 1", line)).unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn options_say_it_in_place_of_the_file() {
    let outside = created(FILE, "--external --period month").unwrap().6;
    assert_eq!(
        (outside.rail, outside.period),
        (Rail::External, Period::Month)
    );
    let without = FILE.replace("asset = 1", "");
    let in_asset = created(&without, "--asset 5").unwrap().6;
    assert_eq!(in_asset.rail, Rail::Asset(5));
}

#[test]
fn limits_are_amounts_of_the_currency() {
    let limits = "[conditions]\nperiod = \"working_day\"\nclient_payments = \"12.50\"";
    let text = FILE
        .replace("[conditions]", limits)
        .replace("asset = 1", "asset = 1\nmax_gross = \"1000\"");
    let arguments = created(&text, "--client-refunds 0.25").unwrap();
    assert_eq!(arguments.4 .1, Some(100_000));
    assert_eq!(arguments.6.period, Period::WorkingDay);
    let expected = ClientLimits {
        payments: 1_250,
        refunds: 25,
    };
    assert_eq!(arguments.6.client_limits, Some(expected));
    let cleared = created(&text, "--max-gross none").unwrap();
    assert_eq!(cleared.4 .1, None);
    let error = created(&text, "--max-gross 0").unwrap_err().to_string();
    assert!(error.starts_with("max_gross: "), "{error}");
}

#[test]
fn a_product_without_terms_is_refused() {
    let text = FILE.replace("terms = { credit = { rate_ppm = 20000 } }", "");
    let spec: Spec = toml::from_str(&text).unwrap();
    assert!(spec.calls(7, &Paying::default()).is_err());
}

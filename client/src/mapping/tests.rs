//! Mapping: good files, and each kind of bad one.

use super::{payments::Context, *};
use crate::{
    money::{Money, Style},
    text::reference_text,
    time::moment_rfc3339,
};
use counterfoil_primitives::BusinessDay;
use proptest::prelude::*;
use uuid::Uuid;

mod amounts;
mod columns;
mod encodings;
mod except;
mod framed;
mod guarded;
mod ids;
mod kinds;
mod ledger;
mod returned;
mod shapes;
mod statement;
mod totals;

const MAPPING: &str = r#"
payment_id = "payment_id"
user = "account_id"

[time]
column = "date"
format = "%Y-%m-%d"

[amount]
column = "amount_czk"
currency = "CZK"

[product]
column = "purpose"

[[products]]
id = 1
values = ["household"]
name = "Household"
terms = { credit = { rate_ppm = 20000, rounding = "half_even" } }

[[products]]
id = 2
values = ["other", "none"]
"#;

const HEADER: &str = "payment_id,account_id,date,amount_czk,purpose\n";

fn mapping() -> PaymentMapping {
    toml::from_str(MAPPING).unwrap()
}

fn context(day: Option<BusinessDay>) -> Context<'static> {
    Context {
        client: 1,
        money: Money::of("CZK").unwrap(),
        offset_on: &|_| 60,
        day,
    }
}

fn read_with(mapping: &PaymentMapping, bytes: &[u8]) -> Result<Reading> {
    mapping.read(&Sheet::parse(bytes, mapping)?, &context(None))
}

fn read(text: &str) -> Reading {
    read_with(&mapping(), text.as_bytes()).unwrap()
}

fn latin_1() -> Encoding {
    Encoding::try_from("latin-1".to_owned()).unwrap()
}

/// Reads payments by a mapping; an error as people see it.
fn payments(mapping: &str, bytes: &[u8]) -> Result<Reading, String> {
    let mapping: PaymentMapping = toml::from_str(mapping).map_err(|error| error.to_string())?;
    read_with(&mapping, bytes).map_err(|error| format!("{error:#}"))
}

/// Reads a ledger by a mapping; an error as people see it.
fn ledger(mapping: &str, bytes: &[u8]) -> Result<LedgerReading, String> {
    let mapping: LedgerMapping = toml::from_str(mapping).map_err(|error| error.to_string())?;
    let money = Money::of("CZK").unwrap();
    Sheet::parse(bytes, &mapping)
        .and_then(|sheet| mapping.read(&sheet, money, &|_| 60))
        .map_err(|error| format!("{error:#}"))
}

/// What is wrong with each refused line.
fn errors(refused: &[Refused]) -> Vec<String> {
    refused.iter().map(|r| r.error.to_string()).collect()
}

fn refusal(line: &str) -> String {
    let reading = read(&format!("{HEADER}{line}\n"));
    assert!(reading.payments.is_empty(), "{:?}", reading.payments);
    reading.refused[0].error.to_string()
}

#[test]
fn a_line_becomes_a_payment() {
    let reading = read(&format!(
        "{HEADER}695340,2378,1993-02-07,9612.00,household\n"
    ));
    assert!(reading.refused.is_empty());
    let payment = &reading.payments[0];
    assert_eq!(payment.line, 2);
    assert_eq!(payment.id, "695340");
    assert_eq!(payment.user.as_text(), Some("2378"));
    assert_eq!(payment.product, 1);
    assert_eq!(payment.gross, 961_200);
    assert_eq!(payment.reference, reference_of(1, "695340"));
    assert_eq!(moment_rfc3339(payment.occurred_at), "1993-02-07T11:00:00Z");
}

#[test]
fn a_reference_depends_on_client_and_payment_and_never_changes() {
    assert_eq!(
        Uuid::from_bytes(reference_of(1, "695340").0).to_string(),
        "b13ea26b-b7b6-56d2-828a-61e5243f83de"
    );
    assert_ne!(reference_of(1, "695340"), reference_of(2, "695340"));
    assert_ne!(reference_of(1, "695340"), reference_of(1, "695341"));
}

#[test]
fn byte_order_mark_and_carriage_returns_are_no_trouble() {
    let text = format!("\u{feff}{HEADER}1,2,1993-02-07,3.00,other\n").replace('\n', "\r\n");
    let reading = read(&text);
    assert_eq!(reading.payments.len(), 1);
    assert_eq!(reading.payments[0].product, 2);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = format!("{HEADER}1,2,1993-02-07,x,other\n\n2,2,1993-02-07,x,other\n");
    for end in ["\n", "\r\n", "\r"] {
        let text = text.replace('\n', end);
        let lines: Vec<u64> = read(&text).refused.iter().map(|r| r.error.line).collect();
        assert_eq!(lines, [2, 4]);
    }
}

#[test]
fn a_new_day_takes_all_payments() {
    let mapping = mapping();
    let text = format!("{HEADER}1,2,1993-02-07,3.00,other\n");
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping
        .read(&sheet, &context(Some(BusinessDay(20_000))))
        .unwrap();
    assert_eq!(
        moment_rfc3339(reading.payments[0].occurred_at),
        "2024-10-04T11:00:00Z"
    );
}

#[test]
fn a_new_day_with_another_offset_keeps_the_local_time_of_day() {
    let mapping = mapping();
    let text = format!("{HEADER}1,2,1993-02-07,3.00,other\n");
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let summer = BusinessDay(20_000);
    let context = Context {
        offset_on: &|day| if day < summer { 60 } else { 120 },
        ..context(Some(summer))
    };
    let reading = mapping.read(&sheet, &context).unwrap();
    assert_eq!(
        moment_rfc3339(reading.payments[0].occurred_at),
        "2024-10-04T10:00:00Z"
    );
}

#[test]
fn latin_1_is_read_where_the_mapping_says_so() {
    let bytes = [HEADER.as_bytes(), b"1,Nov\xe1k,1993-02-07,3.00,other\n"].concat();
    let mut latin = mapping();
    latin.file.encoding = latin_1();
    let reading = read_with(&latin, &bytes).unwrap();
    assert_eq!(reading.payments[0].user.as_text(), Some("Novák"));
}

#[test]
fn an_empty_file_is_an_error() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\r\n \n"] {
        let error = read_with(&mapping(), bytes).unwrap_err().to_string();
        assert!(error.contains("line 1: the file is empty"), "{error}");
    }
}

#[test]
fn a_header_alone_holds_no_payments() {
    let reading = read(HEADER);
    assert!(reading.payments.is_empty() && reading.refused.is_empty());
}

#[test]
fn a_missing_column_is_an_error_that_names_those_there_are() {
    let error = read_with(&mapping(), b"payment_id;account_id\n1;2\n")
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 1: the column \"payment_id\" is missing"),
        "{error}"
    );
    assert!(error.contains("payment_id;account_id"), "{error}");
}

#[test]
fn a_column_twice_is_an_error() {
    let bytes = HEADER.replace("purpose", "purpose,account_id");
    let error = read_with(&mapping(), bytes.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("twice"), "{error}");
}

#[test]
fn each_bad_line_is_named_with_a_remedy() {
    insta::assert_snapshot!(refusal("1,2,1993-02-07,five,other"), @r#"line 2, amount_czk: "five" is not a decimal number (write digits only, with the separators that the mapping's [amount] names)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,-3.00,other"), @r#"line 2, amount_czk: "-3.00" is negative (if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = "refund"; otherwise correct the amount)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,3.00-,other"), @r#"line 2, amount_czk: "3.00-" is negative: a minus behind an amount or parentheses around it mean less than zero (if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = "refund"; otherwise correct the amount)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,0.00,other"), @r#"line 2, amount_czk: "0.00" is zero (leave the line out: a trade of nothing is none)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,3.001,other"), @r#"line 2, amount_czk: "3.001" has more than 2 decimal places (round the amount at its source; where the separator means thousands, say so in the mapping)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,99999999999999999999999999999999.00,other"), @r#"line 2, amount_czk: "99999999999999999999999999999999.00" is too large (check the amount for a lost separator)"#);
    insta::assert_snapshot!(refusal("1,2,1993-02-07,3.00,gambling"), @r#"line 2, purpose: "gambling" is an unknown product (the mapping knows household, none, other; add it there, or correct the line)"#);
    insta::assert_snapshot!(refusal("1,2,7.2.1993,3.00,other"), @r#"line 2, date: "7.2.1993" is not a date of the form "%Y-%m-%d" (correct the time, or the format under [time] in the mapping)"#);
    insta::assert_snapshot!(refusal(",2,1993-02-07,3.00,other"), @"line 2, payment_id: is empty (give the id that the payment has at its source)");
    insta::assert_snapshot!(refusal("1,,1993-02-07,3.00,other"), @"line 2, account_id: is empty (give the payer; if the line is a total or a remark, take it out)");
    insta::assert_snapshot!(refusal("1,2,1993-02-07,3.00"), @"line 2: has 4 fields instead of 5 (add or take out delimiters, or quote the field that holds one)");
    insta::assert_snapshot!(refusal("1,\"2,1993-02-07,3.00,other\n4,5,1993-02-07,3.00,other"), @"line 2: a field runs over the end of the line (close the quotation mark; the lines up to the next quotation mark were not read)");
}

#[test]
fn a_payment_twice_is_refused_the_second_time() {
    let reading = read(&format!(
        "{HEADER}1,2,1993-02-07,3.00,other\n1,2,1993-02-07,3.00,other\n"
    ));
    assert_eq!(reading.payments.len(), 1);
    let error = reading.refused[0].error.to_string();
    assert!(
        error.contains("line 3, payment_id: the payment \"1\" is already on line 2"),
        "{error}"
    );
}

/// A file whose mapping names a column of references.
fn read_with_references(lines: &[&str]) -> Reading {
    let mapping: PaymentMapping =
        toml::from_str(&format!("reference = \"uetr\"\n{MAPPING}")).unwrap();
    let header = format!("uetr,{HEADER}");
    read_with(
        &mapping,
        [&header, lines.join("\n").as_str()].concat().as_bytes(),
    )
    .unwrap()
}

#[test]
fn a_reference_twice_is_refused_the_second_time() {
    let reading = read_with_references(&[
        "6b29fc40-ca47-1067-b31d-00dd010662da,1,2,1993-02-07,3.00,other",
        "c56a4180-65aa-42ec-a945-5fd21dec0538,2,2,1993-02-07,3.00,other",
        "6B29FC40-CA47-1067-B31D-00DD010662DA,3,2,1993-02-07,3.00,other",
    ]);
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
    insta::assert_snapshot!(reading.refused[0].error, @"line 4, uetr: the reference 6b29fc40-ca47-1067-b31d-00dd010662da is already on line 2 (give each payment a reference of its own, or take one of the lines out)");
}

#[test]
fn a_reference_of_a_refused_line_is_free() {
    let reading = read_with_references(&[
        "6b29fc40-ca47-1067-b31d-00dd010662da,1,2,1993-02-07,-3.00,other",
        "6b29fc40-ca47-1067-b31d-00dd010662da,2,2,1993-02-07,3.00,other",
    ]);
    assert_eq!((reading.payments.len(), reading.refused.len()), (1, 1));
}

#[test]
fn refused_lines_can_be_corrected_and_read_again() {
    let mapping = mapping();
    let text = format!("{HEADER}1,2,1993-02-07,-3.00,other\n2,2,1993-02-07,4.00,other\n");
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, &context(None)).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    sheet.write_refused(file.path(), &reading.refused).unwrap();

    let again = Sheet::load(file.path(), &mapping).unwrap();
    let reading = mapping.read(&again, &context(None)).unwrap();
    assert_eq!(reading.refused.len(), 1);
    again.write_refused(file.path(), &reading.refused).unwrap();

    let corrected = std::fs::read_to_string(file.path())
        .unwrap()
        .replace("-3.00", "3.00");
    assert_eq!(corrected.matches("refused_because").count(), 1);
    let reading = read(&corrected);
    assert!(reading.refused.is_empty());
    assert_eq!(reading.payments[0].gross, 300);
}

#[test]
fn the_mappings_terms_are_read() {
    let terms = mapping().terms().unwrap();
    assert_eq!(terms.len(), 1);
    assert_eq!(terms[0].1.amounts(150).credit, 3);
}

#[test]
fn a_misspelt_key_is_an_error() {
    assert!(toml::from_str::<PaymentMapping>(&format!("usr = \"x\"\n{MAPPING}")).is_err());
}

#[test]
fn another_currency_than_the_agreements_is_an_error() {
    let mapping: PaymentMapping = toml::from_str(&MAPPING.replace("\"CZK\"", "\"EUR\"")).unwrap();
    let error = read_with(&mapping, HEADER.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("EUR"), "{error}");
}

#[test]
fn a_value_that_stands_for_two_products_is_an_error() {
    let mapping: PaymentMapping =
        toml::from_str(&MAPPING.replace("[\"other\", \"none\"]", "[\"household\"]")).unwrap();
    assert!(read_with(&mapping, HEADER.as_bytes()).is_err());
}

const LEDGER: &str = r#"
trade_id = "trade"
payment_id = "payment"
client = 1
user = "user"
time = { column = "at", format = "%s" }
amount = { column = "amount", decimal = "," }
product = { column = "product" }
file = { delimiter = ";" }
"#;

proptest! {
    #[test]
    fn a_written_payment_is_read_back(
        id in "[a-zA-Z0-9 _-]{1,20}".prop_filter("not blank", |id| !id.trim().is_empty()),
        user in "[a-z0-9]{1,16}",
        gross in 1u128..10u128.pow(20),
        day in 0u32..40_000,
    ) {
        let money = Money::of("CZK").unwrap();
        let amount = money.format(gross, &Style::default());
        let date = crate::time::day_text(BusinessDay(day));
        let reading = read(&format!("{HEADER}\"{id}\",{user},{date},{amount},household\n"));
        prop_assert!(reading.refused.is_empty(), "{:?}", reading.refused);
        let payment = &reading.payments[0];
        prop_assert_eq!(payment.id.as_str(), id.trim());
        prop_assert_eq!(payment.user.as_text(), Some(user.as_str()));
        prop_assert_eq!(payment.gross, gross);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, latin: bool) {
        let mut mapping = mapping();
        if latin {
            mapping.file.encoding = latin_1();
        }
        let _ = read_with(&mapping, &bytes);
        let _ = read_with(&mapping, &[HEADER.as_bytes(), &bytes].concat());
    }

    #[test]
    fn every_line_is_either_taken_or_refused(lines in prop::collection::vec("[0-9a-z,.-]{0,30}", 0..20)) {
        let text = format!("{HEADER}{}\n", lines.join("\n"));
        let mut mapping = mapping();
        mapping.amount.unit = Some(Unit::Major);
        let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
        let reading = mapping.read(&sheet, &context(None)).unwrap();
        prop_assert_eq!(reading.payments.len() + reading.refused.len(), sheet.len());
    }

    #[test]
    fn no_mapping_makes_it_panic(text in ".{0,200}") {
        let _ = toml::from_str::<PaymentMapping>(&text);
        let _ = toml::from_str::<LedgerMapping>(&text);
    }
}

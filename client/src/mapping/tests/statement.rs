//! Statements: which column says what, and which way money moved.

use super::*;
use crate::time::parse_day;

const MAPPING: &str = r#"
reference = ["end_to_end", "text"]
ignore = ["payer"]

[amount]
column = "amount"

[value_date]
column = "valuta"
format = "%d.%m.%Y"
"#;

const HEADER: &str = "valuta,payer,end_to_end,text,amount\n";

/// Reads a statement by a mapping; an error as people see it.
fn read_with(mapping: &str, text: &str) -> Result<StatementReading, String> {
    let mapping: StatementMapping = parse(mapping).map_err(|error| error.to_string())?;
    let money = Money::of("CZK").unwrap();
    Sheet::parse(text.as_bytes(), &mapping)
        .and_then(|sheet| mapping.read(&sheet, money))
        .map_err(|error| format!("{error:#}"))
}

fn read(lines: &str) -> StatementReading {
    read_with(MAPPING, &format!("{HEADER}{lines}")).unwrap()
}

#[test]
fn a_line_has_its_texts_its_amount_and_its_value_date() {
    let reading = read("23.11.2026,Bob,FT-0001,thanks,1250.50\n");
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let expected = StatementLine {
        line: 2,
        texts: vec!["FT-0001".into(), "thanks".into()],
        amount: 125_050,
        is_received: true,
        value_date: Some(parse_day("2026-11-23").unwrap()),
    };
    assert_eq!(reading.lines, vec![expected]);
}

#[test]
fn money_below_zero_was_paid_out() {
    let reading = read("23.11.2026,Bob,FT-0001,,-12.50\n");
    let line = &reading.lines[0];
    assert_eq!((line.amount, line.is_received), (1_250, false));
}

#[test]
fn a_line_may_lack_its_value_date() {
    assert_eq!(read(",Bob,FT-0001,,12.50\n").lines[0].value_date, None);
}

#[test]
fn a_value_date_of_another_form_is_refused_with_a_remedy() {
    let reading = read("2026-11-23,Bob,FT-0001,,12.50\n");
    let error = reading.refused[0].error.to_string();
    assert!(error.starts_with("line 2, valuta: "), "{error}");
    assert!(error.contains("[value_date]"), "{error}");
}

#[test]
fn a_line_of_nothing_is_refused() {
    let error = errors(&read("23.11.2026,Bob,FT-0001,,0.00\n").refused).remove(0);
    assert!(error.contains("nothing moved"), "{error}");
}

#[test]
fn without_a_mapping_the_columns_have_plain_names() {
    let mapping = StatementMapping::default();
    let text = "reference,amount,value_date\nFT-0001,12.50,2026-11-23\n";
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, Money::of("CZK").unwrap()).unwrap();
    assert_eq!(reading.lines[0].texts, ["FT-0001"]);
    assert_eq!(reading.lines[0].amount, 1_250);
}

const BY_COLUMN: &str = r#"
reference = "text"
amount = { column = "amount" }
direction = { column = "side", received = ["C"], paid_out = ["D"] }
"#;

#[test]
fn a_column_may_say_which_way_money_moved() {
    let text = "side,text,amount\nC,FT-0001,12.50\nD,FT-0002,3.00\nX,FT-0003,4.00\n";
    let reading = read_with(BY_COLUMN, text).unwrap();
    let ways: Vec<bool> = reading.lines.iter().map(|line| line.is_received).collect();
    assert_eq!(ways, [true, false]);
    let error = reading.refused[0].error.to_string();
    assert!(error.contains("[direction]"), "{error}");
}

#[test]
fn beside_such_a_column_amounts_have_no_sign() {
    let text = "side,text,amount\nD,FT-0001,-12.50\n";
    let error = errors(&read_with(BY_COLUMN, text).unwrap().refused).remove(0);
    assert!(error.contains("[direction]"), "{error}");
}

#[test]
fn values_that_stand_for_both_ways_or_none_are_refused() {
    let text = "side,text,amount\nC,FT-0001,12.50\n";
    for (from, to, part) in [
        (r#"["D"]"#, r#"["C"]"#, "stands for both ways"),
        (r#"["D"]"#, "[]", "lists no value"),
        (r#""text""#, "[]", "lists no column"),
    ] {
        let mapping = BY_COLUMN.replace(from, to);
        let text = if to == "[]" && from.contains("text") {
            "side,amount\nC,12.50\n"
        } else {
            text
        };
        let error = read_with(&mapping, text).unwrap_err();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn the_sample_is_read() {
    let mapping: StatementMapping =
        parse(include_str!("../../../../samples/statement.toml")).unwrap();
    let file = include_bytes!("../../../../samples/statement.csv");
    let sheet = Sheet::parse(file, &mapping).unwrap();
    let reading = mapping.read(&sheet, Money::of("CZK").unwrap()).unwrap();
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let lines = reading.lines.iter();
    let amounts: Vec<_> = lines.map(|line| (line.amount, line.is_received)).collect();
    assert_eq!(amounts, [(6_250, true), (18_000, false), (4_825, true)]);
}

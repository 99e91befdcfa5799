//! The same rows in each form, read back.

use super::*;
use crate::commands::export::about::tests::about;
use calamine::{Data, Range, Reader, Xlsx};
use counterfoil_primitives::BusinessDay;
use serde_json::{json, Value as Json};
use std::io::Cursor;

const COLUMNS: &[&str] = &["trade_id", "reference", "day", "position", "amount"];

/// A file of rows under the columns.
fn file(form: Form, currency: &str, rows: &[[Cell; 5]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut written = form.begin(&mut bytes, COLUMNS, &about(currency)).unwrap();
    for row in rows {
        written.row(row).unwrap();
    }
    written.finish(&["a note".into()]).unwrap();
    bytes
}

fn row(reference: &str, amount: Cell) -> [Cell; 5] {
    [
        Cell::text("1/42"),
        Cell::text(reference),
        Cell::Day(BusinessDay(20_780)),
        Cell::Number(3),
        amount,
    ]
}

fn csv_lines(currency: &str, rows: &[[Cell; 5]]) -> Vec<String> {
    let text = String::from_utf8(file(Form::Csv, currency, rows)).unwrap();
    text.lines().map(Into::into).collect()
}

fn json_of(currency: &str, rows: &[[Cell; 5]]) -> Json {
    serde_json::from_slice(&file(Form::Json, currency, rows)).unwrap()
}

fn workbook(currency: &str, rows: &[[Cell; 5]]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file(Form::Xlsx, currency, rows))).unwrap()
}

fn sheet(currency: &str, rows: &[[Cell; 5]]) -> Range<Data> {
    workbook(currency, rows).worksheet_range("breaks").unwrap()
}

fn text(text: &str) -> Data {
    Data::String(text.into())
}

#[test]
fn each_form_has_the_columns_and_the_rows() {
    let rows = [row("FV-1", Cell::amount(125_050))];
    assert_eq!(
        csv_lines("CZK", &rows),
        [
            "trade_id,reference,day,position,amount",
            "1/42,FV-1,2026-11-23,3,1250.50"
        ]
    );
    let expected = json!([{
        "trade_id": "1/42",
        "reference": "FV-1",
        "day": "2026-11-23",
        "position": 3,
        "amount": "1250.50",
    }]);
    assert_eq!(json_of("CZK", &rows)["rows"], expected);
    let sheet = sheet("CZK", &rows);
    let head: Vec<Data> = COLUMNS.iter().map(|name| text(name)).collect();
    assert_eq!(sheet.rows().next().unwrap(), head);
    assert_eq!(sheet.get((1, 0)), Some(&text("1/42")));
    assert_eq!(sheet.get((1, 1)), Some(&text("FV-1")));
    assert_eq!(sheet.get((1, 3)), Some(&Data::Float(3.0)));
    assert_eq!(sheet.get((1, 4)), Some(&Data::Float(1250.5)));
}

#[test]
fn a_day_is_a_date_of_a_sheet() {
    let sheet = sheet("CZK", &[row("FV-1", Cell::Empty)]);
    let Some(Data::DateTime(date)) = sheet.get((1, 2)) else {
        panic!("{:?} is not a date", sheet.get((1, 2)));
    };
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    assert_eq!((year, month, day), (2026, 11, 23));
}

#[test]
fn no_form_has_a_formula() {
    for reference in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"] {
        let rows = [row(reference, Cell::Empty)];
        let csv = file(Form::Csv, "CZK", &rows);
        let mut reader = csv::Reader::from_reader(&csv[..]);
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(&record[1], format!("\t{reference}"));
        assert_eq!(json_of("CZK", &rows)["rows"][0]["reference"], reference);
        let mut workbook = workbook("CZK", &rows);
        let cells = workbook.worksheet_range("breaks").unwrap();
        assert_eq!(cells.get((1, 1)), Some(&text(reference)));
        let formulas = workbook.worksheet_formula("breaks").unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty));
    }
}

#[test]
fn amounts_below_zero_are_numbers_and_not_formulas() {
    let rows = [row("FV-1", Cell::signed(-1_250))];
    assert!(csv_lines("CZK", &rows)[1].ends_with(",-12.50"));
    assert_eq!(json_of("CZK", &rows)["rows"][0]["amount"], "-12.50");
    assert_eq!(sheet("CZK", &rows).get((1, 4)), Some(&Data::Float(-12.5)));
}

#[test]
fn an_amount_that_a_sheet_would_round_is_text() {
    let rows = [row("FV-1", Cell::amount(10u128.pow(20)))];
    let exact = "1000000000000000000.00";
    assert!(csv_lines("CZK", &rows)[1].ends_with(exact));
    assert_eq!(json_of("CZK", &rows)["rows"][0]["amount"], exact);
    assert_eq!(sheet("CZK", &rows).get((1, 4)), Some(&text(exact)));
}

#[test]
fn a_currency_without_decimals_has_none_in_any_form() {
    let rows = [row("FV-1", Cell::amount(1_250))];
    assert!(csv_lines("JPY", &rows)[1].ends_with(",1250"));
    assert_eq!(json_of("JPY", &rows)["rows"][0]["amount"], "1250");
    assert_eq!(sheet("JPY", &rows).get((1, 4)), Some(&Data::Float(1250.0)));
}

#[test]
fn a_day_of_nothing_has_the_columns_alone() {
    assert_eq!(
        csv_lines("CZK", &[]),
        ["trade_id,reference,day,position,amount"]
    );
    assert_eq!(json_of("CZK", &[])["rows"], json!([]));
    assert_eq!(sheet("CZK", &[]).rows().count(), 1);
}

#[test]
fn json_and_a_second_sheet_say_what_the_export_is_about() {
    let json = json_of("CZK", &[]);
    assert_eq!(json["about"]["block"], "17");
    assert_eq!(json["about"]["currency"], "CZK");
    assert_eq!(json["notes"], json!(["a note"]));
    let mut workbook = workbook("CZK", &[]);
    assert_eq!(workbook.sheet_names(), ["breaks", "about"]);
    let about = workbook.worksheet_range("about").unwrap();
    let rows: Vec<&[Data]> = about.rows().collect();
    assert!(rows.contains(&&[text("block"), text("17")][..]));
    assert!(rows.contains(&&[text("note"), text("a note")][..]));
}

#[test]
fn the_ending_of_a_name_names_the_form() {
    let form = |name: &str| Form::of(Path::new(name));
    assert_eq!(form("breaks.csv").unwrap(), Form::Csv);
    assert_eq!(form("2026.11/breaks.XLSX").unwrap(), Form::Xlsx);
    assert_eq!(form("breaks.csv.json").unwrap(), Form::Json);
}

#[test]
fn an_unknown_ending_is_refused_with_those_there_are() {
    for name in ["breaks", "breaks.ods", ".csv", "breaks.csv~"] {
        let error = Form::of(Path::new(name)).unwrap_err().to_string();
        assert!(error.contains(".csv, .xlsx or .json"), "{error}");
    }
}

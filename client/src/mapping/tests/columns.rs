//! Columns of which a mapping says nothing, and lines that do not count.

use super::*;

const MAPPING: &str = r#"
payment_id = "id"
user = "payer"

[time]
column = "completed_at"
format = "%Y-%m-%d %H:%M:%S"

[amount]
column = "amount"

[product]
id = 1
"#;

/// All that happened at a payment firm.
const EXPORT: &str = "\
id,completed_at,payer,amount,currency,type,status,related
S-1,2026-11-23 00:01:00,C-2159,1250.00,CZK,payment,COMPLETED,
S-2,2026-11-23 00:01:20,C-2252,640.50,CZK,payment,FAILED,
S-3,2026-11-23 00:01:45,C-2030,300.00,CZK,payment,PENDING,
S-4,2026-11-23 00:02:10,C-2137,90.00,CZK,payment,CANCELLED,
S-5,2026-11-23 00:02:30,C-2004,100.00,EUR,payment,COMPLETED,
S-6,2026-11-23 00:02:55,C-2159,200.00,CZK,refund,COMPLETED,S-1
S-7,2026-11-23 00:03:20,C-2311,40.00,CZK,chargeback,COMPLETED,S-0
S-8,2026-11-23 00:03:41,C-2188,2140.00,CZK,payment,COMPLETED,
";

const LEDGER: &str = r#"
payment_id = "id"
client = 1
user = "payer"
time = { column = "completed_at", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount" }
product = { id = 1 }
"#;

#[test]
fn columns_of_which_the_mapping_says_nothing_are_refused_with_their_values() {
    insta::assert_snapshot!(payments(MAPPING, EXPORT.as_bytes()).unwrap_err(), @r#"
    line 1: the file has columns that the mapping does not mention, with these values:
      "currency": "CZK", "EUR"
      "type": "payment", "refund", "chargeback"
      "status": "COMPLETED", "FAILED", "PENDING", "CANCELLED"
      "related": "", "S-1", "S-0"
    If a column shows which lines are completed payments in the agreement's currency, name it with the values of such lines in a table [only], like "currency" = ["CZK"]; the other lines are left out. List columns that do not show this above the mapping's first table, like ignore = ["note"]
    "#);
    let error = ledger(LEDGER, EXPORT.as_bytes()).unwrap_err();
    assert!(
        error.contains("\"status\": \"COMPLETED\", \"FAILED\""),
        "{error}"
    );
}

#[test]
fn few_of_many_values_are_shown() {
    let lines = (1..=9).map(|n| format!("S-{n},2026-11-23 00:01:00,C-1,1.00,note {n}\n"));
    let text = format!(
        "id,completed_at,payer,amount,note\n{}",
        lines.collect::<String>()
    );
    let error = payments(MAPPING, text.as_bytes()).unwrap_err();
    assert!(error.contains("\"note 5\" and 4 more\n"), "{error}");
    assert!(!error.contains("note 6"), "{error}");
}

/// The mapping once both remedies are followed.
fn named() -> String {
    let only = "[only]\nstatus = [\"COMPLETED\"]\ntype = [\"payment\"]\n\"currency\" = [\"CZK\"]\n";
    format!("ignore = [\"related\"]\n{MAPPING}\n{only}")
}

#[test]
fn named_columns_leave_out_the_lines_that_do_not_count() {
    let reading = payments(&named(), EXPORT.as_bytes()).unwrap();
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["S-1", "S-8"]);
    assert!(reading.refused.is_empty());
    assert_eq!(
        reading.notes,
        ["lines left out by [only]: currency \"EUR\" (1), status \"CANCELLED\" (1), status \"FAILED\" (1), status \"PENDING\" (1), type \"chargeback\" (1), type \"refund\" (1)"]
    );
}

#[test]
fn a_ledger_leaves_out_the_lines_that_do_not_count() {
    let only = "only = { status = [\"COMPLETED\"], type = [\"payment\"], currency = [\"CZK\"] }";
    let mapping = format!("ignore = [\"related\"]\n{only}\n{LEDGER}");
    let reading = ledger(&mapping, EXPORT.as_bytes()).unwrap();
    assert_eq!(reading.lines.len(), 2);
    assert!(reading.notes[0].starts_with("lines left out by [only]"));
}

#[test]
fn ignored_columns_say_nothing() {
    let mapping = format!("ignore = [\"related\", \"type\", \"status\", \"currency\"]\n{MAPPING}");
    let reading = payments(&mapping, EXPORT.as_bytes()).unwrap();
    assert_eq!(reading.payments.len(), 8);
    assert!(reading.notes.is_empty());
}

#[test]
fn a_column_that_is_read_cannot_be_ignored() {
    let mapping = format!("ignore = [\"amount\"]\n{MAPPING}");
    let error = payments(&mapping, EXPORT.as_bytes()).unwrap_err();
    assert!(
        error.contains("\"amount\" and lists it under ignore"),
        "{error}"
    );
}

#[test]
fn values_that_no_line_has_are_an_error() {
    let mapping = named().replace("COMPLETED", "Completed");
    let error = payments(&mapping, EXPORT.as_bytes()).unwrap_err();
    assert!(error.contains("leaves every line out"), "{error}");
    assert!(error.contains("status \"COMPLETED\" (2)"), "{error}");
    let mapping = named().replace("[\"payment\"]", "[]");
    let error = payments(&mapping, EXPORT.as_bytes()).unwrap_err();
    assert!(
        error.contains("names no value of the column \"type\""),
        "{error}"
    );
}

#[test]
fn values_that_read_like_one_that_counts_are_refused_and_not_left_out() {
    let line = |id: &str, status: &str| {
        format!("{id},2026-11-23 00:01:00,C-1,10.00,CZK,payment,{status},\n")
    };
    let header = EXPORT.lines().next().unwrap();
    let lines = [
        line("O-1", "COMPLETED"),
        line("O-2", "Completed"),
        line("O-3", "COMPLETED "),
        line("O-4", "COMPLETED\u{200b}"),
        line("O-5", ""),
        line("O-6", "COMPLETED").replace("CZK", "EUR\u{a0}"),
        line("O-7", "FAILED").replace("CZK", "czk"),
        line("O-8", "COMPLETED").replace("payment", "pay\u{a0}ment"),
    ];
    let text = format!("{header}\n{}", lines.concat());
    let reading = payments(&named(), text.as_bytes()).unwrap();
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["O-1", "O-3"]);
    insta::assert_snapshot!(errors(&reading.refused).join("\n"), @r#"
    line 3, status: "Completed" differs from "COMPLETED" only in capital letters (if such lines count too, name the value under [only] in the mapping; otherwise take the line out)
    line 5, status: "COMPLETED<U+200B>" holds an invisible character (U+200B) (take it out of the field, or export the file without it)
    line 9, type: "pay<U+00A0>ment" holds an invisible character (U+00A0) (take it out of the field, or export the file without it)
    "#);
    assert_eq!(
        reading.notes,
        ["lines left out by [only]: currency \"EUR\" (1), status \"\" (1), status \"FAILED\" (1)"]
    );
    let ledger = ledger(
        &format!("ignore = [\"related\"]\nonly = {{ status = [\"COMPLETED\"], type = [\"payment\"], currency = [\"CZK\"] }}\n{LEDGER}"),
        text.as_bytes(),
    );
    assert_eq!(ledger.unwrap().refused.len(), 3);
}

#[test]
fn a_line_without_the_shape_of_one_is_refused_and_not_left_out() {
    let text = format!("{EXPORT}S-9,2026-11-23 00:03:41,C-2188\n");
    let reading = payments(&named(), text.as_bytes()).unwrap();
    assert_eq!(
        errors(&reading.refused),
        ["line 10: has 3 fields instead of 8 (add or take out delimiters, or quote the field that holds one)"]
    );
}

#[test]
fn a_column_without_a_name_counts_where_it_holds_something() {
    let text = "id,completed_at,,payer,amount\nS-1,2026-11-23 00:01:00,,C-1,1.00\n";
    assert_eq!(
        payments(MAPPING, text.as_bytes()).unwrap().payments.len(),
        1
    );
    let text = text.replace(":00,,", ":00,FAILED,");
    let error = payments(MAPPING, text.as_bytes()).unwrap_err();
    assert!(
        error.contains("line 1: the column 3 has no name, and holds \"FAILED\""),
        "{error}"
    );
    let named = text.replace("_at,,", "_at,status,");
    let mapping = format!("{MAPPING}[only]\nstatus = [\"COMPLETED\", \"FAILED\"]\n");
    assert_eq!(
        payments(&mapping, named.as_bytes()).unwrap().payments.len(),
        1
    );
}

#[test]
fn the_samples_name_all_their_columns() {
    let samples = [
        (
            include_str!("../../../../samples/payments.toml"),
            &include_bytes!("../../../../samples/payments.csv")[..],
        ),
        (
            include_str!("../../../../samples/payments-refunds.toml"),
            &include_bytes!("../../../../samples/payments-refunds.csv")[..],
        ),
        (
            include_str!("../../../../samples/desk.toml"),
            &include_bytes!("../../../../samples/desk.csv")[..],
        ),
    ];
    for (mapping, file) in samples {
        let reading = payments(mapping, file).unwrap();
        assert!(reading.payments.len() >= 12 && reading.notes.is_empty());
    }
    let reading = ledger(
        include_str!("../../../../samples/ledger.toml"),
        include_bytes!("../../../../samples/desk-ledger.csv"),
    )
    .unwrap();
    assert_eq!((reading.lines.len(), reading.refused.len()), (11, 0));
}

#[test]
fn the_sample_of_a_wallets_bill_is_read_with_all_that_surrounds_its_lines() {
    let mapping = include_str!("../../../../samples/wallet.toml");
    let file = include_bytes!("../../../../samples/wallet.csv");
    let reading = payments(mapping, file).unwrap();
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let read = reading.payments.iter();
    let read: Vec<_> = read.map(|p| (p.id.as_str(), p.gross)).collect();
    let expected = [
        ("0027112600010001", 125_000),
        ("0027112600010002", 64_050),
        ("0027112600010003", 200_000),
    ];
    assert_eq!(read, expected);
    assert_eq!(
        reading.notes,
        [
            "5 lines above the column names and 3 below the table were not read",
            "1 line that repeats the column names was not read",
            "lines left out by remarks: \"Page\" (2)",
            "lines left out by [only]: Status \"Closed\" (1)"
        ]
    );
}

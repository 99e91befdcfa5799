//! Lines that do not count by the values of `[except]`.

use super::*;

const MAPPING: &str = r#"
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d" }
amount = { column = "amount" }
product = { id = 1 }
"#;

const EXPORT: &str = "\
id,paid_at,payer,amount,status
S-1,2026-11-23,C-1,1250.00,PAID
S-2,2026-11-23,C-2,640.50,FAILED
S-3,2026-11-23,C-3,300.00,
S-4,2026-11-23,C-4,90.00,CLOSED
";

fn read_with(tables: &str, text: &str) -> Result<Reading, String> {
    payments(&format!("{MAPPING}{tables}"), text.as_bytes())
}

const EXCEPT: &str = "[except]\nstatus = [\"FAILED\", \"CLOSED\"]\n";

#[test]
fn lines_with_a_listed_value_are_left_out_and_all_others_count() {
    let reading = read_with(EXCEPT, EXPORT).unwrap();
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["S-1", "S-3"]);
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    assert_eq!(
        reading.notes,
        [
            "lines left out by [except]: status \"CLOSED\" (1), status \"FAILED\" (1)",
            "lines that [except] leaves in: status \"\" (1), status \"PAID\" (1)"
        ]
    );
}

#[test]
fn a_value_that_reads_like_a_listed_one_is_refused() {
    let text = EXPORT
        .replace("640.50,FAILED", "640.50,Failed")
        .replace("90.00,CLOSED", "90.00,CLOSED\u{200b}");
    let errors = errors(&read_with(EXCEPT, &text).unwrap().refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    line 3, status: "Failed" differs from "FAILED" only in capital letters (if such lines do not count either, name the value under [except] in the mapping; otherwise correct it in the file)
    line 5, status: "CLOSED<U+200B>" holds an invisible character (U+200B) (take it out of the field, or export the file without it)
    "#);
    let named = EXCEPT.replace("\"FAILED\"", "\"FAILED\", \"Failed\"");
    let reading = read_with(&named, &text).unwrap();
    assert_eq!((reading.payments.len(), reading.refused.len()), (2, 1));
}

#[test]
fn a_value_that_differs_from_a_listed_one_by_marks_alone_is_refused() {
    let text = EXPORT.replace("640.50,FAILED", "640.50,'FAILED");
    let only = "[only]\nstatus = [\"FAILED\", \"PAID\"]\n";
    for (tables, ids) in [(EXCEPT, vec!["S-1", "S-3"]), (only, vec!["S-1"])] {
        let reading = read_with(tables, &text).unwrap();
        let read: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(read, ids, "{tables}");
        let errors = errors(&reading.refused);
        assert!(
            errors[0].starts_with(
                "line 3, status: \"'FAILED\" differs from \"FAILED\" only in marks around it"
            ),
            "{errors:?}"
        );
    }
    let named = EXCEPT.replace("\"FAILED\"", "\"FAILED\", \"'FAILED\"");
    assert!(read_with(&named, &text).unwrap().refused.is_empty());
}

#[test]
fn a_column_is_in_one_of_the_tables_and_has_values() {
    let both = read_with(&format!("{EXCEPT}[only]\nstatus = [\"PAID\"]\n"), EXPORT);
    let both = both.unwrap_err();
    assert!(both.contains("[only] and [except] both name"), "{both}");
    let none = read_with("[except]\nstatus = []\n", EXPORT).unwrap_err();
    assert!(none.contains("[except] names no value"), "{none}");
}

#[test]
fn both_tables_leave_out_by_columns_of_their_own() {
    let tables = format!("{EXCEPT}[only]\npayer = [\"C-1\", \"C-2\"]\n");
    let reading = read_with(&tables, EXPORT).unwrap();
    assert_eq!(reading.payments.len(), 1);
    assert_eq!(
        reading.notes[..2],
        [
            "lines left out by [only]: payer \"C-3\" (1), payer \"C-4\" (1)",
            "lines left out by [except]: status \"FAILED\" (1)"
        ]
    );
}

#[test]
fn a_file_may_have_only_lines_that_are_left_out() {
    let text = EXPORT
        .replace("PAID", "FAILED")
        .replace("300.00,", "300.00,CLOSED");
    let reading = read_with(EXCEPT, &text).unwrap();
    assert_eq!((reading.payments.len(), reading.refused.len()), (0, 0));
}

#[test]
fn both_tables_may_leave_out_all_lines_together() {
    let only = |payer: &str| format!("{EXCEPT}[only]\npayer = [\"{payer}\"]\n");
    let reading = read_with(&only("C-4"), EXPORT).unwrap();
    assert_eq!((reading.payments.len(), reading.refused.len()), (0, 0));
    let error = read_with(&only("C-5"), EXPORT).unwrap_err();
    assert!(error.contains("leaves every line out"), "{error}");
}

#[test]
fn a_column_with_many_values_is_not_listed() {
    let lines = (1..=20).map(|n| format!("P-{n},2026-11-23,C-1,1.{n:02},PAID\n"));
    let names = EXPORT.lines().next().unwrap();
    let text = format!("{names}\n{}", lines.collect::<String>());
    let tables = "[except]\n\"id\" = [\"Total\"]\nstatus = [\"FAILED\"]\n";
    let notes = read_with(tables, &text).unwrap().notes;
    assert_eq!(
        notes,
        ["lines that [except] leaves in: status \"PAID\" (20)"]
    );
}

#[test]
fn ledgers_and_statements_leave_out_by_values_too() {
    let mapping = "payment_id = \"id\"\nclient = 1\nuser = \"payer\"\n\
                   time = { column = \"paid_at\", format = \"%Y-%m-%d\" }\n\
                   amount = { column = \"amount\" }\nproduct = { id = 1 }\n";
    let reading = ledger(&format!("{mapping}{EXCEPT}"), EXPORT.as_bytes()).unwrap();
    assert_eq!(reading.lines.len(), 2);
    let mapping =
        "reference = \"id\"\nignore = [\"paid_at\", \"payer\"]\namount = { column = \"amount\" }\n";
    let mapping: StatementMapping = parse(&format!("{mapping}{EXCEPT}")).unwrap();
    let sheet = Sheet::parse(EXPORT.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, Money::of("CZK").unwrap()).unwrap();
    assert_eq!(reading.lines.len(), 2);
}

//! Marks around values that keep spreadsheets from rewriting them.

use super::*;

const MAPPING: &str = r#"
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount" }
product = { id = 1 }

[only]
status = ["SUCCESS"]

[file]
"#;

/// A file whose every value has a mark.
const BILL: &str = "\
paid_at,id,payer,status,amount
`2026-11-23 00:01:12,`0012345,`oUpF8u,`SUCCESS,`1250.00
`2026-11-23 00:01:48,`0012346,`oUpF8v,`CLOSED,`640.50
`2026-11-23 00:02:03,`0012347,`7,`SUCCESS,`0.01
";

fn read_with(settings: &str, text: &str) -> Reading {
    payments(&format!("{MAPPING}{settings}"), text.as_bytes()).unwrap()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.payments.iter().map(|p| p.id.as_str()).collect()
}

#[test]
fn named_marks_are_taken_off_all_values_that_are_read() {
    let reading = read_with("guards = [\"`\"]\n", BILL);
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    assert_eq!(ids(&reading), ["0012345", "0012347"]);
    let payment = &reading.payments[1];
    assert_eq!(payment.user.as_text(), Some("7"));
    assert_eq!(payment.gross, 1);
    assert_eq!(
        reading.notes,
        ["lines left out by [only]: status \"CLOSED\" (1)"]
    );
    let error = payments(MAPPING, BILL.as_bytes()).unwrap_err();
    assert!(error.contains("status \"`SUCCESS\" (2)"), "{error}");
}

#[test]
fn a_column_that_is_not_named_is_shown_without_marks() {
    let mapping = MAPPING.replace("[only]\nstatus = [\"SUCCESS\"]\n", "");
    let told = |settings: &str| payments(&format!("{mapping}{settings}"), BILL.as_bytes());
    let error = told("guards = [\"`\"]\n").unwrap_err();
    assert!(
        error.contains("\"status\": \"SUCCESS\", \"CLOSED\""),
        "{error}"
    );
    let others = "guards = [\"`\"]\nguards_in = [\"id\"]\n";
    let error = told(others).unwrap_err();
    assert!(
        error.contains("\"status\": \"`SUCCESS\", \"`CLOSED\""),
        "{error}"
    );
}

#[test]
fn a_value_with_a_mark_is_refused_until_what_is_said_of_it_is_followed() {
    let plain = BILL.replace('`', "");
    for (from, to, place) in [
        ("0012345", "'0012345", "line 2, id"),
        ("0012345", "=\"0012345\"", "line 2, id"),
        ("1250.00", "=\"1250.00\"", "line 2, amount"),
        (
            "2026-11-23 00:01:12",
            "’2026-11-23 00:01:12",
            "line 2, paid_at",
        ),
        (",7,", ",\"\"\"7\"\"\",", "line 4, payer"),
    ] {
        let text = plain.replace(from, to);
        let errors = errors(&read_with("", &text).refused);
        assert!(errors[0].starts_with(place), "{errors:?}");
        let (_, remedy) = errors[0].split_once("set ").unwrap();
        let (setting, _) = remedy.split_once(" under [file]").unwrap();
        let reading = read_with(&format!("{setting}\n"), &text);
        assert!(reading.refused.is_empty(), "{:?}", reading.refused);
        assert_eq!(ids(&reading), ["0012345", "0012347"]);
    }
}

#[test]
fn a_remedy_keeps_the_marks_that_a_mapping_has() {
    let text = BILL.replace("`0012345", "'0012345");
    let errors = errors(&read_with("guards = [\"`\"]\n", &text).refused);
    assert!(
        errors[0].contains("set guards = [\"`\", \"'\"]"),
        "{errors:?}"
    );
}

#[test]
fn a_mark_more_than_guards_is_refused() {
    let text = BILL.replace("`0012345", "``0012345");
    let errors = errors(&read_with("guards = [\"`\"]\n", &text).refused);
    assert!(
        errors[0].contains("\"`0012345\" has the mark ` around it"),
        "{errors:?}"
    );
    assert!(errors[0].contains("export ids as plain text"), "{errors:?}");
}

#[test]
fn an_apostrophe_of_a_name_is_taken_off_only_where_the_mapping_says_so() {
    let text = BILL
        .replace('`', "'")
        .replace("'oUpF8u", "'t Hooft")
        .replace("'SUCCESS", "SUCCESS");
    let settings = "guards = [\"'\"]\n";
    let payer = |settings: &str| {
        let reading = read_with(settings, &text);
        let payment = &reading.payments[0];
        payment.user.as_text().map(str::to_owned)
    };
    let errors = errors(&read_with(settings, &text).refused);
    assert!(
        errors[0].starts_with("line 2, payer: \"'t Hooft\" has a guarding mark at one end"),
        "{errors:?}"
    );
    assert!(errors[0].contains("guards_in"), "{errors:?}");
    let others = "\"id\", \"paid_at\", \"amount\"";
    let guarded = format!("{settings}guards_in = [{others}, \"payer\"]\n");
    assert_eq!(payer(&guarded).as_deref(), Some("t Hooft"));
    // The third line's payer is a number with a mark, so it is refused.
    let others = format!("{settings}guards_in = [{others}]\n");
    assert_eq!(payer(&others).as_deref(), Some("'t Hooft"));
    let errors = self::errors(&read_with(&others, &text).refused);
    assert!(
        errors[0].contains("add \"payer\" to guards_in"),
        "{errors:?}"
    );
}

#[test]
fn a_formula_of_several_texts_is_never_an_id() {
    let text = BILL.replace("`0012345", "=\"0012\"&\"345\"");
    let reading = read_with("guards = [\"`\", \"=\\\"\\\"\"]\n", &text);
    assert_eq!(ids(&reading), ["0012347"]);
    let errors = errors(&reading.refused);
    assert!(
        errors[0].contains("is a spreadsheet's formula"),
        "{errors:?}"
    );
    assert!(errors[0].contains("export ids as plain text"), "{errors:?}");
}

#[test]
fn a_mark_of_a_name_behind_a_guard_is_not_taken_for_another_guard() {
    let text = BILL.replace("`oUpF8u", "`'t Hooft");
    let errors = errors(&read_with("guards = [\"`\", \"'\"]\n", &text).refused);
    assert!(errors[0].starts_with("line 2, payer: "), "{errors:?}");
    let reading = read_with("guards = [\"`\"]\n", &text);
    assert_eq!(reading.payments[0].user.as_text(), Some("'t Hooft"));
}

#[test]
fn a_total_is_known_behind_its_guard() {
    let text = "\
paid_at,id,payer,status,amount,goods
`2026-11-23 00:01:12,`1,`C-1,`SUCCESS,`2.50,`Fund
`2026-11-23 00:01:13,`2,`C-2,`SUCCESS,`1.50,`Fund
`2026-11-23 00:01:14,`3,`C-3,`SUCCESS,`4.00,`Total
";
    let mapping = format!("ignore = [\"goods\"]\n{MAPPING}guards = [\"`\"]\n");
    let reading = payments(&mapping, text.as_bytes()).unwrap();
    assert_eq!(ids(&reading), ["1", "2"]);
    let errors = errors(&reading.refused);
    assert!(
        errors[0].contains("the sum of all lines above"),
        "{errors:?}"
    );
}

#[test]
fn a_decimal_comma_between_guards_is_not_taken_for_a_delimiter() {
    let text = BILL
        .replace("amount\n", "amount,rest\n")
        .replace("1250.00\n", "1250,50`\n")
        .replace("640.50\n", "640,50`\n")
        .replace("0.01\n", "1,01`\n");
    let mapping = format!("ignore = [\"rest\"]\n{MAPPING}guards = [\"`\"]\n");
    let mapping = mapping.replace("\"amount\" }", "\"amount\", unit = \"major\" }");
    let error = payments(&mapping, text.as_bytes()).unwrap_err();
    assert!(error.contains("1250,50 stood there unquoted"), "{error}");
}

#[test]
fn only_columns_that_are_read_have_guards() {
    let mapping = format!("{MAPPING}guards = [\"`\"]\nguards_in = [\"ids\"]\n");
    let error = payments(&mapping, BILL.as_bytes()).unwrap_err();
    assert!(
        error.contains("guards_in names the column \"ids\", which the mapping does not read"),
        "{error}"
    );
}

#[test]
fn refused_lines_keep_their_marks_and_are_read_again() {
    let settings = "guards = [\"`\", \"=\\\"\\\"\"]\n";
    let mapping: PaymentMapping = toml::from_str(&format!("{MAPPING}{settings}")).unwrap();
    let text = BILL
        .replace("`0012345", "=\"0012345\"")
        .replace("`1250.00", "`x");
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, &context(None)).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    sheet.write_refused(file.path(), &reading.refused).unwrap();
    let corrected = std::fs::read_to_string(file.path())
        .unwrap()
        .replace(",`x", ",`1250.00");
    assert!(corrected.contains("0012345\"\""), "{corrected}");
    let reading = read_with(settings, &corrected);
    assert_eq!(ids(&reading), ["0012345"]);
}

proptest! {
    #[test]
    fn a_guarded_file_is_read_as_the_bare_one(
        ids in prop::collection::btree_set("[0-9]{1,12}", 1..6),
        mark in prop::sample::select(vec!["'", "`", "’", "="]),
        both: bool,
    ) {
        let file = |before: &str, after: &str| {
            let lines = ids.iter().enumerate().map(|(n, id)| {
                format!("2026-11-23 00:01:12,{before}{id}{after},{before}C{n}{after},SUCCESS,{before}1.0{n}{after}\n")
            });
            format!("paid_at,id,payer,status,amount\n{}", lines.collect::<String>())
        };
        let (before, after, name) = match (mark, both) {
            ("=", _) => ("=\"", "\"", "=\"\""),
            (mark, true) => (mark, mark, mark),
            (mark, false) => (mark, "", mark),
        };
        let settings = "has_no_totals = true\n";
        let plain = read_with(settings, &file("", ""));
        let guarded = read_with(&format!("{settings}guards = [{name:?}]\n"), &file(before, after));
        prop_assert_eq!(plain.payments, guarded.payments);
        prop_assert_eq!(plain.refused.len(), guarded.refused.len());
    }
}

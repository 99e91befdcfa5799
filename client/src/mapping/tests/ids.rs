//! Ids: what spreadsheets make of them, marks that nobody sees, and ids of several columns.

use super::*;

const MAPPING: &str = r#"
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d %H:%M" }
amount = { column = "amount" }
product = { id = 1 }
"#;

const HEADER: &str = "id,paid_at,payer,amount\n";

fn file(ids: &[&str]) -> String {
    let lines = ids.iter().enumerate().map(|(n, id)| {
        let id = id.replace('"', "\"\"");
        format!("\"{id}\",2026-11-23 00:01,C-{n},{n}1.00\n")
    });
    format!("{HEADER}{}", lines.collect::<String>())
}

fn read_ids(ids: &[&str]) -> Reading {
    payments(MAPPING, file(ids).as_bytes()).unwrap()
}

#[test]
fn ids_that_a_spreadsheet_rewrote_are_refused_each_by_name() {
    let reading = read_ids(&[
        "4.20001E+27",
        "4.20001E+27",
        "4,20001E+27",
        "#NAME?",
        "=\"0012345\"",
    ]);
    assert!(reading.payments.is_empty());
    insta::assert_snapshot!(errors(&reading.refused).join("\n"), @r##"
    line 2, id: "4.20001E+27" is what a spreadsheet makes of a long number: its other digits are lost (export ids as text, and import the file as it was exported, not as a spreadsheet saved it)
    line 3, id: "4.20001E+27" is what a spreadsheet makes of a long number: its other digits are lost (export ids as text, and import the file as it was exported, not as a spreadsheet saved it)
    line 4, id: "4,20001E+27" is what a spreadsheet makes of a long number: its other digits are lost (export ids as text, and import the file as it was exported, not as a spreadsheet saved it)
    line 5, id: "#NAME?" is what a spreadsheet shows when it cannot show the id (export ids as text, and import the file as it was exported, not as a spreadsheet saved it)
    line 6, id: "=\"0012345\"" is a spreadsheet's formula, not an id (if such marks are no part of the file's values, set guards = ["=\"\""] under [file] in the mapping; otherwise take the mark out)
    "##);
}

#[test]
fn ids_exported_as_text_are_taken() {
    let ids = [
        "4200009901202611230000000001",
        "4200009901202611230000000002",
        "0012345",
    ];
    let reading = read_ids(&ids);
    let taken: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(taken, ids);
}

#[test]
fn tabs_and_spaces_around_an_id_are_taken_off() {
    let reading = read_ids(&["M-70001\t  ", "\tM-70002", "\u{a0}M-70003"]);
    let taken: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(taken, ["M-70001", "M-70002", "M-70003"]);
}

#[test]
fn marks_that_guard_an_id_are_named() {
    let reading = read_ids(&["'0012347", "`0012348", "\"0012349\""]);
    insta::assert_snapshot!(errors(&reading.refused).join("\n"), @r#"
    line 2, id: "'0012347" has the mark ' around it, which keeps a spreadsheet from rewriting the id and is not part of it (if such marks are no part of the file's values, set guards = ["'"] under [file] in the mapping; otherwise take the mark out)
    line 3, id: "`0012348" has the mark ` around it, which keeps a spreadsheet from rewriting the id and is not part of it (if such marks are no part of the file's values, set guards = ["`"] under [file] in the mapping; otherwise take the mark out)
    line 4, id: "\"0012349\"" has the mark " around it, which keeps a spreadsheet from rewriting the id and is not part of it (if such marks are no part of the file's values, set guards = ["\""] under [file] in the mapping; otherwise take the mark out)
    "#);
}

#[test]
fn marks_that_nobody_sees_are_refused_with_line_column_and_code_point() {
    let reading = read_ids(&[
        "\u{1f}0012346",
        "0012348\u{200b}",
        "\u{feff}0012349",
        "00123\u{0}50",
        "\u{202d}0012350",
        "Jan\u{a0}1",
    ]);
    assert!(reading.payments.is_empty());
    insta::assert_snapshot!(errors(&reading.refused).join("\n"), @r#"
    line 2, id: "<U+001F>0012346" holds a control character (U+001F) (take it out of the field, or export the file without it)
    line 3, id: "0012348<U+200B>" holds a mark without width (U+200B) (take it out of the field, or export the file without it)
    line 4, id: "<U+FEFF>0012349" holds a byte order mark (U+FEFF) (take it out of the field, or export the file without it)
    line 5, id: "00123<U+0000>50" holds a NUL (U+0000) (take it out of the field, or export the file without it)
    line 6, id: "<U+202D>0012350" holds a mark of writing direction (U+202D) (take it out of the field, or export the file without it)
    line 7, id: "Jan<U+00A0>1" holds a space that is not the usual one (U+00A0) (write the usual space in its place, or none)
    "#);
}

#[test]
fn a_letter_and_its_accent_in_two_characters_are_refused() {
    let reading = read_ids(&["Nova\u{301}k-1", "Novák-2"]);
    assert_eq!(reading.payments.len(), 1);
    let error = reading.refused[0].error.to_string();
    assert!(error.contains("two characters (U+0301)"), "{error}");
    assert!(error.contains("NFC"), "{error}");
    let line = "A,2026-11-23 00:01,Nova\u{301}k,1.00";
    let reading = payments(MAPPING, format!("{HEADER}{line}\n").as_bytes()).unwrap();
    let error = reading.refused[0].error.to_string();
    assert!(error.starts_with("line 2, payer"), "{error}");
}

#[test]
fn a_payer_that_no_person_can_record_is_refused() {
    let refusal = |payer: &str| {
        let line = format!("{HEADER}A,2026-11-23 00:01,{payer},1.00\n");
        let reading = payments(MAPPING, line.as_bytes()).unwrap();
        errors(&reading.refused).concat()
    };
    for (payer, problem) in [
        ("Jan  Novák", "two blanks in a row"),
        ("王\u{3000}五", "(U+3000)"),
        ("5 k\u{2126}", "(U+2126)"),
        ("\u{212a}-1", "(U+212A)"),
    ] {
        let error = refusal(payer);
        assert!(error.starts_with("line 2, payer: "), "{error}");
        assert!(error.contains(problem), "{error}");
    }
    for payer in ["Jan Novák", "王 五", "5 kΩ", "K-1"] {
        assert_eq!(refusal(payer), "", "{payer}");
    }
}

#[test]
fn a_payer_in_hexadecimal_is_read_as_it_shows() {
    let shown = "0x4a1b5b324a41424344454647484950ff";
    let line = format!("{HEADER}A,2026-11-23 00:01,{shown},1.00\n");
    let reading = payments(MAPPING, line.as_bytes()).unwrap();
    assert_eq!(crate::text::user_text(&reading.payments[0].user), shown);
}

#[test]
fn marks_are_refused_in_each_column_that_is_read() {
    for (line, place) in [
        ("A,2026-11-23 00:01,C\0-1,1.00", "line 2, payer"),
        ("A,2026-11-23\u{200b} 00:01,C-1,1.00", "line 2, paid_at"),
        ("A,2026-11-23 00:01,C-1,\u{202d}1.00", "line 2, amount"),
        ("A,2026-11-23 00:01,2.37812E+15,1.00", "line 2, payer"),
    ] {
        let reading = payments(MAPPING, format!("{HEADER}{line}\n").as_bytes()).unwrap();
        let error = reading.refused[0].error.to_string();
        assert!(error.starts_with(place), "{error}");
    }
}

#[test]
fn a_ledgers_ids_are_held_to_the_same() {
    let text = "trade;payment;user;at;amount;product\n\
                ;4.20001E+27;u;60;1,00;7\n;p\u{200b};u;60;1,00;7\n;p;u\u{1f};60;1,00;7\n";
    let errors = errors(&ledger(LEDGER, text.as_bytes()).unwrap().refused);
    assert!(errors[0].contains("export ids as text"), "{errors:?}");
    assert!(
        errors[1].contains("line 3, payment: \"p<U+200B>\" holds"),
        "{errors:?}"
    );
    assert!(
        errors[2].contains("line 4, user: \"u<U+001F>\" holds"),
        "{errors:?}"
    );
}

#[test]
fn long_ids_that_all_end_in_zeros_are_refused_until_they_are_said_to_be_right() {
    let ids = [
        "4200009901202610000000000000",
        "4200009901202620000000000000",
    ];
    let error = payments(MAPPING, file(&ids).as_bytes()).unwrap_err();
    assert!(
        error.starts_with("line 2, id: 4200009901202610000000000000 and all other"),
        "{error}"
    );
    assert!(error.contains("export ids as text"), "{error}");
    let mapping = format!("{MAPPING}file = {{ ids_end_in_zeros = true }}\n");
    let reading = payments(&mapping, file(&ids).as_bytes()).unwrap();
    assert_eq!(reading.payments.len(), 2);
}

#[test]
fn long_ids_of_which_one_has_other_digits_are_right() {
    let reading = read_ids(&[
        "4200009901202610000000000000",
        "4200009901202611230000000001",
    ]);
    assert_eq!(reading.payments.len(), 2);
}

#[test]
fn long_numbers_that_became_one_are_no_repeats() {
    let reading = read_ids(&["1234567890123450", "1234567890123450"]);
    insta::assert_snapshot!(reading.refused[0].error, @r#"line 3, id: the payment "1234567890123450" is already on line 2 (a spreadsheet writes zeros from the 16th digit on, so these may be two payments: export ids as text; if it is one payment at its source too, export it once)"#);
}

const TILL: &str = r#"
payment_id = ["date", "receipt"]
user = "payer"
time = { column = "date", format = "%Y-%m-%d" }
amount = { column = "amount" }
product = { id = 1 }
"#;

/// Two days of a till that numbers anew each day.
const RECEIPTS: &str = "\
receipt,date,payer,amount
R0001,2026-11-22,C-2159,1250.00
R0002,2026-11-22,C-2252,640.50
R0001,2026-11-23,C-2311,75.00
";

#[test]
fn an_id_may_be_made_of_several_columns() {
    let reading = payments(TILL, RECEIPTS.as_bytes()).unwrap();
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(
        ids,
        ["2026-11-22|R0001", "2026-11-22|R0002", "2026-11-23|R0001"]
    );
    let reference = reading.payments[2].reference;
    assert_eq!(reference, reference_of(1, "2026-11-23|R0001"));
}

#[test]
fn a_till_that_numbers_anew_is_told_to_make_its_ids_of_several_columns() {
    let mapping = TILL.replace("[\"date\", \"receipt\"]", "\"receipt\"");
    let reading = payments(&mapping, RECEIPTS.as_bytes()).unwrap();
    let error = reading.refused[0].error.to_string();
    assert!(
        error.starts_with("line 4, receipt: the payment \"R0001\" is already on line 2"),
        "{error}"
    );
    assert!(
        error.contains("payment_id = [\"date\", \"receipt\"]"),
        "{error}"
    );
}

#[test]
fn a_ledger_finds_payments_by_ids_of_several_columns() {
    let mapping = format!("client = 1\n{TILL}");
    let reading = ledger(&mapping, RECEIPTS.as_bytes()).unwrap();
    assert_eq!(
        reading.lines[2].reference,
        reference_of(1, "2026-11-23|R0001")
    );
}

#[test]
fn the_parts_of_an_id_cannot_be_mixed_up() {
    let text = RECEIPTS
        .replace("R0002", "R|2")
        .replace("R0001,2026-11-23", ",2026-11-23");
    let errors = errors(&payments(TILL, text.as_bytes()).unwrap().refused);
    assert!(
        errors[0].contains("line 3, receipt: \"R|2\" holds '|'"),
        "{errors:?}"
    );
    assert!(
        errors[1].contains("line 4, receipt: is empty"),
        "{errors:?}"
    );
    let none = TILL.replace("[\"date\", \"receipt\"]", "[]");
    let error = payments(
        &format!("ignore = [\"receipt\"]\n{none}"),
        RECEIPTS.as_bytes(),
    )
    .unwrap_err();
    assert!(error.contains("payment_id lists no column"), "{error}");
}

proptest! {
    #[test]
    fn different_parts_make_different_ids(
        one in prop::array::uniform2("[a-c/ ]{1,3}"),
        other in prop::array::uniform2("[a-c/ ]{1,3}"),
    ) {
        let filled = |parts: &[String; 2]| parts.iter().all(|part| !part.trim().is_empty());
        prop_assume!(filled(&one) && filled(&other));
        let mapping = "payment_id = [\"one\", \"other\"]\nuser = \"user\"\ntime = { column = \"date\", format = \"%Y-%m-%d\" }\namount = { column = \"amount\" }\nproduct = { id = 1 }\n";
        let line = |parts: &[String; 2]| format!("{},{},u,2026-11-22,1.00\n", parts[0], parts[1]);
        let text = format!("one,other,user,date,amount\n{}{}", line(&one), line(&other));
        let reading = payments(mapping, text.as_bytes()).unwrap();
        let same = one[0].trim() == other[0].trim() && one[1].trim() == other[1].trim();
        prop_assert_eq!(reading.payments.len(), if same { 1 } else { 2 });
    }
}

//! Tables between lines that are no part of them.

use super::*;

const MAPPING: &str = r#"
ignore = ["memo"]
payment_id = "payment"
client = 1
user = "user"
time = { column = "time", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount", decimal = "," }
product = { column = "product" }

[file]
delimiter = ";"
"#;

const PLAIN: &str = "\
payment;user;time;amount;product;memo
L8-1;C-2159;2026-11-23 00:01:00;125,00;1;ok
L8-2;C-2252;2026-11-23 00:02:00;64,05;1;ok
L8-3;C-2030;2026-11-23 00:03:00;30,00;1;ok
";

/// What a bank writes above a table, with a quotation mark that nobody closes.
const ABOVE: &str = "Výpis účtu;;;;;\n\"Období: 2026-11-23;;;;;\n\n";
/// And below it.
const BELOW: &str = "----------\nCelkem: 219,05;\"3 položky\n";

/// The lines of a file, which all are taken.
#[track_caller]
fn whole(settings: &str, text: &str) -> LedgerReading {
    let mapping = format!("{MAPPING}{settings}");
    let reading = ledger(&mapping, text.as_bytes()).unwrap();
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let plain = ledger(MAPPING, PLAIN.as_bytes()).unwrap();
    assert_eq!(reading.lines, plain.lines);
    reading
}

/// What is wrong with a file as a whole.
fn error(settings: &str, text: &str) -> String {
    ledger(&format!("{MAPPING}{settings}"), text.as_bytes()).unwrap_err()
}

/// What is wrong with the lines of a file.
fn line_errors(settings: &str, text: &str) -> Vec<String> {
    let mapping = format!("{MAPPING}{settings}");
    errors(&ledger(&mapping, text.as_bytes()).unwrap().refused)
}

#[test]
fn a_table_is_read_between_lines_of_any_kind() {
    for text in [
        format!("{ABOVE}{PLAIN}{BELOW}"),
        format!("\u{feff}{ABOVE}{PLAIN}{BELOW}\n\n").replace('\n', "\r\n"),
    ] {
        let reading = whole("header_row = 4\nstop_at = \"---\"\n", &text);
        assert_eq!(
            reading.notes,
            ["3 lines above the column names and 2 below the table were not read"]
        );
    }
    let reading = whole("header_row = 2\n", &format!("Výpis\n{PLAIN}"));
    assert_eq!(
        reading.notes,
        ["1 line above the column names was not read"]
    );
}

#[test]
fn lines_are_numbered_as_in_the_file() {
    let text = format!("{ABOVE}{PLAIN}").replace("30,00", "x");
    let errors = line_errors("header_row = 4\n", &text);
    assert!(errors[0].starts_with("line 7, amount"), "{errors:?}");
}

#[test]
fn column_names_elsewhere_are_found_and_named() {
    let text = format!("{ABOVE}{PLAIN}");
    let right = "set header_row = 4 under [file]";
    assert!(error("", &text).contains(right));
    for row in ["1", "3", "5", "70"] {
        let error = error(&format!("header_row = {row}\n"), &text);
        assert!(
            error.starts_with("line 4: the column names are here"),
            "{error}"
        );
        assert!(error.contains(right), "{error}");
    }
    whole("header_row = 4\n", &text);
    let zero = error("header_row = 0\n", &text);
    assert!(zero.contains("lines are counted from 1"), "{zero}");
}

#[test]
fn a_file_that_ends_above_its_column_names_is_an_error() {
    let error = error("header_row = 9\n", "Výpis\n");
    assert!(error.starts_with("the file ends before line 9"), "{error}");
    assert!(error.contains("set header_row"), "{error}");
}

#[test]
fn no_table_is_hidden_above_the_one_that_is_named() {
    let names = PLAIN.lines().next().unwrap();
    let text = PLAIN.replace("L8-3", &format!("{names}\nL8-3"));
    let error = error("header_row = 4\n", &text);
    assert!(
        error.starts_with("line 1: the column names are here too"),
        "{error}"
    );
    assert!(error.contains("set header_row = 1"), "{error}");
    whole("header_row = 1\n", &text);
}

#[test]
fn a_line_that_names_the_delimiter_may_stand_above() {
    whole("header_row = 2\n", &format!("sep=;\n{PLAIN}"));
}

#[test]
fn a_table_whose_end_never_comes_is_an_error() {
    let settings = "stop_at = [\"---\", \"Celkem\"]\n";
    let error = error(settings, PLAIN);
    assert!(error.contains("\"---\" or \"Celkem\""), "{error}");
    assert!(error.contains("if the file was cut off"), "{error}");
    assert!(error.contains("take stop_at out"), "{error}");
    whole("", PLAIN);
    whole(settings, &format!("{PLAIN}  ; ;Celkem 219,05\n"));
}

#[test]
fn an_end_above_the_column_names_is_none() {
    let text = format!("---\n{PLAIN}");
    let error = error("header_row = 2\nstop_at = \"---\"\n", &text);
    assert!(
        error.starts_with("no line below the column names"),
        "{error}"
    );
}

#[test]
fn no_line_of_the_table_ends_it() {
    // The text begins the second line, the last one, and all of them.
    for (stop_at, line) in [("L8-2", 4), ("L8", 2), ("C", 0)] {
        let settings = format!("stop_at = \"{stop_at}\"\n");
        let text = format!("{PLAIN}Celkem;;;219,05;;\n");
        if line == 0 {
            whole(&settings, &text);
            continue;
        }
        let error = error(&settings, &text);
        assert!(
            error.starts_with(&format!("line {line}: looks like a line of the table")),
            "{error}"
        );
        assert!(error.contains("a longer text"), "{error}");
    }
    let last = error(
        "stop_at = \"L8-\"\n",
        "payment;user;time;amount;product;memo\nL8-1;C-1;2026-11-23 00:01:00;1,00;1;\n",
    );
    assert!(last.starts_with("line 2: looks like"), "{last}");
}

#[test]
fn delimiters_at_the_ends_of_lines_hide_no_line_below_an_end() {
    let text = PLAIN.replace(";ok\n", ";ok;;\n");
    let error = error("stop_at = \"L\"\n", &text);
    assert!(error.starts_with("line 2: looks like"), "{error}");
}

#[test]
fn a_line_of_another_shape_below_an_end_is_no_less_a_line() {
    let right = "L8-3;C-2030;2026-11-23 00:03:00;30,00;1;ok";
    for line in [
        "L8-3;C-2030;2026-11-23 00:03:00;30,00;1",
        "L8-3;C-2030;2026-11-23 00:03:00;30,00;1;ok; paid",
        "L8-3;C-2030;2026-11-23 00:03:00;30,00;1;\"two",
    ] {
        let text = PLAIN.replace(right, &format!("---\n{line}"));
        let error = error("stop_at = \"---\"\n", &text);
        assert!(error.starts_with("line 5: looks like"), "{line}: {error}");
    }
}

#[test]
fn a_total_with_all_that_a_line_has_ends_a_table_by_its_whole_text() {
    let text = format!("{PLAIN}Celkem za den;3 položky;2026-11-23 00:00:00;219,05;1;\n");
    let error = error("stop_at = \"Celkem\"\n", &text);
    assert!(
        error.contains("add its whole first text to stop_at"),
        "{error}"
    );
    assert!(error.ends_with("once: \"Celkem za den\""), "{error}");
    whole("stop_at = [\"Celkem\", \"Celkem za den\"]\n", &text);
}

#[test]
fn a_text_that_ends_a_table_hides_one_line_at_most() {
    let text = PLAIN.replace("L8-3", "L8-2");
    let error = error("stop_at = \"L8-2\"\n", &text);
    assert!(error.starts_with("line 4: looks like"), "{error}");
}

#[test]
fn a_quotation_mark_that_nobody_closed_does_not_swallow_the_end() {
    let text = format!("{PLAIN}{BELOW}").replace("30,00;1;ok", "30,00;1;\"five");
    let mapping = format!("{MAPPING}stop_at = \"---\"\n");
    let reading = ledger(&mapping, text.as_bytes()).unwrap();
    assert_eq!(reading.lines.len(), 2);
    let errors = errors(&reading.refused);
    assert!(
        errors[0].starts_with("line 4: a field runs over"),
        "{errors:?}"
    );
    assert_eq!(reading.notes, ["2 lines below the table were not read"]);
}

#[test]
fn an_end_inside_a_memo_is_none() {
    let memo = PLAIN.replace("64,05;1;ok", "64,05;1;\"ok\n---\"");
    let reading = whole("stop_at = \"---\"\n", &format!("{memo}--- konec ---\n"));
    assert_eq!(reading.notes, ["1 line below the table was not read"]);
}

#[test]
fn remarks_inside_a_table_are_left_out_by_following_what_is_said_of_them() {
    for remark in [
        "Celkem;;;219,05;;3 položky",
        "Strana 1/2",
        "Převod; z účtu",
        "Celkem 4\u{a0}640,50",
    ] {
        let text = PLAIN.replace("L8-2", &format!("{remark}\nL8-2"));
        let errors = line_errors("", &text);
        let (_, remedy) = errors[0].split_once("set ").unwrap();
        let (setting, _) = remedy.split_once(" under [file]").unwrap();
        let reading = whole(&format!("{setting}\n"), &text);
        let note = reading.notes.concat();
        assert!(note.starts_with("lines left out by remarks: "), "{note}");
        assert!(note.ends_with("(1)"), "{note}");
    }
}

#[test]
fn a_line_that_is_no_remark_is_never_left_out_as_one() {
    let text = PLAIN.replace("64,05", "x").replace("C-2030", "");
    let errors = line_errors("remarks = \"L8\"\n", &text);
    assert_eq!(errors.len(), 2, "{errors:?}");
}

#[test]
fn a_remark_may_reach_beyond_the_columns_that_have_names() {
    let text = PLAIN.replace("memo\n", "memo;\nCelkem;;;219,05;;;3 položky\n");
    whole("remarks = \"Celkem\"\n", &text);
}

#[test]
fn a_remedy_keeps_the_texts_that_a_mapping_has() {
    let text = format!("{PLAIN}Strana 1\n");
    let errors = line_errors("remarks = \"Celkem\"\n", &text);
    assert!(
        errors[0].contains("set remarks = [\"Celkem\", \"Strana 1\"]"),
        "{errors:?}"
    );
}

#[test]
fn refused_lines_of_a_framed_file_are_read_by_the_same_mapping() {
    let text = format!("{ABOVE}{}{BELOW}", PLAIN.replace("64,05", "x"));
    let mapping =
        format!("{MAPPING}header_row = 4\nstop_at = \"---\"\n").replace("client = 1\n", "");
    let mapping: PaymentMapping = toml::from_str(&mapping).unwrap();
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, &context(None)).unwrap();
    assert_eq!(reading.payments.len(), 2);
    let file = tempfile::NamedTempFile::new().unwrap();
    sheet.write_refused(file.path(), &reading.refused).unwrap();
    let corrected = std::fs::read_to_string(file.path())
        .unwrap()
        .replace(";x;", ";64,05;");
    let reading = read_with(&mapping, corrected.as_bytes()).unwrap();
    assert_eq!(reading.payments.len(), 1);
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
}

#[test]
fn a_statement_may_be_framed_too() {
    let mapping = "reference = \"text\"\namount = { column = \"amount\" }\nfile = { header_row = 2, stop_at = \"Closing\" }\n";
    let mapping: StatementMapping = parse(mapping).unwrap();
    let text = "Account 17\ntext,amount\nFT-0001,12.50\nClosing balance,\n";
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let read = |text: &str| Sheet::parse(text.as_bytes(), &mapping).map(|sheet| sheet.len());
    let error = read(&text.replace("balance,", "balance,12.50")).unwrap_err();
    assert!(error.to_string().contains("looks like"), "{error}");
    // Few columns are filled, so a sum of another shape is not taken for a line.
    assert_eq!(
        read(&text.replace("balance,", "balance,12.50,CZK")).ok(),
        Some(1)
    );
    let reading = mapping.read(&sheet, Money::of("CZK").unwrap()).unwrap();
    assert_eq!((reading.lines.len(), reading.refused.len()), (1, 0));
}

proptest! {
    #[test]
    fn a_framed_table_is_read_as_the_table_alone(
        above in prop::collection::vec("[-a-z0-9\" ]{0,9}(;[-a-z0-9\" ]{0,9}){0,3}", 0..6),
        below in prop::collection::vec("[-a-z0-9\" ]{0,9}(;[-a-z0-9\" ]{0,9}){0,3}", 0..6),
        amounts in prop::collection::vec("[0-9]{1,3},[0-9]{2}", 1..6),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let names = PLAIN.lines().next().unwrap().to_owned();
        let lines = amounts.iter().enumerate();
        let lines = lines.map(|(n, amount)| format!("P{n};C{n};2026-11-23 00:01:00;{amount};1;"));
        let table: Vec<String> = [names].into_iter().chain(lines).collect();
        let settings = "has_no_totals = true\n";
        let plain = ledger(&format!("{MAPPING}{settings}"), table.join(end).as_bytes());
        let row = above.len() + 1;
        let end_and_below = ["=== end".into()].into_iter().chain(below);
        let all: Vec<String> = above.into_iter().chain(table).chain(end_and_below).collect();
        let settings = format!("{settings}header_row = {row}\nstop_at = \"===\"\n");
        let framed = ledger(&format!("{MAPPING}{settings}"), all.join(end).as_bytes());
        let (plain, framed) = (plain.unwrap(), framed.unwrap());
        prop_assert_eq!(plain.lines, framed.lines);
        prop_assert_eq!(plain.refused.len(), framed.refused.len());
    }
}

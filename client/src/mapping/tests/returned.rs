//! Files of refused lines that come back corrected.

use super::*;

const MAPPING: &str = r#"
ignore = ["memo"]
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount" }
product = { id = 1 }
"#;

/// The file of the lines of `text` that are refused.
fn refused_file(text: &str) -> String {
    let mapping: PaymentMapping = toml::from_str(MAPPING).unwrap();
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let reading = mapping.read(&sheet, &context(None)).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    sheet.write_refused(file.path(), &reading.refused).unwrap();
    std::fs::read_to_string(file.path()).unwrap()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.payments.iter().map(|p| p.id.as_str()).collect()
}

const ZEROS: &str = "\
id,paid_at,payer,amount,memo
0012345,2026-11-28 00:01:00,007,\"1 250.00\",
0012346,2026-11-28 00:02:00,C-2,3.00,
";

#[test]
fn zeros_that_a_spreadsheet_took_from_refused_lines_are_missed() {
    let file = refused_file(ZEROS).replace("1 250.00", "1250.00");
    assert_eq!(
        ids(&payments(MAPPING, file.as_bytes()).unwrap()),
        ["0012345"]
    );

    let saved = file.replace(",0012345,", ",12345,");
    let error = errors(&payments(MAPPING, saved.as_bytes()).unwrap().refused).concat();
    assert!(
        error.starts_with("line 2, id: \"12345\" was \"0012345\" when the line was refused"),
        "{error}"
    );
    let saved = file.replace(",007,", ",7,");
    let error = errors(&payments(MAPPING, saved.as_bytes()).unwrap().refused).concat();
    assert!(error.contains("payer: \"7\" was \"007\""), "{error}");

    // Refused once more, the line still has what it was.
    let again = refused_file(&saved);
    assert!(again.contains("payer=\"\"007\"\""), "{again}");
    let mended = again.replace(",7,1250", ",007,1250");
    assert_eq!(
        ids(&payments(MAPPING, mended.as_bytes()).unwrap()),
        ["0012345"]
    );
}

#[test]
fn refused_lines_whose_ids_have_no_zeros_before_them_say_nothing_of_any() {
    let file = refused_file(&ZEROS.replace("0012345", "A-1").replace("007", "C-1"));
    let header = file.lines().next().unwrap();
    assert_eq!(
        header,
        "refused_line,refused_because,id,paid_at,payer,amount,memo"
    );
}

/// A quotation mark that nobody closed, and one that pairs with it by chance.
const TORN: &str = "\
id,paid_at,payer,amount,memo
TQ-1,2026-11-28 00:01:00,C-1,1250.00,\"five pieces
TQ-2,2026-11-28 00:02:00,C-2,490.50,ok
TQ-3,2026-11-28 00:03:00,C-3,1.50,\"end\"
TQ-4,2026-11-28 00:04:00,C-4,2.50,x
";

#[test]
fn lines_that_a_quotation_mark_swallowed_are_lines_in_the_file_of_refused_ones() {
    for text in [TORN.to_owned(), TORN.replace('\n', "\r\n")] {
        let reading = payments(MAPPING, text.as_bytes()).unwrap();
        assert_eq!(ids(&reading), ["TQ-4"]);
        let file = refused_file(&text);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines.len(), 4, "{file}");
        assert!(
            lines[2].starts_with("3,a quotation mark swallowed lines"),
            "{file}"
        );
        let reading = payments(MAPPING, file.as_bytes()).unwrap();
        assert_eq!(ids(&reading), ["TQ-1", "TQ-2", "TQ-3"]);
        assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    }
}

#[test]
fn a_torn_line_of_refused_ones_is_taken_apart_once_more() {
    let file = refused_file(TORN).replace("five pieces", "\"five pieces");
    let again = refused_file(&file);
    assert_eq!(again.matches("refused_because").count(), 1, "{again}");
    assert_eq!(
        payments(MAPPING, again.as_bytes()).unwrap().payments.len(),
        3
    );
}

#[test]
fn no_cell_of_a_refused_line_is_a_formula() {
    let text = "id,paid_at,payer,amount,memo\nA-1,2026-11-28 00:01:00,@SUM(A1),-1.00,=1+1\n";
    let file = refused_file(text);
    assert!(file.contains(",\t@SUM(A1),-1.00,\t=1+1"), "{file}");
    let corrected = file.replace("-1.00", "1.00");
    let reading = payments(MAPPING, corrected.as_bytes()).unwrap();
    assert_eq!(reading.payments[0].user.as_text(), Some("@SUM(A1)"));
}

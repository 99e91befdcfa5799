//! Shapes of a file that are harmless, and those that are not.

use super::*;

const LEDGER: &str = r#"
ignore = ["memo"]
payment_id = "payment"
client = 1
user = "user"
file = { delimiter = ";" }
time = { column = "time", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount", decimal = "," }
product = { column = "product" }
"#;

const PLAIN: &str = "\
payment;user;time;amount;product;memo
L8-1;C-2159;2026-11-23 00:01:00;125,00;1;ok
L8-2;C-2252;2026-11-23 00:02:00;64,05;1;ok
L8-3;C-2030;2026-11-23 00:03:00;30,00;1;ok
L8-4;C-2137;2026-11-23 00:04:00;9,00;1;ok
";

/// The lines of the ledger in whatever shape it has.
#[track_caller]
fn assert_whole(text: &str) {
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let reading = ledger(LEDGER, text.as_bytes()).unwrap();
        assert!(reading.refused.is_empty(), "{:?}", reading.refused);
        let right = ledger(LEDGER, PLAIN.as_bytes()).unwrap();
        assert_eq!(reading.lines, right.lines);
    }
}

/// What is wrong with a ledger as a whole.
fn error(text: &str) -> String {
    ledger(LEDGER, text.as_bytes()).unwrap_err()
}

/// What is wrong with the ledger's lines.
fn line_errors(text: &str) -> Vec<String> {
    errors(&ledger(LEDGER, text.as_bytes()).unwrap().refused)
}

#[test]
fn a_line_that_names_the_delimiter_is_harmless() {
    assert_whole(&format!("sep=;\n{PLAIN}"));
    assert_whole(&format!("\u{feff}sep=;\n{PLAIN}"));
    assert_whole(&format!("\"sep=;\"\n{PLAIN}"));
    assert_whole(&format!("sep=;;;;;;\n{PLAIN}"));
}

#[test]
fn a_line_that_names_another_delimiter_is_an_error() {
    let error = error(&format!("sep=|\n{}", PLAIN.replace(';', "|")));
    assert!(
        error.contains("set delimiter = \"|\" under [file]"),
        "{error}"
    );
    let mapping = LEDGER.replace("\";\"", "\"|\"");
    let text = format!("sep=|\n{}", PLAIN.replace(';', "|"));
    assert_eq!(ledger(&mapping, text.as_bytes()).unwrap().lines.len(), 4);
}

#[test]
fn lines_after_one_that_names_the_delimiter_keep_their_numbers() {
    let text = format!("sep=;\n{PLAIN}").replace("9,00", "x");
    assert!(line_errors(&text)[0].starts_with("line 6, amount"));
}

#[test]
fn delimiters_at_the_ends_of_all_lines_are_harmless() {
    assert_whole(&PLAIN.replace(";ok\n", ";ok;\n"));
    assert_whole(&PLAIN.replace(";ok\n", ";ok;;;\n"));
    assert_whole(
        &PLAIN
            .replace(";ok\n", ";ok;\n")
            .replace("memo\n", "memo;\n"),
    );
    assert_whole(&PLAIN.replace("memo\n", "memo;\n"));
}

#[test]
fn a_delimiter_more_on_some_lines_is_refused_there() {
    let text = PLAIN
        .replace("C-2252;", "C-2252; Jan;")
        .replace("1;ok\nL8-3", "1;\nL8-3");
    assert_eq!(line_errors(&text).len(), 1);
    // The text moved all fields behind it, and the last one is blank.
    let one = "payment;user;time;amount;product;memo\nL8-2;C;2252;2026-11-23 00:02:00;64,05;1;\n";
    assert!(line_errors(one)[0].contains("line 2: has 7 fields instead of 6"));
}

#[test]
fn blank_lines_are_harmless() {
    assert_whole(&format!("{PLAIN};;;;;\n;;;;;\n\n"));
    assert_whole(&PLAIN.replace("L8-3", " ; ;;;;\n   \nL8-3"));
}

#[test]
fn a_memo_over_two_lines_in_quotes_is_harmless() {
    assert_whole(&PLAIN.replace("64,05;1;ok", "64,05;1;\"pojistka\nč. 44-17; \"\"N\"\"\""));
    let text = PLAIN
        .replace("64,05;1;ok", "64,05;1;\"pojistka\n\nč. 44-17\"")
        .replace("9,00", "x");
    assert!(line_errors(&text)[0].starts_with("line 7, amount"));
}

#[test]
fn a_quotation_mark_that_swallows_lines_is_refused() {
    let swallowed = "line 3: a field runs over the end of the line (close the quotation mark; the lines up to the next quotation mark were not read)";
    for (memo, next) in [
        ("\"never closed", "ok"),
        ("\"never closed", "\"closed there\""),
        ("\"closed", "two lines below\""),
        ("\"closed", "in\"between"),
    ] {
        let text = PLAIN
            .replace("64,05;1;ok", &format!("64,05;1;{memo}"))
            .replace("30,00;1;ok", &format!("30,00;1;{next}"));
        let errors = line_errors(&text);
        assert_eq!(errors[0], swallowed, "{memo} {next}");
    }
}

#[test]
fn a_line_end_in_a_column_that_is_read_is_refused() {
    let text = PLAIN.replace("C-2252", "\"C-22\n52\"");
    insta::assert_snapshot!(line_errors(&text)[0], @r#"line 3, user: "C-22<U+000A>52" holds a line end (U+000A) (take the line end out of the field, or close the quotation mark before it)"#);
}

#[test]
fn a_line_of_a_total_is_refused_by_name() {
    let text = format!("{PLAIN}Celkem;;;228,05;;4 položky\n");
    let [error] = &line_errors(&text)[..] else {
        panic!()
    };
    insta::assert_snapshot!(error, @r#"line 6: has nothing in the columns user, time, product (if it is a remark or a total, set remarks = ["Celkem"] under [file] in the mapping, or take the line out; otherwise complete it)"#);
    let text = format!("{PLAIN}Celkem 228,05\n");
    insta::assert_snapshot!(line_errors(&text)[0], @r#"line 6: has only the field "Celkem 228,05" (if it is a remark or a total, set remarks = ["Celkem 228,05"] under [file] in the mapping, or take the line out; otherwise complete it)"#);
}

#[test]
fn column_names_that_come_again_are_harmless_and_counted() {
    let (header, _) = PLAIN.split_once('\n').unwrap();
    let text = PLAIN.replace("L8-3", &format!("{header}\nL8-3"));
    assert_whole(&text);
    let notes = ledger(LEDGER, text.as_bytes()).unwrap().notes;
    assert_eq!(notes, ["1 line that repeats the column names was not read"]);
    let text = text.replace("L8-4", &format!("\u{feff}{header}\nL8-4"));
    assert_whole(&text);
    let notes = ledger(LEDGER, text.as_bytes()).unwrap().notes;
    assert_eq!(
        notes,
        ["2 lines that repeat the column names were not read"]
    );
}

#[test]
fn column_names_that_come_again_in_another_order_are_an_error() {
    let text = PLAIN.replace(
        "L8-3",
        "amount;user;time;payment;product;memo\n30,00;C-2030;2026-11-23 00:03:00;L8-3;1;ok\nL8-3",
    );
    assert!(error(&text).starts_with("line 4: the column names are repeated here in another order"));
}

#[test]
fn lines_above_the_column_names_are_named() {
    let text = format!("Výpis účtu;;;;;\nObdobí: 2026-11-23;;;;;\n\n{PLAIN}");
    let error = error(&text);
    assert_eq!(
        error,
        "line 4: the column names are here, and not on the first line; set header_row = 4 under [file] in the mapping"
    );
    let cut: Vec<&str> = text.lines().skip(3).collect();
    assert_whole(&format!("{}\n", cut.join("\n")));
}

#[test]
fn another_delimiter_than_the_mappings_is_named() {
    let error = error(&PLAIN.replace(',', ".").replace(';', ","));
    assert_eq!(
        error,
        "line 1: the fields of the file are separated by ','; set delimiter = \",\" under [file] in the mapping"
    );
}

#[test]
fn columns_that_are_missing_are_an_error_that_lists_those_there_are() {
    let error = error(&PLAIN.replace("payment;", "pay\u{200b}ment;"));
    assert_eq!(
        error,
        "line 1: the column \"payment\" is missing; the file has: \"pay<U+200B>ment\", \"user\", \"time\", \"amount\", \"product\", \"memo\". Correct the mapping, its delimiter, or the file"
    );
}

/// A bill as a wallet hands it out.
const BILL: &str = "\
------------------------------------------
流水导出说明
账户名称：云杉基金代销
共 4 笔，合计 4640.50 元
---------------- 收款流水明细 ----------------
交易时间            ,付款方账号    ,金额(元)    ,交易状态   ,交易订单号            ,备注    ,
2026-11-23 00:01:12 ,ka*@example.cn ,1250.00  ,交易成功  ,2026112300101AB0001\t ,     ,
2026-11-23 00:01:48 ,li*@example.cn ,640.50   ,交易成功  ,2026112300101AB0002\t ,     ,
2026-11-23 00:02:40 ,wu*@example.cn ,750.00   ,交易关闭  ,2026112300101AB0004\t ,     ,
------------------------------------------
导出时间：2026-11-24 02:10:05
";

const WALLET: &str = r#"
payment_id = "交易订单号"
user = "付款方账号"

[time]
column = "交易时间"
format = "%Y-%m-%d %H:%M:%S"

[amount]
column = "金额(元)"

[product]
id = 1
"#;

#[test]
fn a_wallets_bill_is_read_by_following_what_is_said_of_it() {
    let bytes = encoding_rs::GB18030.encode(BILL).0.into_owned();
    let error = payments(WALLET, &bytes).unwrap_err();
    assert!(error.starts_with("line 2: the bytes C1"), "{error}");
    assert!(error.contains("\n  gb18030: 流水导出说明"), "{error}");

    let mut mapping = format!("{WALLET}\n[file]\nencoding = \"gb18030\"\n");
    let error = payments(&mapping, &bytes).unwrap_err();
    assert!(
        error.contains("line 6: the column names are here"),
        "{error}"
    );

    mapping.push_str("header_row = 6\n");
    let error = payments(&mapping, &bytes).unwrap_err();
    assert!(
        error.contains("\"交易状态\": \"交易成功\", \"交易关闭\""),
        "{error}"
    );

    mapping = format!("ignore = [\"备注\"]\n{mapping}\n[only]\n\"交易状态\" = [\"交易成功\"]\n");
    let reading = payments(&mapping, &bytes).unwrap();
    let errors = errors(&reading.refused);
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[1].contains("line 11: has only the field \"导出时间"),
        "{errors:?}"
    );

    mapping = mapping.replace("header_row", "stop_at = \"-----\"\nheader_row");
    let reading = payments(&mapping, &bytes).unwrap();
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let ids: Vec<&str> = reading.payments.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["2026112300101AB0001", "2026112300101AB0002"]);
    assert_eq!(
        reading.notes,
        [
            "read as gb18030: 流水导出说明 | 账户名称：云杉基金代销 | 共 4 笔，合计 4640.50 元",
            "5 lines above the column names and 2 below the table were not read",
            "lines left out by [only]: 交易状态 \"交易关闭\" (1)"
        ]
    );
}

proptest! {
    #[test]
    fn no_quotation_mark_hides_a_line(memos in prop::collection::vec("[ab\"]{0,5}", 1..6)) {
        let mapping = "payment_id = \"id\"\nuser = \"user\"\ntime = { column = \"time\", format = \"%s\" }\namount = { column = \"amount\" }\nproduct = { id = 1 }\nfile = { delimiter = \";\" }\n";
        let lines = memos.iter().enumerate();
        let lines = lines.map(|(n, memo)| format!("P{n};u;60;1.00;{memo}\n"));
        let text = format!("id;user;time;amount;memo\n{}", lines.collect::<String>());
        let reading = payments(&format!("ignore = [\"memo\"]\n{mapping}"), text.as_bytes()).unwrap();
        for line in 2..memos.len() as u64 + 2 {
            let is_taken = reading.payments.iter().any(|payment| payment.line == line);
            let is_told = reading.refused.iter().any(|refused| refused.error.line <= line);
            prop_assert!(is_taken || is_told, "line {} of {:?}", line, text);
        }
    }
}

//! Files in other encodings than their mappings say.

use super::*;
use encoding_rs::{GB18030, ISO_8859_2, WINDOWS_1250};

const LEDGER: &str = r#"
payment_id = "platba"
client = 1
user = "klient"
file = { delimiter = ";" }
time = { column = "čas", format = "%d.%m.%Y %H:%M:%S" }
amount = { column = "částka", decimal = "," }
product = { column = "produkt" }
"#;

const TEXT: &str = "\
platba;klient;čas;produkt;částka
P6-1;Dvořák;23.11.2026 00:01:00;1;125,00
P6-2;Šťastná;23.11.2026 00:02:00;1;64,05
P6-3;Čížek;23.11.2026 00:03:00;1;30,00
";

fn in_windows_1250() -> Vec<u8> {
    WINDOWS_1250.encode(TEXT).0.into_owned()
}

/// The mapping with the encoding named.
fn by(mapping: &str, encoding: &str) -> String {
    mapping.replace("file = {", &format!("file = {{ encoding = \"{encoding}\","))
}

fn users(reading: &LedgerReading) -> Vec<Option<&str>> {
    reading
        .lines
        .iter()
        .map(|line| line.user.as_text())
        .collect()
}

#[test]
fn a_file_that_is_not_utf_8_is_shown_as_it_may_be() {
    let error = ledger(LEDGER, &in_windows_1250()).unwrap_err();
    insta::assert_snapshot!(error, @r#"
    line 1: the bytes E8 do not fit UTF-8, in which a file is read unless its mapping names another encoding. Ask whoever exports the file for its encoding, or find the one below that shows the texts as they are at their source, and set it as encoding = "…" under [file] in the mapping; if none does, export the file as UTF-8:
      windows-1250: čas | částka | Dvořák
    "#);
    assert!(!error.contains("latin-1") && !error.contains("windows-1252"));
}

#[test]
fn an_encoding_that_is_named_as_advised_is_read() {
    let reading = ledger(&by(LEDGER, "windows-1250"), &in_windows_1250()).unwrap();
    assert_eq!(
        users(&reading),
        [Some("Dvořák"), Some("Šťastná"), Some("Čížek")]
    );
}

#[test]
fn a_wrong_encoding_is_known_by_bytes_that_it_has_no_character_for() {
    // Somebody took the names of columns over as the wrong encoding shows them.
    let mapping = LEDGER.replace('č', "è");
    let error = ledger(&by(&mapping, "latin-1"), &in_windows_1250()).unwrap_err();
    assert!(
        error.starts_with("line 3: the bytes 9D do not fit windows-1252, which the mapping names"),
        "{error}"
    );
    assert!(
        error.contains("\n  windows-1250: čas | částka | Dvořák"),
        "{error}"
    );
}

#[test]
fn texts_are_shown_as_the_named_encoding_reads_them() {
    let bytes = WINDOWS_1250
        .encode(&plain(&["Dvořák", "Novák"]))
        .0
        .into_owned();
    let reading = ledger(&by(PLAIN, "windows-1250"), &bytes).unwrap();
    assert_eq!(reading.notes, ["read as windows-1250: Dvořák | Novák"]);
    assert!(ledger(PLAIN, plain(&["Dvořák"]).as_bytes())
        .unwrap()
        .notes
        .is_empty());
}

#[test]
fn a_wrong_encoding_is_known_by_the_columns() {
    let text = TEXT.replace("Šťastná", "Novák");
    let bytes = WINDOWS_1250.encode(&text).0;
    let error = ledger(&by(LEDGER, "latin-1"), &bytes).unwrap_err();
    assert!(
        error.starts_with("line 1: read as windows-1252, the file lacks columns"),
        "{error}"
    );
    assert!(error.contains("\n  windows-1250: čas"), "{error}");
    assert!(!error.contains("\"èas\""), "{error}");
}

const PLAIN: &str = r#"
payment_id = "id"
client = 1
user = "user"
file = { delimiter = ";" }
time = { column = "time", format = "%s" }
amount = { column = "amount" }
product = { id = 1 }
"#;

fn plain(users: &[&str]) -> String {
    let lines = users.iter().enumerate();
    let lines = lines.map(|(n, user)| format!("P-{n};{user};60;1.00\n"));
    format!("id;user;time;amount\n{}", lines.collect::<String>())
}

#[test]
fn candidates_are_told_apart_by_what_they_differ_in() {
    // Two encodings have most letters of Czech in the same places.
    let text = plain(&["Dvořák", "Novák", "Říha", "Bareš"]);
    let bytes = ISO_8859_2.encode(&text).0.into_owned();
    let error = ledger(PLAIN, &bytes).unwrap_err();
    for shown in [
        "\n  iso-8859-2: Dvořák | Novák | Říha | Bareš",
        "\n  windows-1250: Dvořák | Novák | Říha | Bareą",
        "\n  windows-1252: Dvoøák | Novák | Øíha | Bare¹",
    ] {
        assert!(error.contains(shown), "{error}");
    }
    let reading = ledger(&by(PLAIN, "iso-8859-2"), &bytes).unwrap();
    assert_eq!(users(&reading)[3], Some("Bareš"));
}

#[test]
fn chinese_is_shown_and_read() {
    let bytes = GB18030
        .encode(&plain(&["稳健一号", "吴先生"]))
        .0
        .into_owned();
    let error = ledger(PLAIN, &bytes).unwrap_err();
    assert!(error.starts_with("line 2: the bytes "), "{error}");
    assert!(error.contains("\n  gb18030: 稳健一号 | 吴先生"), "{error}");
    for name in ["gb18030", "gbk", "GB2312"] {
        let reading = ledger(&by(PLAIN, name), &bytes).unwrap();
        assert_eq!(users(&reading), [Some("稳健一号"), Some("吴先生")]);
    }
}

#[test]
fn utf_16_is_read_where_it_is_named() {
    let text = plain(&["Šťastná"]);
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &bytes].concat();
    for bytes in [&bytes, &marked] {
        let error = ledger(PLAIN, bytes).unwrap_err();
        assert!(error.contains("set encoding = \"utf-16le\""), "{error}");
        let reading = ledger(&by(PLAIN, "utf-16le"), bytes).unwrap();
        assert_eq!(users(&reading), [Some("Šťastná")]);
    }
    let error = ledger(&by(PLAIN, "utf-16be"), &marked).unwrap_err();
    assert!(error.contains("utf-16le"), "{error}");
}

#[test]
fn utf_8_is_not_read_as_something_else() {
    let bytes = plain(&["Dvořák", "Šťastná"]).into_bytes();
    let error = ledger(&by(PLAIN, "windows-1250"), &bytes).unwrap_err();
    assert!(
        error.contains("\"Dvořák\", as windows-1250 it would have \"DvoĹ™Ăˇk\""),
        "{error}"
    );
    assert_eq!(ledger(&by(PLAIN, "utf-8"), &bytes).unwrap().lines.len(), 2);
    let marked = [&b"\xef\xbb\xbf"[..], &bytes].concat();
    let error = ledger(&by(PLAIN, "latin-1"), &marked).unwrap_err();
    assert!(
        error.contains("begins with the byte order mark of UTF-8"),
        "{error}"
    );
    assert_eq!(ledger(&by(PLAIN, "utf-8"), &marked).unwrap().lines.len(), 2);
}

#[test]
fn utf_8_that_was_garbled_and_saved_again_is_refused() {
    let right = plain(&["Dvořák", "Šťastná"]);
    for taken_for in [encoding_rs::WINDOWS_1252, WINDOWS_1250] {
        let (garbled, _, is_wrong) = taken_for.decode(right.as_bytes());
        assert!(!is_wrong);
        let error = ledger(PLAIN, garbled.as_bytes()).unwrap_err();
        assert!(error.contains("instead of \"Dvořák\""), "{error}");
        assert!(error.contains("Export the file again as UTF-8"), "{error}");
    }
    assert_eq!(ledger(PLAIN, right.as_bytes()).unwrap().lines.len(), 2);
}

#[test]
fn a_single_name_that_was_garbled_is_refused() {
    for (name, garbled) in [("Dvořák", "DvoÅ™Ã¡k"), ("Novák", "NovÃ¡k")] {
        let text = plain(&["Šťastná", garbled]);
        let error = ledger(PLAIN, text.as_bytes()).unwrap_err();
        assert!(error.contains(&format!("instead of \"{name}\"")), "{error}");
    }
    // Letters before signs that were meant.
    let right = ["NESTLÉ®", "“CAFÉ”", "Müller™", "Dvořák", "À·B"];
    assert_eq!(
        ledger(PLAIN, plain(&right).as_bytes()).unwrap().lines.len(),
        5
    );
}

#[test]
fn utf_8_of_a_single_name_is_not_read_as_something_else() {
    for name in ["Novák", "Dvořák"] {
        let text = plain(&[name]);
        for encoding in ["windows-1250", "latin-1"] {
            let error = ledger(&by(PLAIN, encoding), text.as_bytes()).unwrap_err();
            assert!(error.contains("bytes are UTF-8"), "{error}");
            assert!(error.contains(name), "{error}");
        }
    }
}

#[test]
fn signs_in_words_tell_that_the_named_encoding_is_another() {
    let bytes = ISO_8859_2
        .encode(&plain(&["Novák", "Šťastná"]))
        .0
        .into_owned();
    let error = ledger(&by(PLAIN, "windows-1250"), &bytes).unwrap_err();
    assert!(error.starts_with("\"©»astná\" has a sign"), "{error}");
    assert!(error.contains("\n  iso-8859-2: Novák | Šťastná"), "{error}");
    let reading = ledger(&by(PLAIN, "iso-8859-2"), &bytes).unwrap();
    assert_eq!(users(&reading), [Some("Novák"), Some("Šťastná")]);
}

#[test]
fn signs_beside_words_are_no_sign_of_another_encoding() {
    let names = ["«pekárna»", "»Pekař«", "Kovář®", "© Čížek"];
    let bytes = WINDOWS_1250.encode(&plain(&names)).0.into_owned();
    let reading = ledger(&by(PLAIN, "windows-1250"), &bytes).unwrap();
    assert_eq!(reading.lines.len(), 4);
}

#[test]
fn characters_that_were_lost_before_are_refused_by_name() {
    let errors = errors(
        &ledger(PLAIN, plain(&["Dvo\u{fffd}ák"]).as_bytes())
            .unwrap()
            .refused,
    );
    assert!(
        errors[0].contains("a character that was lost (U+FFFD)"),
        "{errors:?}"
    );
    assert!(errors[0].contains("(export the file again"), "{errors:?}");
}

#[test]
fn bytes_that_do_not_fit_the_named_encoding_are_refused_with_their_line() {
    let mut bytes = GB18030
        .encode(&plain(&["稳健一号", "吴先生"]))
        .0
        .into_owned();
    bytes.extend(b"P-9;\xff;60;1.00\n");
    let error = ledger(&by(PLAIN, "gb18030"), &bytes).unwrap_err();
    assert!(
        error.starts_with("line 4: the bytes FF do not fit gb18030, which the mapping names"),
        "{error}"
    );
}

#[test]
fn bytes_of_no_encoding_are_said_to_be_damaged() {
    let error = ledger(
        PLAIN,
        &[plain(&["a\u{1}b"]).as_bytes(), b"\xff\x01"].concat(),
    )
    .unwrap_err();
    assert!(error.contains("No usual encoding fits either"), "{error}");
}

#[test]
fn an_unknown_encoding_is_an_error_that_names_some() {
    for name in ["windows-1249", "cp852", "iso-2022-kr", "x-user-defined"] {
        let error = ledger(&by(PLAIN, name), b"").unwrap_err();
        assert!(
            error.contains("no encoding is named") && error.contains("windows-1250"),
            "{error}"
        );
    }
}

#[test]
fn refused_lines_are_written_in_the_encoding_of_their_file() {
    let mapping: LedgerMapping = toml::from_str(PLAIN).unwrap();
    let names = ["Šťastná; s. r. o.", "Čížek"];
    for name in ["utf-8", "windows-1250", "utf-16le", "utf-16be", "gbk"] {
        let mut mapping = mapping.clone();
        mapping.file.encoding = Encoding::try_from(name.to_owned()).unwrap();
        let text = plain(&names).replace("60;1.00", ";1.00");
        let text = text.replace(names[0], "\"Šťastná; s. r. o.\"");
        let text = if name == "gbk" {
            text.replace('Š', "吴")
                .replace(['ť', 'á', 'Č', 'í', 'ž'], "健")
        } else {
            text
        };
        let sheet = Sheet::parse(&mapping.file.encoding.encode(&text), &mapping).unwrap();
        let reading = mapping
            .read(&sheet, Money::of("CZK").unwrap(), &|_| 0)
            .unwrap();
        assert_eq!(reading.refused.len(), 2);
        let file = tempfile::NamedTempFile::new().unwrap();
        sheet.write_refused(file.path(), &reading.refused).unwrap();
        let again = Sheet::load(file.path(), &mapping).unwrap();
        assert!(again.holds_refused_lines());
        let column = again.column("user").unwrap();
        let before = sheet.column("user").unwrap();
        let users = |sheet: &Sheet, column| {
            sheet
                .texts(column)
                .map(|(_, text)| text.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(users(&again, &column), users(&sheet, &before), "{name}");
    }
}

#[test]
fn a_text_that_could_not_be_written_again_is_refused_before_anything_is_read() {
    // A character that this encoding is read with, and never written with.
    let bytes = [plain(&[]).as_bytes(), b"P-1;\x8f\xb0\xa1;60;1.00\n"].concat();
    let error = ledger(&by(PLAIN, "euc-jp"), &bytes).unwrap_err();
    assert!(
        error.starts_with("line 2: '丂' can be read from EUC-JP"),
        "{error}"
    );
    assert!(error.contains("save the file as UTF-8"), "{error}");
    let saved = plain(&["丂"]);
    assert_eq!(
        users(&ledger(PLAIN, saved.as_bytes()).unwrap()),
        [Some("丂")]
    );
}

proptest! {
    #[test]
    fn a_text_is_read_as_it_was_written(
        text in "[a-zěščřžýáíéúůťďňĚŠČŘŽ ]{0,40}",
        name in prop::sample::select(vec![
            "utf-8", "windows-1250", "iso-8859-2", "utf-16le", "utf-16be", "gb18030",
        ]),
    ) {
        let encoding = Encoding::try_from(name.to_owned()).unwrap();
        let bytes = encoding.encode(&text);
        if let Ok(read) = encoding.decode(&bytes, &|_| true) {
            prop_assert_eq!(read, text);
        } else {
            // By chance the bytes are UTF-8 too.
            prop_assert!(std::str::from_utf8(&bytes).is_ok());
        }
    }

    #[test]
    fn no_bytes_make_an_encoding_panic(bytes: Vec<u8>, name in prop::sample::select(vec!["utf-8", "latin-1", "windows-1250", "utf-16le", "gb18030", "shift_jis", "iso-2022-jp", "big5"])) {
        let _ = Encoding::try_from(name.to_owned()).unwrap().decode(&bytes, &|_| false);
    }
}

#[test]
fn a_file_in_utf_16_is_an_error() {
    let error = read_with(&mapping(), b"\xff\xfep\0")
        .unwrap_err()
        .to_string();
    assert!(error.contains("encoding = \"utf-16le\""), "{error}");
}

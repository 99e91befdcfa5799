//! What is wrong with a mapping, in the words of those who write one.

/// What the reader of TOML says, and what people are told instead.
const WORDS: [(&str, &str); 16] = [
    (
        "data did not match any variant of untagged enum IdColumns",
        "payment_id, original and a statement's reference take the name of a column, or a list of such names: \"id\" or [\"date\", \"receipt\"]",
    ),
    (
        "data did not match any variant of untagged enum TextOrTexts",
        "stop_at and remarks take a text, or a list of texts: \"Total\" or [\"Total\", \"---\"]",
    ),
    ("expected a sequence", "expected a list, like [\"…\"]"),
    ("invalid type: sequence", "invalid value: a list"),
    ("invalid type: map", "invalid value: a table"),
    ("invalid type: integer", "invalid value: the number"),
    ("invalid type: floating point", "invalid value: the number"),
    ("invalid type: boolean", "invalid value:"),
    ("invalid type: string", "invalid value: the text"),
    ("invalid value: integer", "invalid value: the number"),
    ("invalid value: string", "invalid value: the text"),
    ("expected a string", "expected a text between quotation marks"),
    ("expected a boolean", "expected true or false"),
    ("expected a map", "expected a table, like [only]"),
    ("unknown variant", "unknown value"),
    ("unknown field", "unknown key"),
];

/// Whole numbers, by their names in code.
const NUMBERS: [&str; 6] = ["u8", "u16", "u32", "u64", "u128", "i64"];

/// Tables, by their names in code and in a mapping.
const TABLES: [(&str, &str); 8] = [
    ("TimeColumn", "time"),
    ("AmountColumn", "amount"),
    ("ProductColumn", "product"),
    ("KindColumn", "kind"),
    ("DirectionColumn", "direction"),
    ("DateColumn", "value_date"),
    ("FileFormat", "file"),
    ("ProductValues", "[products]"),
];

/// What is wrong with a mapping, told in plain words.
pub(super) fn told(message: &str) -> String {
    let mut told = message.to_owned();
    for (words, plain) in WORDS {
        told = told.replace(words, plain);
    }
    told = told.replace("missing field", "missing key");
    for number in NUMBERS {
        told = told.replace(
            &format!("expected {number}"),
            "expected a whole number without quotation marks",
        );
    }
    for (code, table) in TABLES {
        let plain = format!("expected a table [{table}] with keys of its own");
        told = told.replace(&format!("expected struct {code}"), &plain);
    }
    told
}

#[cfg(test)]
mod tests {
    use crate::mapping::{load, parse, PaymentMapping};

    const RIGHT: &str = "\
payment_id = \"id\"
user = \"payer\"
only = { status = [\"COMPLETED\"] }
time = { column = \"paid_at\", format = \"%F\" }
amount = { column = \"amount\" }
product = { id = 1 }
";

    /// What is said of a mapping in which `right` is `wrong`.
    fn told(right: &str, wrong: &str) -> String {
        parse::<PaymentMapping>(RIGHT).unwrap();
        let text = RIGHT.replace(right, wrong);
        format!("{:#}", parse::<PaymentMapping>(&text).unwrap_err())
    }

    #[test]
    fn a_mapping_that_is_wrong_is_told_in_plain_words_with_its_place() {
        for (right, wrong, place, words) in [
            (
                "\"id\"",
                "5",
                "line 1",
                "take the name of a column, or a list",
            ),
            (
                "[\"COMPLETED\"]",
                "\"COMPLETED\"",
                "line 3",
                "expected a list",
            ),
            ("id = 1", "id = \"1\"", "line 6", "expected a whole number"),
            ("\"payer\"", "7", "line 2", "expected a text between"),
            ("user", "usr", "line 2", "unknown key `usr`"),
            ("{ id = 1 }", "1", "line 6", "expected a table [product]"),
            (
                "product",
                "file = { header_row = \"6\" }\nproduct",
                "line 6",
                "expected a whole number",
            ),
            (
                "product",
                "file = { stop_at = 5 }\nproduct",
                "line 6",
                "stop_at and remarks take a text, or a list",
            ),
            (
                "product",
                "file = { remarks = [] }\nproduct",
                "line 6",
                "an empty text tells no line",
            ),
            (
                "product",
                "file = { guards = \"'\" }\nproduct",
                "line 6",
                "expected a list",
            ),
            (
                "product",
                "file = { guards = [\"7\"] }\nproduct",
                "line 6",
                "\"7\" is no guarding mark",
            ),
            (
                "product",
                "file = { skip = 5 }\nproduct",
                "line 6",
                "unknown key `skip`",
            ),
        ] {
            let told = told(right, wrong);
            assert!(told.contains(place) && told.contains(words), "{told}");
            for word in [
                "enum",
                "sequence",
                "u32",
                "struct",
                "variant",
                "invalid type",
            ] {
                assert!(!told.contains(word), "{word}: {told}");
            }
        }
    }

    #[test]
    fn a_mapping_is_read_as_utf_8_with_or_without_a_mark() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mapping.toml");
        std::fs::write(&file, format!("\u{feff}{RIGHT}")).unwrap();
        load::<PaymentMapping>(&file).unwrap();
        let wide: Vec<u8> = RIGHT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(&file, [&b"\xff\xfe"[..], &wide].concat()).unwrap();
        let error = load::<PaymentMapping>(&file).unwrap_err().to_string();
        assert!(error.contains("save it as UTF-8"), "{error}");
    }
}

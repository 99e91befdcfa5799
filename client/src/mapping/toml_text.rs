//! Texts as a mapping writes them, for settings that people copy into it.

use crate::invisible_characters::is_unseen;
use std::fmt::Write;

/// A text between quotation marks, as TOML reads it: what nobody sees is written out.
pub(super) fn toml_text(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        // Writing to a text does not fail.
        let _ = match c {
            '"' | '\\' => write!(written, "\\{c}"),
            c if is_unseen(c) => write!(written, "\\U{:08X}", c as u32),
            c => write!(written, "{c}"),
        };
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_is_written_out() {
        assert_eq!(toml_text("Celkem 4\u{a0}640"), r#""Celkem 4\U000000A0640""#);
        assert_eq!(
            toml_text("=\"\" \\ č\u{3000}"),
            "\"=\\\"\\\" \\\\ č\u{3000}\""
        );
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was(text: String) {
            let table: toml::Table = toml::from_str(&format!("text = {}", toml_text(&text))).unwrap();
            prop_assert_eq!(table["text"].as_str(), Some(text.as_str()));
        }
    }
}

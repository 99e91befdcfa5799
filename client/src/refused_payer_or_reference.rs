//! What is wrong with a payer or a reference that is not read, and what to do about it.

use crate::printable_text::quoted;
use counterfoil_primitives::written::{refused_characters, UnreadableLabel};

/// What is wrong with a payer or a reference that
/// [`label`](counterfoil_primitives::written::label) does not read, and what to do about it.
pub fn label_error(text: &str, error: UnreadableLabel) -> (String, String) {
    let shown = quoted(text);
    match error {
        UnreadableLabel::Empty => ("is empty".into(), "write up to 16 bytes of text".into()),
        UnreadableLabel::TooLong => (
            format!("{shown} is longer than 16 bytes"),
            "write up to 16 bytes of text; a reference may be a UUID too".into(),
        ),
        UnreadableLabel::Blanks => (
            format!("{shown} has two blanks in a row, or one at an end"),
            "write one blank between words, and none around them".into(),
        ),
        UnreadableLabel::Invisible => {
            let is_unreadable = |c: &char| refused_characters::is_invisible(*c);
            let mark = text.chars().find(is_unreadable).unwrap_or_default();
            (
                format!(
                    "{shown} holds a character that nobody sees, or that looks like another one \
                     (U+{:04X})",
                    mark as u32
                ),
                "take it out, or write the usual character in its place".into(),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::written::label;

    #[test]
    fn what_a_label_may_not_hold_is_named_with_a_remedy() {
        let told = |text: &str| {
            let (problem, remedy) = label_error(text, label::read_user(text).unwrap_err());
            format!("{problem} ({remedy})")
        };
        assert_eq!(told(""), "is empty (write up to 16 bytes of text)");
        assert!(told("0123456789abcdefg")
            .starts_with("\"0123456789abcdefg\" is longer than 16 bytes ("));
        assert_eq!(
            told("C  1"),
            "\"C  1\" has two blanks in a row, or one at an end (write one blank between words, and none around them)"
        );
        assert!(told("5 k\u{2126}").contains("(U+2126)"));
    }
}

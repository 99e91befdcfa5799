//! Texts from outside as a terminal may have them: a mark that nobody sees is written out.

use crate::invisible_characters::is_unseen;
use std::{borrow::Cow, fmt::Write};

/// A text for people, without marks that nobody sees and that a terminal would obey: each is
/// written out, as `<U+001B>`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut shown, c));
    shown.into()
}

/// The same between quotation marks; its own have a backslash before them.
pub fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    shown.push('"');
    for c in text.chars() {
        if c == '"' {
            shown.push('\\');
        }
        push(&mut shown, c);
    }
    shown.push('"');
    shown
}

fn push(shown: &mut String, c: char) {
    if is_unseen(c) {
        // Writing to a text does not fail.
        let _ = write!(shown, "<U+{:04X}>", c as u32);
    } else {
        shown.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_that_a_terminal_obeys_are_written_out() {
        assert_eq!(printable("a\u{1b}[31mb\n"), "a<U+001B>[31mb<U+000A>");
        assert_eq!(printable("a\u{9b}2J\u{202e}"), "a<U+009B>2J<U+202E>");
        assert_eq!(printable("Dvořák, 王\u{3000}五"), "Dvořák, 王\u{3000}五");
    }

    #[test]
    fn digits_beside_a_mark_are_not_read_as_its_number() {
        assert_eq!(quoted("00123\0\u{35}0"), "\"00123<U+0000>50\"");
        assert_eq!(quoted("=\"0012\""), "\"=\\\"0012\\\"\"");
    }

    proptest! {
        #[test]
        fn nothing_that_is_shown_is_obeyed(text in any::<String>()) {
            prop_assert!(!printable(&text).chars().any(char::is_control));
            prop_assert!(!quoted(&text).chars().any(char::is_control));
        }
    }
}

//! What the chain and files hold, as text for people.
//!
//! Texts from outside are shown as a terminal may have them: a mark that nobody sees is written out.
//! What a spreadsheet would compute is kept from it by [`formula_injection`](crate::formula_injection).

use crate::invisible_characters::is_unseen;
use counterfoil_primitives::{summary::SideStatus, written::label, Cause, Reference, Side, UserId};
use serde_json::Value as Json;
use std::{borrow::Cow, fmt::Write};
use uuid::Uuid;

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

/// A reference as the payment carries it elsewhere: the text that a person wrote, else a UUID.
pub fn reference_text(reference: &Reference) -> String {
    match label::text_of(&reference.0) {
        Some(text) => text.into(),
        None => Uuid::from_bytes(reference.0).to_string(),
    }
}

/// A user, as the client knows it; in hexadecimal where it holds what nobody sees.
pub fn user_text(user: &UserId) -> String {
    label::show_user(user)
}

/// A cause by its name in files.
pub fn cause_text(cause: Cause) -> String {
    match serde_json::to_value(cause) {
        Ok(Json::String(name)) => name,
        _ => format!("{cause:?}"),
    }
}

/// A side and its party.
pub const fn side_title(side: Side) -> &'static str {
    side.pick("debit (company)", "credit (bank)")
}

/// The state of a side in words.
pub fn status_text(status: &SideStatus) -> String {
    match status {
        SideStatus::Awaited => "awaited".into(),
        SideStatus::Committed => "committed".into(),
        SideStatus::Proven { breaks: 0 } => "proven, no breaks".into(),
        SideStatus::Proven { breaks } => format!("proven, {breaks} breaks"),
        SideStatus::Repaired { breaks } => format!("repaired, {breaks} breaks"),
        SideStatus::Defaulted => "defaulted".into(),
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

    #[test]
    fn a_reference_shows_as_it_was_written() {
        for text in ["7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f", "FV-2026/0017"] {
            let reference = label::read_reference(text).unwrap();
            assert_eq!(reference_text(&reference), text);
        }
        let bare = "01010101-0101-0101-0101-010101010101";
        assert_eq!(reference_text(&Reference([1; 16])), bare);
    }

    #[test]
    fn a_user_that_holds_what_a_terminal_obeys_shows_in_hexadecimal() {
        let user = |text: &str| UserId::from_text(text).unwrap();
        assert_eq!(user_text(&user("Dvořák")), "Dvořák");
        let escape = "0x4a1b5b324a0000000000000000000000";
        assert_eq!(user_text(&user("J\u{1b}[2J")), escape);
    }

    #[test]
    fn causes_have_the_names_that_files_use() {
        assert_eq!(cause_text(Cause::OlderTerms), "older_terms");
        assert_eq!(cause_text(Cause::NotOnChain), "not_on_chain");
    }

    proptest! {
        #[test]
        fn nothing_that_is_shown_is_obeyed(text in any::<String>()) {
            prop_assert!(!printable(&text).chars().any(char::is_control));
            prop_assert!(!quoted(&text).chars().any(char::is_control));
        }
    }
}

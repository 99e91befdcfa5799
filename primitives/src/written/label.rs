//! Payers and references: sixteen bytes that hold a text or a UUID.
//!
//! A text is padded with zeros. An ASCII text is never taken for a UUID (RFC 9562), whose ninth byte is
//! no ASCII; of other texts and UUIDs very few have the same bytes, and those are shown as texts.

use super::{
    refused_characters::is_invisible,
    uuid_and_hex::{hex, is_uuid, show_hex, show_uuid, uuid},
};
use crate::{Reference, UserId};
use alloc::string::String;

/// Bytes of a label.
pub(super) const LEN: usize = 16;

/// What is wrong with a written payer or reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableLabel {
    /// Nothing is written.
    Empty,
    /// It is longer than sixteen bytes. A letter with an accent is two bytes, a Chinese character
    /// three.
    TooLong,
    /// It begins or ends with a blank, or has two in a row: nobody sees how many there are.
    Blanks,
    /// It holds a character that nobody sees, or one that looks like another: a mark that joins the
    /// letter before it, where one character stands for both, or a unit's sign that is a letter too.
    Invisible,
}

/// Reads a payer: a text of one to sixteen bytes.
pub fn read_user(text: &str) -> Result<UserId, UnreadableLabel> {
    match hex(text) {
        Some(bytes) => Ok(UserId(bytes)),
        None => pack(text).map(UserId),
    }
}

/// A payer as [`read_user`] reads it; in hexadecimal where it is no text that people can write.
pub fn show_user(user: &UserId) -> String {
    match text_of(&user.0) {
        Some(text) => text.into(),
        None => show_hex(&user.0),
    }
}

/// Reads a reference: a UUID with or without its dashes, or a text of one to sixteen bytes.
pub fn read_reference(text: &str) -> Result<Reference, UnreadableLabel> {
    match uuid(text).or_else(|| hex(text)) {
        Some(bytes) => Ok(Reference(bytes)),
        None => pack(text).map(Reference),
    }
}

/// A reference as [`read_reference`] reads it: the text, or the UUID with its dashes, or bytes in
/// hexadecimal that are neither.
pub fn show_reference(reference: &Reference) -> String {
    let bytes = &reference.0;
    match text_of(bytes) {
        Some(text) => text.into(),
        None if is_uuid(bytes) => show_uuid(bytes),
        None => show_hex(bytes),
    }
}

/// A text as sixteen bytes.
fn pack(text: &str) -> Result<[u8; LEN], UnreadableLabel> {
    check(text)?;
    let mut bytes = [0; LEN];
    bytes
        .get_mut(..text.len())
        .ok_or(UnreadableLabel::TooLong)?
        .copy_from_slice(text.as_bytes());
    Ok(bytes)
}

/// The text that sixteen bytes hold, where a person can write it.
pub fn text_of(bytes: &[u8; LEN]) -> Option<&str> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(LEN);
    let (text, padding) = bytes.split_at(end);
    let text = core::str::from_utf8(text).ok()?;
    let is_padded = padding.iter().all(|byte| *byte == 0);
    (is_padded && check(text).is_ok()).then_some(text)
}

/// Whether people see all of a text.
fn check(text: &str) -> Result<(), UnreadableLabel> {
    if text.is_empty() {
        return Err(UnreadableLabel::Empty);
    }
    if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
        return Err(UnreadableLabel::Blanks);
    }
    match text.chars().any(is_invisible) {
        true => Err(UnreadableLabel::Invisible),
        false => Ok(()),
    }
}

//! Payers and references: sixteen bytes that hold a text or a UUID.
//!
//! A text is padded with zeros. An ASCII text is never taken for a UUID (RFC 9562), whose ninth byte is
//! no ASCII; of other texts and UUIDs very few have the same bytes, and those are shown as texts.

use crate::{Reference, UserId};
use alloc::{format, string::String};

/// Bytes of a label.
const LEN: usize = 16;

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

/// Whether a character cannot be told from another one, or from none, by looking: control and format
/// characters, blanks but the common one, what stands for no character, marks and parts of syllables
/// that join what is before them, and the signs of units that are letters too.
pub fn is_invisible(char: char) -> bool {
    let is_blank = char.is_whitespace() && char != ' ';
    is_blank
        || char.is_control()
        || matches!(
            char,
            '\u{AD}'
                | '\u{300}'..='\u{36F}'
                | '\u{61C}'
                | '\u{1100}'..='\u{11FF}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{1AB0}'..='\u{1AFF}'
                | '\u{1DC0}'..='\u{1DFF}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{20D0}'..='\u{20FF}'
                // Ohm, kelvin and ångström: Ω, K and Å.
                | '\u{2126}'
                | '\u{212A}'..='\u{212B}'
                | '\u{2800}'
                | '\u{3099}'..='\u{309A}'
                | '\u{3164}'
                | '\u{E000}'..='\u{F8FF}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FE20}'..='\u{FE2F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFF}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{10FFFF}'
        )
}

/// Sixteen bytes as 32 hexadecimal digits, with a UUID's dashes or without any.
fn uuid(text: &str) -> Option<[u8; LEN]> {
    const DASHES: [usize; 4] = [8, 13, 18, 23];
    let has_dashes = DASHES
        .iter()
        .all(|at| text.as_bytes().get(*at) == Some(&b'-'));
    match text.len() {
        36 if has_dashes => bytes_of(text.bytes().filter(|byte| *byte != b'-')),
        32 => bytes_of(text.bytes()),
        _ => None,
    }
}

/// Sixteen bytes as `0x` and 32 hexadecimal digits.
fn hex(text: &str) -> Option<[u8; LEN]> {
    bytes_of(text.strip_prefix("0x")?.bytes())
}

/// The bytes of exactly 32 hexadecimal digits.
fn bytes_of(mut digits: impl Iterator<Item = u8>) -> Option<[u8; LEN]> {
    let mut next = || char::from(digits.next()?).to_digit(16);
    let mut bytes = [0; LEN];
    for byte in &mut bytes {
        *byte = (next()? * 16 + next()?) as u8;
    }
    digits.next().is_none().then_some(bytes)
}

/// Whether the bytes are a UUID of RFC 9562, by its variant.
fn is_uuid(bytes: &[u8; LEN]) -> bool {
    bytes[8] & 0b1100_0000 == 0b1000_0000
}

fn show_uuid(bytes: &[u8; LEN]) -> String {
    let text = digits(bytes);
    let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &text[part]);
    format!("{a}-{b}-{c}-{d}-{e}")
}

fn show_hex(bytes: &[u8; LEN]) -> String {
    format!("0x{}", digits(bytes))
}

fn digits(bytes: &[u8; LEN]) -> String {
    format!("{:032x}", u128::from_be_bytes(*bytes))
}

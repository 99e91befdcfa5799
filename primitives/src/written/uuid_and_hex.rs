//! Sixteen bytes as a UUID or as hexadecimal digits.

use super::label::LEN;
use alloc::{format, string::String};

/// Sixteen bytes as 32 hexadecimal digits, with a UUID's dashes or without any.
pub(super) fn uuid(text: &str) -> Option<[u8; LEN]> {
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
pub(super) fn hex(text: &str) -> Option<[u8; LEN]> {
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
pub(super) fn is_uuid(bytes: &[u8; LEN]) -> bool {
    bytes[8] & 0b1100_0000 == 0b1000_0000
}

pub(super) fn show_uuid(bytes: &[u8; LEN]) -> String {
    let text = digits(bytes);
    let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &text[part]);
    format!("{a}-{b}-{c}-{d}-{e}")
}

pub(super) fn show_hex(bytes: &[u8; LEN]) -> String {
    format!("0x{}", digits(bytes))
}

fn digits(bytes: &[u8; LEN]) -> String {
    format!("{:032x}", u128::from_be_bytes(*bytes))
}

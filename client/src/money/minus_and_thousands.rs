//! Signs and groups of thousands of a written amount: a minus before or behind it, parentheses, separators.

use super::Style;

/// The signs of an amount that is less than zero.
pub(super) const MINUS: [char; 2] = ['-', '\u{2212}'];

/// What stands in parentheses or before a minus. Behind the decimal separator a dash stands for
/// decimals that are zeros.
pub(super) fn negative_in_books<'a>(text: &'a str, style: &Style) -> Option<&'a str> {
    let in_parentheses = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let before_minus = text
        .strip_suffix(MINUS)
        .filter(|rest| !rest.ends_with(style.decimal));
    in_parentheses.or(before_minus).map(str::trim)
}

/// Takes separators out; each but the first group must have three digits.
pub(super) fn ungroup(whole: &str, separator: char) -> Option<String> {
    // A file that names a space may well mean the one that does not break.
    let is_separator = |c: char| c == separator || (separator == ' ' && c == '\u{a0}');
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let (first, rest) = groups.split_first()?;
    let fits = rest.is_empty()
        || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    fits.then(|| groups.concat())
}

pub(super) fn group(whole: &str, separator: char) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

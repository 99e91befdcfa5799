//! What spreadsheets, and exports that fear them, make of ids.

use super::guards::{text_of_formula, FORMULA};
use crate::printable_text::quoted;

/// What a spreadsheet, or an export that fears one, made of an id.
pub(super) fn spoilt(id: &str) -> Option<Spoilt> {
    if is_scientific(id) {
        Some(Spoilt::Shortened)
    } else if has_decimals(id) {
        Some(Spoilt::Decimals)
    } else if id.starts_with('=') {
        Some(Spoilt::Formula)
    } else if is_overflow(id) {
        Some(Spoilt::Error)
    } else {
        guard(id).map(Spoilt::Guarded)
    }
}

/// What became of an id on its way through a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoilt {
    /// A long number, of which only the first digits are left.
    Shortened,
    /// A number with decimals that are zeros.
    Decimals,
    /// A formula from which the id is computed.
    Formula,
    /// The sign of an error, or of a column that is too narrow.
    Error,
    /// A mark around the id, that keeps a spreadsheet from rewriting it.
    Guarded(char),
}

impl Spoilt {
    /// What is wrong with `id`.
    pub(super) fn problem(self, id: &str) -> String {
        let id = quoted(id);
        match self {
            Self::Shortened => format!(
                "{id} is what a spreadsheet makes of a long number: its other digits are lost"
            ),
            Self::Decimals => format!(
                "{id} is what programs make of an id that they take for a number: zeros before it are lost, and decimals are no part of it"
            ),
            Self::Formula => format!("{id} is a spreadsheet's formula, not an id"),
            Self::Error => format!("{id} is what a spreadsheet shows when it cannot show the id"),
            Self::Guarded(mark) => format!(
                "{id} has the mark {mark} around it, which keeps a spreadsheet from rewriting the id and is not part of it"
            ),
        }
    }

    /// What to do.
    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Shortened | Self::Decimals | Self::Error => {
                "export ids as text, and import the file as it was exported, not as a spreadsheet saved it"
            }
            Self::Formula | Self::Guarded(_) => {
                "export ids as plain text, or take all but the id out of the column"
            }
        }
    }
}

/// Like `4.20001E+27`: one to three digits, a fraction, and an exponent. Without a fraction the
/// exponent needs its sign, and a positive one: else many an id of letters and digits is meant.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let fits = is_digits(whole) && whole.len() <= 3 && fraction.is_none_or(is_digits);
    let exponent = match exponent.strip_prefix('+') {
        Some(digits) => digits,
        None if fraction.is_some() => exponent.strip_prefix('-').unwrap_or(exponent),
        None => return false,
    };
    fits && is_digits(exponent) && exponent.len() <= 3
}

/// Like `695340.0`.
fn has_decimals(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, zeros)| {
        !whole.is_empty()
            && whole.bytes().all(|b| b.is_ascii_digit())
            && (1..=2).contains(&zeros.len())
            && zeros.bytes().all(|b| b == b'0')
    })
}

fn is_overflow(text: &str) -> bool {
    const ERRORS: [&str; 7] = [
        "#NAME?", "#VALUE!", "#REF!", "#N/A", "#NUM!", "#DIV/0!", "#NULL!",
    ];
    ERRORS.contains(&text) || (text.len() > 2 && text.bytes().all(|b| b == b'#'))
}

/// The guard around a value with digits in it, as a mapping names it.
pub(super) fn guard_of(text: &str) -> Option<String> {
    if text.starts_with('=') {
        return text_of_formula(text).map(|_| FORMULA.into());
    }
    guard(text).map(String::from)
}

/// A mark before or after an id with digits in it. A name may well begin with an apostrophe.
fn guard(id: &str) -> Option<char> {
    let is_guard = |c: &char| matches!(c, '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '"');
    let has_digits = id.bytes().any(|b| b.is_ascii_digit());
    let ends = [id.chars().next(), id.chars().next_back()];
    ends.into_iter()
        .flatten()
        .find(|c| has_digits && is_guard(c))
}

/// Digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// The zeros at the end of an id of digits that stand where a spreadsheet keeps none; nothing where
/// it cannot have passed through one.
pub(super) fn lost_digits(id: &str) -> Option<usize> {
    let is_number = id.len() > KEPT && id.bytes().all(|b| b.is_ascii_digit());
    let is_lost = is_number && !id.starts_with('0') && id.bytes().skip(KEPT).all(|b| b == b'0');
    is_lost.then(|| id.len() - KEPT)
}

/// Whether an id is a number that is longer than a spreadsheet keeps.
pub(super) fn is_long_number(id: &str) -> bool {
    id.len() > KEPT && id.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_numbers_that_a_spreadsheet_shortened_are_known() {
        for id in [
            "4.20001E+27",
            "4,20001E+27",
            "4.20001e+27",
            "4.2E27",
            "42.0001E+26",
            "4E+15",
            "-1.5E+16",
            "1.20E-04",
        ] {
            assert_eq!(spoilt(id), Some(Spoilt::Shortened), "{id}");
        }
    }

    #[test]
    fn ids_of_letters_and_digits_are_no_shortened_numbers() {
        for id in [
            "4E27",
            "1E",
            "E+27",
            "2026E-0001",
            "20261E+27",
            "4.E+27",
            "A4.2E+27",
            "4.2E+2700",
            "4200009901202611230000000001",
            "é4.2E",
        ] {
            assert_eq!(spoilt(id), None, "{id}");
        }
    }

    #[test]
    fn formulas_errors_and_guards_are_known() {
        assert_eq!(spoilt("695340.0"), Some(Spoilt::Decimals));
        assert_eq!(spoilt("1.10"), None);
        assert_eq!(spoilt("=\"0012345\""), Some(Spoilt::Formula));
        assert_eq!(spoilt("#NAME?"), Some(Spoilt::Error));
        assert_eq!(spoilt("########"), Some(Spoilt::Error));
        assert_eq!(spoilt("'0012347"), Some(Spoilt::Guarded('\'')));
        assert_eq!(spoilt("0012347`"), Some(Spoilt::Guarded('`')));
        assert_eq!(spoilt("\"0012347\""), Some(Spoilt::Guarded('"')));
        assert_eq!(spoilt("'t Hooft"), None);
        assert_eq!(spoilt("#12"), None);
    }

    #[test]
    fn a_guard_is_named_as_a_mapping_names_it() {
        assert_eq!(guard_of("=\"0012345\"").as_deref(), Some("=\"\""));
        assert_eq!(guard_of("'0012347").as_deref(), Some("'"));
        for text in [
            "=A1",
            "=\"",
            "=\"12\"&\"345\"",
            "=A1&\"5\"",
            "0012347",
            "'t Hooft",
        ] {
            assert_eq!(guard_of(text), None, "{text}");
        }
    }

    #[test]
    fn digits_are_lost_from_the_sixteenth_on() {
        assert_eq!(lost_digits("4200009901202610000000000000"), Some(13));
        assert_eq!(lost_digits("4200009901202611230000000001"), None);
        assert_eq!(lost_digits("123456789012340"), None);
        assert_eq!(lost_digits("0123456789012340"), None);
        assert!(is_long_number("1234567890123456"));
        assert!(!is_long_number("123456789012345"));
    }

    proptest! {
        #[test]
        fn what_a_spreadsheet_shows_of_a_long_number_is_known(
            number in 10u128.pow(15)..10u128.pow(30),
            places in 1usize..14,
            comma: bool,
        ) {
            let shown = format!("{:.places$e}", number as f64);
            let (mantissa, exponent) = shown.split_once('e').unwrap();
            let mantissa = if comma { mantissa.replace('.', ",") } else { mantissa.into() };
            prop_assert_eq!(spoilt(&format!("{mantissa}E+{exponent}")), Some(Spoilt::Shortened));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = (spoilt(&text), lost_digits(&text));
        }
    }
}

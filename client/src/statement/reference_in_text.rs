//! Whether a text of a statement has a reference: as a whole, or among other words.

use crate::time::day_text;
use counterfoil_primitives::{AgreementId, BusinessDay};

/// The least characters of a reference that is looked for among other words: a shorter one may be there by
/// chance.
const LEAST: usize = 6;

/// What names the payment of a settlement period: `CF-<agreement>-<yyyymmdd>`.
pub(super) fn period_reference(agreement: AgreementId, first: BusinessDay) -> String {
    format!("CF-{agreement}-{}", day_text(first).replace('-', ""))
}

/// The texts of a line, in which capital letters do not count.
pub(super) struct Texts(Vec<String>);

impl Texts {
    pub(super) fn of(texts: &[String]) -> Self {
        Self(texts.iter().map(|text| text.to_uppercase()).collect())
    }

    /// Whether nothing stands in them.
    pub(super) fn are_blank(&self) -> bool {
        self.0.iter().all(|text| text.trim().is_empty())
    }

    /// Whether one of them is a reference, or has it among other words. A reference without a digit is one of
    /// no single payment, like `NOTPROVIDED`: it would take other people's lines.
    pub(super) fn have(&self, reference: &str) -> bool {
        let reference = reference.trim().to_uppercase();
        let may_be_embedded = reference.chars().count() >= LEAST;
        reference.contains(char::is_numeric)
            && self.0.iter().any(|text| {
                text.trim() == reference || (may_be_embedded && is_embedded(text, &reference))
            })
    }
}

/// Whether a text has a reference as a word of its own.
fn is_embedded(text: &str, reference: &str) -> bool {
    text.match_indices(reference).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        !goes_on(before.chars().rev()) && !goes_on(after.chars())
    })
}

/// Whether a reference goes on with what stands beside it, so that it is a part of a longer one.
fn goes_on(mut beside: impl Iterator<Item = char>) -> bool {
    match beside.next() {
        Some('-' | '_' | '.') => beside.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, reference: &str) -> bool {
        Texts::of(&["other".into(), text.into()]).have(reference)
    }

    #[test]
    fn a_period_is_named_by_agreement_and_first_day() {
        let name = period_reference(7, BusinessDay(20_780));
        assert_eq!(name, "CF-7-20261123");
    }

    #[test]
    fn a_reference_is_found_as_a_whole_and_among_other_words() {
        for text in [
            "FT-000123",
            "ft-000123 ",
            "/ROC/FT-000123//URI/thanks",
            "payment FT-000123.",
            "EREF+FT-000123 SVWZ+CF",
        ] {
            assert!(has(text, "FT-000123"), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_longer_reference_is_none() {
        for text in [
            "FT-0001234",
            "XFT-000123",
            "FT-000123-4",
            "A.FT-000123",
            "FT-00012",
        ] {
            assert!(!has(text, "FT-000123"), "{text}");
        }
    }

    #[test]
    fn a_short_reference_is_found_only_where_it_stands_alone() {
        assert!(has("42", "42"));
        assert!(!has("invoice 42", "42"));
    }

    #[test]
    fn a_reference_without_a_digit_is_nowhere() {
        for text in ["NOTPROVIDED", "settlement of November"] {
            assert!(!has(text, "NOTPROVIDED"), "{text}");
            assert!(!has(text, "settlement"), "{text}");
        }
    }

    #[test]
    fn a_blank_reference_is_nowhere() {
        assert!(!has("", " "));
        assert!(Texts::of(&["".into(), " ".into()]).are_blank());
        assert!(!Texts::of(&["".into(), "x".into()]).are_blank());
    }
}

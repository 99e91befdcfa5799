//! Texts by which lines are known that begin with them: the end of a table, and remarks inside it.

use super::{records::trim, toml_text::toml_text};
use crate::printable_text::quoted;
use serde::Deserialize;

/// The most of a line's text that a mapping is told to name.
const LENGTH: usize = 40;

/// What lines begin with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "TextOrTexts")]
pub struct Beginnings(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrTexts {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<TextOrTexts> for Beginnings {
    type Error = String;

    fn try_from(texts: TextOrTexts) -> Result<Self, String> {
        let texts = match texts {
            TextOrTexts::One(text) => vec![text],
            TextOrTexts::Several(texts) => texts,
        };
        let texts: Vec<String> = texts.iter().map(|text| trim(text).to_owned()).collect();
        match texts.is_empty() || texts.iter().any(String::is_empty) {
            true => Err("an empty text tells no line; name what the line begins with".into()),
            false => Ok(Self(texts)),
        }
    }
}

impl Beginnings {
    /// The one with which a line begins, by its first text.
    pub(super) fn of(&self, first: Option<&str>) -> Option<&str> {
        let first = first?;
        let mut texts = self.0.iter().map(String::as_str);
        texts.find(|text| first.starts_with(text))
    }

    /// All of them, for people.
    pub(super) fn shown(&self) -> String {
        let texts: Vec<String> = self.0.iter().map(|text| quoted(text)).collect();
        texts.join(" or ")
    }

    /// Whether one of them is the whole of a text.
    pub(super) fn name(&self, text: &str) -> bool {
        self.0.iter().any(|named| named == text)
    }
}

/// The list that a mapping would have with `text` among those that it has.
pub(super) fn with(named: Option<&Beginnings>, text: &str) -> String {
    let new: String = text.chars().take(LENGTH).collect();
    let named = named.iter().flat_map(|named| &named.0);
    let texts = named.map(String::as_str).chain([trim(&new)]);
    let texts: Vec<String> = texts.map(toml_text).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginnings(texts: &[&str]) -> Beginnings {
        Beginnings(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn a_line_is_known_by_what_it_begins_with() {
        let known = beginnings(&["---", "Total"]);
        assert_eq!(known.of(Some("------ end")), Some("---"));
        assert_eq!(known.of(Some("Total 17")), Some("Total"));
        assert_eq!(known.of(Some("total 17")), None);
        assert_eq!(known.of(None), None);
    }

    #[test]
    fn only_a_whole_text_is_named() {
        assert!(beginnings(&["Total"]).name("Total"));
        assert!(!beginnings(&["Total"]).name("Total 17"));
    }

    #[test]
    fn a_new_text_stands_beside_those_that_a_mapping_has() {
        assert_eq!(with(None, "Total \"17\""), r#"["Total \"17\""]"#);
        assert_eq!(with(None, "Total:\u{a0}17"), r#"["Total:\U000000A017"]"#);
        let named = beginnings(&["---"]);
        assert_eq!(
            with(Some(&named), &"=".repeat(90)).len(),
            "[\"---\", \"\"]".len() + LENGTH
        );
    }
}

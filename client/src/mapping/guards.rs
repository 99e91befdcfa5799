//! Marks around values that keep a spreadsheet from rewriting them. They are taken off where the mapping
//! names them.

use super::{records::trim, toml_text::toml_text, FileFormat};
use serde::Deserialize;

/// The name of the guard that is a formula: `="0012345"`.
pub(super) const FORMULA: &str = "=\"\"";

/// Marks with which a name may well begin or end.
const OF_NAMES: [char; 5] = ['\'', '´', '\u{2018}', '\u{2019}', '"'];

/// What is part of numbers, and so guards none.
const OF_NUMBERS: [char; 8] = ['+', '-', '\u{2212}', '.', ',', '(', ')', ' '];

/// The marks that a mapping names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Guards(Vec<Guard>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    Mark(char),
    Formula,
}

impl TryFrom<Vec<String>> for Guards {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let guards = texts.iter().map(|text| Guard::named(text));
        guards.collect::<Result<_, _>>().map(Self)
    }
}

impl Guard {
    fn named(text: &str) -> Result<Self, String> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            _ if text == FORMULA => Ok(Self::Formula),
            (Some(mark), None) if !mark.is_alphanumeric() && !OF_NUMBERS.contains(&mark) => {
                Ok(Self::Mark(mark))
            }
            _ => Err(format!(
                "{text:?} is no guarding mark; name single marks like \"'\" or \"`\", or {FORMULA:?} for values like =\"0012345\""
            )),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Mark(mark) => mark.into(),
            Self::Formula => FORMULA.into(),
        }
    }

    /// A text without the mark: one before it, and one behind it. What is left may begin with the mark
    /// by itself.
    fn off(self, text: &str) -> &str {
        let bare = match self {
            Self::Mark(mark) => {
                let text = text.strip_prefix(mark).unwrap_or(text);
                text.strip_suffix(mark).unwrap_or(text)
            }
            Self::Formula => text_of_formula(text).unwrap_or(text),
        };
        trim(bare)
    }

    /// Whether the mark stands at one end of a text, where it may be part of it.
    fn is_at_one_end(self, text: &str) -> bool {
        match self {
            Self::Mark(mark) => {
                OF_NAMES.contains(&mark) && text.starts_with(mark) != text.ends_with(mark)
            }
            Self::Formula => false,
        }
    }
}

/// The text that a formula like `="0012345"` is; `None` where it is none, or computes with several texts.
pub(super) fn text_of_formula(formula: &str) -> Option<&str> {
    let inner = formula.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// A text without any marks that may guard it.
pub(super) fn bare(text: &str) -> &str {
    let is_mark = |c: char| c == '`' || OF_NAMES.contains(&c);
    trim(Guard::Formula.off(text).trim_matches(is_mark))
}

impl Guards {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A field without them.
    pub(super) fn off<'a>(&self, field: &'a str) -> &'a str {
        let guards = self.0.iter();
        guards.fold(trim(field), |text, guard| guard.off(text))
    }

    /// Whether a mark of a name may have been taken for one of them. Numbers have none of their own.
    fn may_be_of_name(&self, field: &str) -> bool {
        if field.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let mut text = trim(field);
        self.0.iter().any(|guard| {
            let is_doubted = guard.is_at_one_end(text);
            text = guard.off(text);
            is_doubted
        })
    }

    fn has(&self, mark: &str) -> bool {
        self.0.iter().any(|guard| guard.name() == mark)
    }

    /// The list that a mapping would have with another mark.
    fn with(&self, mark: &str) -> String {
        let named = self.0.iter().map(|guard| guard.name());
        let marks: Vec<String> = named
            .chain([mark.to_owned()])
            .map(|mark| toml_text(&mark))
            .collect();
        format!("[{}]", marks.join(", "))
    }
}

impl FileFormat {
    /// Whether marks are taken off the values of a column that is read.
    pub(super) fn is_guarded(&self, column: &str) -> bool {
        let columns = self.guards_in.as_ref();
        columns.is_none_or(|columns| columns.iter().any(|name| name == column))
    }

    /// Whether the mapping leaves open if a mark belongs to a name.
    pub(super) fn may_unguard_name(&self, field: &str) -> bool {
        self.guards_in.is_none() && self.guards.may_be_of_name(field)
    }

    /// The setting by which a mark is taken off the values of a column, where it is not taken off yet.
    pub(super) fn guard_remedy(&self, mark: &str, column: &str) -> Option<String> {
        let is_named = self.guards.has(mark);
        let is_guarded = self.is_guarded(column);
        if is_named && is_guarded {
            return None;
        }
        let mut settings = Vec::new();
        if !is_named {
            settings.push(format!("set guards = {}", self.guards.with(mark)));
        }
        if !is_guarded {
            settings.push(format!("add {} to guards_in", toml_text(column)));
        }
        Some(format!(
            "if such marks are no part of the file's values, {} under [file] in the mapping; otherwise take the mark out",
            settings.join(" and ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guards(marks: &[&str]) -> Guards {
        let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
        Guards::try_from(marks).unwrap()
    }

    #[test]
    fn a_mark_is_taken_off_once_at_each_end() {
        let quote = guards(&["'"]);
        for (field, bare) in [
            ("'0012345", "0012345"),
            (" 0012345' ", "0012345"),
            ("'0012345'", "0012345"),
            ("''t Hooft", "'t Hooft"),
            ("O'Neil", "O'Neil"),
            ("'", ""),
        ] {
            assert_eq!(quote.off(field), bare, "{field}");
        }
    }

    #[test]
    fn a_formula_of_a_text_is_that_text() {
        let formula = guards(&[FORMULA]);
        assert_eq!(formula.off("\t=\"0012345\""), "0012345");
        for formula_of_several in ["=A1", "=\"", "=\"12\"&\"345\"", "=\"1\"&A1&\"2\""] {
            assert_eq!(formula.off(formula_of_several), formula_of_several);
        }
        assert_eq!(formula.off("\"0012345\""), "\"0012345\"");
    }

    #[test]
    fn only_named_marks_are_taken_off() {
        assert_eq!(guards(&["`", "\t"]).off("`7\t"), "7");
        assert_eq!(guards(&["`"]).off("'7"), "'7");
        assert_eq!(Guards::default().off("`7"), "`7");
    }

    #[test]
    fn letters_digits_and_signs_guard_nothing() {
        for mark in ["", "a", "7", "-", "\u{2212}", ".", "''", " "] {
            assert!(Guards::try_from(vec![mark.to_owned()]).is_err(), "{mark}");
        }
    }

    #[test]
    fn a_mark_at_one_end_of_a_name_may_be_its_own() {
        let quote = guards(&["'", "`"]);
        assert!(quote.may_be_of_name("'t Hooft"));
        assert!(!quote.may_be_of_name("'Novák'"));
        assert!(!quote.may_be_of_name("`Novák"));
        assert!(!quote.may_be_of_name("'0012345"));
    }

    #[test]
    fn a_mark_of_a_name_behind_another_mark_may_be_its_own() {
        assert!(guards(&["`", "'"]).may_be_of_name("`'t Hooft"));
        let other = guards(&["'", "`"]);
        assert!(!other.may_be_of_name("`'t Hooft"));
        assert_eq!(other.off("`'t Hooft"), "'t Hooft");
    }

    #[test]
    fn a_text_is_bare_without_any_mark() {
        for text in [
            "PAID",
            "'PAID",
            "`PAID`",
            "\"PAID\"",
            "=\"PAID\"",
            "\t’PAID ",
        ] {
            assert_eq!(bare(text), "PAID", "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_guarded_value_is_read_as_it_was(value in "[a-z0-9'`]{0,12}", mark in "['`]", both: bool) {
            let end = if both { mark.as_str() } else { "" };
            prop_assume!(both || !value.ends_with(mark.as_str()));
            let guarded = format!("{mark}{value}{end}");
            prop_assert_eq!(guards(&[&mark]).off(&guarded), value.as_str());
        }
    }
}

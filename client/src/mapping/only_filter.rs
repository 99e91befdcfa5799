//! Values of `[only]`: which lines count, which do not, and which nobody can tell.

use super::layout::Column;
use crate::{
    invisible_characters::{invisible, odd_space},
    printable_text::quoted,
};

/// Why a line is neither taken nor left out.
#[derive(Debug)]
pub(super) struct Doubt {
    /// The column whose value is in doubt.
    pub column: Column,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// The value, where a mapping can name it.
    pub value: Option<String>,
}

/// Where a line stands by a value of its.
pub(super) enum Standing {
    Counts,
    LeftOut,
    InDoubt(Doubt),
}

impl Standing {
    /// Where a line with `value` in a column stands, of whose lines those with one of `counting`
    /// count. A value is not left out that reads like one of them.
    pub(super) fn of(column: &Column, value: &str, counting: &[String]) -> Self {
        if counting.iter().any(|one| one == value) {
            return Self::Counts;
        }
        let doubt = |problem, remedy: &str, value: Option<&str>| {
            Self::InDoubt(Doubt {
                column: column.clone(),
                problem,
                remedy: remedy.into(),
                value: value.map(Into::into),
            })
        };
        let unseen = invisible(value).map(|(mark, _)| mark);
        if let Some(mark) = unseen.or_else(|| odd_space(value)) {
            let problem = format!(
                "{} holds an invisible character (U+{:04X})",
                quoted(value),
                mark as u32
            );
            let remedy = "take it out of the field, or export the file without it";
            return doubt(problem, remedy, None);
        }
        let folded = value.to_lowercase();
        match counting.iter().find(|one| one.to_lowercase() == folded) {
            Some(one) => doubt(
                format!(
                    "{} differs from {} only in capital letters",
                    quoted(value),
                    quoted(one)
                ),
                "if such lines count too, name the value under [only] in the mapping; otherwise take the line out",
                Some(value),
            ),
            None => Self::LeftOut,
        }
    }
}

//! What can be exported.

use super::{breaks, entries, obligations, suspense, timing};
use crate::commands::corrections::table as corrections;

/// What is exported: a table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// What each side has to book by the chain's record.
    Entries,
    /// What the books of proven sides have wrong, field by field.
    Breaks,
    /// Timing differences of proven sides, each once with both days.
    Timing,
    /// What core ledgers have to change, of proven sides.
    Corrections,
    /// What repairs took out of the book that your own node keeps.
    Suspense,
    /// What is owed for settlement periods, and why it waits.
    Obligations,
}

impl Kind {
    /// The name on the command line, and of the sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Breaks => "breaks",
            Self::Timing => "timing",
            Self::Corrections => "corrections",
            Self::Suspense => "suspense",
            Self::Obligations => "obligations",
        }
    }

    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Entries => entries::COLUMNS,
            Self::Breaks => breaks::COLUMNS,
            Self::Timing => timing::COLUMNS,
            Self::Corrections => corrections::COLUMNS,
            Self::Suspense => suspense::COLUMNS,
            Self::Obligations => obligations::COLUMNS,
        }
    }

    pub const fn has_sides(self) -> bool {
        !matches!(self, Self::Obligations)
    }

    /// Whether only proven sides have any of it.
    pub const fn needs_proof(self) -> bool {
        matches!(self, Self::Breaks | Self::Timing | Self::Corrections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_has_its_name_on_the_command_line_and_columns_of_its_own() {
        for kind in Kind::value_variants() {
            let value = kind.to_possible_value().unwrap();
            assert_eq!(value.get_name(), kind.name());
            let columns = BTreeSet::from_iter(kind.columns());
            assert_eq!(columns.len(), kind.columns().len(), "{}", kind.name());
        }
    }
}

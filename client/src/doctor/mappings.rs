//! Whether mappings of ledgers can be read, before the day that needs them.

use super::{
    business::{Business, Named},
    finding::Finding,
};
use crate::mapping::{self, LedgerMapping};
use counterfoil_primitives::Source;
use std::path::{Path, PathBuf};

/// The check's name.
const CHECK: &str = "ledger_mapping";

/// A mapping file, and why it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingFile {
    /// The file.
    pub path: PathBuf,
    /// Why it is no mapping of a ledger; `None` where it is one.
    pub error: Option<MappingFault>,
}

/// Why a file is no mapping of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappingFault {
    /// The file cannot be read.
    Unread(String),
    /// What is in it is no mapping.
    Wrong(String),
}

impl MappingFault {
    /// Tells the file apart from what is in it. What is told fits into a cell of a table.
    fn of(error: &anyhow::Error) -> Self {
        let told = on_one_line(&format!("{error:#}"));
        match error.chain().any(|cause| cause.is::<std::io::Error>()) {
            true => Self::Unread(told),
            false => Self::Wrong(told),
        }
    }

    fn finding(&self) -> Finding {
        match self {
            Self::Unread(told) => Finding::fault(CHECK, told, "Name a file that can be read."),
            Self::Wrong(told) => Finding::fault(
                CHECK,
                told,
                "Correct the mapping: docs/import.md says what is in one, under \"Ledgers\".",
            ),
        }
    }
}

/// The first line of an error and the last: where it is and what is wrong. Between them the reader of TOML
/// draws the place.
fn on_one_line(error: &str) -> String {
    let mut lines = error.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    match lines.next_back() {
        Some(last) => format!("{first}: {last}"),
        None => first.into(),
    }
}

impl MappingFile {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let read: anyhow::Result<LedgerMapping> = mapping::load(path);
        Self {
            path: path.into(),
            error: read.err().as_ref().map(MappingFault::of),
        }
    }
}

/// What is found of the files.
pub(super) fn of_files(files: &[MappingFile]) -> Vec<Finding> {
    let of = |file: &MappingFile| match &file.error {
        None => Finding::ok(CHECK, format!("{} can be read", file.path.display())),
        Some(fault) => fault.finding(),
    };
    files.iter().map(of).collect()
}

/// What is found of agreements in which the member's book is its ledger, where no file was named.
pub(super) fn of_agreements(business: &Business) -> Vec<Finding> {
    let by_ledger = |named: &&Named| {
        let side = named.agreement.side_of(business.member).ok();
        let conditions = named.agreement.view.conditions_on(business.today);
        side.zip(conditions)
            .is_some_and(|(side, conditions)| conditions.source(side) == Source::Ledger)
    };
    let of = |named: &Named| {
        Finding::ok(
            CHECK,
            format!(
                "not read: in agreement {} the member's book is its ledger; --mapping names its mapping",
                named.agreement.id
            ),
        )
    };
    business
        .agreements
        .iter()
        .filter(by_ledger)
        .map(of)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};

    #[test]
    fn a_file_that_is_no_mapping_is_a_fault_that_names_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "colour = 7\n").unwrap();
        let found = of_files(&[MappingFile::read(file.path())]).remove(0);
        assert_eq!(found.state, State::Fault);
        let name = file
            .path()
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        assert!(found.found.contains(&name), "{}", found.found);
        assert!(found.remedy.unwrap().contains("Correct the mapping"));
    }

    #[test]
    fn a_file_that_is_not_there_is_a_fault_whose_remedy_is_another_file() {
        let found = of_files(&[MappingFile::read(Path::new("no/such.toml"))]).remove(0);
        assert_eq!(found.state, State::Fault);
        assert!(found.found.contains("no/such.toml"), "{}", found.found);
        assert_eq!(found.remedy.unwrap(), "Name a file that can be read.");
    }

    #[test]
    fn an_error_of_toml_is_told_by_its_place_and_its_words_on_one_line() {
        let error = "m.toml is not right: TOML parse error at line 1\n  |\n1 | a = 7\n  | ^\nunknown key `a`\n";
        assert_eq!(
            on_one_line(error),
            "m.toml is not right: TOML parse error at line 1: unknown key `a`"
        );
        assert_eq!(on_one_line("m.toml is not UTF-8"), "m.toml is not UTF-8");
    }

    #[test]
    fn a_mapping_that_can_be_read_is_in_order() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/ledger.toml");
        let found = of_files(&[MappingFile::read(Path::new(sample))]).remove(0);
        assert_eq!(found.state, State::Ok, "{}", found.found);
    }

    #[test]
    fn a_member_whose_book_is_its_ledger_is_told_how_to_have_the_mapping_read() {
        let mut business = examples::business(0);
        assert!(of_agreements(&business).is_empty());
        business.agreements[0].agreement.view.conditions[0]
            .1
            .credit_source = Source::Ledger;
        assert!(of_agreements(&business)[0].found.contains("--mapping"));
        business.member = 2;
        assert!(of_agreements(&business).is_empty());
    }
}

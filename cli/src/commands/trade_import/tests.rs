//! What is refused before a node is spoken to.

use crate::commands::Cli;
use clap::Parser;
use futures::executor::block_on;
use std::fs;

/// Imports in a folder with a payment file, a mapping and a key, with refused lines going to
/// `refused`. Gives the error.
fn import(folder: &tempfile::TempDir, refused: &str) -> String {
    let path = |name: &str| folder.path().join(name).into_os_string();
    for name in ["payments.csv", "mapping.toml", "till.key"] {
        fs::write(path(name), name).unwrap();
    }
    let mut line: Vec<std::ffi::OsString> = ["counterfoil", "trade", "import", "--agreement", "1"]
        .map(Into::into)
        .to_vec();
    for (option, name) in [
        ("--file", "payments.csv"),
        ("--mapping", "mapping.toml"),
        ("--journal", "journal"),
        ("--key-file", "till.key"),
        ("--refused", refused),
    ] {
        line.extend([option.into(), path(name)]);
    }
    let cli = Cli::try_parse_from(line).unwrap();
    match block_on(cli.run()) {
        Ok(_) => panic!("the files are no payments"),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn refused_lines_do_not_go_to_a_file_that_the_import_works_with() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["payments.csv", "mapping.toml", "journal", "till.key"] {
        let error = import(&folder, name);
        assert!(
            error.contains("name another file with --refused"),
            "{name}: {error}"
        );
    }
}

#[test]
fn refused_lines_go_to_a_file_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let error = import(&folder, "refused.csv");
    assert!(error.contains("the mapping"), "{error}");
}

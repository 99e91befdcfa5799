//! What is refused before a node is spoken to.

use crate::commands::Cli;
use clap::Parser;
use futures::executor::block_on;
use std::{ffi::OsString, fs};

/// Imports in a folder with a payment file, a mapping and a key, with refused lines going to
/// `refused`. Returns the error.
fn import(folder: &tempfile::TempDir, refused: &str) -> String {
    let named = [
        ("--journal", "journal"),
        ("--key-file", "till.key"),
        ("--refused", refused),
    ];
    run(folder, &[], &named)
}

/// Runs an import with `flags`, and with files of the folder `named` by options. Returns the error.
fn run(folder: &tempfile::TempDir, flags: &[&str], named: &[(&str, &str)]) -> String {
    let path = |name: &str| folder.path().join(name).into_os_string();
    for name in ["payments.csv", "mapping.toml", "till.key"] {
        fs::write(path(name), name).unwrap();
    }
    let mut line: Vec<OsString> = ["counterfoil", "trade", "import", "--agreement", "1"]
        .map(Into::into)
        .to_vec();
    line.extend(flags.iter().map(OsString::from));
    let inputs = [("--file", "payments.csv"), ("--mapping", "mapping.toml")];
    for (option, name) in inputs.iter().chain(named) {
        line.extend([OsString::from(option), path(name)]);
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

#[test]
fn refused_lines_are_not_written_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.csv"), "id,note\n1,keep\n").unwrap();
    let error = import(&folder, "notes.csv");
    assert!(error.contains("is not a file of refused lines"), "{error}");
}

#[test]
fn an_older_file_of_refused_lines_does_not_hold_an_import_up() {
    let folder = tempfile::tempdir().unwrap();
    let old = "refused_line,refused_because,id\n2,wrong,1\n";
    fs::write(folder.path().join("refused.csv"), old).unwrap();
    let error = import(&folder, "refused.csv");
    assert!(error.contains("the mapping"), "{error}");
}

#[test]
fn a_dry_run_leaves_a_journal_alone_to_which_refused_lines_would_go() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal");
    fs::write(&journal, "a journal").unwrap();
    for named in [
        &[("--refused", "journal")][..],
        &[("--refused", "journal"), ("--journal", "journal")][..],
    ] {
        let error = run(&folder, &["--dry-run"], named);
        assert!(
            error.contains("name another file with --refused"),
            "{error}"
        );
    }
    assert_eq!(fs::read_to_string(&journal).unwrap(), "a journal");
}

#[test]
fn a_dry_run_that_writes_no_refused_lines_does_not_look_at_the_file_for_them() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("payments.refused.csv"), "another").unwrap();
    let error = run(&folder, &["--dry-run"], &[]);
    assert!(error.contains("the mapping"), "{error}");
    let error = run(&folder, &[], &[]);
    assert!(error.contains("is not a file of refused lines"), "{error}");
}

#[test]
fn payments_that_come_too_late_are_not_written_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("payments.too_late.csv"), "id\n1\n").unwrap();
    let error = import(&folder, "refused.csv");
    assert!(error.contains("is another file; move that away"), "{error}");
    let error = import(&folder, "payments.too_late.csv");
    assert!(error.contains("--refused"), "{error}");
}

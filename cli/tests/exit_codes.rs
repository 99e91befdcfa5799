//! What scripts read: the command's exit codes, and what it says where there is no node.

use std::process::Command;

/// The exit code of a command line.
fn exit_code(line: &str) -> Option<i32> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    let output = command.args(line.split_whitespace()).output().unwrap();
    output.status.code()
}

#[test]
fn a_node_that_is_away_is_told_with_what_helps() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    let line = "--url ws://127.0.0.1:9 day list";
    let output = command.args(line.split_whitespace()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    for part in [
        "no node answers at ws://127.0.0.1:9",
        "--url",
        "Remedy: Start a node there",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn an_unknown_option_is_a_failure() {
    assert_eq!(exit_code("day list --pendign"), Some(1));
}

#[test]
fn a_missing_option_is_a_failure() {
    assert_eq!(exit_code("day show --agreement 1"), Some(1));
}

#[test]
fn a_missing_command_is_a_failure() {
    assert_eq!(exit_code(""), Some(1));
}

#[test]
fn help_that_is_asked_for_is_a_success() {
    assert_eq!(exit_code("day list --help"), Some(0));
}

#[test]
fn the_version_is_a_success() {
    assert_eq!(exit_code("--version"), Some(0));
}

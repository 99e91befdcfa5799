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
    assert!(!said.contains("RPC error"), "{said}");
}

#[test]
fn the_scheme_of_a_nodes_address_may_be_in_capitals() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    let line = "--url WS://127.0.0.1:9 day list";
    let output = command.args(line.split_whitespace()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("no node answers at WS://127.0.0.1:9"),
        "{said}"
    );
    assert!(!said.contains("not supported"), "{said}");
}

#[test]
fn a_doctor_that_reaches_no_node_says_so_as_a_fault() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    let line = "--url ws://127.0.0.1:9 --output json doctor --member 3";
    let output = command.args(line.split_whitespace()).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said[0]["check"], "connection");
    assert_eq!(said[0]["state"], "fault");
    let found = said[0]["found"].as_str().unwrap();
    assert!(found.contains("ws://127.0.0.1:9"), "{found}");
    assert!(said[0]["remedy"].as_str().unwrap().contains("--url"));
}

#[test]
fn completions_are_printed_without_a_node() {
    assert_eq!(
        exit_code("--url ws://127.0.0.1:9 completions bash"),
        Some(0)
    );
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

//! Refused lines of a ledger, and differences as they are shown.

use super::*;
use crate::commands::Cli;
use clap::Parser;
use counterfoil_primitives::UserId;
use std::fs;

const MAPPING: &str = r#"
reference = "reference"
user = "user"
time = { column = "time", format = "%s" }
amount = { column = "amount" }
product = { id = 1 }
"#;

/// A ledger of which the second line has no user, and what it holds.
fn ledger() -> (Sheet, LedgerReading) {
    let mapping: LedgerMapping = toml::from_str(MAPPING).unwrap();
    let text = "reference,user,time,amount\n\
                6b29fc40-ca47-1067-b31d-00dd010662da,C-1,60,1.00\n\
                c56a4180-65aa-42ec-a945-5fd21dec0538,,60,2.00\n";
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    let money = Money::of("CZK").unwrap();
    let reading = mapping.read(&sheet, money, &|_| 0).unwrap();
    (sheet, reading)
}

#[test]
fn refused_lines_are_written_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("refused.csv");
    let (sheet, reading) = ledger();
    keep_refused(&sheet, &file, &reading.refused).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    let said = refused_text(&reading.refused, Some(&file));
    assert!(said.contains("line 3, user: is empty"), "{said}");
    assert!(said.contains("refused.csv"), "{said}");
    assert!(said.contains("give the whole ledger again"), "{said}");
}

#[test]
fn a_file_of_refused_lines_is_no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("refused.csv");
    let (sheet, reading) = ledger();
    keep_refused(&sheet, &file, &reading.refused).unwrap();
    let corrected = fs::read_to_string(&file)
        .unwrap()
        .replace(",,60", ",C-2,60");
    let mapping: LedgerMapping = toml::from_str(MAPPING).unwrap();
    let sheet = Sheet::parse(corrected.as_bytes(), &mapping).unwrap();
    let money = Money::of("CZK").unwrap();
    let error = mapping.read(&sheet, money, &|_| 0).unwrap_err().to_string();
    assert!(error.contains("not the whole ledger"), "{error}");
}

#[test]
fn an_older_file_of_refused_lines_is_kept_under_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("refused.csv");
    let old = "refused_line,refused_because,reference\n2,wrong,corrected\n";
    fs::write(&file, old).unwrap();
    let (sheet, reading) = ledger();
    let kept = keep_refused(&sheet, &file, &reading.refused).unwrap();
    let kept = kept.expect("it is another ledger's");
    assert_eq!(fs::read_to_string(kept).unwrap(), old);
    assert_ne!(fs::read_to_string(&file).unwrap(), old);
}

#[test]
fn without_refused_lines_nothing_is_said_of_their_file_and_none_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("refused.csv");
    fs::write(&file, "refused_line,of an earlier check").unwrap();
    let (sheet, _) = ledger();
    let kept = keep_refused(&sheet, &file, &[]).unwrap();
    assert!(kept.is_some_and(|kept| kept.exists()));
    assert!(!file.exists());
    assert_eq!(keep_refused(&sheet, &file, &[]).unwrap(), None);
    assert_eq!(refused_text(&[], Some(&file)), "");
}

fn entry(user: &str) -> Entry {
    Entry {
        user: UserId::from_text(user).unwrap(),
        ..Entry::default()
    }
}

#[test]
fn users_that_differ_are_both_shown() {
    let (ours, theirs) = (entry("Dvoøák"), entry("Dvořák"));
    assert_eq!(
        users_text(Some(&ours), Some(&theirs)),
        "Dvoøák (on chain Dvořák)"
    );
    assert_eq!(users_text(Some(&theirs), Some(&theirs)), "Dvořák");
    assert_eq!(users_text(Some(&ours), None), "Dvoøák");
    assert_eq!(users_text(None, Some(&theirs)), "Dvořák");
}

/// What a ledger's command says that sends its refused lines to `refused`. No node is there.
fn refusing_to(command: &str, refused: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("ledger.csv"), "reference\n").unwrap();
    fs::write(path("ledger.toml"), "").unwrap();
    fs::write(path("notes.txt"), "to be kept").unwrap();
    let words = format!("counterfoil --url ws://127.0.0.1:9 book {command} --agreement 1");
    let named = [
        ("--day", "2026-11-23".to_owned()),
        ("--file", path("ledger.csv")),
        ("--mapping", path("ledger.toml")),
        ("--refused", path(refused)),
    ];
    let mut line: Vec<&str> = words.split(' ').collect();
    line.extend(
        named
            .iter()
            .flat_map(|(name, value)| [*name, value.as_str()]),
    );
    let cli = Cli::try_parse_from(line).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let error = runtime.block_on(cli.run()).unwrap_err();
    format!("{error:#}")
}

#[test]
fn a_check_writes_no_refused_lines_over_its_ledger() {
    let error = refusing_to("check", "ledger.csv");
    assert!(error.contains("name another file"), "{error}");
}

#[test]
fn an_import_writes_no_refused_lines_over_another_file() {
    let error = refusing_to("import", "notes.txt");
    assert!(error.contains("notes.txt"), "{error}");
    assert!(error.contains("is not a file of refused lines"), "{error}");
    assert!(
        error.contains("name another file with --refused"),
        "{error}"
    );
}

#[test]
fn an_import_writes_no_refused_lines_over_its_mapping() {
    let error = refusing_to("import", "ledger.toml");
    assert!(error.contains("name another file"), "{error}");
}

#[test]
fn positions_that_are_filled_from_the_chain_are_counted() {
    assert_eq!(filled_text(0), "");
    assert!(filled_text(1).contains("1 position of nothing has no line"));
    assert!(filled_text(12).contains("12 positions of nothing have no lines"));
}

#[test]
fn a_difference_shows_both_kinds_and_its_original() {
    let difference = counterfoil_client::ledger::Difference {
        position: Some(0),
        cause: counterfoil_primitives::Cause::WrongKind,
        found: Some(entry("C-1")),
        right: Some(Entry {
            kind: counterfoil_primitives::Kind::Refund,
            ..entry("C-1")
        }),
        original: Some(RefundedPayment {
            position: 0,
            id: counterfoil_primitives::TradeId {
                client: 1,
                sequence: 17,
            },
            reference: Reference(*b"FV-17\0\0\0\0\0\0\0\0\0\0\0"),
        }),
        witness: None,
        timing: None,
    };
    let comparison = Comparison {
        book: Default::default(),
        matched: 0,
        differences: vec![difference],
        totals: Default::default(),
        filled: 0,
    };
    let text = differences_text(&comparison, &Money::of("CZK").unwrap());
    assert!(
        text.contains("wrong_kind") && text.contains(" refund (payment in the ledger) "),
        "{text}"
    );
    assert!(text.contains(" (of FV-17, 1/17) "), "{text}");
}

#[test]
fn a_payment_shows_its_reference_alone() {
    let reference = Reference(*b"FV-17\0\0\0\0\0\0\0\0\0\0\0");
    assert_eq!(names_text(&reference, None), "FV-17");
}

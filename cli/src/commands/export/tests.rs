//! What the command line takes, and what the command says.

use super::{about::tests::about, *};
use crate::commands::{Cli, Command};
use clap::Parser;
use counterfoil_primitives::BusinessDay;

/// The command of a line that begins with `counterfoil export`.
fn export(rest: &str) -> Result<Export, clap::Error> {
    let line = format!("counterfoil export {rest}");
    let cli = Cli::try_parse_from(line.split_whitespace())?;
    match cli.command {
        Command::Export(export) => Ok(export),
        other => panic!("another command: {other:?}"),
    }
}

fn breaks() -> Export {
    export("breaks --agreement 7 --day 2026-11-23 --file breaks.csv").unwrap()
}

#[test]
fn an_export_names_its_kind_its_days_and_its_file() {
    let read = export("timing --agreement 7 --day 2026-11-23..2026-11-24 --file a.xlsx").unwrap();
    assert_eq!(read.kind, Kind::Timing);
    assert_eq!(read.days.last, BusinessDay(20_781));
    assert_eq!((read.side, read.force), (None, false));
}

#[test]
fn an_unknown_kind_is_refused_with_those_there_are() {
    let error = export("gifts --agreement 7 --day 2026-11-23 --file a.csv").unwrap_err();
    assert!(error.to_string().contains("suspense"), "{error}");
}

/// What a command that reaches no node is refused with.
async fn refusal(rest: &str) -> String {
    let line = format!("counterfoil --url ws://127.0.0.1:9 export {rest}");
    let cli = Cli::try_parse_from(line.split_whitespace()).unwrap();
    cli.run().await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_file_of_an_unknown_form_is_refused_before_the_node_is_asked() {
    let refused = refusal("breaks --agreement 7 --day 2026-11-23 --file breaks.ods").await;
    assert!(refused.contains(".csv, .xlsx or .json"), "{refused}");
}

#[tokio::test]
async fn a_file_that_exists_is_refused_before_the_node_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("breaks.csv");
    std::fs::write(&path, "old").unwrap();
    let rest = "breaks --agreement 7 --day 2026-11-23 --file";
    let refused = refusal(&format!("{rest} {}", path.display())).await;
    assert!(refused.contains("--force"), "{refused}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
}

#[tokio::test]
async fn an_export_that_fails_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("breaks.csv");
    let rest = "breaks --agreement 7 --day 2026-11-23 --file";
    let refused = refusal(&format!("{rest} {}", path.display())).await;
    assert!(refused.contains("--url"), "{refused}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn obligations_have_no_side() {
    let rest = "obligations --agreement 7 --day 2026-11-23 --side debit --file a.csv";
    let refused = refusal(rest).await;
    assert!(refused.contains("leave --side out"), "{refused}");
}

#[test]
fn what_is_said_names_file_rows_and_block() {
    let written = |is_partial| Written {
        about: about("CZK"),
        rows: 3,
        notes: vec!["without rows: 2026-11-23 credit".into()],
        is_partial,
    };
    let said = breaks().said(&written(true));
    let text = &said.text;
    assert!(text.starts_with("3 rows of breaks are in breaks.csv, as of block 17 (0x0202"));
    assert!(
        text.ends_with("\nnote: without rows: 2026-11-23 credit"),
        "{text}"
    );
    assert_eq!(said.json["block"], 17);
    assert_eq!(said.json["rows"], 3);
    assert_eq!(said.exit_code(), 2);
    assert_eq!(breaks().said(&written(false)).exit_code(), 0);
}

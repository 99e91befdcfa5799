//! `doctor`: what is wrong with a member's node, and what waits for the member.

use super::Context;
use crate::output::{table, Rendered};
use anyhow::{ensure, Result};
use clap::Args;
use counterfoil_client::{
    doctor::{self, Finding, State, Whom},
    printable_text::printable,
};
use counterfoil_primitives::MemberId;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The member's number. The default is the member whose key is given.
    #[arg(long)]
    member: Option<MemberId>,
    /// A mapping of the member's ledger, to see whether it can be read. It may be given several times.
    #[arg(long)]
    mapping: Vec<PathBuf>,
}

impl Doctor {
    pub(super) async fn run(self, context: &Context) -> Result<Rendered> {
        let operator = match context.has_key() {
            true => Some(context.operator()?),
            false => None,
        };
        ensure!(
            operator.is_some() || self.member.is_some(),
            "no member is named. Remedy: name it by its number, with --member, or by its operator key, with \
             --key-file"
        );
        let whom = Whom {
            member: self.member,
            operator,
            mappings: self.mapping,
        };
        let facts = doctor::examine(context.chain(), &whom).await;
        Ok(said(&doctor::findings(&facts)))
    }
}

/// What is said of findings: a line each, and below them what helps.
fn said(findings: &[Finding]) -> Rendered {
    let rows = findings.iter().map(|finding| {
        [
            finding.check.to_owned(),
            finding.state.name().to_owned(),
            finding.found.clone(),
        ]
    });
    let remedies = findings.iter().filter_map(|finding| {
        let remedy = finding.remedy.as_deref()?;
        Some(format!("\n{}: {}", finding.check, printable(remedy)))
    });
    let count = |state| {
        let those = findings.iter().filter(|finding| finding.state == state);
        those.count()
    };
    let (faults, warnings) = (count(State::Fault), count(State::Warning));
    let text = format!(
        "{}\nfaults: {faults}, warnings: {warnings}{}",
        table(&["check", "state", "found"], rows),
        remedies.collect::<String>()
    );
    Rendered {
        faulty: faults > 0,
        ..Rendered::new(json!(findings), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Cli;
    use clap::Parser;

    fn findings() -> Vec<Finding> {
        vec![
            Finding::ok("peers", "3"),
            Finding::warning("proposals", "amendment 17 awaits an answer", "answer it"),
        ]
    }

    #[test]
    fn each_finding_is_a_line_with_what_helps() {
        let said = said(&findings());
        insta::assert_snapshot!(said.text, @r"
        ┌───────────┬─────────┬───────────────────────────────┐
        │ check     ┆ state   ┆ found                         │
        ╞═══════════╪═════════╪═══════════════════════════════╡
        │ peers     ┆ ok      ┆ 3                             │
        │ proposals ┆ warning ┆ amendment 17 awaits an answer │
        └───────────┴─────────┴───────────────────────────────┘
        faults: 0, warnings: 1
        proposals: answer it
        ");
    }

    #[test]
    fn programs_read_a_list_of_findings() {
        let json = said(&findings()).json;
        assert_eq!(json[0]["check"], "peers");
        assert_eq!(json[0]["remedy"], serde_json::Value::Null);
        assert_eq!(json[1]["state"], "warning");
    }

    #[test]
    fn a_fault_is_told_to_scripts_and_a_warning_is_not() {
        assert_eq!(said(&findings()).exit_code(), 0);
        let fault = Finding::fault("peers", "none", "name one");
        assert_eq!(said(&[fault]).exit_code(), 4);
    }

    #[tokio::test]
    async fn whoever_names_no_member_is_told_how() {
        let cli = Cli::try_parse_from(["counterfoil", "doctor"]).unwrap();
        let error = cli.run().await.unwrap_err().to_string();
        assert!(error.contains("--member"), "{error}");
    }
}

//! A party's desk: files of its ledger, and the commands that read them.

use crate::{
    agreement::TestAgreement,
    chain::Chain,
    cli::{Output, Shell},
    clock::{day_text, Plan},
    member::Member,
    money::amount_text,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{written::label, LedgerEntry, Moment};
use serde_json::Value as Json;
use std::{ffi::OsString, fmt::Write};
use tempfile::TempDir;

/// A line has all that its trade says.
const MAPPING: &str = r#"
trade_id = "trade"
reference = "reference"
user = "user"

[time]
column = "time"
format = "%Y-%m-%d %H:%M:%S"

[amount]
column = "amount"

[product]
column = "product"
"#;

/// The desk of a party, for a day of an agreement.
pub struct Desk<'a> {
    folder: TempDir,
    shell: Shell,
    agreement: &'a TestAgreement,
}

impl<'a> Desk<'a> {
    /// The desk of a party at its node.
    pub fn new(node: &Chain, party: &Member, agreement: &'a TestAgreement) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("mapping.toml"), MAPPING)?;
        Ok(Self {
            folder,
            shell: Shell::new(node.url(), party),
            agreement,
        })
    }

    /// Imports a ledger of the day, and stands by it.
    pub async fn import(&self, lines: &[LedgerEntry]) -> Result<()> {
        let words = self.words(&["book", "import", "--confirm"], lines)?;
        self.shell.must(words).await?;
        Ok(())
    }

    /// What `book check` answers of a ledger of the day. It fails where there are differences, and answers
    /// all the same.
    pub async fn check(&self, lines: &[LedgerEntry]) -> Result<Json> {
        let words = self.words(&["--output", "json", "book", "check"], lines)?;
        let Output { stdout, stderr, .. } = self.shell.run(words).await?;
        serde_json::from_str(&stdout)
            .with_context(|| format!("book check answered no JSON:\n{stdout}{stderr}"))
    }

    /// The words of a command about the day, which reads these lines from a file.
    fn words(&self, command: &[&str], lines: &[LedgerEntry]) -> Result<Vec<OsString>> {
        let path = |name: &str| self.folder.path().join(name).into_os_string();
        std::fs::write(path("ledger.csv"), self.file(lines)?)?;
        let (id, day) = (
            self.agreement.id.to_string(),
            day_text(self.agreement.day()),
        );
        let day = ["--agreement", &id, "--day", &day];
        let files = [("--file", "ledger.csv"), ("--mapping", "mapping.toml")];
        let files = files.map(|(option, name)| [OsString::from(option), path(name)]);
        let words = command.iter().chain(&day).map(OsString::from);
        Ok(words.chain(files.concat()).collect())
    }

    fn file(&self, lines: &[LedgerEntry]) -> Result<String> {
        let mut text = String::from("trade,reference,user,time,product,amount\n");
        for line in lines {
            let id = line.id.context("the line names no trade")?;
            writeln!(
                text,
                "{}/{},{},{},{},{},{}",
                id.client,
                id.sequence,
                label::show_reference(&line.reference),
                label::show_user(&line.user),
                local_time(&self.agreement.plan, line.occurred_at),
                line.product,
                amount_text(line.amount)
            )?;
        }
        Ok(text)
    }
}

/// A moment, as the agreement's clock shows it.
fn local_time(plan: &Plan, moment: Moment) -> String {
    let day = plan.offset.day_of(moment);
    let seconds = moment.saturating_sub(plan.offset.start_of(day)) / 1000;
    format!(
        "{} {:02}:{:02}:{:02}",
        day_text(day),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

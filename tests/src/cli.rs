//! The `counterfoil` command, as a member's staff runs it.

use crate::{agreement::TestAgreement, binary, clock::day_text, member::Member};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::Side;
use std::{ffi::OsString, fs, path::Path, process::Stdio};
use tokio::process::{Child, Command};

/// A member's shell: which node it talks to, and whose key it uses.
#[derive(Clone, Debug)]
pub struct Shell {
    url: String,
    suri: String,
}

/// What a command left.
#[derive(Clone, Debug)]
pub struct Output {
    /// Whether it succeeded.
    pub success: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Shell {
    /// The shell of a member at a node.
    pub fn new(url: &str, member: &Member) -> Self {
        Self {
            url: url.into(),
            suri: member.suri.clone(),
        }
    }

    fn command<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<Command> {
        let mut command = Command::new(binary::find("counterfoil")?);
        command
            .args(["--url", &self.url, "--suri", &self.suri])
            .args(arguments.into_iter().map(Into::into))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        Ok(command)
    }

    /// Runs a command to its end.
    pub async fn run<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<Output> {
        let output = self.command(arguments)?.output().await?;
        Ok(Output {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs a command that must succeed; returns its standard output.
    pub async fn must<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<String> {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let output = self.run(arguments.clone()).await?;
        if !output.success {
            bail!(
                "counterfoil {arguments:?} failed:\n{}{}",
                output.stdout,
                output.stderr
            );
        }
        Ok(output.stdout)
    }

    /// Runs a command that must succeed and answer with JSON.
    pub async fn json<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<serde_json::Value> {
        let arguments = arguments.into_iter().map(Into::into);
        let all: Vec<OsString> = ["--output", "json"]
            .into_iter()
            .map(OsString::from)
            .chain(arguments)
            .collect();
        let text = self.must(all.clone()).await?;
        serde_json::from_str(&text)
            .with_context(|| format!("counterfoil {all:?} answered no JSON:\n{text}"))
    }

    /// Runs a command with its progress on this program's standard error; returns its standard
    /// output.
    pub async fn shown<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<Output> {
        let output = self
            .command(arguments)?
            .stderr(Stdio::inherit())
            .stdout(Stdio::piped())
            .spawn()?
            .wait_with_output()
            .await?;
        Ok(Output {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::new(),
        })
    }

    /// Starts a command, for whoever wants to stop it midway. Its output goes to `log`.
    pub fn start<I: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
        log: &Path,
    ) -> Result<Child> {
        let log = std::fs::File::create(log)?;
        Ok(self
            .command(arguments)?
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?)
    }
}

/// The words of `counterfoil day COMMAND` for the day of an agreement.
pub fn on_day(command: &str, agreement: &TestAgreement) -> [String; 6] {
    [
        "day".into(),
        command.into(),
        "--agreement".into(),
        agreement.id.to_string(),
        "--day".into(),
        day_text(agreement.day()),
    ]
}

/// The rows of `counterfoil export KIND` for a side of the day of an agreement.
pub async fn exported(
    shell: &Shell,
    kind: &str,
    agreement: &TestAgreement,
    side: Side,
) -> Result<Vec<serde_json::Value>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("export.json");
    let (id, day) = (agreement.id.to_string(), day_text(agreement.day()));
    let what = ["export", kind, "--agreement", &id, "--day", &day];
    let which = ["--side", side.name(), "--file"].map(OsString::from);
    let words = what.map(OsString::from).into_iter().chain(which);
    shell.must(words.chain([file.clone().into()])).await?;
    let read: serde_json::Value = serde_json::from_slice(&fs::read(&file)?)?;
    let rows = read["rows"].as_array().context("the rows are a list")?;
    Ok(rows.clone())
}

/// The statuses of an agreement's days, as `counterfoil day list` shows them.
pub async fn statuses(
    shell: &Shell,
    agreement: &TestAgreement,
    options: &[&str],
) -> Result<serde_json::Value> {
    let agreement_id = agreement.id.to_string();
    let words = ["day", "list", "--agreement", &agreement_id];
    let answer = shell.json(words.iter().chain(options)).await?;
    let days = answer["days"].as_array().context("the days are a list")?;
    Ok(days.iter().map(|day| day["status"].clone()).collect())
}

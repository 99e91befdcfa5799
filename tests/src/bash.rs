//! A shell in which commands run one after the other, as a person enters them.

use anyhow::{bail, Context, Result};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// What the shell prints once commands have ended.
const END: &str = "-- the commands have ended --";

/// A running shell. Its variables and functions stay from commands to commands.
pub struct Bash {
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// Where the commands lie that run.
    scratch: TempDir,
    /// Ends with this.
    _process: Child,
}

impl Bash {
    /// Starts a shell in `folder` that looks for programs in `programs` first, with further variables.
    pub async fn start(folder: &Path, programs: &Path, variables: &[(&str, &str)]) -> Result<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path);
        let path = std::env::join_paths(std::iter::once(PathBuf::from(programs)).chain(folders))?;
        let mut process = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .current_dir(folder)
            .env("PATH", path)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("cannot start bash")?;
        let mut input = process.stdin.take().context("the shell has no input")?;
        let output = process.stdout.take().context("the shell has no output")?;
        // A person sees both, in their order.
        input.write_all(b"exec 2>&1\n").await?;
        Ok(Self {
            input,
            output: BufReader::new(output).lines(),
            scratch: tempfile::tempdir()?,
            _process: process,
        })
    }

    /// Runs commands to their end, for at most `limit`. Returns what they print, errors too.
    pub async fn run(&mut self, commands: &str, limit: Duration) -> Result<String> {
        let file = self.scratch.path().join("commands");
        std::fs::write(&file, format!("{commands}\n"))?;
        // The shell's own input is no input of theirs.
        let line = format!(
            "source '{}' </dev/null\nprintf '\\n%s\\n' '{END}'\n",
            file.display()
        );
        self.input.write_all(line.as_bytes()).await?;
        let mut printed = Vec::new();
        match timeout(limit, self.read(&mut printed)).await {
            Ok(read) => read?,
            Err(_) => bail!("not done after {limit:?}; printed:\n{}", printed.join("\n")),
        }
        Ok(printed.join("\n").trim_end().to_owned())
    }

    /// Reads what commands print until they have ended.
    async fn read(&mut self, printed: &mut Vec<String>) -> Result<()> {
        while let Some(line) = self.output.next_line().await? {
            if line == END {
                return Ok(());
            }
            printed.push(line);
        }
        bail!("the shell has ended; printed:\n{}", printed.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(20);

    async fn bash(variables: &[(&str, &str)]) -> (Bash, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let bash = Bash::start(folder.path(), folder.path(), variables).await;
        (bash.unwrap(), folder)
    }

    #[tokio::test]
    async fn variables_stay_from_commands_to_commands() {
        let (mut bash, _folder) = bash(&[("given", "2")]).await;
        assert_eq!(bash.run("mine=1", LIMIT).await.unwrap(), "");
        assert_eq!(bash.run("echo $mine $given", LIMIT).await.unwrap(), "1 2");
    }

    #[tokio::test]
    async fn errors_are_printed_among_the_output() {
        let (mut bash, _folder) = bash(&[]).await;
        let printed = bash.run("echo a\necho b >&2\nprintf c", LIMIT).await;
        assert_eq!(printed.unwrap(), "a\nb\nc");
    }

    #[tokio::test]
    async fn commands_do_not_read_those_that_follow() {
        let (mut bash, _folder) = bash(&[]).await;
        assert_eq!(bash.run("cat\necho a", LIMIT).await.unwrap(), "a");
    }

    #[tokio::test]
    async fn commands_without_an_end_are_told_with_what_they_printed() {
        let (mut bash, _folder) = bash(&[]).await;
        let late = bash.run("echo a; sleep 20", Duration::from_secs(2)).await;
        let error = late.unwrap_err().to_string();
        assert!(error.contains("printed:\na"), "{error}");
    }

    #[tokio::test]
    async fn a_shell_that_ends_is_told() {
        let (mut bash, _folder) = bash(&[]).await;
        let error = bash.run("echo a; exit", LIMIT).await.unwrap_err();
        assert!(error.to_string().contains("printed:\na"), "{error}");
    }
}

//! A PostgreSQL server of this measurement's own, as Debian's package sets it up.

use super::{sql_folder, Times};
use anyhow::{bail, ensure, Context, Result};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The account that the server runs under where this program is root, which a server must not be.
const SERVER_ACCOUNT: &str = "postgres";

/// A running server, reached by a socket in its folder. It stops when this goes.
pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    as_root: bool,
}

impl Server {
    /// Starts a server on an empty database.
    pub fn start() -> Result<Self> {
        let server = Self {
            programs: programs()?,
            folder: tempfile::Builder::new()
                .prefix("counterfoil-postgres-")
                .tempdir()?,
            as_root: is_root()?,
        };
        if server.as_root {
            succeed(
                Command::new("chown")
                    .arg(SERVER_ACCOUNT)
                    .arg(server.folder.path()),
            )?;
        }
        let data = server.data();
        succeed(
            server
                .program("initdb")
                .arg("-D")
                .arg(&data)
                .args(["-A", "trust"]),
        )?;
        let options = format!("-c listen_addresses= -k {}", server.folder.path().display());
        let log = server.folder.path().join("log");
        succeed(
            server
                .program("pg_ctl")
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(&log)
                .args(["-w", "-o", &options, "start"]),
        )?;
        Ok(server)
    }

    /// Loads a day and joins it. Gives the times and the breaks found.
    pub fn run(&self, data: &Path) -> Result<(Times, u64)> {
        let sql = sql_folder()?;
        // The server's account reads the files.
        succeed(Command::new("chmod").args(["-R", "a+rX"]).arg(data))?;
        self.query(&std::fs::read_to_string(sql.join("tables.sql"))?)?;
        let copies: String = ["trades", "debit_book", "credit_book"]
            .iter()
            .map(|table| {
                let file = data.join(table).with_extension("csv");
                format!("COPY {table} FROM '{}' (FORMAT csv);\n", file.display())
            })
            .collect();
        let (_, load) = self.query(&copies)?;
        let (found, join) = self.query(&std::fs::read_to_string(sql.join("join.sql"))?)?;
        let breaks = found
            .trim()
            .parse()
            .with_context(|| format!("PostgreSQL's join answers {found:?}"))?;
        Ok((Times { load, join }, breaks))
    }

    fn query(&self, statements: &str) -> Result<(String, Duration)> {
        let start = Instant::now();
        let mut command = self.program("psql");
        command
            .arg("-h")
            .arg(self.folder.path())
            .args(["-d", "postgres", "-X", "-q", "-A", "-t"])
            .args(["-v", "ON_ERROR_STOP=1", "-c", statements]);
        let answer = succeed(&mut command)?;
        Ok((answer, start.elapsed()))
    }

    /// One of the server's programs, under the server's account.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = match self.as_root {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", SERVER_ACCOUNT, "--"]).arg(path);
                command
            }
            false => Command::new(path),
        };
        // The account need not be let into the folder that this program runs in.
        command.current_dir("/");
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.arg("-D")
            .arg(self.data())
            .args(["-m", "immediate", "stop"]);
        // A server that did not start need not stop.
        succeed(&mut stop).ok();
    }
}

/// Where Debian's package puts the server's programs: the newest version's.
fn programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .context("PostgreSQL is not installed: run scripts/bench, which installs it")
}

fn is_root() -> Result<bool> {
    let id = succeed(Command::new("id").arg("-u"))?;
    Ok(id.trim() == "0")
}

/// Runs a command; gives what it prints.
pub(super) fn succeed(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    ensure!(output.stdout.len() < 1 << 20, "{command:?} prints too much");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

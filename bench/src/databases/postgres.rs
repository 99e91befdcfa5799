//! A PostgreSQL server of this measurement's own, as Debian's package sets it up.

use super::{sql_folder, Times};
use anyhow::{bail, ensure, Context, Result};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The account that the server runs under where this program is root, which a server must not be.
const SERVER_ACCOUNT: &str = "postgres";

/// What a day consists of.
const TABLES: [&str; 3] = ["trades", "debit_book", "credit_book"];

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

    /// Loads a day and joins it. Returns the times and the breaks found.
    ///
    /// All is one session of psql, which tells what each statement took: neither its own start nor
    /// its connection counts.
    pub fn run(&self, data: &Path) -> Result<(Times, u64)> {
        let sql = sql_folder()?;
        // The server's account reads the files.
        succeed(Command::new("chmod").args(["-R", "a+rX"]).arg(data))?;
        let mut psql = self.program("psql");
        psql.env("LC_ALL", "C")
            .arg("-h")
            .arg(self.folder.path())
            .args(["-d", "postgres", "-X", "-q", "-A", "-t"])
            .args(["-v", "ON_ERROR_STOP=1"])
            .arg("-c")
            .arg(std::fs::read_to_string(sql.join("tables.sql"))?)
            .args(["-c", "\\timing on"]);
        for table in TABLES {
            let file = data.join(table).with_extension("csv");
            let copy = format!("COPY {table} FROM '{}' (FORMAT csv)", file.display());
            psql.arg("-c").arg(copy);
        }
        // The planner of a server that runs on knows its tables; a load is done when it does.
        psql.arg("-c")
            .arg(format!("ANALYZE {}", TABLES.join(", ")))
            .arg("-c")
            .arg(std::fs::read_to_string(sql.join("join.sql"))?);
        let printed = succeed(&mut psql)?;
        answer(&printed).with_context(|| format!("psql prints {printed:?}"))
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

/// The times and the breaks in what psql prints: the join's answer, and a time for each statement,
/// the join's last.
fn answer(printed: &str) -> Result<(Times, u64)> {
    let (mut times, mut breaks) = (Vec::new(), None);
    for line in printed.lines() {
        match line.strip_prefix("Time: ") {
            Some(time) => times.push(statement_time(time)?),
            None => breaks = Some(line.trim().parse()?),
        }
    }
    let (join, load) = times.split_last().context("no statement was timed")?;
    // A COPY of each table, and ANALYZE.
    ensure!(load.len() == TABLES.len() + 1, "a statement has no time");
    let times = Times {
        load: load.iter().sum(),
        join: *join,
    };
    Ok((times, breaks.context("the join has no answer")?))
}

/// A time as psql writes it: in milliseconds, and after these in other units if it is long.
fn statement_time(text: &str) -> Result<Duration> {
    let millis = text.split_once(" ms").context("a time without ms")?.0;
    Ok(Duration::try_from_secs_f64(millis.parse::<f64>()? / 1e3)?)
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

/// Runs a command; returns what it prints.
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

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "Time: 0.500 ms\nTime: 6915.250 ms (00:06.915)\nTime: 1.250 ms\n\
        Time: 3.000 ms\n1000\nTime: 4.500 ms\n";

    #[test]
    fn load_and_join_are_told_apart() {
        let (times, breaks) = answer(PRINTED).unwrap();
        assert_eq!(times.load, Duration::from_millis(6_920));
        assert_eq!(times.join, Duration::from_micros(4_500));
        assert_eq!(breaks, 1_000);
    }

    #[test]
    fn what_lacks_a_time_or_an_answer_is_no_measurement() {
        assert!(answer("").is_err());
        assert!(answer(&PRINTED.replacen("Time: 0.500 ms\n", "", 1)).is_err());
        assert!(answer(&PRINTED.replace("1000\n", "")).is_err());
        assert!(answer(&PRINTED.replace("1000\n", "ERROR\n")).is_err());
    }
}

//! What a team would use instead: the same day as three tables, loaded and joined.
//!
//! | module | what it holds |
//! |---|---|
//! | [`day`] | a day's trades and books |
//! | [`side`] | what Counterfoil computes of a side of it |
//! | [`postgres`] | a PostgreSQL server of this measurement's own |
//! | [`duckdb`] | DuckDB, by its Python package |

mod day;
mod duckdb;
mod postgres;
mod side;

use crate::{results::Table, stats::median};
use anyhow::{ensure, Context, Result};
use day::Day;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// What one run of a database took.
#[derive(Clone, Copy, Debug)]
struct Times {
    load: Duration,
    join: Duration,
}

/// Loads a day and joins it. Returns the times and the breaks found.
type Run<'a> = &'a dyn Fn() -> Result<(Times, u64)>;

/// Measures days of several sizes.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let (days, runs): (&[(usize, usize)], usize) = if short {
        (&[(10_000, 10)], 1)
    } else {
        (&[(100_000, 1_000), (1_000_000, 0), (1_000_000, 1_000)], 3)
    };
    let mut table = Table::new(
        "databases",
        [
            "trades",
            "breaks",
            "system",
            "load, ms",
            "join or comparison, ms",
            "together ÷ Counterfoil",
        ],
    );
    let server = postgres::Server::start()?;
    for (trades, breaks) in days {
        let day = Day::new(*trades, *breaks);
        let folder = tempfile::Builder::new()
            .prefix("counterfoil-day-")
            .tempdir()?;
        day.write(folder.path())?;
        let own = day.compare(runs * 3)?;
        let mut row = |system: &str, load: Option<Duration>, join: Duration| {
            let together = load.unwrap_or_default() + join;
            let millis = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e3);
            table.row([
                trades.to_string(),
                breaks.to_string(),
                system.to_owned(),
                load.map_or("–".to_owned(), millis),
                millis(join),
                format!("{:.0}", together.as_secs_f64() / own.as_secs_f64()),
            ]);
        };
        row("Counterfoil, both sides, native", None, own);
        let rows: [(&str, Run); 2] = [
            ("PostgreSQL", &|| server.run(folder.path())),
            ("DuckDB", &|| duckdb::run(folder.path())),
        ];
        for (system, run) in rows {
            let mut times = Vec::new();
            // The first run warms caches.
            for turn in 0..=runs {
                let (time, found) = run()?;
                ensure!(
                    found == *breaks as u64,
                    "{system} found {found} breaks, not {breaks}"
                );
                if turn > 0 {
                    times.push(time);
                }
            }
            let of = |part: fn(&Times) -> Duration| {
                median(times.iter().map(part).collect()).unwrap_or_default()
            };
            row(system, Some(of(|times| times.load)), of(|times| times.join));
        }
    }
    Ok(vec![table])
}

/// Where the statements lie.
fn sql_folder() -> Result<PathBuf> {
    let folder = std::env::var_os("COUNTERFOIL_BENCH_SQL")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new("bench/sql").into());
    ensure!(
        folder.join("join.sql").is_file(),
        "no statements in {}: run scripts/bench, which says where they are",
        folder.display()
    );
    folder.canonicalize().context("the folder of statements")
}

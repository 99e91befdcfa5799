//! DuckDB, by its Python package.

use super::{postgres::succeed, sql_folder, Times};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{path::Path, process::Command, time::Duration};

/// Names a Python that has DuckDB's package.
const PYTHON_VARIABLE: &str = "COUNTERFOIL_DUCKDB_PYTHON";

/// What the script prints, in seconds.
#[derive(Deserialize)]
struct Answer {
    load: f64,
    join: f64,
    breaks: u64,
}

/// Loads a day and joins it. Returns the times and the breaks found.
pub fn run(data: &Path) -> Result<(Times, u64)> {
    let sql = sql_folder()?;
    let python = std::env::var_os(PYTHON_VARIABLE)
        .with_context(|| format!("{PYTHON_VARIABLE} names no Python: run scripts/bench"))?;
    let script = sql.join("duckdb_day.py");
    let printed = succeed(Command::new(python).arg(script).arg(data).arg(&sql))?;
    let answer: Answer = serde_json::from_str(&printed)
        .with_context(|| format!("DuckDB's script says {printed:?}"))?;
    let times = Times {
        load: Duration::from_secs_f64(answer.load),
        join: Duration::from_secs_f64(answer.join),
    };
    Ok((times, answer.breaks))
}

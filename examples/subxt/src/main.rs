//! Records payments and refunds on Counterfoil by plain subxt, and reads a day.
//!
//! ```text
//! counterfoil-example-subxt record FILE          records the payments of a file, in one batch
//! counterfoil-example-subxt refund FILE          refunds payments that are recorded
//! counterfoil-example-subxt day AGREEMENT DATE   shows a day and its trades; DATE is like 2026-11-28
//! ```
//!
//! `COUNTERFOIL_URL` names the node, `COUNTERFOIL_SEED_FILE` a file with the operator's secret seed.
//! `docs/programs.md` explains the files. Exits with 1 where the chain refuses anything.

mod chain;
mod day;
mod request;
mod trades;

use anyhow::{bail, Context, Result};
use chain::{Chain, Operator};
use std::process::ExitCode;

const USAGE: &str =
    "usage: counterfoil-example-subxt record FILE | refund FILE | day AGREEMENT DATE";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what the command line says. Returns whether the chain took all of it.
async fn run() -> Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["record", path] => trades::record(&connect().await?, &operator()?, &read(path)?).await,
        ["refund", path] => trades::refund(&connect().await?, &operator()?, &read(path)?).await,
        ["day", agreement, date] => {
            let agreement = agreement
                .parse::<u32>()
                .with_context(|| format!("{agreement} is no agreement's number"))?;
            day::show(&connect().await?, agreement, date).await?;
            Ok(true)
        }
        _ => bail!(USAGE),
    }
}

async fn connect() -> Result<Chain> {
    let url = std::env::var("COUNTERFOIL_URL").unwrap_or("ws://127.0.0.1:9944".into());
    Chain::connect(&url).await
}

fn operator() -> Result<Operator> {
    let path = std::env::var("COUNTERFOIL_SEED_FILE").context("set COUNTERFOIL_SEED_FILE")?;
    Operator::from_file(&path)
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    serde_json::from_str(&text).with_context(|| format!("cannot take {path}"))
}

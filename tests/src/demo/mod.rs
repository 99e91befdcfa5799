//! One whole day: from recorded payments to a settled day, on four nodes, checked against a
//! computation of its own. What an amendment books, and what a ledger has a day late, is of the day after.
//!
//! | module | what it holds |
//! |---|---|
//! | [`input`] | the demo's own reading of the payments and refunds |
//! | [`rules`] | its own arithmetic of terms |
//! | [`breaks`] | ledgers with every kind of break |
//! | [`ledger_file`] | ledgers as files |
//! | [`amendment`] | payments that bank and company cancel |
//! | [`setup`] | the network, the agreement, the parties' shells and files |
//! | [`day`] | the day, step by step |
//! | [`next_day`] | the day after: what was amended, and what is booked a day late |
//! | [`facts`] | what chain and nodes say at its end |
//! | [`show`] | what a person sees of it |
//! | [`check`] | what the chain says against what the demo worked out |
//! | [`numbers`] | the day in numbers, for programs |
//! | [`screen`] | progress that a person can follow, and the last line |

pub mod amendment;
pub mod breaks;
pub mod check;
pub mod day;
pub mod facts;
pub mod input;
pub mod ledger_file;
pub mod next_day;
pub mod numbers;
pub mod rules;
pub mod screen;
pub mod setup;
pub mod show;
#[cfg(test)]
mod tests;

use anyhow::{bail, Result};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Names the folder of the sample files where it is not the one of this checkout.
const SAMPLES_VARIABLE: &str = "COUNTERFOIL_SAMPLES";

/// Runs one whole day on a network of four nodes.
#[derive(Clone, Debug, Parser)]
#[command(name = "scripts/demo")]
pub struct Options {
    /// Payments, and refunds of them, as CSV; with --mapping.
    #[arg(long, requires = "mapping")]
    pub input: Option<PathBuf>,
    /// Names the file's columns, products and terms.
    #[arg(long, requires = "input")]
    pub mapping: Option<PathBuf>,
    /// A day without breaks.
    #[arg(long)]
    pub clean: bool,
    /// What the last line on standard output is.
    #[arg(long, value_enum, default_value = "text")]
    pub output: Format,
}

/// What the last line on standard output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A sentence.
    Text,
    /// One JSON object with the day's numbers.
    Json,
}

/// The files of a run.
#[derive(Clone, Debug)]
pub struct Files {
    /// The payments, and the refunds of them.
    pub input: PathBuf,
    /// Their mapping.
    pub mapping: PathBuf,
    /// The mapping of the two ledgers.
    pub ledger_mapping: PathBuf,
}

impl Options {
    /// The files that the options name, or the samples of the repository.
    pub fn files(&self) -> Result<Files> {
        let samples = std::env::var_os(SAMPLES_VARIABLE).map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples")),
            PathBuf::from,
        );
        let or_sample = |named: &Option<PathBuf>, name: &str| {
            named.clone().unwrap_or_else(|| samples.join(name))
        };
        let files = Files {
            input: or_sample(&self.input, "payments-refunds.csv"),
            mapping: or_sample(&self.mapping, "payments-refunds.toml"),
            ledger_mapping: samples.join("ledger-refunds.toml"),
        };
        for file in [&files.input, &files.mapping, &files.ledger_mapping] {
            if !file.is_file() {
                bail!("there is no file {}", file.display());
            }
        }
        Ok(files)
    }
}

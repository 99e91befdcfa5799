//! The `counterfoil` command: the command line of a member's staff.
//!
//! | module | what it holds |
//! |---|---|
//! | [`commands`] | the command line |
//! | [`exit_codes`] | what scripts learn of a command |
//! | [`output`] | tables and JSON |

mod commands;
mod exit_codes;
mod output;

use clap::Parser;
use commands::Cli;
use counterfoil_client::{error::Error, printable_text::printable};
use std::{io::Write, process::ExitCode};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "off".into()))
        .with_writer(std::io::stderr)
        .init();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => return exit_codes::said_instead(&answer),
    };
    let format = cli.format();
    match cli.run().await {
        Ok(said) => {
            // The reader of the output may be gone; that is no fault of the command.
            let _ = writeln!(std::io::stdout(), "{}", said.print(format));
            ExitCode::from(said.exit_code())
        }
        Err(error) => {
            let remedy = error.downcast_ref::<Error>().map(Error::remedy);
            // It may quote what others wrote.
            for line in format!("counterfoil: {error:#}").lines() {
                eprintln!("{}", printable(line));
            }
            if let Some(remedy) = remedy {
                eprintln!("Remedy: {remedy}");
            }
            ExitCode::FAILURE
        }
    }
}

//! The `counterfoil` command.

use clap::Parser;
use counterfoil_cli::{commands::Cli, output::printable};
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
        Err(answer) => return said_instead(&answer),
    };
    let format = cli.format();
    match cli.run().await {
        Ok(said) => {
            // Whoever reads may have gone away; that is no fault of the command.
            let _ = writeln!(std::io::stdout(), "{}", said.print(format));
            ExitCode::from(said.exit_code())
        }
        Err(error) => {
            // It may quote what others wrote.
            for line in format!("counterfoil: {error:#}").lines() {
                eprintln!("{}", printable(line));
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints the help that was asked for, or what is wrong with the command line. That would exit
/// with 2 by itself, which here means that something was done.
fn said_instead(answer: &clap::Error) -> ExitCode {
    let _ = answer.print();
    if answer.use_stderr() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

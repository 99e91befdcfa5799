//! The commands of `counterfoil`.

mod agreement;
mod amendment;
mod amount;
mod amount_to_add_to_book;
mod ask;
mod best_blocks;
mod book;
mod calendar;
mod completions;
mod corrections;
mod council;
mod day;
mod day_arguments;
mod doctor;
#[cfg(test)]
mod entry_of_an_amount;
mod export;
mod finality_stall;
mod global_options;
mod kind_right_and_in_book;
mod man;
mod member;
mod new_file;
mod node_websocket_address;
mod obligation;
mod product;
mod progress;
mod proof;
mod refused_file;
mod refused_lines;
mod report;
mod side_argument;
mod timing_differences;
mod trade;
mod trade_import;
mod validator;
mod write_file;

pub(crate) use day_arguments::DayArguments;
pub(crate) use global_options::Context;
pub(crate) use side_argument::sides;
pub(crate) use write_file::write;

use crate::output::{Format, Rendered};
use anyhow::{bail, Result};
use clap::{Parser, Subcommand};
use global_options::Global;
use side_argument::side_parser;

/// The command line of a member's staff: record payments, import ledgers, follow a day.
#[derive(Debug, Parser)]
#[command(name = "counterfoil", version)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Payments on chain.
    #[command(subcommand)]
    Trade(trade::Trade),
    /// Proposals to put false records right, which bank and company have to agree on.
    #[command(subcommand)]
    Amendment(amendment::Amendment),
    /// A party's own book.
    #[command(subcommand)]
    Book(book::Book),
    /// A business day.
    #[command(subcommand)]
    Day(day::Day),
    /// What was proven of a day's books.
    #[command(subcommand)]
    Report(report::Report),
    /// What is owed for settlement periods, and its payment.
    #[command(subcommand)]
    Obligation(obligation::Obligation),
    /// The corrections of a day, for a party's core ledger.
    #[command(subcommand)]
    Corrections(corrections::Corrections),
    /// Writes entries, breaks, timing differences, corrections, suspense or obligations to a file.
    Export(export::Export),
    /// Agreements of a bank with a company.
    #[command(subcommand)]
    Agreement(agreement::Agreement),
    /// Calendars: days on which nobody has to act.
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// Products of an agreement and their terms.
    #[command(subcommand)]
    Product(product::Product),
    /// Members of the chain.
    #[command(subcommand)]
    Member(member::Member),
    /// The council: its members with a seat administer the chain by majority.
    #[command(subcommand)]
    Council(council::Council),
    /// The members that make and finalise blocks.
    #[command(subcommand)]
    Validator(validator::Validator),
    /// Checks the node, its clock, keys and endpoint, and shows what waits for the member.
    Doctor(doctor::Doctor),
    /// Prints the completions of these commands for a shell.
    Completions(completions::Completions),
    /// Writes the manual pages of these commands to a folder.
    Man(man::Man),
}

impl Cli {
    /// How the command is to speak.
    pub const fn format(&self) -> Format {
        self.global.output
    }

    /// Runs the command.
    pub async fn run(self) -> Result<Rendered> {
        let context = Context {
            global: self.global,
        };
        if context.global.best && !self.command.takes_best() {
            bail!("this command works on final blocks alone. Remedy: leave --best out");
        }
        match self.command {
            Command::Trade(command) => command.run(&context).await,
            Command::Amendment(command) => command.run(&context).await,
            Command::Book(command) => command.run(&context).await,
            Command::Day(command) => command.run(&context).await,
            Command::Report(command) => command.run(&context).await,
            Command::Obligation(command) => command.run(&context).await,
            Command::Corrections(command) => command.run(&context).await,
            Command::Export(command) => command.run(&context).await,
            Command::Agreement(command) => command.run(&context).await,
            Command::Calendar(command) => command.run(&context).await,
            Command::Product(command) => command.run(&context).await,
            Command::Member(command) => command.run(&context).await,
            Command::Council(command) => command.run(&context).await,
            Command::Validator(command) => command.run(&context).await,
            Command::Doctor(command) => command.run(&context).await,
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_options_stand_before_or_after_the_command() {
        for line in [
            "counterfoil --output json --suri //Bob day show --agreement 1 --day 2026-11-22",
            "counterfoil day show --agreement 1 --day 2026-11-22 --output json --suri //Bob",
        ] {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            assert_eq!(cli.format(), Format::Json);
            assert_eq!(cli.global.suri.as_deref(), Some("//Bob"));
        }
    }

    #[test]
    fn the_new_key_of_a_rotation_is_given_by_file_or_secret() {
        let rotate = |rest: &str| {
            let line = format!("counterfoil --suri //Bob member rotate-operator {rest}");
            Cli::try_parse_from(line.split_whitespace())
        };
        assert!(rotate("--new-suri //Bob//2").is_ok());
        assert!(rotate("--new-key-file new.key").is_ok());
        assert!(rotate("").is_err());
        assert!(rotate("--new-suri //Bob//2 --new-key-file new.key").is_err());
    }
}

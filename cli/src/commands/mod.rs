//! The commands of `counterfoil`.

mod agreement;
mod book;
mod corrections;
mod day;
mod member;
mod product;
mod progress;
mod proof;
mod refused_file;
mod refused_lines;
mod report;
mod trade;
mod trade_import;

use crate::output::{Format, Rendered};
use anyhow::{Context as _, Result};
use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    Args, Parser, Subcommand,
};
use counterfoil_client::{
    chain::{Chain, DEFAULT_URL},
    operator::Operator,
    time::parse_day,
};
use counterfoil_primitives::{AgreementId, BusinessDay, Side, SideId};
use std::path::PathBuf;

/// The command line of a member's staff: record payments, import ledgers, follow a day.
#[derive(Debug, Parser)]
#[command(name = "counterfoil", version)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Global {
    /// The node to connect to. Use your own node for everything that is not public.
    #[arg(long, global = true, default_value = DEFAULT_URL)]
    url: String,
    /// The operator key: a secret phrase, a seed, or a development path like //Alice. Everybody who can
    /// see this machine's processes sees it too: put real keys into a file.
    #[arg(long, global = true)]
    suri: Option<String>,
    /// A file whose first line is the operator key's secret.
    #[arg(long, global = true, conflicts_with = "suri")]
    key_file: Option<PathBuf>,
    /// Tables for people, or JSON for programs.
    #[arg(long, global = true, value_enum, default_value_t)]
    output: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Payments on chain.
    #[command(subcommand)]
    Trade(trade::Trade),
    /// A party's own book.
    #[command(subcommand)]
    Book(book::Book),
    /// A business day.
    #[command(subcommand)]
    Day(day::Day),
    /// What was proven of a day's books.
    #[command(subcommand)]
    Report(report::Report),
    /// The corrections of a day, for a party's core ledger.
    #[command(subcommand)]
    Corrections(corrections::Corrections),
    /// Contracts of a bank with a company.
    #[command(subcommand)]
    Agreement(agreement::Agreement),
    /// Products of an agreement and their terms.
    #[command(subcommand)]
    Product(product::Product),
    /// Members of the chain.
    #[command(subcommand)]
    Member(member::Member),
}

/// The arguments by which a command names a day of an agreement.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct DayArguments {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The business day, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    day: BusinessDay,
}

impl DayArguments {
    /// The id of a side of the day.
    const fn side_id(self, side: Side) -> SideId {
        SideId::new(self.agreement, self.day, side)
    }
}

/// Reads a side by its name.
fn side_parser() -> impl TypedValueParser<Value = Side> {
    let names = Side::BOTH
        .map(|side| PossibleValue::new(side.name()).help(side.pick("The company's", "The bank's")));
    PossibleValuesParser::new(names)
        .try_map(|name| Side::from_name(&name).ok_or("no side has this name"))
}

/// The sides that a command is about: the named one, or both.
pub(crate) fn sides(side: Option<Side>) -> Vec<Side> {
    side.map_or_else(|| Side::BOTH.to_vec(), |side| vec![side])
}

/// What a command has to work with.
pub(crate) struct Context {
    global: Global,
}

impl Context {
    /// The node.
    async fn chain(&self) -> Result<Chain> {
        Chain::connect(&self.global.url)
            .await
            .context("not connected; --url names the node")
    }

    /// Whether an operator key is named.
    const fn has_key(&self) -> bool {
        self.global.suri.is_some() || self.global.key_file.is_some()
    }

    /// The operator key.
    fn operator(&self) -> Result<Operator> {
        Operator::named(self.global.suri.as_deref(), self.global.key_file.as_deref())?
            .context("no key: name the operator's key by --key-file or --suri")
    }
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
        match self.command {
            Command::Trade(command) => command.run(&context).await,
            Command::Book(command) => command.run(&context).await,
            Command::Day(command) => command.run(&context).await,
            Command::Report(command) => command.run(&context).await,
            Command::Corrections(command) => command.run(&context).await,
            Command::Agreement(command) => command.run(&context).await,
            Command::Product(command) => command.run(&context).await,
            Command::Member(command) => command.run(&context).await,
        }
    }
}

/// Writes text to a file.
pub(crate) fn write(path: &std::path::Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
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

    #[test]
    fn a_side_is_named_debit_or_credit() {
        let shown = |side: &str| {
            let line =
                format!("counterfoil report show --agreement 1 --day 2026-11-22 --side {side}");
            Cli::try_parse_from(line.split(' ')).map(|cli| match cli.command {
                Command::Report(report::Report::Show(show)) => show.side,
                other => panic!("another command: {other:?}"),
            })
        };
        for side in Side::BOTH {
            assert_eq!(shown(side.name()).unwrap(), Some(side));
        }
        let error = shown("left").unwrap_err().to_string();
        assert!(error.contains("debit, credit"), "{error}");
    }

    #[test]
    fn a_day_that_is_none_is_refused_with_the_right_form() {
        let line = "counterfoil day show --agreement 1 --day 22.11.2026";
        let error = Cli::try_parse_from(line.split(' '))
            .unwrap_err()
            .to_string();
        assert!(error.contains("2026-11-23"), "{error}");
    }
}

//! The commands of `counterfoil`.

mod agreement;
mod amendment;
mod amount;
mod ask;
mod book;
mod calendar;
mod corrections;
mod council;
mod day;
mod member;
mod obligation;
mod product;
mod progress;
mod proof;
mod refused_file;
mod refused_lines;
mod report;
mod timing;
mod trade;
mod trade_import;
mod validator;

use crate::output::{Format, Rendered};
use anyhow::{bail, Context as _, Result};
use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    Args, Parser, Subcommand,
};
use counterfoil_client::{
    chain::{read::At, submit::Until, views::Agreement, Chain, DEFAULT_URL},
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
    /// Works on the best blocks and waits for no finality, where a network finalises nothing: for commands
    /// of members, agreements, calendars, products, the council and validators.
    #[arg(long, global = true)]
    best: bool,
    /// Tables for people, or JSON for programs.
    #[arg(long, global = true, value_enum, default_value_t)]
    output: Format,
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
    /// Contracts of a bank with a company.
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
}

impl Command {
    /// Whether the command can work on blocks that are not final. What was recorded, proven or paid is
    /// reported from final blocks alone.
    const fn takes_best(&self) -> bool {
        match self {
            Self::Trade(_) | Self::Book(_) | Self::Day(_) | Self::Report(_) => false,
            Self::Corrections(_) | Self::Amendment(_) | Self::Obligation(_) => false,
            Self::Agreement(_) | Self::Calendar(_) | Self::Product(_) | Self::Member(_) => true,
            Self::Council(_) | Self::Validator(_) => true,
        }
    }
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

    /// The newest final state, and the agreement in it.
    async fn final_agreement(self, context: &Context) -> Result<(At, Agreement)> {
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        Ok((at, agreement))
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

    /// How far calls are followed, and which state is read.
    const fn until(&self) -> Until {
        if self.global.best {
            Until::Best
        } else {
            Until::Final
        }
    }

    /// The state that the command reads.
    async fn state(&self, chain: &Chain) -> Result<At> {
        Ok(chain.newest(self.until()).await?)
    }

    /// The node, for a command that waits for a block. Notes on standard error where nothing becomes
    /// final.
    async fn chain_to_wait_on(&self) -> Result<Chain> {
        let chain = self.chain().await?;
        if self.until() == Until::Final {
            let finalized = chain.finalized().await?.number().await?;
            let best = chain.best().await?.number().await?;
            if let Some(note) = stall_note(finalized, best) {
                eprintln!("{note}");
            }
        }
        Ok(chain)
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
            Command::Agreement(command) => command.run(&context).await,
            Command::Calendar(command) => command.run(&context).await,
            Command::Product(command) => command.run(&context).await,
            Command::Member(command) => command.run(&context).await,
            Command::Council(command) => command.run(&context).await,
            Command::Validator(command) => command.run(&context).await,
        }
    }
}

/// Blocks by which finality may lag before that is worth a note: two minutes.
const LAG: u64 = 40;

/// What whoever waits for finality should know where the newest final block is far behind the best.
fn stall_note(finalized: u64, best: u64) -> Option<String> {
    (best.saturating_sub(finalized) > LAG).then(|| {
        format!(
            "note: the newest final block is {finalized}, the best {best}. If no block becomes final, \
             --best works on the best blocks, which other blocks may still replace."
        )
    })
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

    /// Whether a command line takes `--best`.
    fn takes_best(line: &str) -> bool {
        let line = format!("counterfoil --best {line}");
        let cli = Cli::try_parse_from(line.split_whitespace()).unwrap();
        assert!(cli.global.best);
        cli.command.takes_best()
    }

    #[test]
    fn administration_may_work_on_best_blocks_and_payments_may_not() {
        assert!(takes_best("council list"));
        assert!(takes_best("validator list"));
        assert!(takes_best("member show --id 1"));
        assert!(!takes_best("day list"));
        assert!(!takes_best("obligation list 1"));
        assert!(takes_best("agreement suspend-client 1 5"));
        assert!(!takes_best(
            "trade import --agreement 1 --file a.csv --mapping a.toml"
        ));
    }

    #[tokio::test]
    async fn best_blocks_are_refused_to_a_command_that_works_on_final_ones() {
        let line = "counterfoil --best --url ws://127.0.0.1:9 day list";
        let cli = Cli::try_parse_from(line.split(' ')).unwrap();
        let error = cli.run().await.unwrap_err().to_string();
        assert!(error.contains("leave --best out"), "{error}");
    }

    #[test]
    fn with_best_no_command_waits_for_finality() {
        let until = |line: &str| {
            let global = Cli::try_parse_from(line.split(' ')).unwrap().global;
            Context { global }.until()
        };
        assert_eq!(until("counterfoil council list --best"), Until::Best);
        assert_eq!(until("counterfoil council list"), Until::Final);
    }

    #[test]
    fn a_stall_of_finality_is_noted_with_what_helps() {
        assert_eq!(stall_note(100, 140), None);
        assert_eq!(stall_note(140, 100), None);
        let note = stall_note(100, 141).unwrap();
        assert!(note.contains("newest final block is 100"), "{note}");
        assert!(note.contains("--best"), "{note}");
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

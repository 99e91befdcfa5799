//! `amendment`: putting a false record right, agreed by bank and company.
//!
//! | module | what it holds |
//! |---|---|
//! | `propose` | proposals, out of a day's trades or of a file |
//! | `which_trades` | the options that say which trades of a day |
//! | `sending` | sending proposals: what is shown before, and what is said after |
//! | `printed_proposals` | what commands print of proposals |
//! | `contents` | what they print of the trades and payments that proposals name |

mod contents;
mod printed_proposals;
mod propose;
mod sending;
mod which_trades;

use super::{
    ask::{ask, ensure_confirmed},
    Context,
};
use crate::output::Rendered;
use anyhow::{bail, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    amendments::{GivingUp, Shown},
    chain::{read::At, views::Agreement, Chain},
    error::Error,
};
use counterfoil_primitives::AgreementId;
use printed_proposals::Said;
use propose::Propose;

/// Trades that are shown of a proposal, unless asked otherwise.
const SHOWN: usize = 20;

#[derive(Debug, Subcommand)]
pub(crate) enum Amendment {
    /// Proposes to cancel or to replace trades, or to record payments that were never recorded. Bank and
    /// company have to agree. Needs the key of one of them, or of the client that recorded the trades.
    #[command(subcommand)]
    Propose(Box<Propose>),
    /// Lists the proposals that wait: for answers, for their booking, or to be written off.
    List(List),
    /// Shows a proposal: what it wants, the trades that it names, and whose answer is awaited.
    Show(Show),
    /// Accepts or rejects a proposal, after showing it once more. What is sent names exactly what was shown.
    /// Needs the key of the bank or of the company.
    Answer(Answer),
    /// Takes back a proposal that is open. Needs the key of its proposer, or of bank or company once the
    /// proposer is no longer a client.
    Withdraw(GiveUp),
    /// Writes a claim off, for good: a proposal that was rejected, not answered in time, or not booked before
    /// its agreement closed. Needs the key that could have withdrawn it.
    WriteOff(GiveUp),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
}

/// The arguments by which a command names a proposal.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Named {
    /// The proposal's number.
    number: u32,
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    named: Named,
    /// How many of its trades are shown.
    #[arg(long, default_value_t = SHOWN)]
    first: usize,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("answer").required(true))]
pub(crate) struct Answer {
    #[command(flatten)]
    named: Named,
    /// Agrees to it.
    #[arg(long, group = "answer")]
    accept: bool,
    /// Does not agree to it.
    #[arg(long, group = "answer")]
    reject: bool,
    #[command(flatten)]
    sending: Sending,
}

#[derive(Debug, Args)]
pub(crate) struct GiveUp {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    sending: Sending,
}

/// Whether something is sent, and who confirms it.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Sending {
    /// Shows what would be sent, and sends nothing.
    #[arg(long)]
    dry_run: bool,
    /// Sends without asking.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
}

impl Named {
    /// The node, the newest final state, and the agreement in it.
    async fn read(self, context: &Context) -> Result<(Chain, At, Agreement)> {
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        Ok((chain, at, agreement))
    }
}

impl Amendment {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Propose(propose) => (*propose).run(context).await,
            Self::List(List { agreement }) => list(context, agreement).await,
            Self::Show(Show { named, first }) => {
                let (_, at, agreement) = named.read(context).await?;
                let shown = at.shown(&agreement, named.number).await?;
                let now = at.now().await?;
                Ok(Said::of(&agreement, now, first).proposal(&shown))
            }
            Self::Answer(answer) => answer.run(context).await,
            Self::Withdraw(withdraw) => withdraw.run(context, GivingUp::Withdraw).await,
            Self::WriteOff(write_off) => write_off.run(context, GivingUp::WriteOff).await,
        }
    }
}

async fn list(context: &Context, agreement: AgreementId) -> Result<Rendered> {
    let at = context.chain().await?.finalized().await?;
    let agreement = at.agreement(agreement).await?;
    let (proposals, last) = (
        at.amendments(agreement.id).await?,
        at.last_amendment(agreement.id).await?,
    );
    let now = at.now().await?;
    Ok(Said::of(&agreement, now, SHOWN).list(&proposals, last))
}

impl Answer {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let (chain, at, agreement) = self.named.read(context).await?;
        let number = self.named.number;
        let shown = at.shown(&agreement, number).await?;
        let now = at.now().await?;
        let said = Said::of(&agreement, now, SHOWN);
        if self.sending.dry_run {
            if context.has_key() {
                let member = at.member_of(&context.operator()?).await?;
                shown
                    .answerable(&agreement, member, now)
                    .map_err(Error::from)?;
            }
            return Ok(said.unsent(&shown));
        }
        let operator = context.operator()?;
        let member = at.member_of(&operator).await?;
        shown
            .answerable(&agreement, member, now)
            .map_err(Error::from)?;
        let accept = self.accept && !self.reject;
        let act = if accept { "Accept" } else { "Reject" };
        let question = format!("{act} proposal {number} of agreement {}?", agreement.id);
        let text = said.proposal(&shown).text;
        ensure_confirmed(self.sending.yes, &text, &question, ask)?;
        chain
            .answer_amendment(&agreement, &shown, accept, &operator)
            .await?;
        // The node that makes the next block may have booked it already.
        let after = chain.finalized().await?;
        let proposal = after.proposal(&agreement, number).await?;
        let after = Shown { proposal, ..shown };
        Ok(said.answered(&after, accept))
    }
}

impl GiveUp {
    async fn run(&self, context: &Context, how: GivingUp) -> Result<Rendered> {
        let (chain, at, agreement) = self.named.read(context).await?;
        let number = self.named.number;
        let shown = at.shown(&agreement, number).await?;
        let now = at.now().await?;
        let said = Said::of(&agreement, now, SHOWN);
        if !self.sending.dry_run || context.has_key() {
            let member = at.member_of(&context.operator()?).await?;
            how.check(number, &shown.proposal, &agreement.view, member)
                .map_err(Error::from)?;
        }
        if self.sending.dry_run {
            return Ok(said.unsent(&shown));
        }
        let operator = context.operator()?;
        let act = match how {
            GivingUp::Withdraw => "Withdraw",
            GivingUp::WriteOff => "Write off",
        };
        let question = format!("{act} proposal {number} of agreement {}?", agreement.id);
        let text = said.proposal(&shown).text;
        ensure_confirmed(self.sending.yes, &text, &question, ask)?;
        chain
            .give_up_amendment(&agreement, &shown, how, &operator)
            .await?;
        Ok(printed_proposals::given_up(&agreement, number, how))
    }
}

/// Refuses a proposal whose options name nothing.
fn ensure_named(is_open: bool, all: bool) -> Result<()> {
    match (is_open, all) {
        (true, false) => bail!(
            "this would name each trade of the day; say which by --client, --sequences, --payment, --reference, --references, --user, --product, --kind, \
             --amount, --from, --to or --positions, or state by --all that all are meant"
        ),
        (false, true) => bail!("--all names each trade of the day; leave it out, or the other conditions"),
        (true, true) | (false, false) => Ok(()),
    }
}

#[cfg(test)]
mod tests;

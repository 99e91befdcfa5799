//! `obligation`: what is owed for settlement periods, and its payment.
//!
//! | module | what it holds |
//! |---|---|
//! | `printed_obligations` | what commands print of obligations |
//! | `statement` | a bank's statement beside what was declared |

mod printed_obligations;
mod statement;

use super::{
    amount::{amount, amount_or_zero},
    Context,
};
use crate::output::Rendered;
use anyhow::{anyhow, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    chain::{read::At, views::Agreement, Chain},
    error::Error,
    obligations::{act::declaration, Act},
    time::parse_day,
};
use counterfoil_primitives::{
    settlement::{BankReference, ObligationView},
    AgreementId, BusinessDay,
};
use printed_obligations::Said;
use statement::Statement;

#[derive(Debug, Subcommand)]
pub(crate) enum Obligation {
    /// Lists what is owed and not paid, and why each obligation waits.
    List(List),
    /// Shows what is owed for the settlement period of a day, by its days, and what was declared.
    Show(Named),
    /// Releases a payment that waits for it, since a client went beyond its limits. Needs the key of whoever
    /// owes.
    Release(Named),
    /// Says that a payment outside the chain was made. Needs the key of whoever owes.
    Declare(Declare),
    /// Takes a declaration back that is not answered. Needs the key of whoever owes.
    Withdraw(Numbered),
    /// Says how much was received of what was declared; 0 says that nothing was. Needs the key of whoever is
    /// owed.
    Acknowledge(Acknowledge),
    /// Says that a part of what was received came back, or all: it is owed again. The same command, repeated,
    /// is refused. Needs the key of whoever owes.
    Returned(Returned),
    /// Reads the statement of the account on which you are paid, and shows which declarations its lines
    /// acknowledge, what differs, and what is of no declaration.
    Statement(Statement),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The agreement's number.
    agreement: AgreementId,
    /// Lists the paid ones too, and those of nothing.
    #[arg(long)]
    all: bool,
}

/// The arguments by which a command names a settlement period.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Named {
    /// The agreement's number.
    agreement: AgreementId,
    /// Any day of the settlement period, like 2026-11-23.
    #[arg(value_parser = parse_day)]
    day: BusinessDay,
}

/// The arguments by which a command names a declaration.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Numbered {
    #[command(flatten)]
    named: Named,
    /// The declaration's number.
    number: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Declare {
    #[command(flatten)]
    named: Named,
    /// How much was paid, like 12.50.
    #[arg(long)]
    amount: String,
    /// The day on which the money is at the creditor's disposal, like 2026-11-30.
    #[arg(long, value_parser = parse_day)]
    value_date: BusinessDay,
    /// What the bank's statement names the payment by.
    #[arg(long, value_parser = parse_reference)]
    reference: BankReference,
}

#[derive(Debug, Args)]
pub(crate) struct Acknowledge {
    #[command(flatten)]
    declaration: Numbered,
    /// How much came in, like 12.50; 0 where nothing did.
    #[arg(long)]
    received: String,
}

#[derive(Debug, Args)]
pub(crate) struct Returned {
    #[command(flatten)]
    declaration: Numbered,
    /// How much came back now, like 12.50.
    #[arg(long)]
    amount: String,
    /// How much of the declaration came back before, like 5.00, as `obligation show` has it. It is not looked
    /// up for you, so that the same return does not count twice.
    #[arg(long, default_value = "0")]
    returned_before: String,
}

/// Reads what a bank's statement names a payment by.
fn parse_reference(text: &str) -> Result<BankReference> {
    BankReference::try_from(text.trim()).map_err(|_| {
        anyhow!(
            "{text:?} is longer than 35 bytes; write the reference that the bank's statement has"
        )
    })
}

impl Named {
    /// The node, the newest final state, and the agreement in it.
    async fn read(self, context: &Context) -> Result<(Chain, At, Agreement)> {
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        Ok((chain, at, agreement))
    }

    /// Sends what the member whose key is given says of the obligation, and shows it after that.
    async fn act(
        self,
        context: &Context,
        (chain, agreement): (&Chain, &Agreement),
        act: &Act,
    ) -> Result<Rendered> {
        let operator = context.operator()?;
        chain
            .act_on_obligation(agreement, self.day, act, &operator)
            .await?;
        let after = chain.finalized().await?;
        let view = after.known_obligation(agreement.id, self.day).await?;
        Ok(Said::of(agreement).obligation(&view))
    }
}

impl Obligation {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::List(list) => list.run(context).await,
            Self::Show(named) => {
                let (_, at, agreement) = named.read(context).await?;
                let view = at.known_obligation(agreement.id, named.day).await?;
                Ok(Said::of(&agreement).obligation(&view))
            }
            Self::Release(named) => {
                let (chain, _, agreement) = named.read(context).await?;
                named
                    .act(context, (&chain, &agreement), &Act::Release)
                    .await
            }
            Self::Declare(declare) => declare.run(context).await,
            Self::Withdraw(Numbered { named, number }) => {
                let (chain, _, agreement) = named.read(context).await?;
                let act = Act::Withdraw { number };
                named.act(context, (&chain, &agreement), &act).await
            }
            Self::Acknowledge(acknowledge) => acknowledge.run(context).await,
            Self::Returned(returned) => returned.run(context).await,
            Self::Statement(statement) => statement.run(context).await,
        }
    }
}

impl List {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        let views: Vec<ObligationView> = match self.all {
            true => at.obligations(agreement.id).await?,
            false => at.unpaid_obligations(agreement.id).await?,
        };
        Ok(Said::of(&agreement).list(&views, self.all))
    }
}

impl Declare {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let (chain, _, agreement) = self.named.read(context).await?;
        let act = Act::Declare {
            amount: amount("--amount", &self.amount, &agreement.money)?,
            value_date: self.value_date,
            reference: self.reference.clone(),
        };
        self.named.act(context, (&chain, &agreement), &act).await
    }
}

impl Acknowledge {
    /// Shows the declaration before it is acknowledged: what is sent names its reference.
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let Numbered { named, number } = self.declaration;
        let (chain, at, agreement) = named.read(context).await?;
        let received = amount_or_zero("--received", &self.received, &agreement.money)?;
        let view = at.known_obligation(agreement.id, named.day).await?;
        let declared = declaration(&view, number).map_err(Error::from)?;
        eprintln!("{}", Said::of(&agreement).declaration_text(declared));
        let act = Act::Acknowledge {
            number,
            reference: declared.reference.clone(),
            received,
        };
        named.act(context, (&chain, &agreement), &act).await
    }
}

impl Returned {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let Numbered { named, number } = self.declaration;
        let (chain, _, agreement) = named.read(context).await?;
        let money = &agreement.money;
        let act = Act::Return {
            number,
            amount: amount("--amount", &self.amount, money)?,
            returned_before: amount_or_zero("--returned-before", &self.returned_before, money)?,
        };
        named.act(context, (&chain, &agreement), &act).await
    }
}

#[cfg(test)]
mod tests;

//! `agreement`: contracts of a bank with a company.

mod asset;
mod change;
mod create;
mod limits;
mod paying_options;
mod show;
mod successor;
mod suspension;

use super::Context;
use crate::output::Rendered;
use anyhow::Result;
use change::{End, SetCalendars, SetClients, SetConditions, SetReconciler};
use clap::{Args, Subcommand};
use counterfoil_primitives::AgreementId;
use create::Create;
use limits::SetLimits;
use serde_json::json;
use show::show;
use successor::NameSuccessor;
use suspension::Client;

#[derive(Debug, Subcommand)]
pub(crate) enum Agreement {
    /// Shows an agreement and its products, or all agreements if no number is given.
    Show(Show),
    /// Creates an agreement from a TOML file. Proposes it to the council.
    Create(Create),
    /// Changes UTC offset, times, book sources, or how what is owed is paid, from a day that has not begun.
    /// For daylight saving, set the offset from the day after the clocks change, before the day of the change
    /// begins; or name the time zone, and all changes until a day are set at once.
    /// Proposes it to the council.
    SetConditions(SetConditions),
    /// Changes deadline, lateness, caps, the largest trade, and the time for refunds, amendments and answers,
    /// at once and for open days too. Proposes it to the council.
    SetLimits(SetLimits),
    /// Sets who may record trades from now on. Proposes it to the council.
    SetClients(SetClients),
    /// Sets who reconciles from a day that has not begun. Days before it keep their reconciler.
    /// Proposes it to the council.
    SetReconciler(SetReconciler),
    /// Sets the calendars that an agreement goes by, from a day that has not begun. What is due on a day
    /// that is closed in one of them waits for the next one that is open. Proposes it to the council.
    SetCalendars(SetCalendars),
    /// Ends an agreement: from a day that has not begun it records no payments. Refunds and amendments go on
    /// as long as its terms allow them of the last day; then it closes. An end that lies ahead may be moved.
    /// Proposes it to the council.
    End(End),
    /// Names a client that refunds what another client recorded, from now on: the one that takes its
    /// place. Proposes it to the council.
    NameSuccessor(NameSuccessor),
    /// Suspends a client at once: it records nothing. Needs the key of the bank or of the company.
    SuspendClient(Client),
    /// Agrees that a client's suspension be lifted, which takes both: the key of the bank, and that of the
    /// company.
    LiftSuspension(Client),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The agreement's number.
    #[arg(long)]
    agreement: Option<AgreementId>,
}

impl Agreement {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(Show {
                agreement: Some(id),
            }) => show(&context.state(&context.chain().await?).await?, id).await,
            Self::Show(Show { agreement: None }) => {
                let at = context.state(&context.chain().await?).await?;
                let ids = at.agreements().await?;
                let text = ids
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n");
                Ok(Rendered::new(json!({ "agreements": ids }), text))
            }
            Self::Create(create) => create.run(context).await,
            Self::SetConditions(set) => set.run(context).await,
            Self::SetLimits(set) => set.run(context).await,
            Self::SetClients(set) => set.run(context).await,
            Self::SetReconciler(set) => set.run(context).await,
            Self::SetCalendars(set) => set.run(context).await,
            Self::End(end) => end.run(context).await,
            Self::NameSuccessor(name) => name.run(context).await,
            Self::SuspendClient(client) => client.suspend(context).await,
            Self::LiftSuspension(client) => client.lift(context).await,
        }
    }
}

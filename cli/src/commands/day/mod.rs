//! `day`: the state of a business day, and what staff does about it by hand.

mod list;
mod pay_and_request_full_fetch;
mod printed_day;
mod seal;
mod show;

use super::{Context, DayArguments};
use crate::output::Rendered;
use anyhow::Result;
use clap::Subcommand;
use list::List;

#[derive(Debug, Subcommand)]
pub(crate) enum Day {
    /// Shows the numbers and states of a day and of its two sides.
    Show(DayArguments),
    /// Shows the last days of an agreement, or of all agreements, a line each; or all days that wait
    /// for somebody.
    List(List),
    /// Seals a day after its cut-off: it takes no more trades. Any member may.
    Seal(DayArguments),
    /// Has both books fetched as a whole, and not in samples, when the day is reconciled. Bank, company
    /// and reconciler may ask for it before that.
    RequestFullFetch(DayArguments),
    /// Pays what is owed for the settlement period of a day in the agreement's asset, if the node of whoever
    /// owes does not: the company, or the bank where more was given back than paid. Only whoever owes may;
    /// the chain takes one payment. What is paid outside the chain is declared: see `obligation declare`.
    Pay(DayArguments),
}

impl Day {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(named) => show::show(context, named).await,
            Self::List(list) => list.run(context).await,
            Self::Seal(named) => seal::seal(context, named).await,
            Self::RequestFullFetch(named) => {
                pay_and_request_full_fetch::call(
                    context,
                    named,
                    "Reconciliation",
                    "request_full_fetch",
                )
                .await
            }
            Self::Pay(named) => {
                pay_and_request_full_fetch::call(context, named, "Settlement", "pay").await
            }
        }
    }
}

#[cfg(test)]
mod tests;

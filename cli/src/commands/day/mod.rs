//! `day`: how a business day stands, and what staff does about it by hand.

mod call;
mod list;
mod seal;
mod settled;
mod show;

use super::{Context, Place};
use crate::output::Rendered;
use anyhow::Result;
use clap::Subcommand;
use list::List;

#[derive(Debug, Subcommand)]
pub(crate) enum Day {
    /// Shows numbers and states of a day and of both its sides.
    Show(Place),
    /// Shows the last days of an agreement, or of all, a line each; or all that wait for somebody.
    List(List),
    /// Seals a day after its cut-off: it takes no more trades. Any member may.
    Seal(Place),
    /// Has both books fetched as a whole, and not in samples, when the day is reconciled. Bank,
    /// company and reconciler may, before that.
    RequestFullFetch(Place),
    /// Pays what the company owes for a reconciled day, where its node does not. Only the company
    /// may; the chain lets it happen once.
    Pay(Place),
}

impl Day {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(place) => show::show(context, place).await,
            Self::List(list) => list.run(context).await,
            Self::Seal(place) => seal::seal(context, place).await,
            Self::RequestFullFetch(place) => {
                call::call(context, place, "Reconciliation", "request_full_fetch").await
            }
            Self::Pay(place) => call::call(context, place, "Settlement", "pay").await,
        }
    }
}

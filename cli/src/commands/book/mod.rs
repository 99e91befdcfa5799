//! `book`: a party's own ledger and book.

mod check;
mod import;
mod show_suspense_result;
pub(super) mod suspense_entries;
mod too_few_lines;

use super::Context;
use crate::output::Rendered;
use anyhow::Result;
use check::Ledger;
use clap::Subcommand;
use counterfoil_client::chain::{read::At, views::Agreement};
use counterfoil_primitives::Side;
use import::Import;
use show_suspense_result::Own;

#[derive(Debug, Subcommand)]
pub(crate) enum Book {
    /// Compares a ledger with the chain and sends it to your own node.
    Import(Import),
    /// Compares a ledger with the chain, and sends nothing.
    Check(Ledger),
    /// Shows the book that your own node keeps.
    Show(Own),
    /// Shows the entries that a repair took out of the book.
    Suspense(Own),
    /// Shows the day's result, as the node recorded it.
    Result(Own),
}

impl Book {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Import(import) => import.run(context).await,
            Self::Check(ledger) => ledger.check(context).await,
            Self::Show(own) => own.show(context).await,
            Self::Suspense(own) => own.suspense(context).await,
            Self::Result(own) => own.result(context).await,
        }
    }
}

/// The named side, or the operator's own.
pub(super) async fn side_or_own(
    context: &Context,
    at: &At,
    agreement: &Agreement,
    side: Option<Side>,
) -> Result<Side> {
    match side {
        Some(side) => Ok(side),
        None => Ok(agreement.side_of(at.member_of(&context.operator()?).await?)?),
    }
}

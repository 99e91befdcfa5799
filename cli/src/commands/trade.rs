//! `trade`: recording payments, and finding them again.

use super::{proof, side_parser, trade_import, Context, DayArguments};
use crate::output::{day_json, table, trade_json, trade_row, with, Rendered, TRADE_COLUMNS};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    local_time::Clock,
    mapping::{ledger::parse_trade_id, reference_of},
};
use counterfoil_primitives::{tree::PAGE_SIZE, MemberId, Reference, Side, TradeId};
use serde_json::json;
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub(crate) enum Trade {
    /// Records the payments of a CSV file.
    Import(trade_import::Import),
    /// Shows trades of a day: one trade, or a page of them.
    Show(Show),
    /// Writes a proof that a side of a sealed day holds a trade's entry.
    Proof(Proof),
    /// Verifies such a proof without a node.
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    named: DayArguments,
    #[command(flatten)]
    wanted: Wanted,
    /// The page of 256 trades.
    #[arg(long, default_value_t = 0)]
    page: u32,
}

/// Which trades.
#[derive(Debug, Args)]
struct Wanted {
    /// By trade id, like 1/42.
    #[arg(long, value_parser = trade_id)]
    id: Option<TradeId>,
    /// By reference, a UUID.
    #[arg(long, value_parser = reference, conflicts_with = "id")]
    reference: Option<Reference>,
    /// By the id that the payment has at the client.
    #[arg(long, requires = "client", conflicts_with_all = ["id", "reference"])]
    payment: Option<String>,
    /// The client of the payment.
    #[arg(long)]
    client: Option<MemberId>,
}

impl Wanted {
    fn reference(&self) -> Option<Reference> {
        let payment = self.payment.as_ref().zip(self.client);
        self.reference
            .or(payment.map(|(payment, client)| reference_of(client, payment)))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Proof {
    #[command(flatten)]
    named: DayArguments,
    /// The side whose entry it is.
    #[arg(long, value_parser = side_parser())]
    side: Side,
    /// The trade's id, like 1/42.
    #[arg(long, value_parser = trade_id)]
    id: TradeId,
    /// The file for the proof.
    #[arg(long)]
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The proof.
    #[arg(long)]
    file: PathBuf,
    /// The slots' root to which the entry must lead, from a source that you trust. Without it the
    /// proof's own root is used, and shown for comparison.
    #[arg(long)]
    root: Option<String>,
}

fn trade_id(text: &str) -> Result<TradeId> {
    parse_trade_id(text).with_context(|| format!("{text:?} is not a trade id; write it as 1/42"))
}

fn reference(text: &str) -> Result<Reference> {
    let uuid = Uuid::try_parse(text).with_context(|| format!("{text:?} is not a UUID"))?;
    Ok(Reference(*uuid.as_bytes()))
}

impl Trade {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Import(import) => import.run(context).await,
            Self::Show(show) => show.run(context).await,
            Self::Proof(Proof {
                named,
                side,
                id,
                file,
            }) => {
                let at = context.chain().await?.finalized().await?;
                proof::write(&at, named.side_id(side), id, &file).await
            }
            Self::Verify(Verify { file, root }) => proof::verify(&file, root.as_deref()),
        }
    }
}

impl Show {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let DayArguments {
            agreement: agreement_id,
            day,
        } = self.named;
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(agreement_id).await?;
        let count = at.trade_count(agreement_id, day).await?;
        let (trades, what) = if let Some(id) = self.wanted.id {
            let found = at.find_by_id(agreement_id, day, id).await?;
            (found.into_iter().collect(), "found".to_owned())
        } else if let Some(reference) = self.wanted.reference() {
            (
                at.api("find_by_reference", (agreement_id, day, reference))
                    .await?,
                "found".to_owned(),
            )
        } else {
            let first = self.page.saturating_mul(PAGE_SIZE);
            let page = at.page(agreement_id, day, self.page).await?;
            (
                (first..).zip(page).collect::<Vec<_>>(),
                format!("on page {}", self.page),
            )
        };
        let offset_on = |day| agreement.offset_minutes(day);
        let clock = Clock::new(&offset_on, None);
        let rows = trades
            .iter()
            .map(|(at, trade)| trade_row(*at, trade, &agreement.money, &clock));
        let text = format!(
            "{}\n{} trades {what}, of {count} of the day",
            table(&TRADE_COLUMNS, rows),
            trades.len()
        );
        let json = with(
            day_json(agreement_id, day),
            json!({
                "count": count,
                "trades": trades.iter().map(|(at, trade)| trade_json(*at, trade)).collect::<Vec<_>>(),
            }),
        );
        Ok(Rendered::new(json, text))
    }
}

//! `trade`: recording payments and refunds, and finding them again.

mod links;

use super::{proof, side_parser, trade_import, Context, DayArguments};
use crate::output::{day_json, table, trade_json, trade_row, with, Rendered, TRADE_COLUMNS};
use anyhow::{anyhow, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    local_time::Clock,
    mapping::{reference_of, trade_ids::parse_trade_id},
    refused_payer_or_reference::label_error,
};
use counterfoil_primitives::{tree::PAGE_SIZE, written::label, MemberId, Reference, Side, TradeId};
use futures::{stream, StreamExt, TryStreamExt};
use links::Links;
use serde_json::json;
use std::path::PathBuf;

/// Trades that are asked about side by side.
const PARALLEL: usize = 8;

#[derive(Debug, Subcommand)]
pub(crate) enum Trade {
    /// Records the payments and refunds of a CSV file.
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
    /// By trade id, like 1/42, or like "amendment 17" where an amendment booked the trade.
    #[arg(long, value_parser = trade_id)]
    id: Option<TradeId>,
    /// By reference: a UUID, or the text with which the payment was recorded.
    #[arg(long, value_parser = reference, conflicts_with = "id")]
    reference: Option<Reference>,
    /// By the id that the payment or refund has at the client.
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
    parse_trade_id(text).with_context(|| {
        format!("{text:?} is not a trade id; write it as 1/42, or as \"amendment 17\"")
    })
}

fn reference(text: &str) -> Result<Reference> {
    label::read_reference(text).map_err(|error| {
        let (problem, remedy) = label_error(text, error);
        anyhow!("{problem}; {remedy}")
    })
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
        let named = self.named;
        let (at, agreement) = named.final_agreement(context).await?;
        let count = at.trade_count(named.agreement, named.day).await?;
        if count == 0 {
            // A day that the agreement does not have is refused, not shown as one without trades.
            at.day(named.agreement, named.day).await?;
        }
        let (trades, what) = if let Some(id) = self.wanted.id {
            let found = at.find_by_id(named.agreement, named.day, id).await?;
            (found.into_iter().collect(), "found".to_owned())
        } else if let Some(reference) = self.wanted.reference() {
            let place = (named.agreement, named.day, reference);
            (
                at.api("find_by_reference", place).await?,
                "found".to_owned(),
            )
        } else {
            let first = self.page.saturating_mul(PAGE_SIZE);
            let page = at.page(named.agreement, named.day, self.page).await?;
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
        let links: Vec<Links> = stream::iter(trades.clone())
            .map(|(position, trade)| {
                let (at, agreement, day) = (at.clone(), named.agreement, named.day);
                async move { Links::of(&at, agreement, day, position, &trade).await }
            })
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let mut text = format!(
            "{}\n{} trades {what}, of {count} of the day",
            table(&TRADE_COLUMNS, rows),
            trades.len()
        );
        for ((_, trade), links) in trades.iter().zip(&links) {
            text += &links.text(trade, &agreement.money);
        }
        let shown = trades.iter().zip(&links);
        let shown =
            shown.map(|((at, trade), links)| with(trade_json(*at, trade), links.json(trade)));
        let json = with(
            day_json(named.agreement, named.day),
            json!({
                "count": count,
                "trades": shown.collect::<Vec<_>>(),
            }),
        );
        Ok(Rendered::new(json, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_is_found_by_a_uuid_and_by_the_text_that_a_person_recorded() {
        let uuid = 0x7f0c_2d1e_5b0a_4f7e_9c3d_0a1b_2c3d_4e5f_u128.to_be_bytes();
        let read = |text| reference(text).unwrap();
        assert_eq!(
            read("7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f"),
            Reference(uuid)
        );
        assert_eq!(read("7F0C2D1E5B0A4F7E9C3D0A1B2C3D4E5F"), Reference(uuid));
        assert_eq!(read("FV-2026/0017"), Reference(*b"FV-2026/0017\0\0\0\0"));
    }

    #[test]
    fn a_trade_of_an_amendment_is_found_by_its_number() {
        let id = trade_id("amendment 17").unwrap();
        assert!(id.is_of_amendment() && id.sequence == 17);
        assert_eq!(trade_id("0/17").unwrap(), id);
        let error = trade_id("17").unwrap_err().to_string();
        assert!(error.contains("amendment 17"), "{error}");
    }

    #[test]
    fn a_reference_that_nothing_carries_is_refused_with_a_remedy() {
        let error = |text| reference(text).unwrap_err().to_string();
        assert!(error("7f0c2d1e-5b0a-4f7e-9c3d").contains("a UUID"));
        assert!(error("FV  1").contains("one blank between words"));
    }
}

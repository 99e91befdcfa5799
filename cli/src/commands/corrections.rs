//! `corrections export`: what a party's core ledger has to change.

use super::{
    report::{difference, minor_or_null},
    side_parser, Context, DayArguments,
};
use crate::output::{entry_json, side_id_json, side_json, with, Format, Rendered};
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    formula_injection::inert,
    mapping::ledger::trade_id_text,
    money::{Money, Style},
    report::side_of,
    text::{cause_text, reference_text, status_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{
    refund::RefundedPayment,
    summary::{BreakList, SideStatus, SideSummary},
    Entry, Side, TradeId,
};
use serde_json::{json, Value as Json};
use std::path::PathBuf;

const HEADER: [&str; 18] = [
    "agreement",
    "day",
    "side",
    "position",
    "action",
    "cause",
    "trade_id",
    "reference",
    "user",
    "product",
    "occurred_at",
    "currency",
    "booked_amount",
    "right_amount",
    "kind",
    "booked_kind",
    "original_id",
    "original_reference",
];

#[derive(Debug, Subcommand)]
pub(crate) enum Corrections {
    /// Writes the corrections of a side as CSV, once the side is proven.
    Export(Export),
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    named: DayArguments,
    /// The side. The default is your own.
    #[arg(long, value_parser = side_parser())]
    side: Option<Side>,
    /// The file to write. The default is standard output.
    #[arg(long)]
    file: Option<PathBuf>,
}

/// A line of the export.
struct Line {
    position: Option<u32>,
    action: &'static str,
    cause: String,
    /// Which trade: by the chain, or by the book if the chain has none.
    entry: Entry,
    booked: Option<Entry>,
    right: Option<Entry>,
    /// The payment that the chain's refund gives back from; of an entry that the chain lacks none is known.
    original: Option<RefundedPayment>,
}

impl Corrections {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        let Self::Export(export) = self;
        export.run(context).await
    }
}

/// The corrections of `breaks`. `refunded` are the payments of the day's refunds, ascending by position.
fn lines(breaks: &BreakList, refunded: &[RefundedPayment]) -> Vec<Line> {
    let original = |position: u32| {
        let at = refunded.binary_search_by_key(&position, |original| original.position);
        at.ok().map(|at| refunded[at])
    };
    let slots = breaks.slots.iter().map(|slot| Line {
        position: Some(slot.position),
        action: if slot.found.is_some() {
            "correct"
        } else {
            "book"
        },
        cause: cause_text(slot.cause),
        entry: slot.right,
        booked: slot.found,
        right: Some(slot.right),
        original: original(slot.position),
    });
    let extras = breaks.extras.iter().map(|extra| Line {
        position: None,
        action: "suspend",
        cause: cause_text(extra.cause),
        entry: extra.entry,
        booked: Some(extra.entry),
        right: None,
        original: None,
    });
    slots.chain(extras).collect()
}

/// A trade id; empty where the book names none.
fn trade_id_or_none(id: &TradeId) -> String {
    if *id == TradeId::default() {
        return String::new();
    }
    trade_id_text(id)
}

/// Before a side is proven, its list of corrections is empty or incomplete. Of a defaulted side nothing
/// is ever proven. Neither may be taken for a ledger that is right.
fn ensure_proven(side: Side, status: SideStatus) -> Result<()> {
    let why = match status {
        SideStatus::Proven { .. } | SideStatus::ProvenLate { .. } | SideStatus::Repaired { .. } => {
            return Ok(())
        }
        SideStatus::Awaited => {
            "its party has not committed to a book; export again once `day show` says that it is proven"
        }
        SideStatus::Committed => {
            "no whole report of it was accepted; export again once `day show` says that it is proven, or see `report submit`"
        }
        SideStatus::Defaulted => {
            "the day closed on the chain's record, and nothing was proven of the book; export again if it is proven late, or compare the ledger by `book check`"
        }
    };
    bail!(
        "there are no corrections of the {} side, which is {}: {why}",
        side.name(),
        status_text(&status)
    )
}

/// How many corrections there are, of a side in which state.
fn title(side: Side, status: SideStatus, count: usize) -> String {
    format!(
        "{count} corrections of the {} side ({})",
        side.name(),
        status_text(&status)
    )
}

impl Export {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let (at, agreement) = self.named.final_agreement(context).await?;
        let side = match self.side {
            Some(side) => side,
            None => agreement.side_of(at.member_of(&context.operator()?).await?)?,
        };
        let summary = at.day(self.named.agreement, self.named.day).await?;
        let state = side_of(&summary, side);
        ensure_proven(side, state.status)?;
        let breaks = at.breaks(self.named.side_id(side)).await?;
        let refunded = at
            .refunded_payments(self.named.agreement, self.named.day)
            .await?;
        let lines = lines(&breaks, &refunded);
        let csv = self.csv(&agreement.money, side, &lines)?;
        let title = title(side, state.status, lines.len());
        let text = match &self.file {
            Some(path) => {
                super::write(path, &csv)?;
                format!("{title} are in {}", path.display())
            }
            None => {
                if context.global.output == Format::Table {
                    // Standard output is the file itself.
                    eprintln!("{title}");
                }
                csv.trim_end().to_owned()
            }
        };
        Ok(Rendered::new(
            self.to_json(&agreement.money, side, state, &lines),
            text,
        ))
    }

    fn to_json(&self, money: &Money, side: Side, state: &SideSummary, lines: &[Line]) -> Json {
        let corrections = lines.iter().map(|line| {
            json!({
                "position": line.position,
                "action": line.action,
                "cause": line.cause,
                "trade": entry_json(&line.entry),
                "booked": minor_or_null(line.booked.map(|booked| booked.amount)),
                "right": minor_or_null(line.right.map(|right| right.amount)),
                "difference": difference(line.booked.as_ref(), line.right.as_ref()),
                "booked_kind": line.booked.map(|booked| booked.kind.name()),
                "original_id": line.original.map(|original| trade_id_text(&original.id)),
                "original_reference": line
                    .original
                    .map(|original| reference_text(&original.reference)),
            })
        });
        with(
            side_id_json(self.named.side_id(side)),
            json!({
                "status": side_json(state)["status"],
                "currency": money.code(),
                "file": self.file.as_ref().map(|path| path.display().to_string()),
                "corrections": corrections.collect::<Vec<_>>(),
            }),
        )
    }

    fn csv(&self, money: &Money, side: Side, lines: &[Line]) -> Result<String> {
        let amount = |entry: Option<Entry>| {
            entry.map_or(String::new(), |entry| {
                money.format(entry.amount, &Style::default())
            })
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADER)?;
        for line in lines {
            writer.write_record([
                self.named.agreement.to_string(),
                day_text(self.named.day),
                side.name().into(),
                line.position
                    .map_or(String::new(), |position| position.to_string()),
                line.action.into(),
                line.cause.clone(),
                trade_id_or_none(&line.entry.id),
                // Whoever recorded the trade wrote these two.
                inert(&reference_text(&line.entry.reference)).into_owned(),
                inert(&user_text(&line.entry.user)).into_owned(),
                line.entry.product.to_string(),
                moment_rfc3339(line.entry.occurred_at),
                money.code().into(),
                amount(line.booked),
                amount(line.right),
                line.entry.kind.name().into(),
                line.booked
                    .map_or(String::new(), |booked| booked.kind.name().into()),
                line.original
                    .map_or(String::new(), |original| trade_id_text(&original.id)),
                line.original.map_or(String::new(), |original| {
                    inert(&reference_text(&original.reference)).into_owned()
                }),
            ])?;
        }
        let bytes = writer.into_inner().context("the file does not end")?;
        String::from_utf8(bytes).context("the file is no text")
    }
}

#[cfg(test)]
mod tests;

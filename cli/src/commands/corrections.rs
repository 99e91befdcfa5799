//! `corrections export`: what a party's core ledger has to change.

mod what_to_do;

use super::{side_parser, timing_differences::TimingEnds, Context, DayArguments};
use crate::output::{side_id_json, with, Format, Rendered};
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    formula_injection::inert,
    mapping::trade_ids::trade_id_text,
    money::{Money, Style},
    report::side_of,
    text::{reference_text, status_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{
    summary::{SideStatus, SideSummary},
    timing::status_words,
    Entry, Side, TradeId,
};
use serde_json::{json, Value as Json};
use std::path::PathBuf;
use what_to_do::{lines, Line};

const HEADER: [&str; 19] = [
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
    "timing",
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

impl Corrections {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        let Self::Export(export) = self;
        export.run(context).await
    }
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

/// How many corrections there are, of a side in which state, and how many timing differences.
fn title(side: Side, status: SideStatus, lines: &[Line]) -> String {
    let timing = lines.iter().filter(|line| line.is_timing()).count();
    format!(
        "{} corrections of the {} side ({})",
        lines.len() - timing,
        side.name(),
        status_words(&status, timing as u32)
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
        let timing = TimingEnds::of_side(&at, self.named.side_id(side)).await?;
        let lines = lines(&breaks, &timing, &refunded);
        let csv = self.csv(&agreement.money, side, &lines)?;
        let title = title(side, state.status, &lines);
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
        let (timing, corrections): (Vec<&Line>, Vec<_>) =
            lines.iter().partition(|line| line.is_timing());
        let all =
            |lines: Vec<&Line>| -> Vec<Json> { lines.into_iter().map(Line::to_json).collect() };
        with(
            side_id_json(self.named.side_id(side)),
            json!({
                "status": state.status.name(),
                "currency": money.code(),
                "file": self.file.as_ref().map(|path| path.display().to_string()),
                "corrections": all(corrections),
                "timing": all(timing),
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
                line.timing.map_or(String::new(), |end| end.words()),
            ])?;
        }
        let bytes = writer.into_inner().context("the file does not end")?;
        String::from_utf8(bytes).context("the file is no text")
    }
}

#[cfg(test)]
mod tests;

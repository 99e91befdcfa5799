//! `corrections export`: what a party's core ledger has to change.

pub(super) mod table;
pub(super) mod what_to_do;

use super::{
    export::form::{CsvRows, Rows},
    side_parser,
    timing_differences::TimingEnds,
    Context, DayArguments,
};
use crate::output::{side_id_json, with, Format, Rendered};
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{money::Money, report::side_of, text::status_text};
use counterfoil_primitives::{
    summary::{SideStatus, SideSummary},
    timing::status_words,
    Side,
};
use serde_json::{json, Value as Json};
use std::path::PathBuf;
use what_to_do::{lines, Line};

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
        let mut bytes = Vec::new();
        let mut rows = Box::new(CsvRows::begin(&mut bytes, table::COLUMNS, *money)?);
        for line in lines {
            rows.row(&table::row(self.named.side_id(side), money.code(), line))?;
        }
        rows.finish(&[])?;
        String::from_utf8(bytes).context("the file is no text")
    }
}

#[cfg(test)]
mod tests;

//! `corrections export`: what a party's core ledger has to change.

use super::{
    report::{difference, minor_or_null},
    Context, Place, SideName,
};
use crate::{
    chain::{books::side_name, views::Agreement},
    mapping::ledger::trade_id_text,
    money::Style,
    output::{cause_text, place_json, reference_text, user_text, with, Rendered},
    time::moment_rfc3339,
};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_primitives::{summary::BreakList, Amount, Entry, Side, TradeId};
use serde_json::json;
use std::path::PathBuf;

const HEADER: [&str; 14] = [
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
];

#[derive(Debug, Subcommand)]
pub(crate) enum Corrections {
    /// Writes the corrections of a side as CSV.
    Export(Export),
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    place: Place,
    /// The side; one's own unless named.
    #[arg(long, value_enum)]
    side: Option<SideName>,
    /// Where the file goes; standard output unless named.
    #[arg(long)]
    file: Option<PathBuf>,
}

/// A line of the export.
struct Line {
    position: Option<u32>,
    action: &'static str,
    cause: String,
    /// Which trade: by the chain, or by the book where the chain has none.
    entry: Entry,
    booked: Option<Amount>,
    right: Option<Amount>,
}

impl Corrections {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        let Self::Export(export) = self;
        export.run(context).await
    }
}

fn lines(breaks: &BreakList) -> Vec<Line> {
    let slots = breaks.slots.iter().map(|slot| Line {
        position: Some(slot.position),
        action: if slot.found.is_some() {
            "correct"
        } else {
            "book"
        },
        cause: cause_text(slot.cause),
        entry: slot.right,
        booked: slot.found.map(|found| found.amount),
        right: Some(slot.right.amount),
    });
    let extras = breaks.extras.iter().map(|extra| Line {
        position: None,
        action: "suspend",
        cause: cause_text(extra.cause),
        entry: extra.entry,
        booked: Some(extra.entry.amount),
        right: None,
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

impl Export {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let Place { agreement, day } = self.place;
        let at = context.chain().await?.finalised().await?;
        let deal = at.agreement(agreement).await?;
        let side = match self.side {
            Some(side) => side.into(),
            None => deal.side_of(at.member_of(&context.operator()?).await?)?,
        };
        let lines = lines(&at.breaks(agreement, day, side).await?);
        let csv = self.csv(&deal, side, &lines)?;
        if let Some(path) = &self.file {
            super::write(path, &csv)?;
        }
        let json = with(
            place_json(agreement, day, Some(side)),
            json!({
                "currency": deal.money.code(),
                "file": self.file.as_ref().map(|path| path.display().to_string()),
                "corrections": lines.iter().map(|line| json!({
                    "position": line.position,
                    "action": line.action,
                    "cause": line.cause,
                    "trade": crate::output::entry_json(&line.entry),
                    "booked": minor_or_null(line.booked),
                    "right": minor_or_null(line.right),
                    "difference": difference(line.booked, line.right),
                })).collect::<Vec<_>>(),
            }),
        );
        let text = match &self.file {
            Some(path) => format!(
                "{} corrections of the {} side are in {}",
                lines.len(),
                side_name(side),
                path.display()
            ),
            None => csv.trim_end().to_owned(),
        };
        Ok(Rendered::new(json, text))
    }

    fn csv(&self, deal: &Agreement, side: Side, lines: &[Line]) -> Result<String> {
        let money = &deal.money;
        let amount = |amount: Option<Amount>| {
            amount.map_or(String::new(), |amount| {
                money.format(amount, &Style::default())
            })
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADER)?;
        for line in lines {
            writer.write_record([
                deal.id.to_string(),
                crate::time::day_text(self.place.day),
                side_name(side).into(),
                line.position
                    .map_or(String::new(), |position| position.to_string()),
                line.action.into(),
                line.cause.clone(),
                trade_id_or_none(&line.entry.id),
                reference_text(&line.entry.reference),
                user_text(&line.entry.user),
                line.entry.product.to_string(),
                moment_rfc3339(line.entry.occurred_at),
                money.code().into(),
                amount(line.booked),
                amount(line.right),
            ])?;
        }
        let bytes = writer.into_inner().context("the file does not end")?;
        String::from_utf8(bytes).context("the file is no text")
    }
}

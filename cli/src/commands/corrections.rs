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
    summary::{BreakList, SideStatus, SideSummary},
    Amount, Entry, Side, TradeId,
};
use serde_json::{json, Value as Json};
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

/// Before a side is proven, its list of corrections is empty or incomplete. Of a defaulted side nothing
/// is ever proven. Neither may be taken for a ledger that is right.
fn ensure_proven(side: Side, status: SideStatus) -> Result<()> {
    let why = match status {
        SideStatus::Proven { .. } | SideStatus::Repaired { .. } => return Ok(()),
        SideStatus::Awaited => {
            "its party has not committed to a book; export again once `day show` says that it is proven"
        }
        SideStatus::Committed => {
            "no whole report of it was accepted; export again once `day show` says that it is proven, or see `report submit`"
        }
        SideStatus::Defaulted => {
            "the day closed on the chain's record, and nothing was proven of the book; compare the ledger by `book check`"
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
        let lines = lines(&at.breaks(self.named.side_id(side)).await?);
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
                "booked": minor_or_null(line.booked),
                "right": minor_or_null(line.right),
                "difference": difference(line.booked, line.right),
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
        let amount = |amount: Option<Amount>| {
            amount.map_or(String::new(), |amount| {
                money.format(amount, &Style::default())
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
                // Whoever recorded the payment wrote these two.
                inert(&reference_text(&line.entry.reference)).into_owned(),
                inert(&user_text(&line.entry.user)).into_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{BusinessDay, Reference, UserId};

    fn refusal(status: SideStatus) -> Option<String> {
        let refused = ensure_proven(Side::Credit, status).err();
        refused.map(|error| error.to_string())
    }

    #[test]
    fn a_side_that_awaits_its_book_has_no_corrections_yet() {
        assert!(refusal(SideStatus::Awaited).is_some_and(|why| why.contains("committed")));
    }

    #[test]
    fn a_side_of_which_no_report_is_whole_has_no_corrections_yet() {
        assert!(refusal(SideStatus::Committed).is_some_and(|why| why.contains("report")));
    }

    #[test]
    fn a_defaulted_side_has_no_corrections() {
        assert!(refusal(SideStatus::Defaulted).is_some_and(|why| why.contains("book check")));
    }

    #[test]
    fn a_side_proven_without_breaks_has_an_empty_list() {
        assert_eq!(refusal(SideStatus::Proven { breaks: 0 }), None);
    }

    #[test]
    fn a_repaired_side_still_has_its_corrections() {
        assert_eq!(refusal(SideStatus::Repaired { breaks: 3 }), None);
    }

    #[test]
    fn people_read_in_which_state_the_side_is() {
        assert_eq!(
            title(Side::Debit, SideStatus::Proven { breaks: 2 }, 2),
            "2 corrections of the debit side (proven, 2 breaks)"
        );
    }

    fn export() -> Export {
        Export {
            named: DayArguments {
                agreement: 1,
                day: BusinessDay(20_780),
            },
            side: None,
            file: None,
        }
    }

    #[test]
    fn no_cell_is_a_formula_or_holds_what_a_terminal_obeys() {
        let bytes = |text: &str| {
            let mut bytes = [0; 16];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            bytes
        };
        let line = |reference: &str, user: &str| Line {
            position: None,
            action: "suspend",
            cause: "not_matched".into(),
            entry: Entry {
                reference: Reference(bytes(reference)),
                user: UserId(bytes(user)),
                ..Entry::default()
            },
            booked: Some(100),
            right: None,
        };
        let lines = [line("@SUM(A1)", "=1+1"), line("FV-1", "a\u{1b}[2J")];
        let money = Money::of("CZK").unwrap();
        let csv = export().csv(&money, Side::Debit, &lines).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let cells = |record: csv::StringRecord| (record[7].to_owned(), record[8].to_owned());
        let read: Vec<_> = reader.records().map(|r| cells(r.unwrap())).collect();
        assert_eq!(read[0].0, "\t@SUM(A1)");
        assert_eq!(read[0].1, "\t=1+1");
        assert_eq!(read[1].0, "FV-1");
        assert_eq!(read[1].1, "0x611b5b324a0000000000000000000000");
        assert!(!csv.contains('\u{1b}'));
    }

    #[test]
    fn programs_read_in_which_state_the_side_is() {
        let export = export();
        let state = SideSummary {
            status: SideStatus::Repaired { breaks: 0 },
            ..Default::default()
        };
        let json = export.to_json(&Money::of("CZK").unwrap(), Side::Debit, &state, &[]);
        assert_eq!(json["status"], "repaired");
    }
}

//! `book check`: a party's ledger beside the chain.

use super::side_or_own;
use crate::{
    commands::{
        kind_right_and_in_book::kinds_text,
        refused_file,
        refused_lines::{refusal_json, refusals_text},
        side_parser, Context, DayArguments,
    },
    output::{
        booked_on, by_cause, by_cause_text, cause_and_day, entry_json, minor, names_and_values,
        notes_text, side_id_json, side_totals_json, table, timing_json, with, Rendered,
    },
};
use anyhow::Result;
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    ledger::{compare, Comparison},
    mapping::{self, trade_ids::trade_id_text, LedgerMapping, LedgerReading, Refused, Sheet},
    money::Money,
    text::{cause_text, reference_text, totals_text, user_text},
};
use counterfoil_primitives::{
    refund::RefundedPayment, summary::DayStatus, Cause, Entry, Reference, Side,
};
use serde_json::{json, Value as Json};
use std::path::{Path, PathBuf};

/// Differences that are shown; JSON has all.
const SHOWN: usize = 40;

#[derive(Debug, Args)]
pub(crate) struct Ledger {
    #[command(flatten)]
    pub(super) named: DayArguments,
    /// The side. The default is your own.
    #[arg(long, value_parser = side_parser())]
    side: Option<Side>,
    /// The CSV file.
    #[arg(long)]
    file: PathBuf,
    /// The mapping file that names the columns.
    #[arg(long)]
    mapping: PathBuf,
    /// A file for refused lines, to look at. Correct them in the ledger itself.
    #[arg(long)]
    pub(super) refused: Option<PathBuf>,
}

/// A ledger as its files have it, and its owner.
pub(super) struct Opened {
    mapping: LedgerMapping,
    sheet: Sheet,
    at: At,
    pub(super) agreement: Agreement,
    pub(super) side: Side,
}

/// A ledger, read and compared.
pub(super) struct Checked {
    agreement: Agreement,
    pub(super) side: Side,
    pub(super) reading: LedgerReading,
    comparison: Comparison,
    trades: usize,
    is_open: bool,
}

impl Checked {
    /// How many trades of the day a whole ledger has lines for: not those of nothing that it leaves out.
    pub(super) fn lines_wanted(&self) -> usize {
        self.trades.saturating_sub(self.comparison.filled)
    }
}

impl Ledger {
    /// Reads the files, and finds out whose book they are for.
    pub(super) async fn open(&self, context: &Context) -> Result<Opened> {
        if let Some(refused) = &self.refused {
            refused_file::check(context, refused, &[&self.file, &self.mapping], true)?;
        }
        let mapping: LedgerMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(self.named.agreement).await?;
        let side = side_or_own(context, &at, &agreement, self.side).await?;
        Ok(Opened {
            mapping,
            sheet,
            at,
            agreement,
            side,
        })
    }

    /// Reads the lines, and compares them with the chain.
    pub(super) async fn compare(&self, opened: Opened) -> Result<Checked> {
        let day = self.named.day;
        let Opened {
            mapping,
            sheet,
            at,
            agreement,
            side,
        } = opened;
        let mut reading = mapping.read(&sheet, agreement.money, &|day| {
            agreement.offset_minutes(day)
        })?;
        if let Some(path) = &self.refused {
            let old = keep_refused(&sheet, path, &reading.refused)?;
            let note = old.map(|old| refused_file::kept_note(path, &old));
            reading.notes.extend(note);
        }
        let summary = at.day(agreement.id, day).await?;
        let comparison = compare(&at, &agreement, day, side, &reading.lines).await?;
        Ok(Checked {
            agreement,
            side,
            reading,
            trades: comparison.book.slots.len(),
            comparison,
            is_open: summary.status == DayStatus::Open,
        })
    }

    pub(super) async fn check(&self, context: &Context) -> Result<Rendered> {
        let opened = self.open(context).await?;
        let checked = self.compare(opened).await?;
        let differs = checked.comparison.errors().next().is_some();
        Ok(Rendered {
            partial: !checked.reading.refused.is_empty(),
            differs,
            ..Rendered::new(self.to_json(&checked), self.to_text(&checked))
        })
    }

    pub(super) fn to_json(&self, checked: &Checked) -> Json {
        let comparison = &checked.comparison;
        let differences = comparison.differences.iter().map(|difference| {
            json!({
                "position": difference.position,
                "cause": cause_text(difference.cause),
                "found": difference.found.as_ref().map(entry_json),
                "right": difference.right.as_ref().map(entry_json),
                "booked_on": booked_on(difference.witness.as_ref()),
                "timing": timing_json(difference.timing.as_ref()),
                "original_id": difference.original.map(|original| trade_id_text(&original.id)),
                "original_reference": difference
                    .original
                    .map(|original| reference_text(&original.reference)),
            })
        });
        let refused = &checked.reading.refused;
        let refusals = refused.iter().map(|refused| refusal_json(&refused.error));
        with(
            side_id_json(self.named.side_id(checked.side)),
            json!({
                "lines": checked.reading.lines.len(),
                "refused": refused.len(),
                "refusals": refusals.collect::<Vec<_>>(),
                "notes": checked.reading.notes,
                "trades": checked.trades,
                "matched": comparison.matched,
                "filled_from_chain": comparison.filled,
                "total": minor(comparison.totals.payments),
                "totals": side_totals_json(&comparison.totals),
                "differences_by_cause": by_cause(causes(comparison)),
                "timing": comparison.timing(),
                "differences": differences.collect::<Vec<_>>(),
                "sealed": !checked.is_open,
            }),
        )
    }

    pub(super) fn to_text(&self, checked: &Checked) -> String {
        let comparison = &checked.comparison;
        let money = &checked.agreement.money;
        let mut text = names_and_values([
            ("side", checked.side.name().into()),
            (
                "lines of the ledger",
                checked.reading.lines.len().to_string(),
            ),
            ("refused lines", checked.reading.refused.len().to_string()),
            ("trades on chain", checked.trades.to_string()),
            ("agree", comparison.matched.to_string()),
            ("differ", comparison.errors().count().to_string()),
            ("timing differences", comparison.timing().to_string()),
            ("ledger's total", totals_text(&comparison.totals, money)),
        ]);
        text += &filled_text(comparison.filled);
        if checked.is_open {
            text += "\nthe day still takes trades: compare again after its cut-off";
        }
        if !comparison.differences.is_empty() {
            text += &format!("\n{}", differences_text(comparison, money));
        }
        text += &notes_text(&checked.reading.notes);
        text + &refused_text(&checked.reading.refused, self.refused.as_deref())
    }
}

/// Writes refused lines to a file. An older file of refused lines gets another name, even if there are
/// no refused lines: it would look like this ledger's. Returns that name.
fn keep_refused(sheet: &Sheet, path: &Path, refused: &[Refused]) -> Result<Option<PathBuf>> {
    if refused.is_empty() {
        return refused_file::put_aside(path);
    }
    refused_file::replace(path, |path| sheet.write_refused(path, refused))
}

/// Refused lines for people, the file that has all of them, and what to do. They are not a ledger by
/// themselves.
pub(super) fn refused_text(refused: &[Refused], file: Option<&Path>) -> String {
    if refused.is_empty() {
        return String::new();
    }
    let shown = refusals_text(refused, None);
    let all = file.map_or_else(String::new, |file| {
        format!("\nall refused lines are in {}", file.display())
    });
    format!("{shown}{all}\ncorrect them in the ledger itself, and give the whole ledger again")
}

/// Positions of nothing that the ledger has no lines for.
fn filled_text(filled: usize) -> String {
    match filled {
        0 => String::new(),
        1 => "\n1 position of nothing has no line, and is filled from the chain".into(),
        filled => {
            format!("\n{filled} positions of nothing have no lines, and are filled from the chain")
        }
    }
}

/// A user for people: both users, if ledger and chain differ.
fn users_text(found: Option<&Entry>, right: Option<&Entry>) -> String {
    match (found, right) {
        (Some(found), Some(right)) if found.user != right.user => format!(
            "{} (on chain {})",
            user_text(&found.user),
            user_text(&right.user)
        ),
        _ => right
            .or(found)
            .map_or_else(String::new, |entry| user_text(&entry.user)),
    }
}

/// A trade's reference for people; of a refund, its original's reference and id too.
fn names_text(reference: &Reference, original: Option<&RefundedPayment>) -> String {
    let reference = reference_text(reference);
    original.map_or_else(
        || reference.clone(),
        |original| {
            format!(
                "{reference} (of {}, {})",
                reference_text(&original.reference),
                trade_id_text(&original.id)
            )
        },
    )
}

/// The causes of all differences but timing differences.
fn causes(comparison: &Comparison) -> impl Iterator<Item = Cause> + '_ {
    comparison.errors().map(|difference| difference.cause)
}

fn differences_text(comparison: &Comparison, money: &Money) -> String {
    let rows = comparison.differences.iter().take(SHOWN).map(|difference| {
        let either = difference.right.or(difference.found).unwrap_or_default();
        let amount =
            |entry: Option<Entry>| entry.map_or("-".into(), |entry| money.show(entry.amount));
        vec![
            difference
                .position
                .map_or("none".into(), |position| position.to_string()),
            cause_and_day(
                difference.cause,
                difference.witness.as_ref(),
                difference.timing.as_ref(),
            ),
            kinds_text(
                difference.found.as_ref(),
                difference.right.as_ref(),
                "in the ledger",
            ),
            names_text(&either.reference, difference.original.as_ref()),
            users_text(difference.found.as_ref(), difference.right.as_ref()),
            amount(difference.found),
            amount(difference.right),
        ]
    });
    let header = [
        "position",
        "cause",
        "kind",
        "reference",
        "user",
        "in the ledger",
        "on chain",
    ];
    let mut text = table(&header, rows);
    let more = comparison.differences.len().saturating_sub(SHOWN);
    if more > 0 {
        text += &format!("\nand {more} more; --output json shows all");
    }
    let counts = by_cause_text(causes(comparison), comparison.timing() as u32);
    format!("{text}\n{counts}")
}

#[cfg(test)]
mod tests;

//! `book`: a party's own ledger and book.

use super::{
    trade_import::{progress_bar, refusal_json, refusals_text},
    Context, Place, SideName,
};
use crate::{
    chain::{books::side_name, read::At, views::Agreement},
    ledger::{compare, Comparison},
    mapping::{self, LedgerMapping, LedgerReading, Sheet},
    money::Money,
    output::{
        cause_text, entry_json, list, minor, place_json, reference_text, table, user_text, with,
        Rendered,
    },
};
use anyhow::{bail, Result};
use clap::{Args, Subcommand};
use counterfoil_primitives::{store::import_hash, summary::DayStatus, Side};
use serde_json::{json, Value as Json};
use std::{collections::BTreeMap, path::PathBuf};

/// Differences that are shown; JSON has all.
const SHOWN: usize = 40;

#[derive(Debug, Subcommand)]
pub(crate) enum Book {
    /// Compares a ledger with the chain and sends it to one's own node.
    Import(Import),
    /// Compares a ledger with the chain, and sends nothing.
    Check(Ledger),
    /// Shows the book that one's own node keeps.
    Show(Own),
    /// Shows the entries that a repair took out of the book.
    Suspense(Own),
    /// Shows the day's result, as the node was told it.
    Result(Own),
}

#[derive(Debug, Args)]
pub(crate) struct Ledger {
    #[command(flatten)]
    place: Place,
    /// The side; one's own unless named.
    #[arg(long, value_enum)]
    side: Option<SideName>,
    /// The CSV file.
    #[arg(long)]
    file: PathBuf,
    /// The mapping file that names the columns.
    #[arg(long)]
    mapping: PathBuf,
    /// Where refused lines go, to be corrected.
    #[arg(long)]
    refused: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    ledger: Ledger,
    /// Stands by the ledger: once the day is sealed the node commits to it. Until then an import
    /// may be replaced.
    #[arg(long)]
    confirm: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Own {
    #[command(flatten)]
    place: Place,
    /// The side; one's own unless named.
    #[arg(long, value_enum)]
    side: Option<SideName>,
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

/// The named side, or the one whose party the operator is.
async fn side_or_own(
    context: &Context,
    at: &At,
    deal: &Agreement,
    side: Option<SideName>,
) -> Result<Side> {
    match side {
        Some(side) => Ok(side.into()),
        None => deal.side_of(at.member_of(&context.operator()?).await?),
    }
}

/// A ledger, read and compared.
struct Checked {
    deal: Agreement,
    side: Side,
    reading: LedgerReading,
    comparison: Comparison,
    trades: usize,
    is_open: bool,
}

impl Ledger {
    async fn load(&self, context: &Context) -> Result<Checked> {
        let Place { agreement, day } = self.place;
        let mapping: LedgerMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping.file)?;
        let at = context.chain().await?.finalised().await?;
        let deal = at.agreement(agreement).await?;
        let side = side_or_own(context, &at, &deal, self.side).await?;
        let reading = mapping.read(&sheet, deal.money, &|day| deal.offset_minutes(day))?;
        if let (Some(path), false) = (&self.refused, reading.refused.is_empty()) {
            sheet.write_refused(path, &reading.refused)?;
        }
        let summary = at.day(agreement, day).await?;
        let comparison = compare(&at, &deal, day, side, &reading.lines).await?;
        Ok(Checked {
            deal,
            side,
            reading,
            trades: comparison.book.slots.len(),
            comparison,
            is_open: summary.status == DayStatus::Open,
        })
    }

    async fn check(&self, context: &Context) -> Result<Rendered> {
        let checked = self.load(context).await?;
        let partial = !checked.reading.refused.is_empty();
        Ok(Rendered {
            json: self.to_json(&checked),
            text: self.to_text(&checked),
            partial,
        })
    }

    fn to_json(&self, checked: &Checked) -> Json {
        let Place { agreement, day } = self.place;
        let comparison = &checked.comparison;
        let differences = comparison.differences.iter().map(|difference| {
            json!({
                "position": difference.position,
                "cause": cause_text(difference.cause),
                "found": difference.found.as_ref().map(entry_json),
                "right": difference.right.as_ref().map(entry_json),
            })
        });
        with(
            place_json(agreement, day, Some(checked.side)),
            json!({
                "lines": checked.reading.lines.len(),
                "refused": checked.reading.refused.len(),
                "refusals": checked.reading.refused.iter().map(|r| refusal_json(&r.error)).collect::<Vec<_>>(),
                "trades": checked.trades,
                "matched": comparison.matched,
                "total": minor(comparison.total),
                "differences_by_cause": by_cause(comparison),
                "differences": differences.collect::<Vec<_>>(),
                "sealed": !checked.is_open,
            }),
        )
    }

    fn to_text(&self, checked: &Checked) -> String {
        let comparison = &checked.comparison;
        let money = &checked.deal.money;
        let mut text = list([
            ("side", side_name(checked.side).into()),
            (
                "lines of the ledger",
                checked.reading.lines.len().to_string(),
            ),
            ("refused lines", checked.reading.refused.len().to_string()),
            ("trades on chain", checked.trades.to_string()),
            ("agree", comparison.matched.to_string()),
            ("differ", comparison.differences.len().to_string()),
            ("ledger's total", money.show(comparison.total)),
        ]);
        if checked.is_open {
            text += "\nthe day still takes trades: compare again after its cut-off";
        }
        if !comparison.differences.is_empty() {
            text += &format!("\n{}", differences_text(comparison, money));
        }
        text + &refusals_text(&checked.reading.refused, self.refused.as_deref())
    }
}

fn by_cause(comparison: &Comparison) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for difference in &comparison.differences {
        *counts.entry(cause_text(difference.cause)).or_default() += 1;
    }
    counts
}

fn differences_text(comparison: &Comparison, money: &Money) -> String {
    let rows = comparison.differences.iter().take(SHOWN).map(|difference| {
        let either = difference.right.or(difference.found).unwrap_or_default();
        let amount = |entry: Option<counterfoil_primitives::Entry>| {
            entry.map_or("-".into(), |entry| money.show(entry.amount))
        };
        vec![
            difference
                .position
                .map_or("none".into(), |position| position.to_string()),
            cause_text(difference.cause),
            reference_text(&either.reference),
            user_text(&either.user),
            amount(difference.found),
            amount(difference.right),
        ]
    });
    let header = [
        "position",
        "cause",
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
    let counts: Vec<String> = by_cause(comparison)
        .iter()
        .map(|(cause, count)| format!("{count} {cause}"))
        .collect();
    format!("{text}\n{}", counts.join(", "))
}

impl Import {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let Place { agreement, day } = self.ledger.place;
        let checked = self.ledger.load(context).await?;
        if let Some(first) = checked.reading.refused.first() {
            // A ledger without some of its lines would be a false one.
            bail!(
                "{} lines are refused, so nothing is imported; the first: {}{}",
                checked.reading.refused.len(),
                first.error,
                match &self.ledger.refused {
                    Some(path) => format!(". All are in {}", path.display()),
                    None => String::new(),
                }
            );
        }
        let lines = &checked.reading.lines;
        let hash = import_hash(lines);
        let chain = context.chain().await?;
        let bar = progress_bar(lines.len() as u64, "lines");
        let sent = chain
            .import_ledger(agreement, day, checked.side, lines, |sent| bar.inc(sent))
            .await;
        bar.finish_and_clear();
        sent?;
        if self.confirm {
            chain
                .confirm_import(agreement, day, checked.side, hash)
                .await?;
        }
        let json = with(
            self.ledger.to_json(&checked),
            json!({ "hash": format!("{hash:?}"), "confirmed": self.confirm }),
        );
        let outcome = if self.confirm {
            "imported and confirmed: the node commits to it once the day is sealed"
        } else {
            "imported, not confirmed: run this again with --confirm to stand by it"
        };
        let text = format!(
            "{}\nhash {hash:?}\n{outcome}",
            self.ledger.to_text(&checked)
        );
        Ok(Rendered::new(json, text))
    }
}

impl Own {
    /// What the node answers, and what is needed to show it.
    async fn ask(&self, context: &Context, method: &str) -> Result<(Agreement, Side, Json)> {
        let Place { agreement, day } = self.place;
        let chain = context.chain().await?;
        let at = chain.finalised().await?;
        let deal = at.agreement(agreement).await?;
        let side = side_or_own(context, &at, &deal, self.side).await?;
        let answer = chain.own_book(method, agreement, day, side).await?;
        Ok((deal, side, answer))
    }

    fn json(&self, side: Side, key: &str, answer: Json) -> Json {
        with(
            place_json(self.place.agreement, self.place.day, Some(side)),
            json!({ key: answer }),
        )
    }

    async fn show(&self, context: &Context) -> Result<Rendered> {
        let (deal, side, book) = self.ask(context, "counterfoil_bookState").await?;
        let text = if book.is_null() {
            "the node keeps no book of this day".into()
        } else {
            list([
                ("source", plain(&book["source"])),
                ("positions", plain(&book["slots"])),
                ("extras", plain(&book["extras"])),
                ("total", amount(&deal.money, &book["total"])),
                ("closed", plain(&book["frozen"])),
                ("repaired", plain(&book["repaired"])),
                ("equal references", plain(&book["equal_references"])),
                ("problem", plain(&book["problem"])),
                ("import", import_text(&book["import"])),
            ])
        };
        Ok(Rendered::new(self.json(side, "book", book), text))
    }

    async fn suspense(&self, context: &Context) -> Result<Rendered> {
        let (deal, side, suspense) = self.ask(context, "counterfoil_bookSuspense").await?;
        let entries = suspense.as_array().cloned().unwrap_or_default();
        let rows = entries.iter().map(|suspended| {
            let entry = &suspended["entry"];
            vec![
                plain(&suspended["cause"]),
                uuid_text(&entry["reference"]),
                plain(&entry["user"]),
                plain(&entry["product"]),
                amount(&deal.money, &entry["amount"]),
            ]
        });
        let text = if entries.is_empty() {
            "the suspense list is empty".into()
        } else {
            table(&["cause", "reference", "user", "product", "amount"], rows)
        };
        Ok(Rendered::new(self.json(side, "suspense", suspense), text))
    }

    async fn result(&self, context: &Context) -> Result<Rendered> {
        let (deal, side, result) = self.ask(context, "counterfoil_bookResult").await?;
        let text = if result.is_null() {
            "the node has no result of this day yet".into()
        } else {
            list([
                ("trades", plain(&result["trades"])),
                ("breaks", plain(&result["breaks"])),
                ("repaired", plain(&result["repaired"])),
                ("defaulted", plain(&result["defaulted"])),
                ("payable", amount(&deal.money, &result["payable"])),
                ("paid", plain(&result["paid"])),
            ])
        };
        Ok(Rendered::new(self.json(side, "result", result), text))
    }
}

/// The import of a ledger as people read it.
fn import_text(import: &Json) -> String {
    if import.is_null() {
        return "none".into();
    }
    let stands = if import["confirmed"] == true {
        "confirmed"
    } else {
        "not confirmed"
    };
    format!("{} lines, {stands}", plain(&import["lines"]))
}

/// A value as people read it.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => "-".into(),
        Json::String(text) => text.clone(),
        Json::Bool(true) => "yes".into(),
        Json::Bool(false) => "no".into(),
        other => other.to_string(),
    }
}

/// A reference that a node writes as plain hexadecimal.
fn uuid_text(value: &Json) -> String {
    let uuid = value
        .as_str()
        .and_then(|text| uuid::Uuid::try_parse(text).ok());
    uuid.map_or_else(|| plain(value), |uuid| uuid.to_string())
}

/// An amount that a node writes as text.
fn amount(money: &Money, value: &Json) -> String {
    let amount = value.as_str().and_then(|text| text.parse().ok());
    amount.map_or_else(|| plain(value), |amount| money.show(amount))
}

//! `trade import`: a client's file becomes trades.

mod prepare;
#[cfg(test)]
mod tests;

use super::{refused::check_apart, Context};
use crate::{
    chain::{trades::ClientChain, views::Agreement},
    import::{self, Prepared, Settings, Step, Verdict},
    journal::Journal,
    mapping::{self, payments, LineError, PaymentMapping, Refused, Sheet},
    output::{list, minor, with, Rendered},
    time::parse_day,
};
use anyhow::{bail, Context as _, Result};
use clap::Args;
use counterfoil_primitives::{Amount, BusinessDay, MemberId, Role, TradeRequest};
use indicatif::{ProgressBar, ProgressStyle};
use prepare::{prepare, ProductTerms};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Refused lines that are shown; the file has all.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The agreement's number.
    #[arg(long)]
    agreement: u32,
    /// The CSV file.
    #[arg(long)]
    file: PathBuf,
    /// The mapping file that names the columns.
    #[arg(long)]
    mapping: PathBuf,
    /// Puts all payments on this day, at their time of day.
    #[arg(long, value_parser = parse_day)]
    day: Option<BusinessDay>,
    /// The client's journal; one a client, in the state folder, unless named.
    #[arg(long)]
    journal: Option<PathBuf>,
    /// Where refused lines go, to be corrected and imported again.
    #[arg(long)]
    refused: Option<PathBuf>,
    /// Does not wait after a lost journal: says that no import of this client was under way in
    /// the last minutes.
    #[arg(long)]
    trust_new_journal: bool,
    /// Most trades of one call.
    #[arg(long, default_value_t = import::BATCH as u16, value_parser = clap::value_parser!(u16).range(1..=import::BATCH as i64))]
    batch: u16,
    /// Most calls on their way at once.
    #[arg(long, default_value_t = import::IN_FLIGHT as u16, value_parser = clap::value_parser!(u16).range(1..=import::MOST_IN_FLIGHT as i64))]
    in_flight: u16,
}

/// The sums of trades.
#[derive(Default)]
struct Sums {
    count: usize,
    gross: Amount,
    debit: Amount,
    credit: Amount,
}

impl Sums {
    fn add(&mut self, trade: &TradeRequest) {
        self.count += 1;
        self.gross = self.gross.saturating_add(trade.gross);
        self.debit = self.debit.saturating_add(trade.debit);
        self.credit = self.credit.saturating_add(trade.credit);
    }
}

impl Import {
    pub(crate) async fn run(&self, context: &Context) -> Result<Rendered> {
        self.check_refused(context)?;
        let mapping: PaymentMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let at = chain.finalised().await?;
        let client = at.member_of(&operator).await?;
        if at.role(client).await? != Role::Client {
            bail!("member {client} is no client; only clients record trades");
        }
        let agreement = at.agreement(self.agreement).await?;
        if !agreement.view.clients.contains(&client) {
            bail!(
                "agreement {} does not admit client {client}; it admits {:?}",
                agreement.id,
                agreement.view.clients
            );
        }
        let reading = mapping.read(
            &sheet,
            &payments::Context {
                client,
                money: agreement.money,
                offset_on: &|day| agreement.offset_minutes(day),
                day: self.day,
            },
        )?;
        let terms = ProductTerms::load(&at, &agreement, &mapping, &reading.payments).await?;
        let mut refused = reading.refused;
        let (mut prepared, mut lines) = (Vec::new(), Vec::new());
        for payment in reading.payments {
            match prepare(&agreement, &terms, &payment) {
                Ok(ready) => {
                    prepared.push(ready);
                    lines.push((payment.record, payment.line));
                }
                Err(error) => refused.push(Refused {
                    record: payment.record,
                    error,
                }),
            }
        }
        let verdicts = self
            .record(&chain, &agreement, client, operator, &prepared)
            .await?;
        let (mut recorded, mut known) = (Sums::default(), Sums::default());
        for ((verdict, ready), (record, line)) in verdicts.iter().zip(&prepared).zip(lines) {
            match verdict {
                Verdict::Recorded { .. } => recorded.add(&ready.trade),
                Verdict::Known { .. } => known.add(&ready.trade),
                Verdict::Refused { reason } => refused.push(Refused {
                    record,
                    error: LineError {
                        line,
                        column: None,
                        problem: format!("the payment {:?} is not recorded", ready.id),
                        remedy: reason.clone(),
                    },
                }),
            }
        }
        refused.sort_by_key(|refused| refused.record);
        let file = self.write_refused(&sheet, &refused)?;
        let mut said = self.render(
            &agreement,
            sheet.len(),
            &recorded,
            &known,
            &refused,
            file.as_deref(),
        );
        said.text += &notes_text(&reading.notes);
        said.json = with(said.json, json!({ "notes": reading.notes }));
        Ok(said)
    }

    async fn record(
        &self,
        chain: &crate::chain::Chain,
        agreement: &Agreement,
        client: MemberId,
        operator: crate::signer::Operator,
        prepared: &[Prepared],
    ) -> Result<Vec<Verdict>> {
        let path = match &self.journal {
            Some(path) => path.clone(),
            None => Journal::default_path(chain.genesis(), client)?,
        };
        check_apart(&self.refused_path(), &[&path])?;
        let journal = Journal::open(&path, chain.genesis(), client)?;
        let mut view = ClientChain::new(chain.clone(), agreement.clone(), client, operator).await?;
        let settings = Settings {
            batch: self.batch.into(),
            in_flight: self.in_flight.into(),
            trust_new_journal: self.trust_new_journal,
            ..Settings::of(agreement.id)
        };
        let bar = progress_bar(prepared.len() as u64, "payments");
        let mut told = false;
        let mut watch = |step| match step {
            Step::Searching => bar.set_message("searching the chain for payments recorded before"),
            Step::WaitingOutDoubt { left } => {
                let message = format!(
                    "the journal is new and the client is not: waiting {} s until nothing sent before can land",
                    left.div_ceil(1000)
                );
                // Without a terminal there is no bar to carry the message.
                if bar.is_hidden() && !std::mem::replace(&mut told, true) {
                    eprintln!("{message}");
                }
                bar.set_message(message);
            }
            Step::Done { payments } => {
                bar.set_message("");
                bar.set_position(payments as u64);
            }
        };
        let verdicts = import::run(&mut view, &journal, prepared, &settings, &mut watch).await;
        bar.finish_and_clear();
        verdicts
    }

    /// Where refused lines go.
    fn refused_path(&self) -> PathBuf {
        self.refused.clone().unwrap_or_else(|| {
            let mut name = self.file.file_stem().unwrap_or_default().to_os_string();
            name.push(".refused.csv");
            self.file.with_file_name(name)
        })
    }

    /// The refused lines must not go to a file that the command line names for something else.
    fn check_refused(&self, context: &Context) -> Result<()> {
        let mut named = vec![self.file.as_path(), &self.mapping];
        named.extend(self.journal.as_deref());
        named.extend(context.global.key_file.as_deref());
        check_apart(&self.refused_path(), &named)
    }

    fn write_refused(&self, sheet: &Sheet, refused: &[Refused]) -> Result<Option<PathBuf>> {
        let path = self.refused_path();
        if !refused.is_empty() {
            sheet.write_refused(&path, refused)?;
            return Ok(Some(path));
        }
        // A file of an earlier import would look like this one's.
        if self.refused.is_some() && path.is_file() {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove the old {}", path.display()))?;
        }
        Ok(None)
    }

    fn render(
        &self,
        agreement: &Agreement,
        lines: usize,
        recorded: &Sums,
        known: &Sums,
        refused: &[Refused],
        file: Option<&Path>,
    ) -> Rendered {
        let money = &agreement.money;
        let json = json!({
            "agreement": agreement.id,
            "lines": lines,
            "accepted": recorded.count + known.count,
            "recorded": recorded.count,
            "recorded_before": known.count,
            "refused": refused.len(),
            "currency": money.code(),
            "gross": minor(recorded.gross + known.gross),
            "debit": minor(recorded.debit + known.debit),
            "credit": minor(recorded.credit + known.credit),
            "refused_file": file.map(|path| path.display().to_string()),
            "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
        });
        let mut text = list([
            ("lines", lines.to_string()),
            ("accepted", (recorded.count + known.count).to_string()),
            ("  recorded now", recorded.count.to_string()),
            ("  recorded before", known.count.to_string()),
            ("refused", refused.len().to_string()),
            ("gross", money.show(recorded.gross + known.gross)),
            ("debit", money.show(recorded.debit + known.debit)),
            ("credit", money.show(recorded.credit + known.credit)),
        ]);
        text += &refusals_text(refused, file);
        Rendered {
            json,
            text,
            partial: !refused.is_empty(),
            differs: false,
        }
    }
}

/// A refused line for programs.
pub(super) fn refusal_json(error: &LineError) -> serde_json::Value {
    json!({
        "line": error.line,
        "column": error.column,
        "problem": error.problem,
        "remedy": error.remedy,
    })
}

/// Notes for people, a line each.
pub(super) fn notes_text(notes: &[String]) -> String {
    notes.iter().map(|note| format!("\nnote: {note}")).collect()
}

/// The first refused lines for people, and where all are.
pub(super) fn refusals_text(refused: &[Refused], file: Option<&Path>) -> String {
    let mut text = String::new();
    for refused in refused.iter().take(SHOWN) {
        text += &format!("\n  {}", refused.error);
    }
    if refused.len() > SHOWN {
        text += &format!("\n  and {} more", refused.len() - SHOWN);
    }
    if let Some(file) = file {
        text += &format!(
            "\nrefused lines are in {}; correct them and import that file",
            file.display()
        );
    }
    text
}

/// A progress bar on standard error; none where that is no terminal.
pub(super) fn progress_bar(length: u64, unit: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = format!("{{bar:30}} {{pos}}/{{len}} {unit} {{elapsed}} {{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(250));
    bar
}

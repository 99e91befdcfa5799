//! `trade import`: a client's file becomes trades.

mod booked;
mod doubt;
mod dry_run;
mod held_up;
mod prepare;
mod refused_file;
#[cfg(test)]
mod tests;

use super::{refused::check_apart, Context};
use crate::{
    chain::{read::At, trades::ClientChain, views::Agreement},
    import::{self, Doubt, Prepared, Settings, Step, Verdict},
    journal::Journal,
    mapping::{self, payments, LineError, PaymentMapping, Refused, Sheet},
    output::{list, minor, Rendered},
    time::parse_day,
};
use anyhow::{bail, Result};
use booked::Booked;
use clap::Args;
use counterfoil_primitives::{AgreementId, Amount, BusinessDay, MemberId, Role, TradeRequest};
use indicatif::{ProgressBar, ProgressStyle};
use prepare::{prepare, ProductTerms};
use serde_json::json;
use sp_core::H256;
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
    /// Records payments that look like trades which are recorded under another id: says that they are
    /// other payments.
    #[arg(long)]
    anew: bool,
    /// Tells what would be sent, what refused and why, with totals. Needs no key, sends nothing, and
    /// writes no journal; refused lines go to a file only where --refused names one.
    #[arg(long)]
    dry_run: bool,
    /// Whose payments a dry run is about, where it has no key to tell; the agreement's client unless
    /// it admits several.
    #[arg(long, requires = "dry_run")]
    client: Option<MemberId>,
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

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.gross = self.gross.saturating_add(other.gross);
        self.debit = self.debit.saturating_add(other.debit);
        self.credit = self.credit.saturating_add(other.credit);
    }
}

/// What an import has done.
#[derive(Default)]
struct Done {
    /// What it recorded.
    recorded: Sums,
    /// What was recorded before.
    known: Sums,
    /// Where both stand.
    booked: Booked,
}

/// What a file holds, ready to be recorded.
struct Ready {
    /// The payments.
    prepared: Vec<Prepared>,
    /// The record and the line on which each stands.
    places: Vec<(usize, u64)>,
    /// The lines that are no payments.
    refused: Vec<Refused>,
    /// What the user should know beside them.
    notes: Vec<String>,
}

impl Ready {
    /// Refuses a payment, by its index.
    fn refuse(&mut self, index: usize, reason: &str) {
        let (record, line) = self.places[index];
        self.refused.push(Refused {
            record,
            error: LineError {
                line,
                column: None,
                problem: format!("the payment {:?} is not recorded", self.prepared[index].id),
                remedy: reason.into(),
            },
        });
    }
}

impl Import {
    pub(crate) async fn run(&self, context: &Context) -> Result<Rendered> {
        self.check_refused(context)?;
        let mapping: PaymentMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        if self.dry_run {
            return self.foresee(context, &mapping, &sheet).await;
        }
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let at = chain.finalised().await?;
        let client = at.member_of(&operator).await?;
        let agreement = self.agreement_of(&at, client).await?;
        let mut ready = self.read(&at, &agreement, client, &mapping, &sheet).await?;
        let (verdicts, notes) = self
            .record(&chain, &agreement, client, operator, &ready.prepared)
            .await?;
        ready.notes.extend(notes);
        let mut done = Done::default();
        for (index, verdict) in verdicts.iter().enumerate() {
            let Prepared {
                trade, day: own, ..
            } = &ready.prepared[index];
            match verdict {
                Verdict::Recorded { day, .. } => {
                    done.recorded.add(trade);
                    done.booked.add(*own, *day, trade.gross);
                }
                Verdict::Known { day, .. } => {
                    done.known.add(trade);
                    done.booked.add(*own, *day, trade.gross);
                }
                Verdict::Refused { reason } => ready.refuse(index, reason),
            }
        }
        ready.notes.extend(done.booked.notes());
        ready.refused.sort_by_key(|refused| refused.record);
        let file = self.write_refused(&sheet, &mut ready)?;
        Ok(self.render(&agreement, sheet.len(), &done, &ready, file.as_deref()))
    }

    /// The agreement, where `client` may record under it.
    async fn agreement_of(&self, at: &At, client: MemberId) -> Result<Agreement> {
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
        Ok(agreement)
    }

    /// Reads the file's payments, and forms their trades by the terms of their days.
    async fn read(
        &self,
        at: &At,
        agreement: &Agreement,
        client: MemberId,
        mapping: &PaymentMapping,
        sheet: &Sheet,
    ) -> Result<Ready> {
        let reading = mapping.read(
            sheet,
            &payments::Context {
                client,
                money: agreement.money,
                offset_on: &|day| agreement.offset_minutes(day),
                day: self.day,
            },
        )?;
        let terms = ProductTerms::load(at, agreement, mapping, &reading.payments).await?;
        let mut ready = Ready {
            prepared: Vec::with_capacity(reading.payments.len()),
            places: Vec::with_capacity(reading.payments.len()),
            refused: reading.refused,
            notes: reading.notes,
        };
        for payment in reading.payments {
            match prepare(agreement, &terms, &payment) {
                Ok(prepared) => {
                    ready.prepared.push(prepared);
                    ready.places.push((payment.record, payment.line));
                }
                Err(error) => ready.refused.push(Refused {
                    record: payment.record,
                    error,
                }),
            }
        }
        Ok(ready)
    }

    /// The client's journal.
    fn journal_path(&self, genesis: H256, client: MemberId) -> Result<PathBuf> {
        self.journal
            .clone()
            .map_or_else(|| Journal::default_path(genesis, client), Ok)
    }

    async fn record(
        &self,
        chain: &crate::chain::Chain,
        agreement: &Agreement,
        client: MemberId,
        operator: crate::signer::Operator,
        prepared: &[Prepared],
    ) -> Result<(Vec<Verdict>, Vec<String>)> {
        let path = self.journal_path(chain.genesis(), client)?;
        check_apart(&self.refused_path(), &[&path])?;
        let journal = Journal::open(&path, chain.genesis(), client)?;
        let mut view = ClientChain::new(chain.clone(), agreement.clone(), client, operator).await?;
        let settings = self.settings(agreement);
        let bar = progress_bar(prepared.len() as u64, "payments");
        let mut told = false;
        let mut told_why = false;
        let mut found: Option<Doubt> = None;
        let mut watch = |step| match step {
            Step::Doubt(doubt) => found = Some(doubt),
            Step::Searching => bar.set_message("searching the chain for payments recorded before"),
            Step::WaitingOutDoubt { left } => {
                let message = doubt::waiting(found, left);
                // Without a terminal there is no bar to carry the message.
                if bar.is_hidden() && !std::mem::replace(&mut told, true) {
                    eprintln!("{message}");
                }
                bar.set_message(message);
            }
            Step::HeldUp(why) => {
                let message = held_up::message(&why);
                if bar.is_hidden() && !std::mem::replace(&mut told_why, true) {
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
        let verdicts = verdicts?;
        let mut notes = Vec::new();
        notes.extend(found.and_then(|found| doubt::others(found, client, &path)));
        let recorded = prepared.iter().zip(&verdicts);
        let recorded = recorded
            .filter(|(_, verdict)| matches!(verdict, Verdict::Recorded { .. }))
            .map(|(payment, _)| payment);
        notes.extend(elsewhere(&journal, agreement.id, recorded)?);
        Ok((verdicts, notes))
    }

    /// How the import goes about it.
    fn settings(&self, agreement: &Agreement) -> Settings {
        Settings {
            batch: self.batch.into(),
            in_flight: self.in_flight.into(),
            trust_new_journal: self.trust_new_journal,
            anew: self.anew,
            money: Some(agreement.money),
            ..Settings::of(agreement.id)
        }
    }

    /// Where refused lines go.
    fn refused_path(&self) -> PathBuf {
        self.refused.clone().unwrap_or_else(|| {
            let mut name = self.file.file_stem().unwrap_or_default().to_os_string();
            name.push(".refused.csv");
            self.file.with_file_name(name)
        })
    }

    /// The refused lines must not go to a file that the command line names for something else, nor to
    /// another one that is there.
    fn check_refused(&self, context: &Context) -> Result<()> {
        let mut named = vec![self.file.as_path(), &self.mapping];
        named.extend(self.journal.as_deref());
        named.extend(context.global.key_file.as_deref());
        let path = self.refused_path();
        check_apart(&path, &named)?;
        if self.dry_run && self.refused.is_none() {
            return Ok(());
        }
        refused_file::check(&path)
    }

    /// Writes the refused lines, and notes what becomes of an older file of such lines.
    fn write_refused(&self, sheet: &Sheet, ready: &mut Ready) -> Result<Option<PathBuf>> {
        let path = self.refused_path();
        let refused = &ready.refused;
        let (old, written) = if refused.is_empty() {
            (refused_file::put_aside(&path)?, None)
        } else {
            let old = refused_file::replace(&path, |path| sheet.write_refused(path, refused))?;
            (old, Some(path.clone()))
        };
        ready.notes.extend(old.map(|old| {
            format!(
                "{} was there already, from an earlier import and perhaps with corrections; it is kept as {}",
                path.display(),
                old.display()
            )
        }));
        Ok(written)
    }

    fn render(
        &self,
        agreement: &Agreement,
        lines: usize,
        done: &Done,
        ready: &Ready,
        file: Option<&Path>,
    ) -> Rendered {
        let money = &agreement.money;
        let (recorded, known) = (&done.recorded, &done.known);
        let refused = &ready.refused;
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
            "booked": done.booked.json(),
            "refused_file": file.map(|path| path.display().to_string()),
            "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
            "notes": ready.notes,
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
        text += &notes_text(&ready.notes);
        text += &refusals_text(refused, file);
        Rendered {
            json,
            text,
            partial: !refused.is_empty(),
            differs: false,
        }
    }
}

/// What there is to say of payments whose ids the client has given under another agreement as well.
fn elsewhere<'a>(
    journal: &Journal,
    agreement: AgreementId,
    payments: impl IntoIterator<Item = &'a Prepared>,
) -> Result<Option<String>> {
    let ids = payments.into_iter().map(|payment| payment.id.as_str());
    let elsewhere = journal.elsewhere(agreement, ids)?;
    Ok(elsewhere.first().map(|(payment, other)| {
        let more = match elsewhere.len() - 1 {
            0 => String::new(),
            1 => ", and that of another one".into(),
            more => format!(", and those of {more} others"),
        };
        format!(
            "by its journal the client has used the id of the payment {payment:?} under agreement {other} too{more}; \
             where that is the same payment, it is recorded under both: agree with the parties under which of them it stands"
        )
    }))
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

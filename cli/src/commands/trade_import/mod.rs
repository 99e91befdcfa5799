//! `trade import`: the payments and refunds of a client's file become trades.

mod booked_days;
mod dry_run;
mod held_up;
mod late_payments_file;
mod notes_on_waiting;
mod outcome;
mod recording;
mod remedies_by_flag;
mod sums;
#[cfg(test)]
mod tests;
mod trades_of_file;

use super::{refused_file, Context};
use crate::output::Rendered;
use anyhow::{bail, Result};
use clap::{builder::RangedI64ValueParser, Args};
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    error::Error,
    import::{self, Missing, NotRecorded, Prepared, Verdict},
    mapping::{self, payments, LineError, PaymentMapping, Refused, Sheet},
    printable_text::quoted,
    suspension::ensure_records,
    time::parse_day,
};
use counterfoil_primitives::{BusinessDay, MemberId, Role};
use outcome::{Done, Files};
use std::path::PathBuf;
use trades_of_file::{prepare, terms_of};

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
    /// The client's journal. The default is a file for each client in the state folder.
    #[arg(long)]
    journal: Option<PathBuf>,
    /// A file for refused lines, to be corrected and imported again.
    #[arg(long)]
    refused: Option<PathBuf>,
    /// Skips the wait after a lost journal. It states that no import of this client was under way in
    /// the last minutes.
    #[arg(long)]
    trust_new_journal: bool,
    /// Records payments that look like trades recorded under another id. It states that they are other
    /// payments.
    #[arg(long)]
    anew: bool,
    /// Shows what would be sent, and what would be refused and why, with totals. Needs no key, sends
    /// nothing, and writes no journal. Refused lines go to a file only if --refused names one.
    #[arg(long)]
    dry_run: bool,
    /// The client whose payments a dry run is about, if no key shows it. The default is the agreement's
    /// client, unless it admits several.
    #[arg(long, requires = "dry_run")]
    client: Option<MemberId>,
    /// Maximum trades per call. A call takes at most 500 refunds.
    #[arg(long, default_value_t = import::BATCH as u16, value_parser = up_to(import::BATCH))]
    batch: u16,
    /// Maximum calls under way at once.
    #[arg(long, default_value_t = import::IN_FLIGHT as u16, value_parser = up_to(import::MAX_IN_FLIGHT))]
    in_flight: u16,
}

/// Reads a number from 1 to `max`.
fn up_to(max: usize) -> RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=max as i64)
}

/// What a file holds, ready to be recorded.
struct Ready {
    /// The payments.
    prepared: Vec<Prepared>,
    /// The record and the line of each.
    places: Vec<(usize, u64)>,
    /// The lines that are not payments.
    refused: Vec<Refused>,
    /// The payments that come too late for their client.
    late: Vec<Refused>,
    /// Why lines are refused that may be originals of refunds, by their ids.
    missing: Missing,
    /// What the user should know beside them.
    notes: Vec<String>,
}

impl Ready {
    /// Refuses a payment, by its index.
    fn refuse(&mut self, index: usize, why: &NotRecorded) {
        let refused = self.refused_line(index, remedies_by_flag::refusal(why));
        match why {
            NotRecorded::TooLate => self.late.push(refused),
            _ => self.refused.push(refused),
        }
    }

    /// The line of a payment, refused.
    fn refused_line(&self, index: usize, reason: String) -> Refused {
        let (record, line) = self.places[index];
        Refused {
            record,
            error: LineError {
                line,
                column: None,
                problem: format!(
                    "the {} {} is not recorded",
                    self.prepared[index].kind().name(),
                    quoted(&self.prepared[index].id)
                ),
                remedy: reason,
                no_moment: None,
            },
        }
    }

    /// All refused lines, as the file has them.
    fn all_refused(&self) -> Vec<Refused> {
        let mut refused: Vec<Refused> = self.refused.iter().chain(&self.late).cloned().collect();
        refused.sort_by_key(|refused| refused.record);
        refused
    }
}

impl Import {
    pub(crate) async fn run(&self, context: &Context) -> Result<Rendered> {
        let mut inputs = vec![self.file.as_path(), &self.mapping];
        inputs.extend(self.journal.as_deref());
        let writes = !self.dry_run || self.refused.is_some();
        refused_file::check(context, &self.refused_path(), &inputs, writes)?;
        self.check_late_path(context, &inputs)?;
        let mapping: PaymentMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        if self.dry_run {
            return self.foresee(context, &mapping, &sheet).await;
        }
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let client = at.member_of(&operator).await?;
        let agreement = self.agreement_of(&at, client).await?;
        let mut ready = self.read(&at, &agreement, client, &mapping, &sheet).await?;
        let (verdicts, notes) = self
            .record(&chain, &agreement, client, operator, &ready)
            .await?;
        ready.notes.extend(notes);
        let mut done = Done::default();
        for (index, verdict) in verdicts.iter().enumerate() {
            let prepared = &ready.prepared[index];
            match verdict {
                Verdict::Recorded { day, .. } | Verdict::Known { day, .. } => {
                    let new = matches!(verdict, Verdict::Recorded { .. });
                    done.sums(prepared.kind(), new).add(&prepared.trade);
                    done.booked.add(prepared, *day);
                }
                Verdict::Supplemented { day, position } => {
                    done.supplemented.add(prepared, (*day, *position));
                }
                Verdict::Refused { reason } => ready.refuse(index, reason),
            }
        }
        ready.notes.extend(done.booked.notes());
        ready.notes.extend(done.supplemented.note());
        ready.refused.sort_by_key(|refused| refused.record);
        let files = Files {
            refused: self.write_refused(&sheet, &mut ready)?,
            late: self.write_late(context, &sheet, client, &mut ready)?,
        };
        let lines = sheet.len();
        Ok(outcome::render(&agreement, lines, &done, &ready, &files))
    }

    /// The agreement, if `client` may record under it.
    async fn agreement_of(&self, at: &At, client: MemberId) -> Result<Agreement> {
        if at.role(client).await? != Role::Client {
            bail!("member {client} is not a client; only clients record trades");
        }
        let agreement = at.agreement(self.agreement).await?;
        if !agreement.view.admits(client) {
            bail!(
                "agreement {} does not admit client {client}; it admits {:?}",
                agreement.id,
                agreement.view.clients
            );
        }
        ensure_records(&agreement, client).map_err(Error::from)?;
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
        let terms = terms_of(at, agreement, mapping, &reading.payments).await?;
        let mut ready = Ready {
            prepared: Vec::with_capacity(reading.payments.len()),
            places: Vec::with_capacity(reading.payments.len()),
            refused: reading.refused,
            late: Vec::new(),
            missing: reading.missing,
            notes: reading.notes,
        };
        if self.day.is_some() {
            let refused = ready.refused.iter_mut();
            refused.for_each(|refused| remedies_by_flag::name_day(&mut refused.error));
        }
        for payment in reading.payments {
            match prepare(agreement, &terms, &payment) {
                Ok(prepared) => {
                    ready.prepared.push(prepared);
                    ready.places.push((payment.record, payment.line));
                }
                Err(error) => {
                    ready.missing.insert(payment.id, error.to_string());
                    ready.refused.push(Refused {
                        record: payment.record,
                        error,
                    });
                }
            }
        }
        Ok(ready)
    }

    /// Where refused lines go.
    fn refused_path(&self) -> PathBuf {
        self.refused.clone().unwrap_or_else(|| {
            let mut name = self.file.file_stem().unwrap_or_default().to_os_string();
            name.push(".refused.csv");
            self.file.with_file_name(name)
        })
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
        ready
            .notes
            .extend(old.map(|old| refused_file::kept_note(&path, &old)));
        Ok(written)
    }
}

//! `export`: what is recorded, proven and owed, as a file for other programs.
//!
//! | module | what it holds |
//! |---|---|
//! | `about` | what an export is about |
//! | `cell` | what a cell holds |
//! | `days` | the days of an export |
//! | `form` | CSV, XLSX and JSON |
//! | `kind` | what can be exported |
//! | `subject` | reading it from the chain and the node, as of one block |
//! | `entries`, `breaks`, `timing` | the columns and rows of these kinds |
//! | `suspense`, `obligations` | the same; those of corrections are beside their command |

mod about;
mod breaks;
pub(super) mod cell;
mod days;
mod entries;
pub(super) mod form;
mod kind;
mod obligations;
mod subject;
mod suspense;
mod timing;

use super::{book::side_or_own, new_file, side_parser, sides, Context};
use crate::output::{notes_text, Rendered};
use about::About;
use anyhow::{ensure, Result};
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{AgreementId, Side};
use days::{parse_days, Days};
use form::Form;
use kind::Kind;
use serde_json::{json, Value as Json};
use std::path::PathBuf;
use subject::{Sink, Subject};

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to export.
    #[arg(value_enum)]
    kind: Kind,
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// A day like 2026-11-23, or at most 366 days like 2026-11-01..2026-11-30, the last one included. Of
    /// obligations: those whose settlement period has one of these days.
    #[arg(long = "day", value_parser = parse_days)]
    days: Days,
    /// One side. The default is both, and your own for the suspense list. Obligations have no side.
    #[arg(long, value_parser = side_parser())]
    side: Option<Side>,
    /// The file to write. Its ending names its form: .csv, .xlsx or .json.
    #[arg(long)]
    file: PathBuf,
    /// Writes over a file that exists already.
    #[arg(long)]
    force: bool,
}

/// What was written.
struct Written {
    about: About,
    rows: u64,
    notes: Vec<String>,
    /// Whether sides have no rows since they are not proven.
    is_partial: bool,
}

impl Export {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        let form = Form::of(&self.file)?;
        ensure!(
            self.side.is_none() || self.kind.has_sides(),
            "{} have no side: leave --side out",
            self.kind.name()
        );
        let mut file = new_file::begin(&self.file, self.force)?;
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        let sides = self.sides(context, &at, &agreement).await?;
        let about = About::of(&at, self.kind, &agreement, self.days, &sides).await?;
        let subject = Subject::read(&at, &agreement, self.days, sides).await?;
        let notes = subject.notes(self.kind)?;
        let mut sink = Sink::new(form.begin(&mut file, self.kind.columns(), &about)?);
        subject.write(self.kind, &mut sink).await?;
        let rows = sink.finish(&notes)?;
        new_file::keep(file, &self.file, self.force)?;
        let written = Written {
            about,
            rows,
            notes,
            is_partial: subject.lacks_proofs(self.kind),
        };
        Ok(self.said(&written))
    }

    /// The sides that are exported. A node has no suspense list but that of its own member.
    async fn sides(&self, context: &Context, at: &At, agreement: &Agreement) -> Result<Vec<Side>> {
        match self.kind {
            Kind::Obligations => Ok(Vec::new()),
            Kind::Suspense => Ok(vec![side_or_own(context, at, agreement, self.side).await?]),
            _ => Ok(sides(self.side)),
        }
    }

    fn said(&self, written: &Written) -> Rendered {
        let text = format!(
            "{} rows of {} are in {}, as of {}{}",
            written.rows,
            self.kind.name(),
            self.file.display(),
            written.about.block_text(),
            notes_text(&written.notes)
        );
        Rendered {
            partial: written.is_partial,
            ..Rendered::new(self.to_json(written), text)
        }
    }

    fn to_json(&self, written: &Written) -> Json {
        let about = &written.about;
        json!({
            "export": self.kind.name(),
            "agreement": self.agreement,
            "first": day_text(self.days.first),
            "last": day_text(self.days.last),
            "sides": about.sides.iter().map(|side| side.name()).collect::<Vec<_>>(),
            "currency": about.money.code(),
            "block": about.block,
            "block_hash": format!("{:?}", about.block_hash),
            "block_time": moment_rfc3339(about.block_time),
            "file": self.file.display().to_string(),
            "rows": written.rows,
            "notes": written.notes,
        })
    }
}

#[cfg(test)]
mod tests;

//! `amendment propose`: what is to be put right, out of a day's trades or of a file.

use super::{sending::propose, which_trades::Which, Sending};
use crate::{commands::Context, output::Rendered};
use anyhow::{bail, Context as _, Result};
use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    Args, Subcommand,
};
use counterfoil_client::{
    amendments::{
        corrections,
        draft::{cancellations, evidence_hash, replacements, supplements},
        supplements::{ensure_unrecorded, missing_payments},
        words,
    },
    chain::{read::At, views::Agreement},
    error::Error,
    import::on_chain::recorded_without_key::ClientRecord,
    local_time::Clock,
    mapping::{self, payments, PaymentMapping, Sheet},
    suspension::ensure_records,
    time::{day_text, parse_day},
};
use counterfoil_primitives::{
    amendment::Ground, summary::DayStatus, AgreementId, BusinessDay, MemberId,
};
use sp_core::H256;
use std::{fs, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(crate) enum Propose {
    /// Takes back what is left of trades of a day. A refund that is cancelled is put back.
    Cancel(Cancel),
    /// Takes back what is left of payments of a day, and states them right by a file.
    Replace(Replace),
    /// Records payments of a file that their client never recorded.
    Supplement(Supplement),
}

#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The day that holds the trades, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    day: BusinessDay,
    #[command(flatten)]
    which: Which,
    /// Why.
    #[arg(long, value_parser = ground_parser())]
    ground: Ground,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    sending: Sending,
}

#[derive(Debug, Args)]
pub(crate) struct Replace {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The day that holds the payments, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    day: BusinessDay,
    /// A CSV file: one of the columns position, trade_id and reference names a payment; of user, product,
    /// amount and occurred_at those that are there say what is right. An empty cell leaves what is recorded.
    #[arg(long)]
    file: PathBuf,
    /// Why.
    #[arg(long, value_parser = ground_parser())]
    ground: Ground,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    sending: Sending,
}

#[derive(Debug, Args)]
pub(crate) struct Supplement {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The client that took the payments in.
    #[arg(long)]
    client: MemberId,
    /// The CSV file of the payments, as for an import.
    #[arg(long)]
    file: PathBuf,
    /// The mapping file that names the columns, as for an import.
    #[arg(long)]
    mapping: PathBuf,
    /// Puts all payments on this day, at their time of day.
    #[arg(long, value_parser = parse_day)]
    day: Option<BusinessDay>,
    /// Why.
    #[arg(long, value_parser = ground_parser(), default_value = Ground::NotRecorded.name())]
    ground: Ground,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    sending: Sending,
}

/// What shows that the proposal is right.
#[derive(Debug, Args)]
pub(crate) struct Evidence {
    /// A file of evidence. Its BLAKE2b-256 hash goes on chain; the file itself stays with you, for those who
    /// ask.
    #[arg(long)]
    evidence: Option<PathBuf>,
}

impl Evidence {
    /// The hash of the evidence; zero without any.
    fn hash(&self) -> Result<H256> {
        let Some(path) = &self.evidence else {
            return Ok(H256::zero());
        };
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(evidence_hash(&bytes))
    }
}

/// Reads a ground by its name.
fn ground_parser() -> impl TypedValueParser<Value = Ground> {
    let names =
        Ground::ALL.map(|ground| PossibleValue::new(ground.name()).help(words::ground(ground)));
    PossibleValuesParser::new(names)
        .try_map(|name| Ground::from_name(&name).ok_or("no ground has this name"))
}

impl Propose {
    pub(super) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Cancel(cancel) => cancel.run(context).await,
            Self::Replace(replace) => replace.run(context).await,
            Self::Supplement(supplement) => supplement.run(context).await,
        }
    }
}

impl Cancel {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let why = (self.ground, self.evidence.hash()?);
        let (at, agreement) = opened(context, self.agreement).await?;
        let filter = self.which.filter(&agreement)?;
        let status = at.day(agreement.id, self.day).await?.status;
        let notes: Vec<String> = open_note(status, self.day).into_iter().collect();
        let trades = at.trades(agreement.id, self.day).await?;
        let contents = cancellations(self.day, &trades, &filter)?;
        propose(
            context,
            (&at, &agreement),
            why,
            contents,
            &notes,
            self.sending,
        )
        .await
    }
}

impl Replace {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let file = self.file.display().to_string();
        let bytes = fs::read(&self.file).with_context(|| format!("cannot read {file}"))?;
        let why = (self.ground, self.evidence.hash()?);
        let (at, agreement) = opened(context, self.agreement).await?;
        let trades = at.trades(agreement.id, self.day).await?;
        let offset_on = |day| agreement.offset_minutes(day);
        let clock = Clock::new(&offset_on, None);
        let right = corrections::read(&bytes, &trades, agreement.money, &clock);
        let contents = replacements(self.day, &right.context(file)?);
        propose(context, (&at, &agreement), why, contents, &[], self.sending).await
    }
}

impl Supplement {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let mapping: PaymentMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        let why = (self.ground, self.evidence.hash()?);
        let (at, agreement) = opened(context, self.agreement).await?;
        if !agreement.view.admits(self.client) {
            bail!(
                "agreement {} does not admit client {}; it admits {:?}",
                agreement.id,
                self.client,
                agreement.view.clients
            );
        }
        ensure_records(&agreement, self.client).map_err(Error::from)?;
        let reading = mapping.read(
            &sheet,
            &payments::Context {
                client: self.client,
                money: agreement.money,
                offset_on: &|day| agreement.offset_minutes(day),
                day: self.day,
            },
        )?;
        let file = || self.file.display().to_string();
        let missing = missing_payments(self.client, &reading).with_context(file)?;
        let chain = at.chain().clone();
        let mut record = ClientRecord::new(chain, agreement.clone(), self.client).await?;
        ensure_unrecorded(&mut record, &agreement.view, self.client, &reading.payments)
            .await
            .with_context(file)?;
        let (contents, notes) = (supplements(&missing), &reading.notes);
        propose(
            context,
            (&at, &agreement),
            why,
            contents,
            notes,
            self.sending,
        )
        .await
    }
}

/// The newest final state, and an agreement in it.
async fn opened(context: &Context, agreement: AgreementId) -> Result<(At, Agreement)> {
    let at = context.chain().await?.finalized().await?;
    let agreement = at.agreement(agreement).await?;
    Ok((at, agreement))
}

/// What whoever cancels trades of a day should know of it.
fn open_note(status: DayStatus, day: BusinessDay) -> Option<String> {
    let day = day_text(day);
    (status == DayStatus::Open).then(|| {
        format!("{day} still takes trades: those that come later are not named, even if they fit")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_day_that_takes_trades_the_later_ones_are_said_not_to_be_named() {
        let day = BusinessDay(20_780);
        let note = open_note(DayStatus::Open, day).unwrap();
        assert!(note.starts_with("2026-11-23 still takes trades"), "{note}");
        assert_eq!(open_note(DayStatus::Sealed, day), None);
    }

    #[test]
    fn evidence_is_named_by_the_hash_of_its_file() {
        let hash = |evidence| Evidence { evidence }.hash();
        assert_eq!(hash(None).unwrap(), H256::zero());
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "a mail").unwrap();
        let known = hash(Some(file.path().into())).unwrap();
        assert_eq!(known, evidence_hash(b"a mail"));
        let error = hash(Some("/there/is/none".into())).unwrap_err().to_string();
        assert!(error.contains("/there/is/none"), "{error}");
    }
}

//! Recording what a file holds, while somebody watches.

use super::{held_up, notes_on_waiting, Import, Ready};
use crate::commands::{progress::progress_bar, refused_file::check_apart};
use anyhow::Result;
use counterfoil_client::{
    chain::{views::Agreement, Chain},
    import::{self, on_chain::ClientChain, Doubt, Prepared, Settings, Step, Verdict},
    journal::Journal,
    operator::Operator,
    printable_text::quoted,
};
use counterfoil_primitives::{AgreementId, MemberId};
use sp_core::H256;
use std::path::PathBuf;

impl Import {
    /// The client's journal.
    pub(super) fn journal_path(&self, genesis: H256, client: MemberId) -> Result<PathBuf> {
        self.journal
            .clone()
            .map_or_else(|| Journal::default_path(genesis, client), Ok)
    }

    /// Records payments under the client's journal. Returns their verdicts, and notes for the user.
    pub(super) async fn record(
        &self,
        chain: &Chain,
        agreement: &Agreement,
        client: MemberId,
        operator: Operator,
        ready: &Ready,
    ) -> Result<(Vec<Verdict>, Vec<String>)> {
        let prepared = &ready.prepared;
        let path = self.journal_path(chain.genesis(), client)?;
        check_apart(&self.refused_path(), &[&path])?;
        let journal = Journal::open(&path, chain.genesis(), client)?;
        let mut client_chain =
            ClientChain::new(chain.clone(), agreement.clone(), client, operator).await?;
        let mut settings = self.settings(agreement);
        settings.batch = settings.batch.min(chain.max_batch()?).max(1);
        settings.refunds = settings.refunds.min(chain.max_refunds()?).max(1);
        let bar = progress_bar(prepared.len() as u64, "payments");
        let mut told = false;
        let mut told_why = false;
        let mut found: Option<Doubt> = None;
        let mut watch = |step| match step {
            Step::Doubt(doubt) => found = Some(doubt),
            Step::Searching => bar.set_message("searching the chain for what was recorded before"),
            Step::WaitingOutDoubt { left } => {
                let message = notes_on_waiting::waiting(found, left);
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
        let verdicts = import::run_beside(
            &mut client_chain,
            &journal,
            prepared,
            &ready.missing,
            &settings,
            &mut watch,
        )
        .await;
        bar.finish_and_clear();
        let verdicts = verdicts?;
        let mut notes = Vec::new();
        notes.extend(found.and_then(|found| notes_on_waiting::others(found, client, &path)));
        let recorded = prepared.iter().zip(&verdicts);
        let recorded = recorded
            .filter(|(_, verdict)| matches!(verdict, Verdict::Recorded { .. }))
            .map(|(payment, _)| payment);
        notes.extend(elsewhere(&journal, agreement.id, recorded)?);
        Ok((verdicts, notes))
    }

    /// How the import goes about it.
    pub(super) fn settings(&self, agreement: &Agreement) -> Settings {
        Settings {
            batch: self.batch.into(),
            in_flight: self.in_flight.into(),
            trust_new_journal: self.trust_new_journal,
            anew: self.anew,
            money: Some(agreement.money),
            ..Settings::of(agreement.id)
        }
    }
}

/// The note on payments whose ids the client has also used under another agreement.
pub(super) fn elsewhere<'a>(
    journal: &Journal,
    agreement: AgreementId,
    payments: impl IntoIterator<Item = &'a Prepared>,
) -> Result<Option<String>> {
    let ids = payments.into_iter().map(|payment| payment.id.as_str());
    let elsewhere = journal.elsewhere(agreement, ids)?;
    Ok(elsewhere.first().map(|(payment, other)| {
        let payment = quoted(payment);
        let more = match elsewhere.len() - 1 {
            0 => String::new(),
            1 => ", and that of another one".into(),
            more => format!(", and those of {more} others"),
        };
        format!(
            "by its journal the client has used the id {payment} under agreement {other} too{more}; \
             if that is the same payment or refund, it is recorded under both: agree with the parties which of the two records counts"
        )
    }))
}

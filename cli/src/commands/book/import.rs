//! `book import`: a party's ledger goes to its own node.

use super::{
    check::Ledger,
    too_few_lines::{are_few, ensure_whole},
};
use crate::{
    commands::{ask::ask, progress::progress_bar, Context},
    output::{with, Rendered},
};
use anyhow::{bail, Result};
use clap::Args;
use counterfoil_client::time::day_text;
use counterfoil_primitives::{
    ledger_import_hash::import_hash, AgreementView, BusinessDay, Side, Source,
};
use serde_json::json;

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    ledger: Ledger,
    /// Confirms the ledger: once the day is sealed, the node commits to it. Until the preset time another
    /// import may replace it.
    #[arg(long)]
    confirm: bool,
    /// States that the ledger is complete, though the day has more than twice as many trades as the
    /// ledger has lines.
    #[arg(long)]
    whole: bool,
}

impl Import {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let opened = self.ledger.open(context).await?;
        let named = self.ledger.named;
        ensure_ledger(&opened.agreement.view, named.day, opened.side)?;
        let checked = self.ledger.compare(opened).await?;
        if let Some(first) = checked.reading.refused.first() {
            // A ledger without some of its lines would be a false ledger.
            bail!(
                "{} lines are refused, so nothing is imported; the first: {}{}. Correct the ledger itself, and import all of it again",
                checked.reading.refused.len(),
                first.error,
                match &self.ledger.refused {
                    Some(path) => format!(". All are in {}", path.display()),
                    None => String::new(),
                }
            );
        }
        let lines = &checked.reading.lines;
        let wanted = checked.lines_wanted();
        if !self.whole && are_few(lines.len(), wanted) {
            ensure_whole(lines.len(), wanted, ask)?;
        }
        let hash = import_hash(lines);
        let side_id = named.side_id(checked.side);
        let chain = context.chain().await?;
        let bar = progress_bar(lines.len() as u64, "lines");
        let sent = chain
            .import_ledger(side_id, lines, |sent| bar.inc(sent))
            .await;
        bar.finish_and_clear();
        sent?;
        if self.confirm {
            chain.confirm_import(side_id, hash).await?;
        }
        let json = with(
            self.ledger.to_json(&checked),
            json!({ "hash": format!("{hash:?}"), "confirmed": self.confirm }),
        );
        let outcome = if self.confirm {
            "imported and confirmed: the node commits to it once the day is sealed; until the preset time another import may replace it"
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

/// Refuses a side whose book is received from the chain: its node reads no ledger. A day before the
/// agreement's first is refused elsewhere.
fn ensure_ledger(agreement: &AgreementView, day: BusinessDay, side: Side) -> Result<()> {
    let source = agreement
        .conditions_on(day)
        .map(|conditions| conditions.source(side));
    if source == Some(Source::Received) {
        let side = side.name();
        bail!(
            "nothing is imported: by the agreement, the {side} book of {} is received from the chain, not made from a ledger. \
             Compare your ledger by `book check`; for days that have not begun, the council can make the \
             ledger the book, by `agreement set-conditions --{side}-source ledger`",
            day_text(day)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_client::testing;
    use counterfoil_primitives::Conditions;

    const DAY: BusinessDay = BusinessDay(20_780);

    /// An agreement whose bank imports a ledger from the day after [`DAY`] on.
    fn agreement() -> AgreementView {
        let conditions = |credit_source| Conditions {
            credit_source,
            ..Default::default()
        };
        AgreementView {
            conditions: vec![
                (DAY, conditions(Source::Received)),
                (DAY.next(), conditions(Source::Ledger)),
            ],
            ..testing::agreement_view(DAY)
        }
    }

    #[test]
    fn a_ledger_is_imported_on_a_day_whose_source_it_is() {
        ensure_ledger(&agreement(), DAY.next(), Side::Credit).unwrap();
    }

    #[test]
    fn a_day_whose_book_is_received_takes_no_ledger() {
        assert!(ensure_ledger(&agreement(), DAY, Side::Credit).is_err());
    }

    #[test]
    fn the_other_sides_source_does_not_count() {
        let error = ensure_ledger(&agreement(), DAY.next(), Side::Debit).unwrap_err();
        assert!(
            error.to_string().contains("--debit-source ledger"),
            "{error}"
        );
    }
}

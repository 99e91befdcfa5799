//! `book import`: a party's ledger goes to its own node.

use super::ledger::Ledger;
use crate::{
    commands::{progress::progress_bar, Context},
    output::{with, Rendered},
};
use anyhow::{bail, Result};
use clap::Args;
use counterfoil_client::time::day_text;
use counterfoil_primitives::{book_storage::import_hash, AgreementView, BusinessDay, Side, Source};
use serde_json::json;
use std::io::IsTerminal;

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    ledger: Ledger,
    /// Confirms the ledger: once the day is sealed, the node commits to it. Until then another import
    /// may replace it.
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
        if !self.whole && are_few(lines.len(), checked.trades) {
            ensure_whole(lines.len(), checked.trades, ask)?;
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

/// Whether a ledger is so short that it may be only a part.
const fn are_few(lines: usize, trades: usize) -> bool {
    lines < trades.div_ceil(2)
}

/// Makes somebody confirm that a short ledger is complete. `ask` puts a question, if there is a
/// terminal.
fn ensure_whole(lines: usize, trades: usize, ask: fn(&str) -> Result<Option<bool>>) -> Result<()> {
    let found = format!("the ledger has {lines} lines, and the day {trades} trades");
    match ask(&format!("{found}. Is this the whole ledger of the day?"))? {
        Some(true) => Ok(()),
        Some(false) => bail!("nothing is imported; import the whole ledger"),
        None => bail!(
            "{found}, so nothing is imported; import the whole ledger, or state by --whole that this is all of it"
        ),
    }
}

/// Asks the person at the terminal.
fn ask(question: &str) -> Result<Option<bool>> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Ok(None);
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    stdin.read_line(&mut answer)?;
    let is_yes = ["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str());
    Ok(Some(is_yes))
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
            "nothing is imported: by the agreement the {side} book of {} is what came from the chain, and no ledger. \
             Compare your ledger by `book check`; for days that have not begun, the administrator can make the \
             ledger the book, by `agreement set-conditions --{side}-source ledger`",
            day_text(day)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Caps, Conditions, Currency};

    const DAY: BusinessDay = BusinessDay(20_780);

    /// An agreement whose bank imports a ledger from the day after [`DAY`] on.
    fn agreement() -> AgreementView {
        let conditions = |credit_source| Conditions {
            credit_source,
            ..Default::default()
        };
        AgreementView {
            bank: 3,
            company: 2,
            reconcilers: vec![(DAY, 4)],
            clients: vec![1],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            asset: 1,
            first_day: DAY,
            end: None,
            caps: Caps::MAX,
            deadline_minutes: 1,
            max_late_minutes: 1,
            conditions: vec![
                (DAY, conditions(Source::Received)),
                (DAY.next(), conditions(Source::Ledger)),
            ],
        }
    }

    #[test]
    fn a_ledger_of_less_than_half_the_trades_is_short() {
        assert!(are_few(0, 1) && are_few(1, 3) && are_few(999, 2_000));
        assert!(!are_few(0, 0) && !are_few(1, 2) && !are_few(1_000, 2_000) && !are_few(5, 4));
    }

    #[test]
    fn a_short_ledger_is_taken_where_somebody_says_that_it_is_whole() {
        ensure_whole(3, 2_000, |question| {
            assert!(
                question.contains("3 lines, and the day 2000 trades"),
                "{question}"
            );
            Ok(Some(true))
        })
        .unwrap();
    }

    #[test]
    fn a_short_ledger_is_not_taken_otherwise() {
        assert!(ensure_whole(3, 2_000, |_| Ok(Some(false))).is_err());
        let error = ensure_whole(3, 2_000, |_| Ok(None))
            .unwrap_err()
            .to_string();
        assert!(error.contains("--whole"), "{error}");
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

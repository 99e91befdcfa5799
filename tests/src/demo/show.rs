//! What a person sees of the day.

use super::{
    breaks::Party,
    facts::{cause_name, Facts, PartyFacts},
    screen::{money, Screen},
    setup::{command, Setup},
};
use crate::member::RECONCILER;
use anyhow::Result;
use counterfoil_primitives::{
    summary::{DaySummary, SideSummary},
    written::label,
    Cause, Entry,
};

/// Shows the two sides' states.
pub fn sides(screen: &Screen, day: &DaySummary) {
    let row = |party: &str, side: &SideSummary| {
        let equal = match (side.commitment, side.chain) {
            (Some(own), Some(chain)) if own == chain => "equal",
            (Some(_), Some(_)) => "different",
            _ => "-",
        };
        let overdue = if side.overdue { "overdue" } else { "-" };
        let status = side.status.to_string();
        vec![party.into(), status, overdue.into(), equal.into()]
    };
    screen.table(
        &["side", "status", "late", "commitment and chain"],
        [row("company", &day.debit), row("bank", &day.credit)],
    );
}

/// Shows the day as the members' staff sees it, and what each party found.
pub async fn show(setup: &Setup, screen: &Screen, facts: &Facts) -> Result<()> {
    screen.step("What the staff sees: counterfoil day show, report show");
    let shell = setup.shell(RECONCILER);
    for words in [["day", "show"], ["report", "show"]] {
        screen.output(&shell.must(command(setup, &words, &[])).await?);
    }
    for party in Party::BOTH {
        let found = &facts.parties[&party];
        screen.step(format!(
            "The {}: breaks, corrections, suspense list, result",
            party.name()
        ));
        screen.table(
            &["position", "cause", "its ledger says", "right"],
            rows(found),
        );
        let shell = setup.shell(party.member());
        let side = ["--side", party.side().name()];
        screen.output(
            &shell
                .must(command(setup, &["book", "suspense"], &side))
                .await?,
        );
        screen.detail(format!("result: {}", found.result));
    }
    Ok(())
}

fn rows(party: &PartyFacts) -> Vec<Vec<String>> {
    let slots = party.breaks.slots.iter().map(|slot| {
        vec![
            slot.position.to_string(),
            cause_name(slot.cause),
            slot.found
                .map_or("-".into(), |found| entry_text(&found, slot.cause)),
            entry_text(&slot.right, slot.cause),
        ]
    });
    let extras = party.breaks.extras.iter().map(|extra| {
        vec![
            "none".into(),
            cause_name(extra.cause),
            money(extra.entry.amount),
            "to the suspense list".into(),
        ]
    });
    slots.chain(extras).collect()
}

/// What of an entry matters to a cause.
fn entry_text(entry: &Entry, cause: Cause) -> String {
    match cause {
        Cause::WrongUser => label::show_user(&entry.user),
        _ => money(entry.amount),
    }
}

//! What a person sees of the day.

use super::{
    breaks::Party,
    facts::{cause_name, Facts, PartyFacts},
    next_day::NextDay,
    screen::{money, owes, Screen},
    setup::{command, command_on, Setup},
};
use crate::{clock::day_text, member::RECONCILER};
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
    next_day(setup, screen, &facts.next_day).await
}

/// Shows the day after: what was amended, and what is booked a day late.
async fn next_day(setup: &Setup, screen: &Screen, next: &NextDay) -> Result<()> {
    let NextDay {
        summary, preview, ..
    } = next;
    if summary.trades > 0 {
        screen.step(format!(
            "The day after, {}, has what the amendment booked",
            day_text(summary.day)
        ));
        let shell = setup.shell(RECONCILER);
        let show = command_on(setup, summary.day, &["day", "show"], &[]);
        screen.output(&shell.must(show).await?);
        let owed = summary.payments.credit as i128 - summary.refunds.credit as i128;
        screen.detail(format!("payments less refunds, so far: {}", owes(owed)));
    }
    if let Some(preview) = preview {
        screen.step("The company books on it what its ledger of the day lacks, and compares");
        screen.output(&preview.text);
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

//! The day after: what an amendment booked stands on it, and the company books on it what its ledger of the
//! day lacks. It ends hours later, so that its book is compared by the preview.

use super::{
    breaks::{right_line, Line, Party},
    ledger_file::Row,
    setup::{argument, command_on, Setup},
};
use crate::{
    clock::{day_text, Plan},
    member::COMPANY,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{found_trade::Found, summary::DaySummary, Moment};
use serde_json::Value;

/// What the day after shows.
#[derive(Clone, Debug)]
pub struct NextDay {
    /// The day, as far as it has come.
    pub summary: DaySummary,
    /// What is left of each payment that was cancelled.
    pub left: Vec<u128>,
    /// The preview of the company's ledger, where that has a payment of the day before.
    pub preview: Option<Preview>,
}

/// What `book check` says.
#[derive(Clone, Debug)]
pub struct Preview {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// Looks at the day after, once the day is settled.
pub async fn look(setup: &Setup) -> Result<NextDay> {
    let summary = setup
        .chain()
        .day(setup.agreement, setup.plan.day.next())
        .await?
        .context("the chain has no day after")?;
    let preview = match late(setup) {
        Some(line) => Some(preview(setup, line).await?),
        None => None,
    };
    Ok(NextDay {
        summary,
        left: left(setup).await?,
        preview,
    })
}

/// The line that the company books a day late.
pub fn late(setup: &Setup) -> Option<Line> {
    setup.ledgers[&Party::Company].lacks(Party::Company, &setup.trades)
}

/// What is left of the payments that were cancelled, as the chain says.
async fn left(setup: &Setup) -> Result<Vec<u128>> {
    let (chain, agreement, day) = (setup.chain(), setup.agreement, setup.plan.day);
    let mut left = Vec::new();
    for (position, trade) in (0u32..).zip(chain.trades(agreement, day).await?) {
        let is_it = |at: &usize| setup.trades[*at].reference == trade.reference.0;
        if setup.cancelled.iter().any(is_it) {
            let found: Option<Found> = chain
                .runtime_api("CounterfoilApi_found", &(agreement, day, position))
                .await?;
            let found = found.context("nothing is where the day has a trade")?;
            left.push(found.left());
        }
    }
    Ok(left)
}

/// The company's staff compares its ledger of the day after with the chain.
async fn preview(setup: &Setup, late: Line) -> Result<Preview> {
    let file = setup.write_rows("ledger-company-next.csv", rows(setup, late).await?)?;
    let arguments = command_on(
        setup,
        setup.plan.day.next(),
        &["book", "check"],
        &[
            "--side",
            Party::Company.side().name(),
            "--file",
            &argument(&file),
            "--mapping",
            &argument(&setup.files.ledger_mapping),
        ],
    );
    let shell = setup.shell(COMPANY);
    Ok(Preview {
        text: shell.must(arguments.clone()).await?,
        json: shell.json(arguments).await?,
    })
}

/// The company's ledger of the day after: what takes back the cancelled payments, and the late line.
async fn rows(setup: &Setup, late: Line) -> Result<Vec<Row>> {
    let day = setup.plan.day.next();
    let booked = setup.chain().trades(setup.agreement, day).await?;
    let mut rows = Vec::new();
    for at in &setup.cancelled {
        let line = right_line(Party::Company, &setup.trades, *at);
        let line = line.context("the company has no line of a cancelled payment")?;
        let mut booked = booked.iter();
        let taken_back = booked
            .find(|trade| trade.reference.0 == line.reference)
            .context("a cancelled payment is not taken back on the day after")?;
        // The chain alone knows when both agreed. All else is the demo's own.
        rows.push(Row {
            line,
            kind: "refund",
            time: time_after(&setup.plan, taken_back.occurred_at),
        });
    }
    rows.push(setup.row(late));
    Ok(rows)
}

/// A moment of the day after, as the ledger's file writes it.
fn time_after(plan: &Plan, moment: Moment) -> String {
    let day = plan.day.next();
    let of_day = moment.saturating_sub(plan.offset.start_of(day));
    let (seconds, rest) = (of_day / 1_000, of_day % 1_000);
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hour, minute) = (minutes / 60, minutes % 60);
    format!(
        "{} {hour:02}:{minute:02}:{second:02}.{rest:03}",
        day_text(day)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_of_the_day_after_is_written_to_the_millisecond() {
        let plan = Plan::new(1_763_900_000_000, 60_000, 1);
        let next = plan.day.next();
        let moment = plan.offset.start_of(next) + 45_296_007;
        let expected = format!("{} 12:34:56.007", day_text(next));
        assert_eq!(time_after(&plan, moment), expected);
    }
}

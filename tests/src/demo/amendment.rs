//! An amendment: payments that are recorded, though nobody paid them. The bank proposes to cancel them, the
//! company accepts, and the nodes of both book it.

use super::{
    breaks::{Ledger, Party},
    input::Payment,
    screen::Screen,
    setup::{command, Setup},
};
use crate::{
    clock::day_text,
    member::{BANK, COMPANY},
    wait,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

/// How long a node may take to see or to book what is final.
const STEP: Duration = Duration::from_secs(120);

/// Why they are cancelled, as commands name it.
pub const GROUND: &str = "not_paid";

/// Two payments that did not take place, by their places among the day's trades; fewer, where the day has
/// fewer of which nothing is given back and no ledger has a break.
pub fn false_payments(trades: &[Payment], ledgers: &BTreeMap<Party, Ledger>) -> Vec<usize> {
    let mut named: HashMap<[u8; 16], usize> = HashMap::new();
    for trade in trades {
        *named.entry(trade.reference).or_default() += 1;
    }
    let given_back: HashSet<usize> = trades.iter().filter_map(|trade| trade.refund_of).collect();
    let planned = ledgers.values().flat_map(|ledger| &ledger.planned);
    let broken: HashSet<[u8; 16]> = planned.map(|planned| planned.reference).collect();
    let fits = |at: &usize| {
        let trade = &trades[*at];
        trade.refund_of.is_none()
            && !given_back.contains(at)
            && !broken.contains(&trade.reference)
            && named.get(&trade.reference) == Some(&1)
            // The company's ledger of the day after has a line of each.
            && Party::Company.amount(trade) > 0
    };
    let fitting: Vec<usize> = (0..trades.len()).filter(fits).collect();
    match fitting.len() {
        0 | 1 => fitting,
        count => vec![fitting[count / 3], fitting[count * 2 / 3]],
    }
}

/// The staff of both institutions agrees, and their nodes book. Returns the proposal as the command line
/// shows it when all is booked; nothing, where there is nothing to cancel.
pub async fn agree(setup: &Setup, screen: &Screen) -> Result<Option<Value>> {
    if setup.cancelled.is_empty() {
        return Ok(None);
    }
    let [bank, company] = [BANK, COMPANY].map(|member| setup.shell(member));
    let agreement = setup.agreement.to_string();
    screen.step(format!(
        "The bank finds that {} of the payments did not take place, and proposes to cancel them",
        setup.cancelled.len()
    ));
    let number = propose(setup).await?;
    let show = ["amendment", "show", &number, "--agreement", &agreement];
    let seen = wait::until("the company's node to have the proposal", STEP, || async {
        let output = company.run(show).await?;
        Ok(output.success.then_some(output.stdout))
    })
    .await?;
    screen.output(&seen);
    screen.step("The company has seen what it wants, and accepts; the nodes of both book it");
    let answer = ["amendment", "answer", &number, "--agreement", &agreement];
    let accept = answer.iter().chain(&["--accept", "--yes"]);
    screen.output(&company.must(accept).await?);
    let booked = wait::until("the amendment to be booked", STEP, || async {
        let shown = bank.json(show).await?;
        Ok((shown["state"] == "completed").then_some(shown))
    })
    .await?;
    screen.detail(format!(
        "booked: what takes them back stands on {}, the day on which both agreed",
        day_text(setup.plan.day.next())
    ));
    Ok(Some(booked))
}

/// The bank's staff proposes. Returns the proposal's number.
async fn propose(setup: &Setup) -> Result<String> {
    let mut further: Vec<String> = ["--ground", GROUND, "--yes"].map(String::from).to_vec();
    for at in &setup.cancelled {
        let reference = uuid::Uuid::from_bytes(setup.trades[*at].reference);
        further.extend(["--reference".into(), reference.to_string()]);
    }
    let further: Vec<&str> = further.iter().map(String::as_str).collect();
    let arguments = command(setup, &["amendment", "propose", "cancel"], &further);
    let proposed = setup.shell(BANK).json(arguments).await?;
    let number = proposed["proposals"][0]["number"].as_u64();
    let number = number.with_context(|| format!("the proposal has no number: {proposed}"))?;
    Ok(number.to_string())
}

#[cfg(test)]
mod tests;

//! Amendments as the chain shows them: proposals, and what they booked.

use crate::{
    agreement::TestAgreement,
    chain::Chain,
    wait,
    world::{same, STEP},
};
use anyhow::{Context, Result};
use counterfoil_primitives::{
    amendment::{Content, Progress, Proposal, Standing},
    found_trade::Found,
    BusinessDay, Trade,
};
use sp_core::H256;
use std::time::Duration;

/// How long the nodes of bank and company may take to book what both agreed on: some steps, each a few
/// blocks after the one before.
pub const BOOKING: Duration = STEP;

/// A proposal of an agreement by its number.
pub async fn proposal(
    node: &Chain,
    agreement: &TestAgreement,
    number: u32,
) -> Result<Option<Proposal>> {
    proposal_at(node, agreement, number, node.finalized().await?).await
}

/// A proposal of an agreement by its number, as a block shows it.
pub async fn proposal_at(
    node: &Chain,
    agreement: &TestAgreement,
    number: u32,
    block: H256,
) -> Result<Option<Proposal>> {
    let found: Option<(Proposal, Option<Content>)> = node
        .runtime_api_at("CounterfoilApi_amendment", &(agreement.id, number), block)
        .await?;
    Ok(found.map(|(proposal, _)| proposal))
}

/// Waits until all that a proposal names was gone through. Returns what was booked.
pub async fn completed(
    node: &Chain,
    agreement: &TestAgreement,
    number: u32,
    limit: Duration,
) -> Result<Progress> {
    let what = format!("amendment {number} of agreement {}", agreement.id);
    wait::until(&format!("{what} to be booked"), limit, || async {
        let proposal = proposal(node, agreement, number).await?;
        let proposal = proposal.with_context(|| format!("there is no {what}"))?;
        Ok(match proposal.standing {
            Standing::Completed { progress, .. } => Some(progress),
            Standing::Open | Standing::Accepted { .. } | Standing::Unresolved { .. } => None,
        })
    })
    .await
}

/// What is on a position of a day, with what was given back of it.
pub async fn found(
    node: &Chain,
    agreement: &TestAgreement,
    day: BusinessDay,
    position: u32,
) -> Result<Found> {
    let found: Option<Found> = node
        .runtime_api("CounterfoilApi_found", &(agreement.id, day, position))
        .await?;
    found.with_context(|| format!("nothing is on position {position} of {day:?}"))
}

/// Makes sure that nothing is left of the trades on these positions of the scenario's day.
pub async fn nothing_is_left(
    node: &Chain,
    agreement: &TestAgreement,
    positions: impl IntoIterator<Item = u32>,
) -> Result<()> {
    for position in positions {
        let found = found(node, agreement, agreement.day(), position).await?;
        same("left of a cancelled trade", found.left(), 0)?;
    }
    Ok(())
}

/// The trades that amendments booked among these.
pub fn booked(trades: &[Trade]) -> Vec<Trade> {
    let booked = trades.iter().filter(|trade| trade.id.is_of_amendment());
    booked.copied().collect()
}

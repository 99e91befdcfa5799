//! What must hold of a day when it is over, whatever went wrong in it.

use crate::business::{Business, Done, FUNDS, LONG};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{summary::SideStatus, Amount, Reference, Side, SideId, Trade};
use counterfoil_tests::{
    agreement::TestAgreement,
    book,
    chain::Chain,
    money::balance,
    planted::EXTRAS,
    wait,
    world::{causes, paid_once, repaired, same, settled},
};
use std::collections::BTreeMap;

/// The trades of the scenario's day, and of the next one, which takes those that come late.
pub async fn everywhere(chain: &Chain, agreement: &TestAgreement) -> Result<[Vec<Trade>; 2]> {
    let day = agreement.day();
    Ok([
        chain.trades(agreement.id, day).await?,
        chain.trades(agreement.id, day.next()).await?,
    ])
}

/// Makes sure that exactly these payments are on chain, each once.
pub fn once(trades: &[Vec<Trade>; 2], payments: &BTreeMap<Reference, Amount>) -> Result<()> {
    let mut left = payments.clone();
    for trade in trades.iter().flatten() {
        let gross = left.remove(&trade.reference).with_context(|| {
            format!("{:?} is on chain twice, or nobody sent it", trade.reference)
        })?;
        same("gross", trade.gross, gross)?;
    }
    ensure!(
        left.is_empty(),
        "{} payments were final and are not on chain, {:?} among them",
        left.len(),
        left.keys().next()
    );
    Ok(())
}

/// Makes sure that all nodes are on one chain.
pub async fn one_chain(nodes: &[Chain]) -> Result<()> {
    let mut lowest = u32::MAX;
    for node in nodes {
        lowest = lowest.min(node.finalized_number().await?);
    }
    let expected = nodes[0].block_hash(lowest).await?;
    for node in &nodes[1..] {
        same("finalised block", node.block_hash(lowest).await?, expected)?;
    }
    Ok(())
}

/// Waits for the end of a day, and makes sure that it is the right one. Says what was checked.
pub async fn day(business: &Business, done: &Done) -> Result<String> {
    let (chain, agreement) = (business.client(), &business.agreement);
    settled(chain, agreement).await?;
    let summary = repaired(chain, agreement).await?;
    let trades = everywhere(chain, agreement).await?;
    once(&trades, &done.payments)?;
    let [of_day, late] = &trades;

    let owed: Amount = of_day.iter().map(|trade| trade.credit).sum();
    same("trades", summary.trades as usize, of_day.len())?;
    same("payable", summary.payable, Some(owed))?;
    paid_once(chain, agreement, business.since, owed).await?;
    let company = balance(chain, &agreement.company.treasury()).await?;
    let bank = balance(chain, &agreement.bank.treasury()).await?;
    same(
        "what company and bank hold",
        (company, bank),
        (FUNDS - owed, owed),
    )?;

    let mut breaks = 0;
    for (side, found) in [(Side::Debit, summary.debit), (Side::Credit, summary.credit)] {
        breaks += self::side(chain, agreement, side, found.status, done).await?;
        let node = business.of(side);
        // A node that was away the longest may still be behind.
        wait::until("the book to be the chain's", LONG, || async {
            book::equals(node, agreement, side, of_day).await.map(Some)
        })
        .await?;
        if !done.planted.contains_key(&side) {
            same("commitment", found.commitment, found.chain)?;
            let next = SideId::new(agreement.id, agreement.day().next(), side);
            wait::until("the next day's book to follow the chain", LONG, || async {
                let state = book::state(node, next).await?;
                let slots = state["slots"].as_u64().unwrap_or(0) as usize;
                Ok((slots == late.len()).then_some(()))
            })
            .await?;
        }
    }
    Ok(format!(
        "{} trades once ({} late), {breaks} breaks, books, {owed} paid once",
        done.payments.len(),
        late.len()
    ))
}

/// Makes sure that the breaks that were planted are those that are proven. Returns how many.
async fn side(
    chain: &Chain,
    agreement: &TestAgreement,
    side: Side,
    status: SideStatus,
    done: &Done,
) -> Result<u32> {
    let Some(planted) = done.planted.get(&side) else {
        same("side", status, SideStatus::Proven { breaks: 0 })?;
        return Ok(0);
    };
    let breaks = planted.breaks();
    same("side", status, SideStatus::Repaired { breaks })?;
    same(
        "causes",
        causes(chain, agreement, side).await?,
        planted.causes.clone(),
    )?;
    let proven = chain.breaks(agreement.side_id(side)).await?;
    let positions: Vec<u32> = proven.slots.iter().map(|slot| slot.position).collect();
    same("positions", &positions, &planted.positions)?;
    same("extras", proven.extras.len(), EXTRAS)?;
    Ok(breaks)
}

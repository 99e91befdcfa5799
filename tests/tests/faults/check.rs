//! What must hold of a day when it is over, whatever went wrong in it.

use crate::{
    amended,
    business::{Business, Done, FUNDS, LONG},
    imported_files::Sent,
    outside,
};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::{DaySummary, SideStatus},
    BusinessDay, Kind, Reference, Side, SideId, SignedAmount, Trade,
};
use counterfoil_tests::{
    agreement::TestAgreement,
    amendments::booked,
    book,
    chain::Chain,
    money::balance,
    planted::{Planted, EXTRAS},
    wait,
    world::{causes, paid_once, repaired, same, settled},
};
use std::collections::BTreeMap;

/// The trades of the scenario's day, and of the next one, which takes those that come late and those that
/// amendments book.
pub async fn everywhere(chain: &Chain, agreement: &TestAgreement) -> Result<[Vec<Trade>; 2]> {
    let day = agreement.day();
    Ok([
        chain.trades(agreement.id, day).await?,
        chain.trades(agreement.id, day.next()).await?,
    ])
}

/// Makes sure that exactly these payments and refunds are on chain, each once, beside what amendments
/// booked.
pub fn once(trades: &[Vec<Trade>], sent: &BTreeMap<Reference, Sent>) -> Result<()> {
    let mut left = sent.clone();
    let of_clients = trades.iter().flatten();
    for trade in of_clients.filter(|trade| !trade.id.is_of_amendment()) {
        let sent = left.remove(&trade.reference).with_context(|| {
            format!("{:?} is on chain twice, or nobody sent it", trade.reference)
        })?;
        let found = (trade.kind, trade.gross);
        same("kind and gross", found, (sent.kind, sent.gross))?;
    }
    ensure!(
        left.is_empty(),
        "{} payments or refunds were final and are not on chain, {:?} among them",
        left.len(),
        left.keys().next()
    );
    Ok(())
}

/// Makes sure that each refund of a day by a client is of the payment that it named.
pub async fn given_back(
    chain: &Chain,
    agreement: &TestAgreement,
    day: BusinessDay,
    trades: &[Trade],
    sent: &BTreeMap<Reference, Sent>,
) -> Result<()> {
    let links = chain
        .refunded_payments(agreement.id, day, trades.len())
        .await?;
    let is_refund = |trade: &&Trade| trade.kind == Kind::Refund;
    same(
        "links of refunds",
        links.len(),
        trades.iter().filter(is_refund).count(),
    )?;
    for link in links {
        let refund = trades
            .get(link.position as usize)
            .context("a refund is on no position")?;
        if refund.id.is_of_amendment() {
            continue;
        }
        let original = sent.get(&refund.reference).and_then(|sent| sent.original);
        same("payment of a refund", Some(link.reference), original)?;
    }
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
    if done.amended {
        amended::cancelled_once(business).await?;
    }
    let trades = everywhere(chain, agreement).await?;
    once(&trades, &done.sent)?;
    let [of_day, late] = &trades;
    let cancelled = booked(late).len();
    let (day, next) = (agreement.day(), agreement.day().next());
    given_back(chain, agreement, day, of_day, &done.sent).await?;
    given_back(chain, agreement, next, late, &done.sent).await?;

    let owed = numbers(&summary, of_day)?;
    let moved = match &done.outside {
        Some(outside) => {
            outside::paid(business, outside, owed).await?;
            0
        }
        None => {
            paid_once(chain, agreement, business.since, owed).await?;
            owed
        }
    };
    on_accounts(business, moved).await?;
    let breaks = sides(business, agreement, &summary, of_day, &done.planted).await?;
    for side in [Side::Debit, Side::Credit] {
        if !done.planted.contains_key(&side) {
            follows(business, SideId::new(agreement.id, next, side), late.len()).await?;
        }
    }
    let how = match done.outside {
        Some(_) => "paid outside the chain",
        None => "paid once",
    };
    Ok(format!(
        "{} trades once ({} late, {} refunds of the day), {cancelled} cancelled, {breaks} breaks, books, {owed} {how}",
        done.sent.len(),
        late.len() - cancelled,
        summary.refunds.count
    ))
}

/// Makes sure that a day's numbers are those of its trades. Returns what is owed for it.
pub fn numbers(summary: &DaySummary, trades: &[Trade]) -> Result<SignedAmount> {
    let totals = book::totals(trades);
    let owed = totals.obligation();
    same("trades", summary.trades as usize, trades.len())?;
    same("payments", summary.payments, totals.payments)?;
    same("refunds", summary.refunds, totals.refunds)?;
    same("obligation", summary.obligation, Some(owed))?;
    Ok(owed)
}

/// Makes sure that this amount, and no other, moved on chain from the company to the bank.
pub async fn on_accounts(business: &Business, moved: SignedAmount) -> Result<()> {
    let (chain, agreement) = (business.client(), &business.agreement);
    let company = balance(chain, &agreement.company.treasury()).await?;
    let bank = balance(chain, &agreement.bank.treasury()).await?;
    same(
        "what company and bank hold",
        (company as SignedAmount, bank as SignedAmount),
        (FUNDS as SignedAmount - moved, moved),
    )
}

/// Makes sure that the sides of a day of a business's agreement have the breaks that were planted and no
/// others, and that both books became the chain's. Returns how many breaks there are.
pub async fn sides(
    business: &Business,
    agreement: &TestAgreement,
    summary: &DaySummary,
    trades: &[Trade],
    planted: &BTreeMap<Side, Planted>,
) -> Result<u32> {
    let mut breaks = 0;
    for (side, found) in [(Side::Debit, summary.debit), (Side::Credit, summary.credit)] {
        let of_side = planted.get(&side);
        breaks += self::side(business.client(), agreement, side, found.status, of_side).await?;
        let node = business.of(side);
        // A node that was away the longest may still be behind.
        wait::until("the book to be the chain's", LONG, || async {
            book::equals(node, agreement, side, trades).await.map(Some)
        })
        .await?;
        if of_side.is_none() {
            same("commitment", found.commitment, found.chain)?;
        }
    }
    Ok(breaks)
}

/// Waits until the book of a day that is not sealed has as many entries as the day has trades.
pub async fn follows(business: &Business, side_id: SideId, trades: usize) -> Result<()> {
    let node = business.of(side_id.side);
    wait::until("the next day's book to follow the chain", LONG, || async {
        let state = book::state(node, side_id).await?;
        let slots = state["slots"].as_u64().unwrap_or(0) as usize;
        Ok((slots == trades).then_some(()))
    })
    .await
}

/// Makes sure that the breaks that were planted are those that are proven. Returns how many.
async fn side(
    chain: &Chain,
    agreement: &TestAgreement,
    side: Side,
    status: SideStatus,
    planted: Option<&Planted>,
) -> Result<u32> {
    let Some(planted) = planted else {
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

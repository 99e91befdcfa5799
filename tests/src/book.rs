//! A party's book as its own node shows it.

use crate::{agreement::TestAgreement, chain::Chain};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    tree::PAGE_SIZE, written::label, DayTotals, Entry, Kind, Side, SideId, Trade,
};
use jsonrpsee::rpc_params;
use serde_json::{json, Value};

/// The state of the book of a day; null where the node has none.
pub async fn state(node: &Chain, side_id: SideId) -> Result<Value> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    node.request(
        "counterfoil_bookState",
        rpc_params![agreement, day.0, side.name()],
    )
    .await
}

/// How many positions the book of the scenario's day holds.
pub async fn slots(node: &Chain, agreement: &TestAgreement, side: Side) -> Result<u64> {
    let state = state(node, agreement.side_id(side)).await?;
    Ok(state["slots"].as_u64().unwrap_or(0))
}

/// Makes sure that the book of the scenario's day holds the entry of each trade once, in its
/// place, and nothing else.
pub async fn equals(
    node: &Chain,
    agreement: &TestAgreement,
    side: Side,
    trades: &[Trade],
) -> Result<()> {
    let state = state(node, agreement.side_id(side)).await?;
    let place = format!("the {} book of agreement {}", side.name(), agreement.id);
    ensure!(state["frozen"] == true, "{place} is not closed: {state}");
    ensure!(state["extras"] == 0, "{place} has extras: {state}");
    ensure!(
        state["slots"] == trades.len(),
        "{place} has not {} entries: {state}",
        trades.len()
    );
    let totals = totals(trades).of(side);
    ensure!(
        state["total"] == totals.payments.to_string(),
        "{place} has another total than {}: {state}",
        totals.payments
    );
    for kind in Kind::BOTH {
        let total = totals.of(kind);
        ensure!(
            state[format!("{}s", kind.name())] == total.to_string(),
            "{place} has another total of {}s than {total}: {state}",
            kind.name()
        );
    }
    for (index, trades) in trades.chunks(PAGE_SIZE as usize).enumerate() {
        let page: Value = node
            .request(
                "counterfoil_bookPage",
                rpc_params![agreement.id, agreement.day().0, side.name(), index],
            )
            .await?;
        let expected: Vec<Value> = trades
            .iter()
            .map(|trade| shown(&trade.entry(side)))
            .collect();
        ensure!(
            page == Value::from(expected),
            "page {index} of {place} is not the chain's: {page}"
        );
    }
    Ok(())
}

/// The trades of a day in numbers.
pub fn totals(trades: &[Trade]) -> DayTotals {
    let mut totals = DayTotals::default();
    trades.iter().for_each(|trade| totals.add(trade));
    totals
}

/// An entry as a node shows it.
fn shown(entry: &Entry) -> Value {
    json!({
        "client": entry.id.client,
        "sequence": entry.id.sequence,
        "kind": entry.kind.name(),
        "reference": label::show_reference(&entry.reference),
        "user": label::show_user(&entry.user),
        "product": entry.product,
        "amount": entry.amount.to_string(),
        "occurred_at": entry.occurred_at,
    })
}

/// How many entries the party's node keeps on its suspense list.
pub async fn suspense(node: &Chain, agreement: &TestAgreement, side: Side) -> Result<usize> {
    let list: serde_json::Value = node
        .request(
            "counterfoil_bookSuspense",
            rpc_params![agreement.id, agreement.day().0, side.name()],
        )
        .await?;
    list.as_array()
        .map(Vec::len)
        .with_context(|| format!("no list: {list}"))
}

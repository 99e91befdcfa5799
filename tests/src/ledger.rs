//! A party's ledger: what it should say, and its import into the party's own node.

use crate::{
    agreement::TestAgreement,
    chain::{to_hex, Chain},
};
use anyhow::Result;
use codec::Encode;
use counterfoil_primitives::{
    book_storage::IMPORT_PAGE, ledger_import_hash::import_hash, LedgerEntry, Side, Trade,
};
use jsonrpsee::rpc_params;

/// The line that a party's ledger should have for a trade.
pub fn right_line(trade: &Trade, side: Side) -> LedgerEntry {
    LedgerEntry {
        id: Some(trade.id),
        kind: trade.kind,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        amount: trade.amount(side),
        occurred_at: trade.occurred_at,
    }
}

/// Whether a party books a line of a trade: nobody books a line of nothing, as the bank's of a refund
/// whose fee it keeps.
pub fn has_line(trade: &Trade, side: Side) -> bool {
    trade.amount(side) > 0
}

/// The ledger that a party should have for trades.
pub fn right_ledger(trades: &[Trade], side: Side) -> Vec<LedgerEntry> {
    let booked = trades.iter().filter(|trade| has_line(trade, side));
    booked.map(|trade| right_line(trade, side)).collect()
}

/// Imports a ledger into a party's node, without standing by it yet.
pub async fn import(
    node: &Chain,
    agreement: &TestAgreement,
    side: Side,
    lines: &[LedgerEntry],
) -> Result<()> {
    let side = side.name();
    let day = agreement.day().0;
    let _: serde_json::Value = node
        .request(
            "counterfoil_beginImport",
            rpc_params![agreement.id, day, side],
        )
        .await?;
    for (index, page) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
        let bytes = to_hex(&page.encode());
        let _: serde_json::Value = node
            .request(
                "counterfoil_importBook",
                rpc_params![agreement.id, day, side, index, bytes],
            )
            .await?;
    }
    Ok(())
}

/// Stands by an imported ledger.
pub async fn confirm(
    node: &Chain,
    agreement: &TestAgreement,
    side: Side,
    lines: &[LedgerEntry],
) -> Result<()> {
    let hash = to_hex(import_hash(lines).as_bytes());
    let _: serde_json::Value = node
        .request(
            "counterfoil_confirmImport",
            rpc_params![agreement.id, agreement.day().0, side.name(), hash],
        )
        .await?;
    Ok(())
}

//! Payments made up for a scenario, and recorded.

use crate::{
    agreement::{current_terms, TestAgreement, SHARED, SPLIT},
    chain::Chain,
    member::Member,
    submit::{apply, unordered, Applied, Birth},
};
use anyhow::{anyhow, Result};
use counterfoil_primitives::{
    AgreementId, Amount, ProductId, Reference, Sequence, SignedAmount, Trade, TradeRequest, UserId,
};
use counterfoil_runtime::{constants::MAX_BATCH, Runtime, RuntimeCall, UncheckedExtrinsic};
use pallet_trades::Call;

/// Maximum trades per call.
pub const BATCH: usize = MAX_BATCH as usize;

/// A payment of a scenario: every number follows from its sequence.
pub fn payment(
    agreement: &TestAgreement,
    client: &Member,
    sequence: Sequence,
) -> Result<TradeRequest> {
    let product = if sequence.is_multiple_of(3) {
        SPLIT
    } else {
        SHARED
    };
    // Odd amounts, so that shares round, and no two alike.
    let gross = 100_003 + 7_919 * Amount::from(sequence);
    request(agreement, client, sequence, product, gross)
}

/// A payment of a gross amount for a product.
pub fn request(
    agreement: &TestAgreement,
    client: &Member,
    sequence: Sequence,
    product: ProductId,
    gross: Amount,
) -> Result<TradeRequest> {
    let amounts = current_terms(product)?.amounts(gross);
    let mut reference = [0; 16];
    reference[..4].copy_from_slice(&client.id.to_be_bytes());
    reference[8..].copy_from_slice(&sequence.to_be_bytes());
    Ok(TradeRequest {
        sequence,
        reference: Reference(reference),
        user: UserId::from_text(&format!("user-{}", sequence % 40))
            .ok_or_else(|| anyhow!("the user's name is too long"))?,
        product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: agreement.plan.yesterday(sequence % 3_600),
    })
}

/// The payments of these sequences.
pub fn payments(
    agreement: &TestAgreement,
    client: &Member,
    sequences: std::ops::Range<Sequence>,
) -> Result<Vec<TradeRequest>> {
    sequences
        .map(|sequence| payment(agreement, client, sequence))
        .collect()
}

/// A transaction that records trades, signed by the client's operator without a nonce.
pub async fn recording(
    chain: &Chain,
    agreement: AgreementId,
    client: &Member,
    trades: Vec<TradeRequest>,
) -> Result<UncheckedExtrinsic> {
    recording_of(chain, chain.birth().await?, agreement, client, trades)
}

/// As [`recording`], bound to a block.
pub fn recording_of(
    chain: &Chain,
    birth: Birth,
    agreement: AgreementId,
    client: &Member,
    trades: Vec<TradeRequest>,
) -> Result<UncheckedExtrinsic> {
    let call = record_call(agreement, trades)?;
    Ok(unordered(chain.genesis(), client.pair(), birth, call))
}

/// The call that records trades.
pub fn record_call(agreement: AgreementId, trades: Vec<TradeRequest>) -> Result<RuntimeCall> {
    let trades = trades
        .try_into()
        .map_err(|_| anyhow!("more trades than a call may carry"))?;
    Ok(RuntimeCall::Trades(Call::<Runtime>::record {
        agreement,
        trades,
    }))
}

/// Records trades, and waits until they are final; fails where that took until the cut-off.
pub async fn record(
    chain: &Chain,
    agreement: &TestAgreement,
    client: &Member,
    trades: &[TradeRequest],
) -> Result<Vec<Applied>> {
    let mut done = Vec::new();
    for batch in trades.chunks(BATCH) {
        let transaction = recording(chain, agreement.id, client, batch.to_vec()).await?;
        done.push(apply(chain, &transaction).await?);
    }
    agreement.before_the_cut_off(chain).await?;
    Ok(done)
}

/// The trades of the scenario's day as the chain holds them.
pub async fn recorded(chain: &Chain, agreement: &TestAgreement) -> Result<Vec<Trade>> {
    chain.trades(agreement.id, agreement.day()).await
}

/// The sum of the bank's amounts of these payments.
pub fn credit_total(trades: &[TradeRequest]) -> Amount {
    trades.iter().map(|trade| trade.credit).sum()
}

/// What the company should owe the bank for these payments.
pub fn owed_for(trades: &[TradeRequest]) -> SignedAmount {
    credit_total(trades) as SignedAmount
}

//! Batches on their way to the pool, and how one is known there.

use crate::{
    chain::{call::Call, envelope::Envelope, Chain},
    error::PoolRefusal,
    import::Batch,
    operator::Operator,
};
use anyhow::{Context, Result};
use codec::{Compact, Decode};
use counterfoil_primitives::{envelope::UNORDERED, AgreementId};
use sp_core::crypto::AccountId32;
use subxt::rpcs::rpc_params;

/// Sends batches of a client, signed without a nonce: many are on their way side by side.
#[derive(Clone)]
pub(super) struct Sender {
    pub(super) chain: Chain,
    pub(super) envelope: Envelope,
    pub(super) agreement: AgreementId,
    pub(super) operator: Operator,
}

impl Sender {
    /// Sends each batch in a task of its own: signing and encoding one takes a core for a while.
    pub(super) async fn send_all(&self, batches: Vec<Batch>) -> Vec<Result<(), PoolRefusal>> {
        let sending: Vec<_> = batches
            .into_iter()
            .map(|batch| {
                let sender = self.clone();
                tokio::spawn(async move { sender.send(&batch).await })
            })
            .collect();
        let mut outcomes = Vec::with_capacity(sending.len());
        for task in sending {
            let outcome = task.await.unwrap_or_else(|error| {
                Err(PoolRefusal::Unreachable(format!(
                    "the sending ended: {error}"
                )))
            });
            outcomes.push(outcome);
        }
        outcomes
    }

    async fn send(&self, batch: &Batch) -> Result<(), PoolRefusal> {
        let call = match batch {
            Batch::Payments(payments) => Call::new("Trades", "record", &(self.agreement, payments)),
            Batch::Refunds(refunds) => Call::new("Trades", "refund", &(self.agreement, refunds)),
        };
        let bytes = self
            .envelope
            .sign(&call, &self.operator, UNORDERED)
            .map_err(|error| PoolRefusal::Invalid(in_full(error)))?;
        // The pool may take a call that the chain refuses, and then drop it without a word.
        self.chain.check(&self.envelope, &bytes).await?;
        self.chain.enqueue(&bytes).await
    }
}

/// An error and its sources in one line.
pub(super) fn in_full(error: crate::error::Error) -> String {
    format!("{:#}", anyhow::Error::from(error))
}

/// Whether transactions of an account wait in the node's pool.
pub(super) async fn has_pending(chain: &Chain, account: &AccountId32) -> Result<bool> {
    let pending: Vec<String> = chain
        .rpc()
        .request("author_pendingExtrinsics", rpc_params![])
        .await
        .context("the node does not list its pending transactions")?;
    Ok(pending
        .iter()
        .filter_map(|text| hex::decode(text.trim_start_matches("0x")).ok())
        .any(|transaction| is_signed_by(account, &transaction)))
}

/// Whether a transaction is signed by an account.
fn is_signed_by(account: &AccountId32, transaction: &[u8]) -> bool {
    /// Signed, of the fourth version, by an account's own address.
    const SIGNED_BY_ID: [u8; 2] = [0b1000_0000 | 4, 0];
    let mut rest = transaction;
    let account: &[u8] = account.as_ref();
    Compact::<u32>::decode(&mut rest).is_ok()
        && rest
            .strip_prefix(&SIGNED_BY_ID)
            .is_some_and(|rest| rest.starts_with(account))
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;

    #[test]
    fn a_pending_transaction_is_known_by_its_signer() {
        let account = |suri| Operator::from_suri(suri).unwrap().account();
        let signed = |head: [u8; 2]| {
            let mut bytes = head.to_vec();
            bytes.extend(account("//Alice").encode());
            bytes.extend([7; 100]);
            bytes.encode()
        };
        let transaction = signed([0x84, 0]);
        assert!(is_signed_by(&account("//Alice"), &transaction));
        assert!(!is_signed_by(&account("//Bob"), &transaction));
        assert!(!is_signed_by(&account("//Alice"), &signed([0x05, 0])));
        assert!(!is_signed_by(&account("//Alice"), &[]));
    }
}

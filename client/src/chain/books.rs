//! A party's own book over the methods of its own node: importing the ledger, and reading what the
//! node keeps.

use super::Chain;
use anyhow::{anyhow, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    align::LedgerEntry, store::IMPORT_PAGE, AgreementId, BusinessDay, Side,
};
use serde_json::Value as Json;
use sp_core::H256;
use std::time::Duration;
use subxt::rpcs::{client::RpcParams, rpc_params, Error as RpcError};

/// How long a node may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The name of a side in a node's methods.
pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Debit => "debit",
        Side::Credit => "credit",
    }
}

impl Chain {
    /// Asks the node by one of its own methods. An error tells it in the node's words.
    pub(super) async fn ask(&self, method: &str, parameters: RpcParams) -> Result<Json> {
        let answer = tokio::time::timeout(PATIENCE, self.rpc.request::<Json>(method, parameters))
            .await
            .map_err(|_| anyhow!("{} does not answer {method}", self.url))?;
        answer.map_err(|error| match error {
            RpcError::User(error) => {
                let more = error
                    .data
                    .map(|data| format!(" ({data})"))
                    .unwrap_or_default();
                anyhow!("{method}: {}{more}", error.message)
            }
            error => anyhow!("{method}: {error}"),
        })
    }

    /// Sends a ledger to one's own node, page by page. It replaces an import of the same side
    /// that is not committed to yet. `progress` is told the lines sent.
    pub async fn import_ledger(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
        lines: &[LedgerEntry],
        mut progress: impl FnMut(u64),
    ) -> Result<()> {
        let side = side_name(side);
        self.ask(
            "counterfoil_beginImport",
            rpc_params![agreement, day.0, side],
        )
        .await
        .context("the node begins no import; it must be your own, with unsafe methods on")?;
        for (index, page) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
            let bytes = format!("0x{}", hex::encode(page.encode()));
            self.ask(
                "counterfoil_importBook",
                rpc_params![agreement, day.0, side, index, bytes],
            )
            .await
            .with_context(|| format!("page {index} of the ledger is not taken"))?;
            progress(page.len() as u64);
        }
        Ok(())
    }

    /// Says that the party stands by the imported ledger with this hash. Nothing replaces it once
    /// the book is committed to.
    pub async fn confirm_import(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
        hash: H256,
    ) -> Result<Json> {
        let side = side_name(side);
        let hash = format!("0x{}", hex::encode(hash));
        self.ask(
            "counterfoil_confirmImport",
            rpc_params![agreement, day.0, side, hash],
        )
        .await
    }

    /// What the node says of its own book: one of `counterfoil_bookState`, `bookSuspense` and
    /// `bookResult`.
    pub async fn own_book(
        &self,
        method: &str,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<Json> {
        self.ask(method, rpc_params![agreement, day.0, side_name(side)])
            .await
    }
}

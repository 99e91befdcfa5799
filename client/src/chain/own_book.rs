//! A party's own book over the methods of its own node: importing the ledger, and reading what the
//! node keeps.

use super::Chain;
use anyhow::{anyhow, Context, Result};
use codec::Encode;
use counterfoil_primitives::{book_storage::IMPORT_PAGE, AgreementId, LedgerEntry, SideId};
use serde_json::Value as Json;
use sp_core::H256;
use std::time::Duration;
use subxt::rpcs::{client::RpcParams, rpc_params, Error as RpcError};

/// How long a node may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The side as a node's methods take it: the agreement, the day's number, the side's name.
const fn parameters(side_id: SideId) -> (AgreementId, u32, &'static str) {
    (side_id.agreement, side_id.day.0, side_id.side.name())
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
        side_id: SideId,
        lines: &[LedgerEntry],
        mut progress: impl FnMut(u64),
    ) -> Result<()> {
        let (agreement, day, side) = parameters(side_id);
        self.ask("counterfoil_beginImport", rpc_params![agreement, day, side])
            .await
            .context("the node begins no import; it must be your own, with unsafe methods on")?;
        for (index, page) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
            let bytes = format!("0x{}", hex::encode(page.encode()));
            self.ask(
                "counterfoil_importBook",
                rpc_params![agreement, day, side, index, bytes],
            )
            .await
            .with_context(|| format!("page {index} of the ledger is not taken"))?;
            progress(page.len() as u64);
        }
        Ok(())
    }

    /// Says that the party stands by the imported ledger with this hash. Nothing replaces it once
    /// the book is committed to.
    pub async fn confirm_import(&self, side_id: SideId, hash: H256) -> Result<Json> {
        let (agreement, day, side) = parameters(side_id);
        let hash = format!("0x{}", hex::encode(hash));
        self.ask(
            "counterfoil_confirmImport",
            rpc_params![agreement, day, side, hash],
        )
        .await
    }

    /// What the node says of its own book: one of `counterfoil_bookState`, `bookSuspense` and
    /// `bookResult`.
    pub async fn own_book(&self, method: &str, side_id: SideId) -> Result<Json> {
        let (agreement, day, side) = parameters(side_id);
        self.ask(method, rpc_params![agreement, day, side]).await
    }
}

//! A party's own book over the methods of its own node: importing the ledger, and reading what the
//! node keeps.

use super::Chain;
use crate::error::Error as NodeError;
use anyhow::{Context, Error, Result};
use codec::Encode;
use counterfoil_primitives::{book_storage::IMPORT_PAGE, AgreementId, LedgerEntry, SideId};
use serde_json::Value as Json;
use sp_core::H256;
use std::time::Duration;
use subxt::rpcs::{client::RpcParams, rpc_params, Error as RpcError, UserError};

/// How long a node may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The code of JSON-RPC for a method that a node does not have, or denies since it is unsafe.
pub(crate) const NO_SUCH_METHOD: i32 = -32_601;

/// A node's refusal of one of its own methods, in its words.
#[derive(Debug, thiserror::Error)]
#[error("{method}: {said}")]
pub(super) struct Refused {
    pub(super) method: String,
    pub(super) code: i32,
    pub(super) said: String,
}

impl Refused {
    pub(super) fn new(method: &str, error: UserError) -> Self {
        let more = error
            .data
            .map(|data| format!(" ({data})"))
            .unwrap_or_default();
        Self {
            method: method.into(),
            code: error.code,
            said: format!("{}{more}", error.message),
        }
    }
}

/// What an import that a node does not begin means: it is another's node, or it refuses this ledger.
fn not_begun(error: &Error) -> &'static str {
    match error.downcast_ref::<Refused>() {
        Some(refused) if refused.code == NO_SUCH_METHOD => {
            "the node begins no import; it must be your own, with unsafe methods on"
        }
        _ => "the node does not take the ledger",
    }
}

/// The side as a node's methods take it: the agreement, the day's number, the side's name.
const fn parameters(side_id: SideId) -> (AgreementId, u32, &'static str) {
    (side_id.agreement, side_id.day.0, side_id.side.name())
}

impl Chain {
    /// Asks the node by one of its own methods. A refusal is in the node's words; what else fails says what
    /// helps.
    pub(super) async fn ask(&self, method: &str, parameters: RpcParams) -> Result<Json> {
        let answer = tokio::time::timeout(PATIENCE, self.rpc.request::<Json>(method, parameters))
            .await
            .map_err(|late| {
                NodeError::node(format!("{} does not answer {method}", self.url), late)
            })?;
        answer.map_err(|error| match error {
            RpcError::User(error) => Refused::new(method, error).into(),
            error => NodeError::node(format!("{method} is not answered"), error).into(),
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
            .map_err(|error| {
                let why = not_begun(&error);
                error.context(why)
            })?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    /// What is said of an import that a node refuses with an error of JSON-RPC.
    fn told(code: i32, message: &str) -> String {
        let message = message.into();
        let data = None;
        let error = UserError {
            code,
            message,
            data,
        };
        let error = Error::from(Refused::new("counterfoil_beginImport", error));
        let why = not_begun(&error);
        format!("{:#}", error.context(why))
    }

    #[test]
    fn a_node_that_denies_the_method_is_told_to_be_another_than_ones_own() {
        let told = told(NO_SUCH_METHOD, "Method not found");
        assert!(told.contains("with unsafe methods on"), "{told}");
        assert!(told.contains("Method not found"), "{told}");
    }

    #[test]
    fn a_node_that_refuses_the_ledger_is_told_in_its_own_words_alone() {
        assert_eq!(
            told(1, "the book is closed: its import stands"),
            "the node does not take the ledger: counterfoil_beginImport: the book is closed: its \
             import stands"
        );
    }

    #[test]
    fn a_node_that_does_not_answer_is_not_told_to_deny_the_method() {
        let error = anyhow!("ws://node does not answer counterfoil_beginImport");
        assert_eq!(not_begun(&error), "the node does not take the ledger");
    }
}

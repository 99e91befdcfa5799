//! A client's window: which of its sequences are used.

use super::read::At;
use crate::error::{Error, Result};
use counterfoil_primitives::{MemberId, Sequence};

impl At {
    /// The highest sequence that a client has used.
    pub async fn highest_sequence(&self, client: MemberId) -> Result<Option<Sequence>> {
        self.api("highest_sequence", client).await
    }

    /// What a client's window shows of each of these sequences, in their order: whether it is used;
    /// `None` below the window, which no longer tells.
    pub async fn used_sequences(
        &self,
        client: MemberId,
        sequences: &[Sequence],
    ) -> Result<Vec<Option<bool>>> {
        let used: Vec<Option<bool>> = self.api("used_sequences", (client, sequences)).await?;
        let (asked, came) = (sequences.len(), used.len());
        if asked != came {
            return Err(Error::undecodable(
                "what the window shows",
                format!("{came} answers to {asked} sequences"),
            ));
        }
        Ok(used)
    }
}

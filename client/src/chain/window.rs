//! A client's window: which of its sequences are used.

use super::read::At;
use crate::error::Result;
use codec::Encode;
use counterfoil_primitives::{
    window::{chunk_of, reach, ring_slot, Chunk, Reach},
    MemberId, Sequence,
};

impl At {
    /// The highest sequence that a client has used.
    pub async fn highest_sequence(&self, client: MemberId) -> Result<Option<Sequence>> {
        self.storage("Trades", "Windows", &[client.encode()]).await
    }

    /// What a client's window shows of each of these sequences: whether it is used; `None` below the
    /// window, which no longer tells.
    pub async fn used_sequences(
        &self,
        client: MemberId,
        sequences: &[Sequence],
    ) -> Result<Vec<Option<bool>>> {
        let highest = self.highest_sequence(client).await?;
        let mut chunk: Option<Chunk> = None;
        let mut used = Vec::with_capacity(sequences.len());
        for sequence in sequences {
            used.push(match reach(highest, *sequence) {
                Reach::Below => None,
                Reach::Above => Some(false),
                Reach::Within => {
                    let index = chunk_of(*sequence);
                    let of_sequence = match chunk.take() {
                        Some(last) if last.index == index => last,
                        _ => self.chunk(client, index).await?,
                    };
                    let is_used = of_sequence.is_used(*sequence);
                    chunk = Some(of_sequence);
                    Some(is_used)
                }
            });
        }
        Ok(used)
    }

    /// The chunk `index` of a client's window.
    async fn chunk(&self, client: MemberId, index: u64) -> Result<Chunk> {
        let keys = [client.encode(), ring_slot(index).encode()];
        let stored: Option<Chunk> = self.storage("Trades", "WindowChunks", &keys).await?;
        // An older chunk in the slot means that this one is empty.
        let stored = stored.filter(|chunk| chunk.index == index);
        Ok(stored.unwrap_or_else(|| Chunk::empty(index)))
    }
}

//! The anti-replay window over a client's sequences, after RFC 6479.
//!
//! A ring of chunks holds one bit a sequence. The window covers the chunk of the highest used
//! sequence and the chunks below it, as many as the ring has; it reaches its own width above the
//! highest. A chunk's slot in the ring is taken over by the chunk one width above it.

use crate::Sequence;
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bytes of a chunk.
pub const CHUNK_BYTES: usize = 1024;
/// Sequences of a chunk.
pub const CHUNK_BITS: u64 = CHUNK_BYTES as u64 * 8;
/// Chunks of the ring.
pub const CHUNKS: u64 = 32;
/// Sequences of the window: what a client may have in flight.
pub const WIDTH: u64 = CHUNK_BITS * CHUNKS;

/// A chunk of the window.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Chunk {
    /// Which chunk this is: its first sequence is `index × CHUNK_BITS`.
    pub index: u64,
    /// One bit a sequence; set means used.
    pub bits: [u8; CHUNK_BYTES],
}

impl Chunk {
    /// The empty chunk of `index`.
    pub const fn empty(index: u64) -> Self {
        Self {
            index,
            bits: [0; CHUNK_BYTES],
        }
    }

    /// Whether `sequence`, which lies in this chunk, is used.
    pub fn is_used(&self, sequence: Sequence) -> bool {
        let bit = sequence % CHUNK_BITS;
        self.bits[(bit / 8) as usize] & (1 << (bit % 8)) != 0
    }

    /// Marks `sequence`, which lies in this chunk, as used.
    pub fn mark(&mut self, sequence: Sequence) {
        let bit = sequence % CHUNK_BITS;
        self.bits[(bit / 8) as usize] |= 1 << (bit % 8);
    }
}

/// The chunk that holds `sequence`.
pub const fn chunk_of(sequence: Sequence) -> u64 {
    sequence / CHUNK_BITS
}

/// The place of chunk `index` in the ring.
pub const fn ring_slot(index: u64) -> u8 {
    (index % CHUNKS) as u8
}

/// Where a sequence lies, against the highest used one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Within the window: its chunk tells whether it is used.
    Within,
    /// Below the window: it cannot be told from a used one.
    Below,
    /// Further above the highest than the window is wide.
    Above,
}

/// Where `sequence` lies, against the `highest` used one (`None`: none was used).
pub const fn reach(highest: Option<Sequence>, sequence: Sequence) -> Reach {
    let (chunk, top) = match highest {
        Some(highest) => (chunk_of(highest), highest.saturating_add(WIDTH)),
        None => (0, WIDTH),
    };
    if chunk_of(sequence) + CHUNKS <= chunk {
        Reach::Below
    } else if sequence > top {
        Reach::Above
    } else {
        Reach::Within
    }
}

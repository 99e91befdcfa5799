//! What trades are told apart by: ids, references, and hashes of the rest.

use crate::{Entry, Kind, TradeId};
use blake2b_simd::Params;

/// What trades are told apart by.
pub type Key = [u8; 16];

/// The id.
pub fn of_id(id: &TradeId) -> Key {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&id.client.to_be_bytes());
    key[4..12].copy_from_slice(&id.sequence.to_be_bytes());
    key
}

/// The id, with the kind.
pub fn of_id_in_kind(id: &TradeId, kind: Kind) -> Key {
    let mut key = of_id(id);
    key[12] = kind as u8;
    key
}

/// A hash of the reference and the kind.
pub fn of_reference_in_kind(entry: &Entry) -> Key {
    hash(&[&[entry.kind as u8], &entry.reference.0])
}

/// A hash of all but the id.
pub fn of_content(entry: &Entry) -> Key {
    hash(&[&[entry.kind as u8], &entry.reference.0, &of_rest(entry)])
}

/// A hash of all but id and kind.
pub fn of_content_of_any_kind(entry: &Entry) -> Key {
    join(&of_rest(entry), &entry.reference.0)
}

/// A hash of all but id, kind and reference.
pub fn of_rest(entry: &Entry) -> Key {
    hash(&[
        &entry.user.0,
        &entry.product.to_be_bytes(),
        &entry.amount.to_be_bytes(),
        &entry.occurred_at.to_be_bytes(),
    ])
}

/// A hash of what [`of_rest`] returns and of a name.
pub fn join(rest: &Key, name: &Key) -> Key {
    hash(&[rest, name])
}

/// The parts have fixed widths.
fn hash(parts: &[&[u8]]) -> Key {
    let mut state = Params::new().hash_length(16).to_state();
    for part in parts {
        state.update(part);
    }
    let mut key = [0; 16];
    key.copy_from_slice(state.finalize().as_bytes());
    key
}

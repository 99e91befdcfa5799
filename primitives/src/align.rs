//! A party's ledger brought onto the positions of the chain.

use crate::{Amount, Entry, Moment, ProductId, Reference, TradeId, UserId};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A line of a party's own core ledger.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct LedgerEntry {
    /// The trade's id, where the ledger knows it.
    pub id: Option<TradeId>,
    /// The payment's reference.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// The booked amount.
    pub amount: Amount,
    /// When the payment completed.
    pub occurred_at: Moment,
}

impl LedgerEntry {
    /// The book's entry, under `id` where the ledger names none.
    pub fn into_entry(self, id: TradeId) -> Entry {
        Entry {
            id: self.id.unwrap_or(id),
            reference: self.reference,
            user: self.user,
            product: self.product,
            amount: self.amount,
            occurred_at: self.occurred_at,
        }
    }
}

/// A book: what stands on the chain's positions, and what stands on none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Book {
    /// One slot a position.
    pub slots: Vec<Option<Entry>>,
    /// The entries on no position, sorted; repeats stay.
    pub extras: Vec<Entry>,
}

/// Aligns `ledger` to the chain's entries of a side: by id, and what that leaves by reference.
///
/// Of several lines for one position the first in the ledger takes it; the others are extras.
pub fn align(chain: &[Entry], ledger: &[LedgerEntry]) -> Book {
    let mut taken: Vec<Option<Entry>> = alloc::vec![None; chain.len()];
    let mut by_id: Vec<(TradeId, u32)> = chain
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.id, at as u32))
        .collect();
    by_id.sort_unstable();
    let mut left = Vec::new();
    for line in ledger {
        let slot = line.id.and_then(|id| {
            let at = by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            Some(by_id[at].1 as usize)
        });
        match slot {
            Some(at) if taken[at].is_none() => taken[at] = Some(line.into_entry(chain[at].id)),
            _ => left.push(line),
        }
    }
    let mut by_reference: Vec<(Reference, u32)> = chain
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.reference, at as u32))
        .collect();
    by_reference.sort_unstable();
    let mut extras = Vec::new();
    for line in left {
        let first = by_reference.partition_point(|(reference, _)| *reference < line.reference);
        let free = by_reference[first..]
            .iter()
            .take_while(|(reference, _)| *reference == line.reference)
            .map(|(_, at)| *at as usize)
            .find(|at| taken[*at].is_none());
        // A line that names a trade on chain is that trade again, not a stranger's by reference.
        match free {
            Some(at) => taken[at] = Some(line.into_entry(chain[at].id)),
            None => {
                let known = by_reference
                    .get(first)
                    .filter(|(r, _)| *r == line.reference);
                let id = known
                    .map(|(_, at)| chain[*at as usize].id)
                    .unwrap_or_default();
                extras.push(line.into_entry(id));
            }
        }
    }
    extras.sort_unstable();
    Book {
        slots: taken,
        extras,
    }
}

//! A party's ledger brought onto the positions of the chain.

use crate::{Amount, Entry, Moment, ProductId, Reference, TradeId, UserId};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::Range;
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

/// Aligns `ledger` to the chain's entries of a side: by id, then the rest by reference, where a
/// line equal to its trade in all that the ledger knows goes first.
///
/// A line that names a trade of the day by its id is that trade or that trade again, never
/// another one by reference. A line whose id the day does not know may still find its trade by
/// reference; it keeps its id. Of several lines for one position the first in the ledger takes
/// it; the others are extras.
///
/// A line without an id takes that of its trade; as an extra, that of the trade that it repeats.
pub fn align(chain: &[Entry], ledger: &[LedgerEntry]) -> Book {
    let mut slots: Vec<Option<Entry>> = alloc::vec![None; chain.len()];
    let mut extras = Vec::new();

    let by_id = sorted_by(chain, |entry| entry.id);
    let mut unnamed = Vec::new();
    for line in ledger {
        let Some(at) = line.id.and_then(|id| find(chain, &by_id, id)) else {
            unnamed.push(line);
            continue;
        };
        let entry = line.into_entry(chain[at].id);
        match &mut slots[at] {
            slot @ None => *slot = Some(entry),
            Some(_) => extras.push(entry),
        }
    }
    drop(by_id);

    let by_content = sorted_by(chain, content);
    let mut free = Free::of(by_content.iter().map(|at| slots[*at as usize].is_none()));
    let equals = |line: &LedgerEntry| equal_range(chain, &by_content, line);
    let namesakes = |line: &LedgerEntry| reference_range(chain, &by_content, line.reference);

    let mut take = |line: &LedgerEntry, range: Range<usize>| {
        let Some(index) = free.take_in(range) else {
            return false;
        };
        let at = by_content[index] as usize;
        slots[at] = Some(line.into_entry(chain[at].id));
        true
    };
    unnamed.retain(|line| !take(line, equals(line)));
    unnamed.retain(|line| !take(line, namesakes(line)));

    extras.extend(unnamed.into_iter().map(|line| {
        let repeated = [equals(line), namesakes(line)]
            .into_iter()
            .find(|range| !range.is_empty())
            .map(|range| chain[by_content[range.start] as usize].id);
        line.into_entry(repeated.unwrap_or_default())
    }));
    extras.sort_unstable();
    Book { slots, extras }
}

/// What a line without an id can agree on with its trade, the reference first.
type Content = (Reference, UserId, ProductId, Amount, Moment);

fn content(entry: &Entry) -> Content {
    (
        entry.reference,
        entry.user,
        entry.product,
        entry.amount,
        entry.occurred_at,
    )
}

/// The positions of the chain's entries, sorted by a key of theirs.
fn sorted_by<K: Ord>(chain: &[Entry], key: impl Fn(&Entry) -> K) -> Vec<u32> {
    let mut positions: Vec<u32> = (0..chain.len() as u32).collect();
    positions.sort_unstable_by_key(|at| (key(&chain[*at as usize]), *at));
    positions
}

/// The position of the entry with `id`.
fn find(chain: &[Entry], by_id: &[u32], id: TradeId) -> Option<usize> {
    let index = by_id
        .binary_search_by_key(&id, |at| chain[*at as usize].id)
        .ok()?;
    Some(by_id[index] as usize)
}

/// Where the entries equal to `line` in all but the id lie in `by_content`.
fn equal_range(chain: &[Entry], by_content: &[u32], line: &LedgerEntry) -> Range<usize> {
    let wanted = content(&line.into_entry(TradeId::default()));
    let start = by_content.partition_point(|at| content(&chain[*at as usize]) < wanted);
    let end = by_content.partition_point(|at| content(&chain[*at as usize]) <= wanted);
    start..end
}

/// Where the entries with `reference` lie in `by_content`.
fn reference_range(chain: &[Entry], by_content: &[u32], reference: Reference) -> Range<usize> {
    let start = by_content.partition_point(|at| chain[*at as usize].reference < reference);
    let end = by_content.partition_point(|at| chain[*at as usize].reference <= reference);
    start..end
}

/// Which places of a row are free. Each taken one points on, so that a row of many equal
/// references costs no more than one of different ones.
struct Free {
    next: Vec<u32>,
}

impl Free {
    fn of(free: impl Iterator<Item = bool>) -> Self {
        let mut next: Vec<u32> = free
            .enumerate()
            .map(|(at, free)| at as u32 + u32::from(!free))
            .collect();
        next.push(next.len() as u32);
        Self { next }
    }

    /// Takes the first free place of `range`.
    fn take_in(&mut self, range: Range<usize>) -> Option<usize> {
        let mut at = range.start;
        while self.next[at] as usize != at {
            // Half of the way is cut off for whoever comes next.
            self.next[at] = self.next[self.next[at] as usize];
            at = self.next[at] as usize;
        }
        if at >= range.end {
            return None;
        }
        self.next[at] = at as u32 + 1;
        Some(at)
    }
}

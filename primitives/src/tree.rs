//! Pages and the two-level Merkle tree over a side of a day.
//!
//! 256 consecutive positions are a page. A page root is the Merkle root of its leaves, a side's
//! root the Merkle root of its page roots, bound to its [`Domain`]. Extras, the entries on no
//! position, are paged the same way. The shape follows from the counts, and the counts are in the
//! domain, so neither a page nor a proof for one place verifies for another.

use crate::{AgreementId, BusinessDay, Entry, Side};
use alloc::vec::Vec;
use binary_merkle_tree::merkle_root_raw;
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Positions of a page.
pub const PAGE_SIZE: u32 = 256;

/// What a leaf's or a root's preimage begins with.
mod tag {
    pub const SLOT: u8 = 0;
    pub const EXTRA: u8 = 1;
    pub const SLOTS_ROOT: u8 = 2;
    pub const EXTRAS_ROOT: u8 = 3;
}

/// Bytes of an entry's encoding.
pub const ENTRY_LEN: usize = 12 + 16 + 16 + 4 + 16 + 8;
/// Bytes of an inner node's preimage: two hashes.
const INNER_NODE_LEN: usize = 64;
/// Bytes of a root's preimage.
const ROOT_LEN: usize = 1 + Domain::LEN + 32;

// An inner node's preimage must be no leaf's or root's, else one could stand for the other.
const _: () = assert!(
    1 + 1 != INNER_NODE_LEN,
    "an empty slot's leaf looks like an inner node"
);
const _: () = assert!(
    1 + 1 + ENTRY_LEN != INNER_NODE_LEN,
    "a slot's leaf looks like an inner node"
);
const _: () = assert!(
    1 + ENTRY_LEN != INNER_NODE_LEN,
    "an extra's leaf looks like an inner node"
);
const _: () = assert!(
    ROOT_LEN != INNER_NODE_LEN,
    "a root looks like an inner node"
);

/// The place that a side's roots are bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Domain {
    /// The chain.
    pub genesis: H256,
    /// The agreement.
    pub agreement: AgreementId,
    /// The business day.
    pub day: BusinessDay,
    /// The side.
    pub side: Side,
    /// Positions of the day.
    pub slots: u32,
    /// Entries on no position.
    pub extras: u32,
}

impl Domain {
    /// Bytes of the encoding.
    pub const LEN: usize = 32 + 4 + 4 + 1 + 4 + 4;
}

/// How many pages `count` positions or extras fill.
pub const fn page_count(count: u32) -> u32 {
    count.div_ceil(PAGE_SIZE)
}

/// How many of `count` positions lie on `page`.
pub const fn page_len(count: u32, page: u32) -> u32 {
    let left = count.saturating_sub(page.saturating_mul(PAGE_SIZE));
    if left < PAGE_SIZE {
        left
    } else {
        PAGE_SIZE
    }
}

/// The page and the offset in it of `position`.
pub const fn locate(position: u32) -> (u32, u8) {
    (position / PAGE_SIZE, (position % PAGE_SIZE) as u8)
}

/// The hash of a slot's leaf; `None` is a slot that the book lacks.
pub fn slot_leaf(entry: &Option<Entry>) -> H256 {
    (tag::SLOT, entry).using_encoded(BlakeTwo256::hash)
}

/// The hash of an extra's leaf.
pub fn extra_leaf(entry: &Entry) -> H256 {
    (tag::EXTRA, entry).using_encoded(BlakeTwo256::hash)
}

/// The root of a page of a book.
pub fn slots_page_root<'a>(slots: impl IntoIterator<Item = &'a Option<Entry>>) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>(slots.into_iter().map(slot_leaf))
}

/// The root of a page of the chain's own entries, where no slot is empty.
pub fn chain_page_root(entries: &[Entry]) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>(entries.iter().map(|entry| slot_leaf(&Some(*entry))))
}

/// The root of a page of extras.
pub fn extras_page_root<'a>(extras: impl IntoIterator<Item = &'a Entry>) -> H256 {
    merkle_root_raw::<BlakeTwo256, _>(extras.into_iter().map(extra_leaf))
}

/// The page roots of extras, in their order.
pub fn extras_page_roots(extras: &[Entry]) -> Vec<H256> {
    extras
        .chunks(PAGE_SIZE as usize)
        .map(extras_page_root)
        .collect()
}

/// The root over a side's page roots.
pub fn slots_root(domain: &Domain, page_roots: impl IntoIterator<Item = H256>) -> H256 {
    bind(
        tag::SLOTS_ROOT,
        domain,
        merkle_root_raw::<BlakeTwo256, _>(page_roots),
    )
}

/// The root over the page roots of a side's extras.
pub fn extras_root(domain: &Domain, page_roots: impl IntoIterator<Item = H256>) -> H256 {
    bind(
        tag::EXTRAS_ROOT,
        domain,
        merkle_root_raw::<BlakeTwo256, _>(page_roots),
    )
}

/// Binds a Merkle root to its place.
pub(crate) fn bind(tag: u8, domain: &Domain, root: H256) -> H256 {
    (tag, domain, root).using_encoded(BlakeTwo256::hash)
}

/// Binds a Merkle root of page roots to its place.
pub(crate) fn bind_slots(domain: &Domain, root: H256) -> H256 {
    bind(tag::SLOTS_ROOT, domain, root)
}

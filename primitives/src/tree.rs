//! Pages, and the Merkle tree over a side of a day.
//!
//! 256 consecutive positions are a page, 16 of them a leaf. A page root is one hash over the number
//! of the page's slots and the hashes of its leaves. A side's root is the Merkle root of its page
//! roots, bound to its [`Domain`]. Extras, the entries on no position, are paged the same way. The
//! shape follows from the counts, and the counts are in the domain, so neither a page nor a proof
//! for one place verifies for another.
//!
//! Leaves of several slots keep recording cheap, and so do pages without inner nodes: a full page
//! takes 17 hashes a side, where a binary tree over leaves of one slot would take 511. In return an
//! inclusion proof carries the whole leaf, and the hashes of all leaves of the page.
//!
//! 256 consecutive pages are a chapter: the unit in which page roots are stored. The top over the
//! page roots of a chapter is a node of the side's tree, so chapters change no root.

use crate::{hashing::Blake2b256, Entry, SideId};
use alloc::vec::Vec;
use binary_merkle_tree::merkle_root_raw;
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The format of what roots are over: entries, leaves, pages and the tree. It rises whenever one of
/// them is hashed otherwise. A sealed day keeps the format of its roots.
pub const FORMAT: u8 = 1;

/// Positions of a page.
pub const PAGE_SIZE: u32 = 256;
/// Positions of a leaf; the last leaf of a page may hold fewer.
pub const LEAF_SIZE: u32 = 16;
/// Pages of a chapter; the last chapter of a day may hold fewer. A power of two, so that a chapter
/// has a node of its own in the tree over the page roots.
pub const CHAPTER_SIZE: u32 = 256;

/// What the preimage of a leaf, of a page root or of a side's root begins with.
mod tag {
    pub const SLOT: u8 = 0;
    pub const EXTRA: u8 = 1;
    pub const SLOTS_ROOT: u8 = 2;
    pub const EXTRAS_ROOT: u8 = 3;
    pub const PAGE: u8 = 4;
    /// All of them.
    pub const ALL: [u8; 5] = [SLOT, EXTRA, SLOTS_ROOT, EXTRAS_ROOT, PAGE];
}

/// Bytes of an entry's encoding.
pub const ENTRY_LEN: usize = 12 + 1 + 16 + 16 + 4 + 16 + 8;
/// Bytes of a hash.
const HASH_LEN: usize = 32;
/// Bytes of an inner node's preimage: two hashes.
const INNER_NODE_LEN: usize = 2 * HASH_LEN;
/// Bytes of the preimage of a side's root.
const ROOT_LEN: usize = 1 + Domain::LEN + HASH_LEN;
/// Leaves of a full page.
const MAX_LEAVES: usize = (PAGE_SIZE / LEAF_SIZE) as usize;

/// Bytes of a leaf's preimage: the tag, a byte for each slot, and the entries.
const fn slots_leaf_len(slots: usize, entries: usize) -> usize {
    1 + slots + entries * ENTRY_LEN
}

/// Bytes of a page root's preimage: the tag, the number of slots, and the hashes of the leaves.
const fn page_root_len(leaves: usize) -> usize {
    1 + 4 + leaves * HASH_LEN
}

// No two kinds of preimages may have one in common, else what one hashes to could stand for the
// other. All begin with a tag but those of inner nodes, which differ from all in their length.
const _: () = {
    let mut one = 0;
    while one < tag::ALL.len() {
        let mut other = 0;
        while other < one {
            assert!(
                tag::ALL[one] != tag::ALL[other],
                "two kinds of preimages begin with the same tag"
            );
            other += 1;
        }
        one += 1;
    }
    let mut leaves = 1;
    while leaves <= MAX_LEAVES {
        assert!(
            page_root_len(leaves) != INNER_NODE_LEN,
            "a page root looks like an inner node"
        );
        leaves += 1;
    }
    let mut slots = 1;
    while slots <= LEAF_SIZE as usize {
        let mut entries = 0;
        while entries <= slots {
            assert!(
                slots_leaf_len(slots, entries) != INNER_NODE_LEN,
                "a leaf of slots looks like an inner node"
            );
            entries += 1;
        }
        assert!(
            1 + slots * ENTRY_LEN != INNER_NODE_LEN,
            "a leaf of extras looks like an inner node"
        );
        slots += 1;
    }
    assert!(
        ROOT_LEN != INNER_NODE_LEN,
        "a side's root looks like an inner node"
    );
    assert!(
        PAGE_SIZE.is_multiple_of(LEAF_SIZE),
        "a page is whole leaves"
    );
    assert!(
        CHAPTER_SIZE.is_power_of_two(),
        "a chapter has a node in the tree"
    );
};

/// The place that a side's roots are bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Domain {
    /// The format of what the roots are over, such as [`FORMAT`]. It comes first in every format.
    pub format: u8,
    /// The chain.
    pub genesis: H256,
    /// The side.
    pub side_id: SideId,
    /// Positions of the day.
    pub slots: u32,
    /// Entries on no position.
    pub extras: u32,
}

impl Domain {
    /// Bytes of the encoding.
    pub const LEN: usize = 1 + 32 + 4 + 4 + 1 + 4 + 4;
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

/// How many chapters `pages` pages fill.
pub const fn chapter_count(pages: u32) -> u32 {
    pages.div_ceil(CHAPTER_SIZE)
}

/// The chapter of `page`.
pub const fn chapter_of(page: u32) -> u32 {
    page / CHAPTER_SIZE
}

/// The page and the offset in it of `position`.
pub const fn locate(position: u32) -> (u32, u8) {
    (position / PAGE_SIZE, (position % PAGE_SIZE) as u8)
}

/// The leaf and the offset in it of the slot at `offset` of a page.
pub const fn locate_in_page(offset: u8) -> (u32, usize) {
    let offset = offset as u32;
    (offset / LEAF_SIZE, (offset % LEAF_SIZE) as usize)
}

/// The hashes of the leaves of a page of a book; `None` is a slot that the book lacks.
pub fn slots_leaves(slots: &[Option<Entry>]) -> Vec<H256> {
    leaves(tag::SLOT, slots, |slot, leaf| slot.encode_to(leaf))
}

/// The hashes of the leaves of a page of extras.
pub fn extras_leaves(extras: &[Entry]) -> Vec<H256> {
    leaves(tag::EXTRA, extras, |extra, leaf| extra.encode_to(leaf))
}

/// The root of a page of a book.
pub fn slots_page_root(slots: &[Option<Entry>]) -> H256 {
    page_root(slots.len() as u32, &slots_leaves(slots))
}

/// The root of a page of the chain's own entries, where no slot is empty.
pub fn chain_page_root(entries: &[Entry]) -> H256 {
    let leaves = leaves(tag::SLOT, entries, |entry, leaf| {
        Some(entry).encode_to(leaf)
    });
    page_root(entries.len() as u32, &leaves)
}

/// The root of a page of extras.
pub fn extras_page_root(extras: &[Entry]) -> H256 {
    page_root(extras.len() as u32, &extras_leaves(extras))
}

/// The root of a page of `count` slots or extras, by the hashes of its leaves.
pub fn page_root(count: u32, leaves: &[H256]) -> H256 {
    let mut preimage = Vec::with_capacity(page_root_len(leaves.len()));
    preimage.push(tag::PAGE);
    count.encode_to(&mut preimage);
    for leaf in leaves {
        preimage.extend_from_slice(leaf.as_bytes());
    }
    BlakeTwo256::hash(&preimage)
}

/// The hashes of leaves: the tag and the encodings of up to [`LEAF_SIZE`] items, one after the other.
fn leaves<T>(tag: u8, items: &[T], put: impl Fn(&T, &mut Vec<u8>)) -> Vec<H256> {
    let size = LEAF_SIZE as usize;
    let mut preimage = Vec::with_capacity(slots_leaf_len(size, size));
    items
        .chunks(size)
        .map(|leaf| {
            preimage.clear();
            preimage.push(tag);
            leaf.iter().for_each(|item| put(item, &mut preimage));
            BlakeTwo256::hash(&preimage)
        })
        .collect()
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
        merkle_root_raw::<Blake2b256, _>(page_roots),
    )
}

/// The root over the page roots of a side's extras.
pub fn extras_root(domain: &Domain, page_roots: impl IntoIterator<Item = H256>) -> H256 {
    bind(
        tag::EXTRAS_ROOT,
        domain,
        merkle_root_raw::<Blake2b256, _>(page_roots),
    )
}

/// Binds a Merkle root to its place.
pub(crate) fn bind(tag: u8, domain: &Domain, root: H256) -> H256 {
    BlakeTwo256::hash_of(&(tag, domain, root))
}

/// Binds a Merkle root of page roots to its place.
pub(crate) fn bind_slots(domain: &Domain, root: H256) -> H256 {
    bind(tag::SLOTS_ROOT, domain, root)
}

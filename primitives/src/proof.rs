//! Inclusion proofs: that a book, or the chain, holds an entry on a position of a day.

use crate::{
    hashing::Blake2b256,
    tree::{self, Domain, FORMAT, LEAF_SIZE},
    Entry,
};
use alloc::vec::Vec;
use binary_merkle_tree::{merkle_proof_raw, verify_proof, Leaf};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;

/// A proof that a side of a day holds an entry, or none, on `position`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct InclusionProof {
    /// The place that the root is bound to. A proof begins with its format, in every format.
    pub domain: Domain,
    /// The position.
    pub position: u32,
    /// The slots of the position's leaf: it is hashed as a whole, so its neighbours come along.
    pub leaf: Vec<Option<Entry>>,
    /// The hashes of all leaves of the page, in order: the page's root is the hash over them.
    pub leaves: Vec<H256>,
    /// From the page's root to the root of the page roots.
    pub in_day: Vec<H256>,
    /// The root of the page roots, before it is bound to the domain.
    pub unbound_root: H256,
}

impl InclusionProof {
    /// Proves what stands on `position`, from the slots of its page and all page roots of the
    /// side. `None` where position, page and roots do not fit the domain or each other.
    pub fn new(
        domain: Domain,
        position: u32,
        page_slots: &[Option<Entry>],
        page_roots: &[H256],
    ) -> Option<Self> {
        let (page, offset) = tree::locate(position);
        let leaves = tree::slots_leaves(page_slots);
        let root = tree::page_root(page_slots.len() as u32, &leaves);
        let fits = position < domain.slots
            && page_slots.len() as u32 == tree::page_len(domain.slots, page)
            && page_roots.len() as u32 == tree::page_count(domain.slots)
            && page_roots.get(page as usize) == Some(&root);
        if !fits {
            return None;
        }
        let (leaf, _) = tree::locate_in_page(offset);
        let slots = page_slots.chunks(LEAF_SIZE as usize).nth(leaf as usize)?;
        let in_day = merkle_proof_raw::<Blake2b256, _>(page_roots.to_vec(), page);
        Some(Self {
            domain,
            position,
            leaf: slots.to_vec(),
            leaves,
            in_day: in_day.proof,
            unbound_root: in_day.root,
        })
    }

    /// What stands on the position, if the proof verifies; `None` proves that the book lacks the
    /// slot.
    pub fn entry(&self) -> Option<Entry> {
        let (_, offset) = tree::locate_in_page(tree::locate(self.position).1);
        self.leaf.get(offset).copied().flatten()
    }

    /// Whether the proof leads from its leaf to `slots_root` of its domain. What another format
    /// than [`FORMAT`] proves is not known here, so no such proof verifies.
    pub fn verify(&self, slots_root: H256) -> bool {
        if self.domain.format != FORMAT || self.position >= self.domain.slots {
            return false;
        }
        let (page, offset) = tree::locate(self.position);
        let (leaf, _) = tree::locate_in_page(offset);
        let page_len = tree::page_len(self.domain.slots, page);
        let leaf_len = (page_len - leaf * LEAF_SIZE).min(LEAF_SIZE);
        let [hash] = tree::slots_leaves(&self.leaf)[..] else {
            return false;
        };
        self.leaf.len() as u32 == leaf_len
            && self.leaves.len() as u32 == page_len.div_ceil(LEAF_SIZE)
            && self.leaves.get(leaf as usize) == Some(&hash)
            && tree::bind_slots(&self.domain, self.unbound_root) == slots_root
            && leads(
                tree::page_root(page_len, &self.leaves),
                page,
                tree::page_count(self.domain.slots),
                &self.in_day,
                &self.unbound_root,
            )
    }
}

/// Whether `path` leads from `page_root`, the `index`th of `count`, to `root`.
///
/// The path must be as long as the place has siblings. `verify_proof` does not count them, and
/// alone would take the last of three pages, whose path is shorter, for the second.
fn leads(page_root: H256, index: u32, count: u32, path: &[H256], root: &H256) -> bool {
    path.len() == siblings(index, count)
        && verify_proof::<Blake2b256, _, _>(
            root,
            path.iter().copied(),
            count,
            index,
            Leaf::Hash(page_root),
        )
}

/// How many siblings the `index`th of `count` pages meets on its way up: one a level, but none
/// where it is last on a level of odd width and moves up alone.
fn siblings(mut index: u32, mut count: u32) -> usize {
    let mut siblings = 0;
    while count > 1 {
        if index % 2 == 1 || index + 1 < count {
            siblings += 1;
        }
        index /= 2;
        count = count.div_ceil(2);
    }
    siblings
}

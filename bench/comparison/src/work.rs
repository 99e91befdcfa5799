//! What is measured of the comparison.

use crate::sample::Sample;
use binary_merkle_tree::merkle_root_raw;
use codec::{Decode, Encode};
use core::hint::black_box;
use counterfoil_primitives::{
    compare::{diff_page, diff_roots},
    hashing::Blake2b256,
    tree::{slots_leaves, slots_page_root},
    Entry,
};
use sp_core::H256;

/// A part of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Work {
    /// Every slot of every page.
    SlotBySlot,
    /// The page roots of the book, hashed again from its slots.
    PageRoots,
    /// The page roots, and the slots of those pages that differ.
    DirtyPages,
    /// As [`Self::PageRoots`], if a page root had inner nodes: a binary tree over the same leaves.
    TreePageRoots,
}

impl Work {
    /// What is done of a comparison.
    pub const OF_A_COMPARISON: [Self; 3] = [Self::SlotBySlot, Self::PageRoots, Self::DirtyPages];

    /// Does the work; returns the slots that were found to differ, or the pages that were hashed.
    pub fn of(self, sample: &Sample) -> u32 {
        // What the compiler could tell beforehand would not be measured.
        let sample = black_box(sample);
        let found = |page| {
            let (chain, book) = sample.page(page);
            black_box(diff_page(chain, book)).len() as u32
        };
        match self {
            Self::SlotBySlot => (0..sample.pages()).map(found).sum(),
            Self::PageRoots => {
                for page in 0..sample.pages() {
                    black_box(slots_page_root(sample.page(page).1));
                }
                sample.pages()
            }
            Self::DirtyPages => diff_roots(&sample.chain_roots, &sample.book_roots)
                .into_iter()
                .map(|dirty| found(dirty.page))
                .sum(),
            Self::TreePageRoots => {
                for page in 0..sample.pages() {
                    black_box(tree_page_root(sample.page(page).1));
                }
                sample.pages()
            }
        }
    }
}

/// The Merkle root over the leaves of a page, by the hasher of inner nodes.
fn tree_page_root(slots: &[Option<Entry>]) -> H256 {
    merkle_root_raw::<Blake2b256, _>(slots_leaves(slots))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOTS: u32 = 1_000;

    #[test]
    fn both_ways_of_comparing_find_all_breaks() {
        for breaks in [0, 1, 10, 1_000] {
            let sample = Sample::new(SLOTS, breaks);
            assert_eq!(Work::SlotBySlot.of(&sample), breaks);
            assert_eq!(Work::DirtyPages.of(&sample), breaks);
        }
    }

    #[test]
    fn all_pages_are_hashed_by_either_rule() {
        let sample = Sample::new(SLOTS, 0);
        let pages = [Work::PageRoots, Work::TreePageRoots].map(|work| work.of(&sample));
        assert_eq!(pages, [4, 4]);
    }

    #[test]
    fn a_tree_over_one_leaf_is_that_leaf_and_a_page_root_is_not() {
        let sample = Sample::new(16, 0);
        let leaf = slots_leaves(&sample.book)[0];
        assert_eq!(tree_page_root(&sample.book), leaf);
        assert_ne!(slots_page_root(&sample.book), leaf);
    }
}

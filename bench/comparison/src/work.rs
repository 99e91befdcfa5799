//! What is measured of the comparison.

use crate::sample::Sample;
use codec::{Decode, Encode};
use core::hint::black_box;
use counterfoil_primitives::{
    compare::{diff_page, diff_roots},
    tree::slots_page_root,
};

/// A part of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Work {
    /// Every slot of every page.
    SlotBySlot,
    /// The page roots of the book, hashed again from its slots.
    PageRoots,
    /// The page roots, and the slots of those pages that differ.
    DirtyPages,
}

impl Work {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SlotBySlot, Self::PageRoots, Self::DirtyPages];

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
        }
    }
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
    fn all_pages_are_hashed() {
        assert_eq!(Work::PageRoots.of(&Sample::new(SLOTS, 0)), 4);
    }
}

//! The anti-replay window, kept as the chain keeps it: a highest sequence and a ring of chunks.

use counterfoil_primitives::{
    window::{chunk_of, reach, ring_slot, Chunk, Reach, CHUNKS, CHUNK_BITS, WIDTH},
    Sequence,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Window {
    highest: Option<Sequence>,
    ring: BTreeMap<u8, Chunk>,
}

impl Window {
    /// Uses `sequence` up, or says that it cannot be.
    fn take(&mut self, sequence: Sequence) -> bool {
        if reach(self.highest, sequence) != Reach::Within {
            return false;
        }
        let index = chunk_of(sequence);
        let chunk = self
            .ring
            .entry(ring_slot(index))
            .or_insert_with(|| Chunk::empty(index));
        if chunk.index != index {
            assert!(chunk.index < index, "a chunk within the window was lost");
            *chunk = Chunk::empty(index);
        }
        if chunk.is_used(sequence) {
            return false;
        }
        chunk.mark(sequence);
        self.highest = self.highest.max(Some(sequence));
        true
    }
}

#[test]
fn marking_a_sequence_leaves_its_neighbours_unused() {
    let mut chunk = Chunk::empty(3);
    let sequence = 3 * CHUNK_BITS + 1_000;
    chunk.mark(sequence);
    assert!(chunk.is_used(sequence));
    assert!(!chunk.is_used(sequence - 1));
    assert!(!chunk.is_used(sequence + 1));
}

#[test]
fn a_new_client_may_begin_within_a_width() {
    assert_eq!(reach(None, 0), Reach::Within);
    assert_eq!(reach(None, WIDTH), Reach::Within);
    assert_eq!(reach(None, WIDTH + 1), Reach::Above);
}

#[test]
fn the_window_reaches_its_width_above_the_highest() {
    let highest = 5 * WIDTH + 77;
    assert_eq!(reach(Some(highest), highest + WIDTH), Reach::Within);
    assert_eq!(reach(Some(highest), highest + WIDTH + 1), Reach::Above);
}

#[test]
fn the_window_reaches_down_to_its_lowest_chunk() {
    let highest = 5 * WIDTH + 77;
    let lowest = (chunk_of(highest) + 1 - CHUNKS) * CHUNK_BITS;
    assert_eq!(reach(Some(highest), lowest), Reach::Within);
    assert_eq!(reach(Some(highest), lowest - 1), Reach::Below);
}

#[test]
fn the_largest_sequences_do_not_overflow() {
    assert_eq!(reach(Some(Sequence::MAX), Sequence::MAX), Reach::Within);
    assert_eq!(reach(Some(Sequence::MAX - 1), Sequence::MAX), Reach::Within);
    assert_eq!(reach(Some(Sequence::MAX), 0), Reach::Below);
    assert_eq!(reach(None, Sequence::MAX), Reach::Above);
}

#[test]
fn a_taken_over_chunk_starts_empty() {
    let mut window = Window::default();
    assert!(window.take(5));
    assert!(window.take(WIDTH));
    assert!(window.take(WIDTH + 5), "the same bit, one width above");
    assert!(!window.take(5), "now below the window");
}

proptest! {
    #[test]
    fn no_sequence_is_taken_twice_and_no_fresh_one_within_is_refused(
        steps in proptest::collection::vec((0u64..3 * CHUNKS, 0u64..3), 1..300),
    ) {
        let mut window = Window::default();
        let mut taken = BTreeSet::new();
        for (chunk, offset) in steps {
            let sequence = chunk * CHUNK_BITS + offset;
            let within = reach(window.highest, sequence) == Reach::Within;
            let fresh = !taken.contains(&sequence);
            prop_assert_eq!(window.take(sequence), within && fresh);
            if within && fresh {
                taken.insert(sequence);
            }
        }
    }
}

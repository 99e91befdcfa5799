//! Where a sequence lies against the window's borders, and what a chunk remembers. The window at
//! work is tested beside its code.

use counterfoil_primitives::{
    window::{chunk_of, reach, Chunk, Reach, CHUNKS, CHUNK_BITS, WIDTH},
    Sequence,
};

#[test]
fn marking_a_sequence_leaves_its_neighbors_unused() {
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

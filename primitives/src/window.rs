//! The anti-replay window over a client's sequences, after RFC 6479.
//!
//! A ring of chunks holds one bit a sequence. The window covers the chunk of the highest used
//! sequence and the chunks below it, as many as the ring has; it reaches its own width above the
//! highest. A chunk's slot in the ring is taken over by the chunk one width above it.

use crate::Sequence;
use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bytes of a chunk.
pub const CHUNK_BYTES: usize = 1024;
/// Sequences of a chunk.
pub const CHUNK_BITS: u64 = CHUNK_BYTES as u64 * 8;
/// Chunks of the ring.
pub const CHUNKS: u64 = 32;
/// Sequences of the window, and how far it reaches above the highest used one.
pub const WIDTH: u64 = CHUNK_BITS * CHUNKS;
/// Sequences up to the highest used one that the window covers wherever that lies in its chunk:
/// what a client may have in flight.
pub const SURE: u64 = WIDTH - CHUNK_BITS;

/// The maximum of sequences that one call of the runtime API's `used_sequences` answers. A request for that
/// many has about 1 MB, far less than a node or a client lets through.
pub const MAX_ASKED: usize = 65_536;

/// The first sequence that a client's journal assigns, and that the chain assigns to a trade which a person
/// writes. It is not 0, which stands in the id of an entry that names no trade. A client that numbers
/// its trades itself may use 0 too.
pub const FIRST_SEQUENCE: Sequence = 1;

/// A chunk of the window.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Chunk {
    /// Which chunk this is: its first sequence is `index × CHUNK_BITS`.
    pub index: u64,
    /// One bit a sequence; set means used.
    pub bits: [u8; CHUNK_BYTES],
}

impl Chunk {
    /// The empty chunk of `index`.
    pub const fn empty(index: u64) -> Self {
        Self {
            index,
            bits: [0; CHUNK_BYTES],
        }
    }

    /// Whether `sequence`, which lies in this chunk, is used.
    pub fn is_used(&self, sequence: Sequence) -> bool {
        let bit = sequence % CHUNK_BITS;
        self.bits[(bit / 8) as usize] & (1 << (bit % 8)) != 0
    }

    /// Marks `sequence`, which lies in this chunk, as used.
    pub fn mark(&mut self, sequence: Sequence) {
        let bit = sequence % CHUNK_BITS;
        self.bits[(bit / 8) as usize] |= 1 << (bit % 8);
    }
}

/// The chunk that holds `sequence`.
pub const fn chunk_of(sequence: Sequence) -> u64 {
    sequence / CHUNK_BITS
}

/// The place of chunk `index` in the ring.
pub const fn ring_slot(index: u64) -> u8 {
    (index % CHUNKS) as u8
}

/// Where a sequence lies, against the highest used one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Within the window: its chunk tells whether it is used.
    Within,
    /// Below the window: it cannot be told from a used one.
    Below,
    /// Further above the highest than the window is wide.
    Above,
}

/// Where `sequence` lies, against the `highest` used one (`None`: none was used).
pub const fn reach(highest: Option<Sequence>, sequence: Sequence) -> Reach {
    let (chunk, top) = match highest {
        Some(highest) => (chunk_of(highest), highest.saturating_add(WIDTH)),
        None => (0, WIDTH),
    };
    if chunk_of(sequence) + CHUNKS <= chunk {
        Reach::Below
    } else if sequence > top {
        Reach::Above
    } else {
        Reach::Within
    }
}

/// What the window says of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was never used.
    Fresh,
    /// It was used.
    Used,
    /// It lies below the window.
    Below,
    /// It lies above the window's reach, so it was never used.
    Above,
}

/// Where the chunks of a window are kept.
pub trait ChunkSource {
    /// The chunk that lies at `slot` of the ring.
    fn load(&self, slot: u8) -> Option<Chunk>;
}

/// A window at work: each chunk is loaded once, and the changed ones are handed back.
pub struct Window<S> {
    highest: Option<Sequence>,
    source: S,
    ring: BTreeMap<u8, Box<Loaded>>,
}

struct Loaded {
    chunk: Option<Chunk>,
    changed: bool,
}

impl<S: ChunkSource> Window<S> {
    /// The window below the `highest` used sequence, with its chunks in `source`.
    pub const fn new(highest: Option<Sequence>, source: S) -> Self {
        Self {
            highest,
            source,
            ring: BTreeMap::new(),
        }
    }

    /// The highest used sequence.
    pub const fn highest(&self) -> Option<Sequence> {
        self.highest
    }

    /// What the window says of `sequence`.
    pub fn status(&mut self, sequence: Sequence) -> Status {
        match reach(self.highest, sequence) {
            Reach::Below => return Status::Below,
            Reach::Above => return Status::Above,
            Reach::Within => {}
        }
        let index = chunk_of(sequence);
        // Another chunk in the slot is one that the wanted chunk takes over, still empty.
        let used = self
            .slot(index)
            .chunk
            .as_ref()
            .is_some_and(|chunk| chunk.index == index && chunk.is_used(sequence));
        if used {
            Status::Used
        } else {
            Status::Fresh
        }
    }

    /// Whether `sequence` is used; `None` below the window, which does not tell.
    pub fn is_used(&mut self, sequence: Sequence) -> Option<bool> {
        match self.status(sequence) {
            Status::Used => Some(true),
            Status::Fresh | Status::Above => Some(false),
            Status::Below => None,
        }
    }

    /// Which of `sequences` are used, in their order, as [`Self::is_used`] tells; `None` where they are more
    /// than [`MAX_ASKED`]. Each chunk is loaded once, however many of the sequences lie in it.
    pub fn which_are_used(mut self, sequences: &[Sequence]) -> Option<Vec<Option<bool>>> {
        if sequences.len() > MAX_ASKED {
            return None;
        }
        let used = sequences.iter().map(|sequence| self.is_used(*sequence));
        Some(used.collect())
    }

    /// Marks a fresh `sequence` as used. One that is not fresh changes nothing.
    pub fn mark(&mut self, sequence: Sequence) {
        if self.status(sequence) != Status::Fresh {
            return;
        }
        let index = chunk_of(sequence);
        let slot = self.slot(index);
        slot.changed = true;
        match &mut slot.chunk {
            Some(chunk) if chunk.index == index => chunk.mark(sequence),
            other => other.insert(Chunk::empty(index)).mark(sequence),
        }
        self.highest = self.highest.max(Some(sequence));
    }

    /// How many chunks were loaded.
    pub fn loaded(&self) -> u32 {
        self.ring.len() as u32
    }

    /// The chunks that changed, with their slots in the ring.
    pub fn changed(&self) -> impl Iterator<Item = (u8, &Chunk)> {
        self.ring
            .iter()
            .filter(|(_, slot)| slot.changed)
            .filter_map(|(at, slot)| Some((*at, slot.chunk.as_ref()?)))
    }

    fn slot(&mut self, index: u64) -> &mut Loaded {
        let at = ring_slot(index);
        let source = &self.source;
        self.ring.entry(at).or_insert_with(|| {
            Box::new(Loaded {
                chunk: source.load(at),
                changed: false,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{collections::BTreeSet, vec};
    use core::cell::Cell;
    use proptest::prelude::*;

    #[derive(Clone, Default)]
    struct Ring(BTreeMap<u8, Chunk>);

    impl ChunkSource for Ring {
        fn load(&self, slot: u8) -> Option<Chunk> {
            self.0.get(&slot).cloned()
        }
    }

    /// A window after these sequences were marked, each in a batch of its own.
    fn window(sequences: &[Sequence]) -> Window<Ring> {
        let (mut highest, mut ring) = (None, Ring::default());
        for sequence in sequences {
            let mut window = Window::new(highest, ring.clone());
            window.mark(*sequence);
            highest = window.highest();
            for (slot, chunk) in window.changed() {
                ring.0.insert(slot, chunk.clone());
            }
        }
        Window::new(highest, ring)
    }

    #[test]
    fn an_unused_window_starts_at_zero_and_reaches_its_width() {
        let mut window = window(&[]);
        assert_eq!(window.status(0), Status::Fresh);
        assert_eq!(window.status(WIDTH), Status::Fresh);
        assert_eq!(window.status(WIDTH + 1), Status::Above);
    }

    #[test]
    fn a_marked_sequence_is_used_and_its_neighbors_are_not() {
        let mut window = window(&[8]);
        let statuses = [7, 8, 9].map(|sequence| window.status(sequence));
        assert_eq!(statuses, [Status::Fresh, Status::Used, Status::Fresh]);
    }

    #[test]
    fn a_chunk_leaves_the_window_when_the_ring_is_full() {
        let last_below = CHUNK_BITS - 1;
        let mut window = window(&[last_below, WIDTH - 1]);
        assert_eq!(window.status(last_below), Status::Used);
        assert_eq!(window.status(0), Status::Fresh);
        window.mark(WIDTH);
        assert_eq!(window.status(last_below), Status::Below);
        assert_eq!(window.status(CHUNK_BITS), Status::Fresh);
    }

    #[test]
    fn a_chunk_that_takes_a_slot_over_starts_empty() {
        let mut window = window(&[5, WIDTH - 1, WIDTH]);
        assert_eq!(window.status(WIDTH), Status::Used);
        assert_eq!(window.status(WIDTH + 5), Status::Fresh);
    }

    #[test]
    fn the_reach_above_is_the_width() {
        let mut window = window(&[10]);
        assert_eq!(window.status(10 + WIDTH), Status::Fresh);
        assert_eq!(window.status(11 + WIDTH), Status::Above);
    }

    #[test]
    fn the_highest_sequence_of_all_does_not_overflow() {
        let highest = Some(u64::MAX - 1);
        let mut window = Window::new(highest, Ring::default());
        assert_eq!(window.status(u64::MAX), Status::Fresh);
        window.mark(u64::MAX);
        assert_eq!(window.status(u64::MAX), Status::Used);
    }

    #[test]
    fn a_sequence_that_is_not_fresh_changes_nothing() {
        let mut window = window(&[1]);
        window.mark(1);
        window.mark(WIDTH + 2);
        assert_eq!(window.highest(), Some(1));
        assert_eq!(window.changed().count(), 0);
    }

    /// Counts what is loaded of a ring.
    struct Counting<'a>(Ring, &'a Cell<u32>);

    impl ChunkSource for Counting<'_> {
        fn load(&self, slot: u8) -> Option<Chunk> {
            self.1.set(self.1.get() + 1);
            self.0.load(slot)
        }
    }

    #[test]
    fn a_chunk_is_loaded_once_however_many_of_its_sequences_are_asked_for() {
        let marked = window(&[3, CHUNK_BITS]);
        let loads = Cell::new(0);
        let window = Window::new(marked.highest, Counting(marked.source, &loads));
        let asked = [3, CHUNK_BITS, 4, 3, CHUNK_BITS + 1];
        let used = window.which_are_used(&asked);
        let told = [true, true, false, true, false].map(Some).to_vec();
        assert_eq!(used, Some(told));
        assert_eq!(loads.get(), 2);
    }

    #[test]
    fn more_sequences_than_the_maximum_are_not_answered_and_load_nothing() {
        let loads = Cell::new(0);
        let asked = |count| {
            let window = Window::new(Some(0), Counting(Ring::default(), &loads));
            window.which_are_used(&vec![0; count])
        };
        assert_eq!(asked(MAX_ASKED + 1), None);
        assert_eq!(loads.get(), 0);
        assert_eq!(asked(MAX_ASKED).map(|used| used.len()), Some(MAX_ASKED));
        assert_eq!(loads.get(), 1);
    }

    #[test]
    fn only_changed_chunks_are_handed_back() {
        let mut window = window(&[1]);
        window.status(1);
        window.status(CHUNK_BITS);
        assert_eq!((window.loaded(), window.changed().count()), (2, 0));
        window.mark(CHUNK_BITS + 1);
        let slots: Vec<u8> = window.changed().map(|(slot, _)| slot).collect();
        assert_eq!(slots, [1]);
    }

    proptest! {
        /// Whatever the steps, no sequence is fresh twice, and one that is neither used nor below
        /// nor above is fresh.
        #[test]
        fn the_window_agrees_with_a_set(
            steps in prop::collection::vec((any::<bool>(), 0..CHUNK_BITS * 3, 0..WIDTH * 2), 1..40),
        ) {
            let mut window = window(&[]);
            let mut used = BTreeSet::new();
            let mut at = WIDTH / 2;
            for (near, step, jump) in steps {
                at = if near { at.saturating_sub(CHUNK_BITS) + step } else { jump + at / 2 };
                let status = window.status(at);
                match status {
                    Status::Fresh => prop_assert!(used.insert(at)),
                    Status::Used => prop_assert!(used.contains(&at)),
                    Status::Below => prop_assert!(chunk_of(at) + CHUNKS <= chunk_of(*used.last().unwrap())),
                    Status::Above => prop_assert!(at > used.last().map_or(0, |last| *last) + WIDTH),
                }
                window.mark(at);
                prop_assert_eq!(window.highest(), used.last().copied());
            }
        }
    }
}

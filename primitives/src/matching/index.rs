//! The positions by a key of their trades.

use super::{Fit, Key};
use alloc::vec::Vec;

/// The positions by a key.
pub struct Index<K = Key> {
    /// Sorted, so that the positions of a key lie in a row: those that need a line, ascending, then the
    /// others.
    rows: Vec<(K, u32)>,
    /// For the first place of each row, how many of its positions are known to be taken.
    passed: Vec<u32>,
}

impl<K: Ord> Index<K> {
    /// `needless` says by position what needs no line.
    pub fn new(mut rows: Vec<(K, u32)>, needless: &[bool]) -> Self {
        let needs_none = |position: u32| needless.get(position as usize) == Some(&true);
        rows.sort_unstable_by(|(key, position), (other, next)| {
            let place = |at: u32| (needs_none(at), at);
            key.cmp(other)
                .then_with(|| place(*position).cmp(&place(*next)))
        });
        let passed = alloc::vec![0; rows.len()];
        Self { rows, passed }
    }

    /// Whether a position has `key`.
    pub fn has(&self, key: &K) -> bool {
        self.position(self.start(key), key).is_some()
    }

    /// Takes the first free position of `key`.
    pub fn take(&mut self, key: &K, taken: &mut [bool]) -> Fit {
        let start = self.start(key);
        let Some(first) = self.position(start, key) else {
            return Fit::Nothing;
        };
        // Each row is gone through once, however many lines ask for it.
        let mut at = start + self.passed[start] as usize;
        let found = loop {
            let Some(next) = self.position(at, key) else {
                break Fit::Like(first);
            };
            at += 1;
            if !core::mem::replace(&mut taken[next as usize], true) {
                break Fit::At(next);
            }
        };
        self.passed[start] = (at - start) as u32;
        found
    }

    /// Where the row of `key` begins.
    fn start(&self, key: &K) -> usize {
        self.rows.partition_point(|(other, _)| other < key)
    }

    /// The position at a place, if it has `key`.
    fn position(&self, at: usize, key: &K) -> Option<u32> {
        let row = self.rows.get(at).filter(|(other, _)| other == key);
        row.map(|(_, position)| *position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::{cell::Cell, cmp::Ordering};

    /// A key that counts how often it is compared.
    struct Counted<'a>(u8, &'a Cell<usize>);

    impl Ord for Counted<'_> {
        fn cmp(&self, other: &Self) -> Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }

    impl PartialOrd for Counted<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }

    impl Eq for Counted<'_> {}

    #[test]
    fn many_lines_of_one_key_compare_it_a_few_times_each() {
        const POSITIONS: u32 = 1_000;
        let compared = Cell::new(0);
        let key = |key| Counted(key, &compared);
        let rows = (0..POSITIONS).map(|position| (key(1), position)).collect();
        let mut index = Index::new(rows, &[]);
        let mut taken = alloc::vec![false; POSITIONS as usize];
        compared.set(0);
        for position in 0..POSITIONS {
            assert_eq!(index.take(&key(1), &mut taken), Fit::At(position));
        }
        for _ in 0..POSITIONS {
            assert_eq!(index.take(&key(1), &mut taken), Fit::Like(0));
        }
        // Ten or eleven halvings find the row; its first place and the next free one are looked at.
        let lines = 2 * POSITIONS as usize;
        assert!(compared.get() <= 16 * lines, "{}", compared.get());
    }

    #[test]
    fn positions_that_need_no_line_are_taken_last() {
        let rows = (0..4).map(|position| (1, position)).collect();
        let mut index = Index::new(rows, &[true, false, true, false]);
        let mut taken = [false; 4];
        let found: Vec<_> = (0..5).map(|_| index.take(&1, &mut taken)).collect();
        let expected = [1, 3, 0, 2].map(Fit::At);
        assert_eq!(found[..4], expected);
        assert_eq!(found[4], Fit::Like(1));
    }
}

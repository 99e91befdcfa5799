//! Which pages of a clean side are fetched all the same, so that its party must have the entries.

use alloc::{collections::BTreeSet, vec::Vec};
use codec::Encode;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Up to `size` of `pages`, chosen at random so that no party can know which.
pub fn sample(pages: u32, size: u32) -> Vec<u32> {
    if pages <= size {
        return (0..pages).collect();
    }
    let seed = sp_io::offchain::random_seed();
    let mut chosen = BTreeSet::new();
    // Draws that hit a page twice count too, so that this ends.
    for draw in 0..size {
        let hash = (seed, draw).using_encoded(BlakeTwo256::hash);
        let number = u64::from_le_bytes(core::array::from_fn(|at| hash.as_bytes()[at]));
        chosen.insert((number % u64::from(pages)) as u32);
    }
    chosen.into_iter().collect()
}

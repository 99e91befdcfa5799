//! BLAKE2b-256 within the sandbox.
//!
//! An inner node is one block of the hash function. For input that short the host's function costs
//! more in wasm than hashing there: the call leaves the sandbox, and so does the allocation of its
//! result. For a leaf of a kilobyte the host's is the faster one, and a page root, half as long,
//! goes to it too. The hash is the same.

use blake2b_simd::Params;
use sp_core::{Hasher, H256};
use sp_runtime::traits::BlakeTwo256;

/// Bytes of a hash.
const LEN: usize = 32;

/// The hasher of inner nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blake2b256;

impl Hasher for Blake2b256 {
    type Out = H256;
    type StdHasher = <BlakeTwo256 as Hasher>::StdHasher;
    const LENGTH: usize = LEN;

    fn hash(bytes: &[u8]) -> H256 {
        let hash = Params::new().hash_length(LEN).hash(bytes);
        H256::from_slice(hash.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sp_runtime::traits::Hash;

    proptest! {
        #[test]
        fn bytes_hash_as_the_host_hashes_them(bytes: Vec<u8>) {
            prop_assert_eq!(Blake2b256::hash(&bytes), <BlakeTwo256 as Hash>::hash(&bytes));
        }
    }
}

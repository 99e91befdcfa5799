//! The hash of a ledger import, page by page.

use crate::{book_storage::IMPORT_PAGE, LedgerEntry};
use codec::Encode;
use sp_core::H256;

/// Hashes a ledger import page by page: BLAKE2b-256 over the SCALE encodings of its pages
/// (`Vec<LedgerEntry>`, each with its own length in front), one after the other.
///
/// All pages but the last hold [`IMPORT_PAGE`] lines; an import without lines has no page. The
/// hash streams, so that no import is too long for a worker's memory.
pub struct ImportHasher(blake2b_simd::State);

impl Default for ImportHasher {
    fn default() -> Self {
        Self(blake2b_simd::Params::new().hash_length(32).to_state())
    }
}

impl ImportHasher {
    /// Takes the next page in.
    pub fn push(&mut self, page: &[LedgerEntry]) {
        page.using_encoded(|bytes| self.0.update(bytes));
    }

    /// The hash of the pages taken in.
    pub fn finish(&self) -> H256 {
        H256::from_slice(self.0.finalize().as_bytes())
    }
}

/// The hash of a ledger import held in memory.
pub fn import_hash(lines: &[LedgerEntry]) -> H256 {
    let mut hasher = ImportHasher::default();
    for page in lines.chunks(IMPORT_PAGE as usize) {
        hasher.push(page);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use alloc::vec;
    use sp_runtime::traits::{BlakeTwo256, Hash};

    #[test]
    fn an_import_hash_is_over_the_encoded_pages_one_after_the_other() {
        let line = LedgerEntry {
            id: None,
            kind: Kind::Refund,
            reference: Default::default(),
            user: Default::default(),
            product: 1,
            amount: 2,
            occurred_at: 3,
        };
        let lines = vec![line; IMPORT_PAGE as usize + 1];

        let pages = [lines[..IMPORT_PAGE as usize].to_vec(), vec![line]];
        let bytes = pages.map(|page| page.encode()).concat();
        assert_eq!(import_hash(&lines), BlakeTwo256::hash(&bytes));
    }

    #[test]
    fn an_import_without_lines_has_the_hash_of_nothing() {
        assert_eq!(import_hash(&[]), BlakeTwo256::hash(&[]));
    }
}

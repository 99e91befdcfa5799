//! What a transaction without a nonce looks like: what those who sign and those who check agree on.
//!
//! Every transaction of a member is signed by its operator account. With an ordinary nonce, an
//! account's transactions are applied one after the other. With [`UNORDERED`] in the field of the
//! nonce, many can wait side by side, in any order: the chain's state tells what was applied.

/// Stands in the field of the nonce where there is none.
pub const UNORDERED: u32 = u32::MAX;

/// The longest era that a transaction without a nonce may have, in blocks.
pub const LONGEST_ERA: u64 = 1_024;

/// How many blocks a member's transaction without a nonce lives, unless it is said otherwise.
pub const USUAL_ERA: u64 = 128;

/// How far behind the best block the block may lie to which a transaction is bound. A fork that is
/// shorter does not void the transaction.
pub const BEHIND_BEST: u64 = 8;

/// Blocks that a transaction without a nonce must have left for the pool to take it. One that ends
/// before the blocks to come would be applied by none of them, and keep the same call of others out
/// of the pool meanwhile.
pub const POOL_STAY: u64 = 10;

/// The block to which a transaction is bound when these are the best and the finalised one: the
/// finalised one, as long as it is not far behind.
pub fn birth(best: u64, finalized: u64) -> u64 {
    finalized.max(best.saturating_sub(BEHIND_BEST)).min(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_is_bound_to_the_finalized_block() {
        assert_eq!(birth(100, 97), 97);
    }

    #[test]
    fn where_finality_lags_a_transaction_is_bound_to_a_recent_block() {
        assert_eq!(birth(1_000, 97), 1_000 - BEHIND_BEST);
    }

    #[test]
    fn a_transaction_is_bound_to_no_block_beyond_the_best() {
        assert_eq!(birth(10, 12), 10);
    }
}

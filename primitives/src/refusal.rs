//! The codes by which the transaction pool names what no common refusal says.
//!
//! They are the numbers of `InvalidTransaction::Custom`. The pallets give them, and clients put them
//! into words.

/// A transaction without a nonce is immortal, or lives longer than one may.
pub const WRONG_ERA: u8 = 1;

/// A transaction without a nonce ends too soon for the pool to wait for a block.
pub const ENDS_TOO_SOON: u8 = 2;

/// A member had more transactions without a nonce than the chain remembers that failed, or whose
/// batches were refused in part, and this one ends no later than one of them.
pub const OUTNUMBERED: u8 = 3;

/// The call needs a nonce: the chain's state does not tell whether it was applied.
pub const NEEDS_NONCE: u8 = 4;

/// A report is refused by the reconciliation's error with index zero; the others follow.
pub const FIRST_OF_REPORTS: u8 = 64;

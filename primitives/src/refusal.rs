//! The codes by which the transaction pool names what no common refusal says.
//!
//! They are the numbers of `InvalidTransaction::Custom`. The pallets give them, and clients put them
//! into words.

/// An operator's authority has expired, or ends too soon for the pool to wait for a block.
pub const EXPIRED: u8 = 1;

/// An operator's authority lasts longer than one may.
pub const TOO_FAR_AHEAD: u8 = 2;

/// A client had more batches refused in part than the chain remembers, and the authority ends no later
/// than one of them.
pub const OUTNUMBERED: u8 = 3;

/// A report is refused by the reconciliation's error with index zero; the others follow.
pub const FIRST_OF_REPORTS: u8 = 64;

//! The codes by which the transaction pool names what no common refusal says.
//!
//! They are the numbers of `InvalidTransaction::Custom`. The pallets give them; [`words`] says what
//! each means and what helps.

pub mod words;

/// A transaction without a nonce is immortal, or lives longer than one may.
pub const WRONG_ERA: u8 = 1;

/// A transaction without a nonce ends too soon for the pool to wait for a block.
pub const ENDS_TOO_SOON: u8 = 2;

/// A member had more transactions without a nonce than the chain remembers that failed, or whose
/// batches were refused in part, and this one ends no later than one of them.
pub const OUTNUMBERED: u8 = 3;

/// The call needs a nonce: the chain's state does not tell whether it was applied.
pub const NEEDS_NONCE: u8 = 4;
/// The account that signed is no member's operator, and has nothing to pay a fee with.
pub const STRANGER: u8 = 5;

/// The agreement does not admit the member that signed as a client.
pub const NOT_ADMITTED: u8 = 6;

/// The call is not free for the member that signed, and its account cannot pay the fee.
pub const NOT_FREE: u8 = 7;

/// Bank or company suspended the client that signed, in the agreement that its call is about.
pub const SUSPENDED: u8 = 8;

/// A payment is refused by the settlement's error with index zero; the others follow.
pub const FIRST_OF_PAYMENTS: u8 = 32;

/// A report, a mark, a request for all pages or a confirmation of a repair is refused by the
/// reconciliation's error with index zero; the others follow.
pub const FIRST_OF_REPORTS: u8 = 64;

//! Amendments: putting a false record right, agreed by bank and company.
//!
//! A member drafts a proposal out of a day's trades or of a file, looks at it, and sends it. An
//! institution reads the same proposal from the chain, looks at what it names, and answers with the
//! fingerprint of what it saw.
//!
//! Each function that sends looks before. A call that would fail may not be free, and a member's operator
//! key has no funds: the chain would say that it cannot pay, and not why.
//!
//! | module | what it holds |
//! |---|---|
//! | [`trade_filter`] | which trades of a day |
//! | `fewest_proposals` | the fewest proposals that name them |
//! | `named_trades` | the trades that a proposal names, their sums and their digest |
//! | [`corrections`] | payments as they are right, out of a file |
//! | [`supplements`] | payments that were never recorded, out of a file of payments |
//! | [`draft`] | a proposal before it is sent |
//! | `overlap` | what a draft names that another proposal holds |
//! | [`proposal_on_chain`] | a proposal on chain, with what it names |
//! | `sending` | proposing and answering |
//! | `giving_up` | taking a proposal back, and writing a claim off |
//! | [`words`] | grounds, contents and states in words |

pub mod corrections;
pub mod draft;
mod fewest_proposals;
mod giving_up;
mod named_trades;
mod overlap;
pub mod proposal_on_chain;
mod sending;
pub mod supplements;
pub mod trade_filter;
pub mod words;

pub use draft::Draft;
pub use fewest_proposals::selections;
pub use giving_up::GivingUp;
pub use named_trades::{digest, totals, Positioned};
pub use proposal_on_chain::Shown;
pub use sending::Proposed;
pub use trade_filter::Filter;

#[cfg(test)]
mod tests;

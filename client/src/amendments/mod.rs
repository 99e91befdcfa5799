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
//! | [`filter`] | which trades of a day |
//! | `selecting` | the fewest proposals that name them |
//! | `named` | the trades that a proposal names, their sums and their digest |
//! | [`corrections`] | payments as they are right, out of a file |
//! | [`supplements`] | payments that were never recorded, out of a file of payments |
//! | [`draft`] | a proposal before it is sent |
//! | `overlap` | what a draft names that another proposal holds |
//! | [`shown`] | a proposal on chain, with what it names |
//! | `sending` | proposing, answering and withdrawing |
//! | [`words`] | grounds, contents and states in words |

pub mod corrections;
pub mod draft;
pub mod filter;
mod named;
mod overlap;
mod selecting;
mod sending;
pub mod shown;
pub mod supplements;
pub mod words;

pub use draft::Draft;
pub use filter::Filter;
pub use named::{digest, totals, Positioned};
pub use selecting::selections;
pub use sending::Proposed;
pub use shown::Shown;

#[cfg(test)]
mod tests;

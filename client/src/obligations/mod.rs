//! Obligations: what is owed for settlement periods, in words, and what the parties say of it.
//!
//! A function that sends looks before. A call of the settlement that would fail is not free, and a member's
//! operator key has no funds: the chain would say that it cannot pay, and not why.
//!
//! | module | what it holds |
//! |---|---|
//! | [`act`] | what a party says of an obligation: release, declaration, acknowledgement, return |
//! | [`words`] | obligations for people |

pub mod act;
pub mod words;

pub use act::Act;

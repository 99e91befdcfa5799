//! What every pallet and worker needs, without storage or calls of its own.
//!
//! | module | what it holds |
//! |---|---|
//! | [`origin`] | which member is calling |
//! | [`party`] | whether a member keeps the book of a side |
//! | [`unordered`] | what the pool takes of a call without a nonce |
//! | [`worker_priority`] | the priority of workers' calls in the pool |
//! | [`submit`] | how a worker signs a call and hands it to the pool |
//! | [`worker_lock`] | locks of off-chain workers in the node's database |
//! | [`call_limits`] | whether the largest calls fit a block |
//! | `testing` | what the mocks of several pallets need |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod call_limits;
pub mod origin;
pub mod party;
pub mod submit;
#[cfg(feature = "test-utils")]
pub mod testing;
pub mod unordered;
pub mod worker_lock;
pub mod worker_priority;

pub use origin::{account_of, ensure_member, is_member, is_signed_by, operator_account};
pub use party::{ensure_party, PartyRefused};
pub use submit::CreateUnorderedTransaction;
pub use unordered::{KeepSpent, ValidateUnordered};

//! What every pallet and every off-chain worker needs. No storage, no calls.
//!
//! | module | what it holds |
//! |---|---|
//! | [`worker_lock`] | locks of off-chain workers in the node's database |

#![cfg_attr(not(feature = "std"), no_std)]

pub mod worker_lock;

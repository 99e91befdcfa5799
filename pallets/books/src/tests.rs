//! What the pallet promises, by call and by what the worker does.

mod calls;
mod consistency;
mod damaged;
mod digits;
mod ledger;
mod pool;
mod received;
mod repair;
mod replacing;
mod worker;

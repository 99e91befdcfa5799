//! What the pallet promises, by call and by what the worker does.

mod calls;
mod ledger;
mod pool;
mod received;
mod repair;
mod worker;

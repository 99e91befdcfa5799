//! What the pallet does, by the part that does it.

mod answers;
mod booking;
mod closing;
mod consistency;
mod flood;
mod free;
mod model;
mod named;
mod pool;
mod proposals;
mod replacing;
mod supplements;
mod suspended;
mod weights;
mod worker;

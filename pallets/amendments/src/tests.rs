//! What the pallet does, by the part that does it.

mod after_the_end;
mod answers;
mod booking_steps;
mod consistency;
mod flood;
mod free;
mod model;
mod named;
mod pool;
mod proposals;
mod replacing;
mod successors;
mod supplements;
mod suspended;
mod weights;
mod withdraw_and_lapse;
mod worker;

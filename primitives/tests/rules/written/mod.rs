//! What people write and read.

mod amount;
mod date;
mod label;
mod obligation;
mod time;

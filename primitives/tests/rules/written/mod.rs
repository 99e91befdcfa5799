//! What people write and read.

mod amount;
mod date;
mod due;
mod label;
mod obligation;
mod time;

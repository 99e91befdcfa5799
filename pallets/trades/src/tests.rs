//! What the pallet does, by the part that does it.

mod amendments;
mod batches;
mod chapters;
mod checks;
mod consistency;
mod credits;
mod days;
mod digits;
mod model;
mod paging;
mod record_one;
mod refund_model;
mod refund_one;
mod refunds;
mod sealing;
mod sequences;
mod suspended;
mod unordered;
mod weighing;

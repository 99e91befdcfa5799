//! The settlement's behaviour, by topic.

mod digits;
mod payable;
mod payment;
mod reference;
mod worker;

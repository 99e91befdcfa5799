//! The settlement's behaviour, by topic.

mod payable;
mod payment;
mod reference;
mod worker;

//! The settlement's behaviour, by topic.

mod consistency;
mod digits;
mod free;
mod obligation;
mod payment;
mod payment_by_bank;
mod reference;
mod worker;

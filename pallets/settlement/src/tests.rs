//! The settlement's behaviour, by topic.

mod adding_up;
mod asset_payment_reference;
mod consistency;
mod declarations;
mod digits;
mod free;
mod obligation;
mod payment;
mod payment_by_bank;
mod periods;
mod rails;
mod releases;
mod returns;
mod views;
mod worker;
mod working_days;

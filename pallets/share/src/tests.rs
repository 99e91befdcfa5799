//! What the share promises.

mod extension;
mod flood;
mod forgetting;
mod pool;
mod priorities;
mod room;
mod usage;

//! What the share promises.

mod block_room;
mod extension;
mod flood;
mod forgetting;
mod pool;
mod priorities;
mod usage;

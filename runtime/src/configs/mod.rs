//! How each pallet is set up, one module a group.

pub mod asset_decimals;
pub mod calls_sent_by_workers;
pub mod consensus;
pub mod council;
pub mod counterfoil;
pub mod free_and_recording_calls;
pub mod money;
pub mod posts_held;
pub mod system;
pub mod validators;

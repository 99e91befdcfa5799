//! How each pallet is set up, one module a group.

pub mod consensus;
pub mod council;
pub mod counterfoil;
pub mod money;
pub mod system;
pub mod validators;

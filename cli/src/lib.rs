pub mod chain;
pub mod mapping;
pub mod money;
pub mod signer;
pub mod time;

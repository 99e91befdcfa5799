pub mod chain;
pub mod import;
pub mod journal;
pub mod mapping;
pub mod money;
pub mod signer;
pub mod time;

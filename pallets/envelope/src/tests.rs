//! What comes without a nonce, and what never comes back.

mod consistency;
mod era_and_nonce;
mod spent;

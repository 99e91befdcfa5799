//! What comes without a nonce, and what never comes back.

mod consistency;
mod extension;
mod spent;

//! The registry's behaviour, by topic.

mod agreements;
mod authority;
mod genesis;
mod life;
mod members;
mod products;
mod replay;
mod versions;

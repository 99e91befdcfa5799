//! The registry's behaviour, by topic.

mod accounts;
mod agreements;
mod digits;
mod genesis;
mod life;
mod members;
mod operators;
mod products;
mod replay;
mod versions;

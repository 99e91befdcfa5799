//! The registry's behaviour, by topic.

mod agreements;
mod genesis;
mod members;
mod operators;
mod products;
mod replay;
mod versions;

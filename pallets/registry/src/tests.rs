//! The registry's behaviour, by topic.

mod accounts;
mod agreements;
mod calendars;
mod digits;
mod frozen;
mod genesis;
mod life;
mod members;
mod next_version;
mod objections;
mod operators;
mod paying_account;
mod products;
mod replay;
mod successors;
mod suspension;
mod versions;

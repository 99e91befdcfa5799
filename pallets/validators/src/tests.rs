//! Who is a validator when, and what nobody can do about it.

mod damaged;
mod genesis;
mod keys;
mod list;
mod model;
mod offences;
mod posts;
mod sessions;

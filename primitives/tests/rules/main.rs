//! The pure rules, tested without a chain: by example where a case defines the rule, by property
//! where the rule holds for everything.

mod align;
mod book_exchange;
mod cause;
mod commitment;
mod days;
mod ids;
mod institution;
mod names;
mod payloads;
mod proof;
mod refusals;
mod report;
mod samples;
mod side;
mod soundness;
mod terms;
mod text;
mod tree;
mod window;
mod witnesses;
mod written;

//! What a member's staff does from a shell, and what programs reuse of it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`chain`] | a connection to a node: reads, calls, events, books |
//! | [`signer`] | a member's operator key |
//! | [`mapping`] | how the columns of a CSV file become payments or ledger lines |
//! | [`money`], [`time`] | amounts, days and moments between text and the chain's counts |
//! | [`clock`] | an agreement's local time, on days on which clocks change too |
//! | [`local_time`] | dates and times as files write them |
//! | [`journal`] | the client's journal: which sequence each payment has |
//! | [`import`] | recording payments, each once |
//! | [`ledger`] | a party's ledger against the chain |
//! | [`report`] | a party's own report of a side |
//! | [`output`] | tables and JSON |
//! | [`commands`] | the command line |
//! | `fuzzing` | what fuzzers call |

pub mod chain;
pub mod clock;
pub mod commands;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod import;
pub mod journal;
pub mod ledger;
pub mod local_time;
pub mod mapping;
pub mod money;
pub mod output;
pub mod report;
pub mod signer;
pub mod time;

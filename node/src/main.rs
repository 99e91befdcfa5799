//! A member's node of a Counterfoil chain.
//!
//! | module | what it holds |
//! |---|---|
//! | [`cli`], [`command`] | the command line, and what its commands do |
//! | [`chain_spec`] | the chains that the binary knows by name |
//! | [`service`] | the node put together: database, network, consensus, workers |
//! | [`pruning`] | which blocks' states a node keeps |
//! | [`finality`] | why off-chain workers run on finalised blocks |
//! | [`keys`] | operator keys of a development chain or a local network |
//! | [`operator_key`] | the command that makes an operator key |
//! | [`books`] | access to the party's books in the off-chain database |
//! | [`ledgers`] | the durable copies of confirmed ledger imports |
//! | [`rpc`] | JSON-RPC: books for peers, imports and reads for staff |

mod books;
mod chain_spec;
mod cli;
mod command;
mod finality;
mod keys;
mod ledgers;
mod operator_key;
mod pruning;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
    command::run()
}

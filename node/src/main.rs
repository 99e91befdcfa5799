//! A member's node of a Counterfoil chain.
//!
//! | module | what it holds |
//! |---|---|
//! | [`cli`], [`command`] | the command line, and what its commands do |
//! | [`chain_spec`] | the chains that the binary knows by name |
//! | [`service`] | the node put together: database, network, consensus, workers |
//! | [`pruning`] | which blocks' states a node keeps |
//! | [`finalized_blocks_for_workers`] | why off-chain workers run on finalised blocks |
//! | [`development_keys`] | operator keys of a development chain or a local network |
//! | [`operator_key`] | the command that makes an operator key |
//! | [`books_in_database`] | access to the party's books in the off-chain database |
//! | [`ledger_copies`] | the durable copies of confirmed ledger imports |
//! | [`rpc`] | JSON-RPC: books for peers, imports and reads for staff |

mod books_in_database;
mod chain_spec;
mod cli;
mod command;
mod development_keys;
mod finalized_blocks_for_workers;
mod ledger_copies;
mod operator_key;
mod pruning;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
    command::run()
}

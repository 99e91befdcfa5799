//! The command line.

use crate::{operator_key::OperatorKeyCmd, pruning};
use sc_cli::{OffchainWorkerEnabled, RunCmd};

/// A member's node of a Counterfoil chain.
#[derive(Debug, clap::Parser)]
#[command(mut_arg("state_pruning", |states| states.long_help(pruning::help())))]
pub struct Cli {
    /// What to do instead of running the node.
    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,

    /// How to run the node.
    #[command(flatten)]
    run: RunCmd,
}

impl Cli {
    /// How to run the node, with this chain's defaults.
    ///
    /// Off-chain workers do a member's work, whether or not its node makes blocks: they run
    /// unless forbidden. A node with a well-known development key may make up its network key.
    pub fn run(&self) -> RunCmd {
        let mut run = self.run.clone();
        let workers = &mut run.offchain_worker_params.enabled;
        if matches!(workers, OffchainWorkerEnabled::WhenAuthority) {
            *workers = OffchainWorkerEnabled::Always;
        }
        if run.get_keyring().is_some() {
            let network_key = &mut run.network_params.node_key_params;
            network_key.unsafe_force_node_key_generation = true;
        }
        run
    }
}

/// What the binary does beside running a node.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Make, insert and inspect keys.
    #[command(subcommand)]
    Key(sc_cli::KeySubcommand),

    /// Make an operator key, or take one from a file, and put it into the node's keystore.
    ///
    /// Prints the address that the key signs as. The node need not run. A node that runs signs with the
    /// key from then on, where the chain knows the address as a member's operator.
    OperatorKey(OperatorKeyCmd),

    /// Write a chain specification to a file.
    ExportChainSpec(sc_cli::ExportChainSpecCmd),

    /// Build a chain specification, the older way.
    #[allow(deprecated)]
    BuildSpec(sc_cli::BuildSpecCmd),

    /// Validate blocks.
    CheckBlock(sc_cli::CheckBlockCmd),

    /// Write blocks to a file.
    ExportBlocks(sc_cli::ExportBlocksCmd),

    /// Write the state of a block as a chain specification.
    ExportState(sc_cli::ExportStateCmd),

    /// Read blocks from a file.
    ImportBlocks(sc_cli::ImportBlocksCmd),

    /// Remove the whole chain.
    PurgeChain(sc_cli::PurgeChainCmd),

    /// Take the chain back to an earlier block.
    Revert(sc_cli::RevertCmd),

    /// Show what the database holds.
    ChainInfo(sc_cli::ChainInfoCmd),
}

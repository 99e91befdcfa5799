//! The options that every command takes, and what a command makes of them: its node, the state that it
//! reads, and the operator key.

use super::finality_stall::stall_note;
use crate::output::Format;
use anyhow::{Context as _, Result};
use clap::Args;
use counterfoil_client::{
    chain::{read::At, submit::Until, Chain, DEFAULT_URL},
    operator::Operator,
};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Global {
    /// The node to connect to. Use your own node for everything that is not public.
    #[arg(long, global = true, default_value = DEFAULT_URL)]
    pub(super) url: String,
    /// The operator key: a secret phrase, a seed, or a development path like //Alice. Everybody who can
    /// see this machine's processes sees it too: put real keys into a file.
    #[arg(long, global = true)]
    pub(super) suri: Option<String>,
    /// A file whose first line is the operator key's secret.
    #[arg(long, global = true, conflicts_with = "suri")]
    pub(super) key_file: Option<PathBuf>,
    /// Works on the best blocks and waits for no finality, where a network finalises nothing: for commands
    /// of members, agreements, calendars, products, the council and validators.
    #[arg(long, global = true)]
    pub(super) best: bool,
    /// Tables for people, or JSON for programs.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub(super) output: Format,
}

/// What a command has to work with.
pub(crate) struct Context {
    pub(super) global: Global,
}

impl Context {
    /// The node.
    pub(super) async fn chain(&self) -> Result<Chain> {
        Chain::connect(&self.global.url)
            .await
            .context("not connected; --url names the node")
    }

    /// How far calls are followed, and which state is read.
    pub(super) const fn until(&self) -> Until {
        if self.global.best {
            Until::Best
        } else {
            Until::Final
        }
    }

    /// The state that the command reads.
    pub(super) async fn state(&self, chain: &Chain) -> Result<At> {
        Ok(chain.newest(self.until()).await?)
    }

    /// The node, for a command that waits for a block. Notes on standard error where nothing becomes
    /// final, or where the node does not have all blocks yet.
    pub(super) async fn chain_to_wait_on(&self) -> Result<Chain> {
        let chain = self.chain().await?;
        if self.until() == Until::Final {
            if let Some(note) = stall_note(&chain).await? {
                eprintln!("{note}");
            }
        }
        Ok(chain)
    }

    /// Whether an operator key is named.
    pub(super) const fn has_key(&self) -> bool {
        self.global.suri.is_some() || self.global.key_file.is_some()
    }

    /// The operator key.
    pub(super) fn operator(&self) -> Result<Operator> {
        Operator::named(self.global.suri.as_deref(), self.global.key_file.as_deref())?
            .context("no key: name the operator's key by --key-file or --suri")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Cli;
    use clap::Parser;

    #[test]
    fn with_best_no_command_waits_for_finality() {
        let until = |line: &str| {
            let global = Cli::try_parse_from(line.split(' ')).unwrap().global;
            Context { global }.until()
        };
        assert_eq!(until("counterfoil council list --best"), Until::Best);
        assert_eq!(until("counterfoil council list"), Until::Final);
    }
}

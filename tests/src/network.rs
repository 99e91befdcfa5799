//! Four nodes that finalise together, and further ones of members that make no blocks.

use crate::{
    chain::Chain,
    node::{Kind, Node, Settings},
    wait,
};
use anyhow::{Context, Result};
use std::{path::Path, time::Duration};
use tempfile::TempDir;

/// The first node's network key and the identity that follows from it, so that the others know
/// where to find it before it runs.
const BOOT_KEY: &str = "0000000000000000000000000000000000000000000000000000000000000001";
const BOOT_IDENTITY: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

/// Keeps a network's files when it is set.
pub const KEEP_VARIABLE: &str = "COUNTERFOIL_KEEP";

/// The authorities by name; their keys are the development keys of these names.
const AUTHORITIES: [&str; 4] = ["alice", "bob", "charlie", "dave"];

/// A local network. Its nodes stop, and its files go, when this goes.
#[derive(Debug)]
pub struct Network {
    // The nodes go before their folder.
    authorities: Vec<Node>,
    bootnode: String,
    folder: Option<TempDir>,
}

impl Network {
    /// Starts the four authorities: client, company, bank and reconciler. With `rpc_ports`,
    /// their JSON-RPC answers there, else on free ports.
    pub async fn start(rpc_ports: Option<[u16; 4]>) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("counterfoil-network-")
            .tempdir()?;
        let mut all: Vec<Settings> = AUTHORITIES
            .iter()
            .map(|name| Settings::new(name, Kind::Local))
            .collect::<Result<_>>()?;
        let bootnode = format!("/ip4/127.0.0.1/tcp/{}/p2p/{BOOT_IDENTITY}", all[0].p2p_port);
        for (index, settings) in all.iter_mut().enumerate() {
            settings.arguments.push(format!("--{}", settings.name));
            if let Some(ports) = rpc_ports {
                settings.rpc_port = ports[index];
            }
            match index {
                0 => settings
                    .arguments
                    .extend(["--node-key".into(), BOOT_KEY.into()]),
                _ => settings.bootnode = Some(bootnode.clone()),
            }
        }
        let authorities = all
            .into_iter()
            .map(|settings| Node::start(folder.path(), settings))
            .collect::<Result<_>>()?;
        Ok(Self {
            authorities,
            bootnode,
            folder: Some(folder),
        })
    }

    /// The node of the client (0), company (1), bank (2) or reconciler (3).
    pub fn node(&mut self, index: usize) -> &mut Node {
        &mut self.authorities[index]
    }

    /// All four.
    pub fn nodes(&self) -> &[Node] {
        &self.authorities
    }

    /// Where the network's files are.
    pub fn folder(&self) -> &Path {
        self.folder
            .as_ref()
            .expect("there until the network goes")
            .path()
    }

    /// How a further node, which makes no blocks, is started.
    pub fn further(&self, name: &str) -> Result<Settings> {
        let mut settings = Settings::new(name, Kind::Local)?;
        settings.bootnode = Some(self.bootnode.clone());
        Ok(settings)
    }

    /// Keeps the network's files after its end, for whoever looks into a failure.
    pub fn keep_files(&mut self) {
        if let Some(folder) = self.folder.take() {
            eprintln!("the nodes' files stay in {}", folder.keep().display());
        }
    }

    /// Connects to the four nodes, and waits until they finalise.
    pub async fn connect(&mut self) -> Result<Vec<Chain>> {
        let mut chains = Vec::new();
        for node in &mut self.authorities {
            chains.push(node.connect().await?);
        }
        for chain in &chains {
            wait::until(
                "the first finalised block",
                Duration::from_secs(90),
                || async {
                    let number = chain.finalised_number().await?;
                    Ok((number > 0).then_some(()))
                },
            )
            .await
            .with_context(|| format!("the network in {} stands still", self.folder().display()))?;
        }
        Ok(chains)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if std::env::var_os(KEEP_VARIABLE).is_some() {
            self.keep_files();
        }
    }
}

//! Four nodes that finalise together, and further ones: of members that make no blocks, and of members
//! that become validators.

use crate::{
    binary,
    chain::Chain,
    link::Links,
    member::{Member, BANK, CLIENT, COMPANY, RECONCILER},
    node::{Kind, Node, Settings},
    wait,
};
use anyhow::{Context, Result};
use counterfoil_primitives::MemberId;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Networks start one after another. Each node compiles its runtime as it starts: of many at once,
/// none would answer in time.
static STARTING: Mutex<()> = Mutex::const_new(());

/// The identities that follow from the validators' network keys, so that the others know where
/// to find them before they run. The keys are the numbers from 1 on.
const IDENTITIES: [&str; 4] = [
    "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
    "12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD",
    "12D3KooWSCufgHzV4fCwRijfH2k3abrpAJxTKxEvN1FDuRXA2U9x",
    "12D3KooWSsChzF81YDUKpe9Uk5AHV5oqAaXAcWNSPYgoLauUk4st",
];

/// Keeps a network's files when it is set.
pub const KEEP_VARIABLE: &str = "COUNTERFOIL_KEEP";

/// The validators by name; their keys are the development keys of these names.
const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];

/// The members whose nodes they are.
const MEMBERS: [MemberId; 4] = [CLIENT, COMPANY, BANK, RECONCILER];

/// A local network. Its nodes stop, and its files go, when this goes.
#[derive(Debug)]
pub struct Network {
    // The nodes go before their folder.
    validators: Vec<Node>,
    bootnode: String,
    folder: Option<TempDir>,
}

impl Network {
    /// Starts the four validators: client, company, bank and reconciler. With `rpc_ports`,
    /// their JSON-RPC answers there, else on free ports. They meet through the first one.
    pub async fn start(rpc_ports: Option<[u16; 4]>) -> Result<Self> {
        let mut all = validators()?;
        let bootnode = address(all[0].p2p_port, 0);
        for (index, settings) in all.iter_mut().enumerate() {
            if let Some(ports) = rpc_ports {
                settings.rpc_port = ports[index];
            }
            if index > 0 {
                settings.bootnode = Some(bootnode.clone());
            }
        }
        Self::run(all, bootnode, folder()?).await
    }

    /// Starts the four validators, each of which knows the others from the start, and by links
    /// alone. Its chain passes for a live one, on which a node gets no operator key from the name that
    /// it was started with: each gets its own here.
    pub async fn start_linked() -> Result<(Self, Links)> {
        let folder = folder()?;
        let mut all = validators()?;
        let specification = without_local_addresses(folder.path())?;
        let ports: Vec<u16> = all.iter().map(|settings| settings.p2p_port).collect();
        let mut links = Links::default();
        for (from, settings) in all.iter_mut().enumerate() {
            settings.chain = Kind::Specified(specification.clone());
            settings.arguments.push("--reserved-only".into());
            for to in (0..ports.len()).filter(|to| *to != from) {
                let link = links.open((from, ports[from]), (to, ports[to])).await?;
                settings
                    .arguments
                    .extend(["--reserved-nodes".into(), address(link, to)]);
            }
        }
        let bootnode = address(ports[0], 0);
        let mut network = Self::run(all, bootnode, folder).await?;
        for (node, member) in network.validators.iter_mut().zip(MEMBERS) {
            let chain = node.connect().await?;
            Member::genesis(member).move_into(&chain).await?;
        }
        Ok((network, links))
    }

    /// Returns when all nodes answer.
    async fn run(all: Vec<Settings>, bootnode: String, folder: TempDir) -> Result<Self> {
        let _turn = STARTING.lock().await;
        let validators = all
            .into_iter()
            .map(|settings| Node::start(folder.path(), settings))
            .collect::<Result<_>>()?;
        let mut network = Self {
            validators,
            bootnode,
            folder: Some(folder),
        };
        for node in &mut network.validators {
            node.connect().await?;
        }
        Ok(network)
    }

    /// The node of the client (0), company (1), bank (2) or reconciler (3).
    pub fn node(&mut self, index: usize) -> &mut Node {
        &mut self.validators[index]
    }

    /// All four.
    pub fn nodes(&self) -> &[Node] {
        &self.validators
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

    /// How a further node is started that makes blocks once its member is a validator. `number` is its
    /// number among the network's validators, which begin with 1.
    pub fn further_validator(&self, name: &str, number: usize) -> Result<Settings> {
        let mut settings = self.further(name)?;
        settings.arguments = vec!["--validator".into(), "--node-key".into(), node_key(number)];
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
        for node in &mut self.validators {
            chains.push(node.connect().await?);
        }
        for chain in &chains {
            wait::until(
                "the first finalised block",
                Duration::from_secs(180),
                || async {
                    let number = chain.finalized_number().await?;
                    Ok((number > 0).then_some(()))
                },
            )
            .await
            .with_context(|| format!("the network in {} stands still", self.folder().display()))?;
        }
        Ok(chains)
    }
}

fn folder() -> Result<TempDir> {
    Ok(tempfile::Builder::new()
        .prefix("counterfoil-network-")
        .tempdir()?)
}

/// How the four validators are started, each with its keys.
fn validators() -> Result<Vec<Settings>> {
    let settings = |(index, name): (usize, &&str)| {
        let mut settings = Settings::new(name, Kind::Local)?;
        settings.arguments = vec![
            format!("--{name}"),
            "--node-key".into(),
            node_key(index + 1),
        ];
        Ok(settings)
    };
    VALIDATORS.iter().enumerate().map(settings).collect()
}

/// The secret of a node's identity: a number, which no other node of the network has.
fn node_key(number: usize) -> String {
    format!("{number:064x}")
}

/// The address of a validator that is called on a port of this machine.
fn address(port: u16, validator: usize) -> String {
    format!("/ip4/127.0.0.1/tcp/{port}/p2p/{}", IDENTITIES[validator])
}

/// The local chain, but as one that runs on many machines: its nodes do not tell each other their
/// addresses on this one, on which they would find a way around a link.
fn without_local_addresses(folder: &Path) -> Result<PathBuf> {
    let output = Command::new(binary::find("counterfoil-node")?)
        .args(["export-chain-spec", "--chain", "local"])
        .output()?;
    let mut specification: serde_json::Value = serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    specification["chainType"] = "Live".into();
    let file = folder.join("live.json");
    std::fs::write(&file, serde_json::to_vec(&specification)?)?;
    Ok(file)
}

impl Drop for Network {
    fn drop(&mut self) {
        if std::env::var_os(KEEP_VARIABLE).is_some() {
            self.keep_files();
        }
    }
}

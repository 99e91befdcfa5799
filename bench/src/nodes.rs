//! Nodes to measure on: one that holds all roles, or the local network of four.

use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{Side, SideId};
use counterfoil_runtime::RuntimeCall;
use counterfoil_tests::{
    agreement::{current_terms, TestAgreement, SHARED},
    book,
    chain::Chain,
    member::{Member, BANK, COMPANY, RECONCILER},
    network::Network,
    node::{Kind, Node, Settings},
    submit::as_member,
    wait,
};
use std::{path::PathBuf, time::Duration};
use tempfile::TempDir;

use crate::load::Payments;

/// Running nodes.
pub struct Setup {
    // Nodes go before their folder.
    running: Running,
    chains: Vec<Chain>,
    folder: TempDir,
}

enum Running {
    One(Box<Node>),
    Four(Box<Network>),
}

impl Setup {
    /// One development node, to which everybody's keys belong.
    pub async fn one() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("counterfoil-bench-")
            .tempdir()?;
        let mut settings = Settings::new("dev", Kind::Dev)?;
        // The node's own limits are what is measured; what it says costs time.
        settings
            .arguments
            .extend(["--log".into(), "counterfoil=info".into()]);
        let mut node = Node::start(folder.path(), settings)?;
        let chain = node.connect().await?;
        wait::until(
            "the first finalised block",
            Duration::from_secs(90),
            || async { Ok((chain.finalized_number().await? > 0).then_some(())) },
        )
        .await?;
        let setup = Self {
            running: Running::One(Box::new(node)),
            chains: vec![chain; 4],
            folder,
        };
        setup.tell_endpoints().await?;
        Ok(setup)
    }

    /// The local network: nodes of client, company, bank and reconciler.
    pub async fn four() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("counterfoil-bench-")
            .tempdir()?;
        let mut network = Network::start(None).await?;
        let chains = network.connect().await?;
        let setup = Self {
            running: Running::Four(Box::new(network)),
            chains,
            folder,
        };
        setup.tell_endpoints().await?;
        Ok(setup)
    }

    async fn tell_endpoints(&self) -> Result<()> {
        for id in [COMPANY, BANK, RECONCILER] {
            let url = self.chains[id as usize - 1].url().replacen("ws", "http", 1);
            let call = pallet_registry::Call::set_endpoint {
                endpoint: url
                    .try_into()
                    .map_err(|_| anyhow!("the endpoint is too long"))?,
            };
            let call = RuntimeCall::Registry(call);
            as_member(self.client(), &Member::genesis(id), call).await?;
        }
        Ok(())
    }

    /// The client's node.
    pub fn client(&self) -> &Chain {
        &self.chains[0]
    }

    /// The node of the party that keeps the book of a side.
    pub fn of(&self, side: Side) -> &Chain {
        side.pick(&self.chains[1], &self.chains[2])
    }

    /// A folder for what the measurement itself writes.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    fn nodes(&self) -> &[Node] {
        match &self.running {
            Running::One(node) => std::slice::from_ref(&**node),
            Running::Four(network) => network.nodes(),
        }
    }

    /// The log of the reconciler's node.
    pub fn reconcilers_log(&self) -> PathBuf {
        let nodes = self.nodes();
        nodes[(RECONCILER as usize).min(nodes.len()) - 1].log()
    }

    /// The most memory that each node has used, in MiB.
    pub fn peak_memory(&self) -> Result<Vec<u64>> {
        self.nodes().iter().map(peak_memory).collect()
    }

    /// How many positions a party's book holds.
    pub async fn booked(&self, side_id: SideId) -> Result<u64> {
        let state = book::state(self.of(side_id.side), side_id).await?;
        Ok(state["slots"].as_u64().unwrap_or_default())
    }
}

/// The most memory that a node has used, in MiB: `VmHWM` of its process.
fn peak_memory(node: &Node) -> Result<u64> {
    let pid = node.pid().context("the node has stopped")?;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .context("the system does not tell a process's memory")?;
    let kib: u64 = line
        .split_whitespace()
        .next()
        .and_then(|kib| kib.parse().ok())
        .context("the system does not tell a process's memory")?;
    Ok(kib >> 10)
}

/// Made-up payments of an agreement's day.
pub fn payments(agreement: &TestAgreement) -> Result<Payments> {
    Ok(Payments {
        product: SHARED,
        terms: current_terms(SHARED)?,
        from: agreement.plan.yesterday(0),
        times: 1,
    })
}

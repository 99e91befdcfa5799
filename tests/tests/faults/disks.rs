//! Disks that are damaged, and disks that are full.

use crate::{
    business::{Business, Done, Nodes, LONG},
    check,
};
use anyhow::{bail, ensure, Context, Result};
use counterfoil_primitives::Side;
use counterfoil_tests::{
    chain::Chain,
    network::Network,
    node::{Node, Settings},
    wait,
    world::{same, Shared},
};
use std::{
    fs::File,
    future::ready,
    io::Write,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The least time to the cut-off: the disk fails before the book is made.
const AHEAD: Duration = Duration::from_secs(90);
/// How long a node on damaged data may take to show what it makes of it.
const START: Duration = Duration::from_secs(90);
/// The size of the small disk.
const SIZE: &str = "64m";

/// A bank's own node, whose disk fails after its staff stood by a ledger.
struct Bank {
    node: Node,
    chain: Chain,
    business: Business,
    done: Done,
}

impl Bank {
    async fn begin(shared: &Shared, settings: Settings) -> Result<Self> {
        let mut node = Node::start(shared.network.lock().await.folder(), settings)?;
        let chain = node.connect().await?;
        let nodes = Nodes {
            bank: chain.clone(),
            ..Nodes::own(shared)
        };
        let business = Business::begin(nodes, &[Side::Credit], AHEAD).await?;
        let done = business.go_about(0).await?;
        Ok(Self {
            node,
            chain,
            business,
            done,
        })
    }

    /// Waits until the node has all that the client's has now.
    async fn catch_up(&mut self, shared: &Shared) -> Result<()> {
        let target = shared.client().finalized_number().await?;
        self.node.connect().await?;
        wait::until("the node to catch up", LONG, || async {
            Ok((self.chain.finalized_number().await? >= target).then_some(()))
        })
        .await?;
        check::one_chain(&[shared.client().clone(), self.chain.clone()]).await
    }

    /// Waits until the node has all that the client's has now, or has ended. Says which, or that it
    /// does neither in time.
    async fn start_or_refusal(&mut self, shared: &Shared) -> Result<String> {
        let target = shared.client().finalized_number().await?;
        let (node, chain) = (&mut self.node, &self.chain);
        let outcome = wait::until("an end or a start", START, || {
            let ended = node.ended();
            async move {
                if let Some(status) = ended? {
                    return Ok(Some(format!("the node refuses it: {status}")));
                }
                let caught_up = chain.finalized_number().await? >= target;
                Ok(caught_up.then(|| "the node starts from what is left, and catches up".into()))
            }
        });
        Ok(outcome.await.unwrap_or_else(|error| error.to_string()))
    }

    fn log(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&std::fs::read(self.node.log())?).into_owned())
    }
}

/// A node whose data is damaged refuses its database, or starts from what is left of it. One whose
/// database does not describe itself any more refuses it for sure, and says so. Purged, it fetches
/// the chain again, takes the ledger from its copy, and its day ends as if nothing had been.
pub async fn a_damaged_database_is_refused_and_after_a_purge_the_book_is_right() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = damaged(&shared).await;
    shared.end(result).await
}

async fn damaged(shared: &Shared) -> Result<()> {
    let settings = shared.network.lock().await.further("damaged-bank")?;
    let mut bank = Bank::begin(shared, settings).await?;
    bank.node.kill();
    damage(&bank.node.data(), |name| {
        ["table_", "index_", "log"]
            .iter()
            .any(|kind| name.starts_with(kind))
    })?;
    bank.node.run()?;
    println!("damaged data: {}", bank.start_or_refusal(shared).await?);

    bank.node.kill();
    damage(&bank.node.data(), |name| name == "metadata")?;
    bank.node.run()?;
    let ended = || ready(bank.node.ended());
    let status = wait::until("the node to refuse its database", LONG, ended).await?;
    ensure!(!status.success(), "the node ended as if all were well");
    ensure!(
        bank.log()?.contains("Error: Service(Client(Backend("),
        "the node does not say that its database is at fault"
    );

    bank.node.purge()?;
    bank.node.run()?;
    bank.catch_up(shared).await?;
    ensure!(
        bank.log()?.contains("Restored 1 ledger imports"),
        "the ledger did not come from its copy"
    );
    println!("purged: {}", check::day(&bank.business, &bank.done).await?);
    Ok(())
}

/// Overwrites a piece of every 64 KiB of those files of a database whose name is one of those
/// that `which` says.
fn damage(data: &Path, which: impl Fn(&str) -> bool) -> Result<()> {
    let mut damaged = 0;
    for path in files(data)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !path.to_string_lossy().contains("/paritydb/") || !which(&name) {
            continue;
        }
        let file = File::options().write(true).open(&path)?;
        let length = file.metadata()?.len();
        for at in (0..length).step_by(64 * 1024) {
            let piece = 1_024.min(length - at) as usize;
            file.write_all_at(&vec![0xA5; piece], at)?;
        }
        damaged += 1;
    }
    ensure!(damaged > 0, "there was nothing to damage");
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// A file system of a small size, which goes when this goes.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(path: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&path)?;
        let output = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={SIZE}"), "tmpfs"])
            .arg(&path)
            .output()?;
        if !output.status.success() {
            bail!(
                "cannot mount a small file system: {}. Run this scenario as root, in a machine or \
                 container that may mount",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(Self(path))
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    /// Fills it to the last byte.
    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.filler())?;
        for size in [1 << 20, 4_096, 1] {
            let piece = vec![1; size];
            while file.write_all(&piece).is_ok() {}
        }
        Ok(())
    }

    /// Makes room again.
    fn free(&self) -> Result<()> {
        std::fs::remove_file(self.filler()).context("the filler is gone")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().ok();
    }
}

/// A node whose disk is full ends. Once there is room and it runs again, it catches up, and its
/// day ends as if nothing had been.
pub async fn a_full_disk_stops_a_node_and_with_room_its_book_is_right() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = full(&shared).await;
    shared.end(result).await
}

async fn full(shared: &Shared) -> Result<()> {
    let (folder, settings) = {
        let network = shared.network.lock().await;
        (network.folder().to_owned(), network.further("full-bank")?)
    };
    let disk = SmallDisk::mount(folder.join(&settings.name).join("data"))?;
    let mut bank = Bank::begin(shared, settings).await?;
    disk.fill()?;
    let before = bank.log()?.len();
    let status = wait::until("the node to end", LONG, || ready(bank.node.ended())).await?;
    ensure!(!status.success(), "the node ended as if all were well");
    println!("a full disk: {status}\n{}", &bank.log()?[before..]);

    disk.free()?;
    bank.node.run()?;
    bank.catch_up(shared).await?;
    println!(
        "with room: {}",
        check::day(&bank.business, &bank.done).await?
    );
    same("node", bank.node.ended()?, None)
}

//! One node: its process, ports and files.

use crate::{binary, chain::Chain};
use anyhow::{bail, Context, Result};
use std::{
    fs::File,
    net::TcpListener,
    ops::Range,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// How long a node may take to answer: many may start at once, and each compiles the runtime.
const PATIENCE: Duration = Duration::from_secs(180);

/// The ports that nodes get. The system picks none of them by itself, for a proxy or a connection,
/// between the moment that a node gets its port and the moment that it listens.
const PORTS: Range<u16> = 10_000..32_000;

/// A port of this machine that nothing listens on, and that no other node gets.
pub fn free_port() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let count = PORTS.end - PORTS.start;
    // Two runs on one machine begin apart from each other.
    let first = (std::process::id() % 100) as u16 * (count / 100);
    for _ in PORTS {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = PORTS.start + first.wrapping_add(next) % count;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port of {PORTS:?} is free")
}

/// How a node is started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names its folder and log.
    pub name: String,
    /// The chain: `local`, or `dev` for a node of all roles.
    pub chain: Kind,
    /// The port of its JSON-RPC.
    pub rpc_port: u16,
    /// The port that other nodes reach it on.
    pub p2p_port: u16,
    /// A node to meet the network through.
    pub bootnode: Option<String>,
    /// Further arguments.
    pub arguments: Vec<String>,
    /// Variables of the process.
    pub environment: Vec<(String, String)>,
}

/// Which chain a node runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One node that holds all roles.
    Dev,
    /// Four validators.
    Local,
    /// What a file specifies.
    Specified(PathBuf),
}

impl Settings {
    /// A node on free ports.
    pub fn new(name: &str, chain: Kind) -> Result<Self> {
        Ok(Self {
            name: name.into(),
            chain,
            rpc_port: free_port()?,
            p2p_port: free_port()?,
            bootnode: None,
            arguments: Vec::new(),
            environment: Vec::new(),
        })
    }
}

/// A node's process. It is stopped when this goes; its files stay as long as their folder.
#[derive(Debug)]
pub struct Node {
    settings: Settings,
    folder: PathBuf,
    process: Option<Child>,
}

impl Node {
    /// Starts a node whose files lie in `folder`.
    pub fn start(folder: &Path, settings: Settings) -> Result<Self> {
        let mut node = Self {
            folder: folder.join(&settings.name),
            settings,
            process: None,
        };
        std::fs::create_dir_all(&node.folder)?;
        node.run()?;
        Ok(node)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Where its JSON-RPC answers, as a member's endpoint names it.
    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.settings.rpc_port)
    }

    /// Where its JSON-RPC answers over a web socket.
    pub fn ws(&self) -> String {
        format!("ws://127.0.0.1:{}", self.settings.rpc_port)
    }

    /// Its log.
    pub fn log(&self) -> PathBuf {
        self.folder.join("node.log")
    }

    /// The number of the running process.
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// Its base path: database, keys, copies of ledgers.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Sets the variables that the process has from its next start on.
    pub fn set_environment(&mut self, environment: Vec<(String, String)>) {
        self.settings.environment = environment;
    }

    /// How it ended, where it did by itself.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let ended = self.process.as_mut().map(Child::try_wait).transpose()?;
        Ok(ended.flatten())
    }

    /// Starts the process again, on the same files.
    pub fn run(&mut self) -> Result<()> {
        self.kill();
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .context("cannot write the node's log")?;
        let s = &self.settings;
        let mut command = Command::new(binary::find("counterfoil-node")?);
        match &s.chain {
            Kind::Dev => command.arg("--dev"),
            Kind::Local => command.args(["--chain", "local"]),
            Kind::Specified(file) => command.arg("--chain").arg(file),
        };
        command
            .envs(s.environment.iter().cloned())
            .arg("--base-path")
            .arg(self.data())
            .args(["--name", &s.name])
            .args(["--port", &s.p2p_port.to_string()])
            .args(["--rpc-port", &s.rpc_port.to_string()])
            // Its own staff imports ledgers and puts keys in; the port is this machine's only.
            .args(["--rpc-methods", "unsafe", "--rpc-cors", "all"])
            .args(["--rpc-max-connections", "400"])
            .args(["--offchain-worker", "always"])
            .args(["--no-prometheus", "--no-telemetry", "--no-mdns"])
            .args(&s.arguments);
        if let Some(bootnode) = &s.bootnode {
            command.args(["--bootnodes", bootnode]);
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start counterfoil-node")?;
        self.process = Some(process);
        Ok(())
    }

    /// Stops the process, and throws its database away, as the documented remedy does: keys,
    /// network identity and the copies of ledgers stay.
    pub fn purge(&mut self) -> Result<()> {
        self.kill();
        let mut command = Command::new(binary::find("counterfoil-node")?);
        command.args(["purge-chain", "-y", "--base-path"]);
        let output = command
            .arg(self.data())
            .args(["--chain", "local"])
            .output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }

    /// Stops the process at once, as a failing machine would.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself: then there is nothing to stop.
            process.kill().ok();
            process.wait().ok();
        }
    }

    /// Connects to the node once it answers.
    pub async fn connect(&mut self) -> Result<Chain> {
        let start = Instant::now();
        loop {
            match Chain::connect(&self.ws()).await {
                Ok(chain) => return Ok(chain),
                Err(error) if start.elapsed() > PATIENCE => {
                    bail!(
                        "{} does not answer: {error}\n{}",
                        self.name(),
                        self.last_words()
                    )
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(300)).await,
            }
            if let Some(status) = self.ended()? {
                bail!(
                    "{} ended with {status}:\n{}",
                    self.name(),
                    self.last_words()
                );
            }
        }
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

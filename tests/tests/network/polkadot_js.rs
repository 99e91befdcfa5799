//! A polkadot.js client against a node of all roles.

use anyhow::{bail, ensure, Context, Result};
use counterfoil_tests::{
    binary,
    node::{Kind, Node, Settings},
    world::SharedWorld,
};
use futures::future::try_join;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::process::Command;

/// The tests of the tour. They count a client's trades and an agreement's proposals from the first on, so
/// they have a chain of their own.
const TOUR: &str = "tour.test.js";

/// The tests of calls that staff seldom makes. They share the tour's chain, on which the council's member
/// sends nothing once the tour has its agreement. Both wait for a day that ends within minutes.
const RARE_CALLS: &str = "rare_calls.test.js";

/// Records a signed trade as Alice with no custom types, sees both parties' events, reads the
/// day by runtime API and by storage.
pub async fn polkadot_js_records_and_reads_without_custom_types(_: SharedWorld) -> Result<()> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(client())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.js") && ![TOUR, RARE_CALLS].contains(&name.as_str()) {
            files.push(name);
        }
    }
    let folder = folder()?;
    let node = start(&folder).await?;
    test(&node, &files).await
}

/// Submits the steps of `docs/polkadot-js.md` one after the other, and reads what that document shows.
/// Meanwhile other members make the calls that staff seldom makes. That waits for a step of the tour, so each
/// has a run of its own: of the files of one run, a small machine goes through one at a time.
pub async fn the_tour_of_the_apps_ui_shows_what_happens(_: SharedWorld) -> Result<()> {
    let folder = folder()?;
    let node = start(&folder).await?;
    let (tour, rare_calls) = ([TOUR.to_owned()], [RARE_CALLS.to_owned()]);
    try_join(test(&node, &tour), test(&node, &rare_calls)).await?;
    Ok(())
}

/// The folder of the client.
fn client() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("polkadot-js")
}

/// The folder of a node.
fn folder() -> Result<TempDir> {
    Ok(tempfile::Builder::new()
        .prefix("counterfoil-dev-")
        .tempdir()?)
}

/// Starts the node of a new development chain, and waits until it answers.
async fn start(folder: &TempDir) -> Result<Node> {
    let mut node = Node::start(folder.path(), Settings::new("dev", Kind::Dev)?)?;
    node.connect().await?;
    Ok(node)
}

/// Runs files of tests on a node's chain.
async fn test(node: &Node, files: &[String]) -> Result<()> {
    ensure!(
        client().join("node_modules").is_dir(),
        "its packages are not installed: run scripts/setup"
    );
    let programs = binary::find("counterfoil")?;
    let programs = programs.parent().context("a program lies in a folder")?;
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .args(files)
        .current_dir(client())
        .env("COUNTERFOIL_URL", node.ws())
        .env(binary::DIR_VARIABLE, programs)
        .kill_on_drop(true)
        .output()
        .await
        .context("node.js is not installed: run scripts/setup")?;
    if !output.status.success() {
        bail!(
            "{}{}\nthe node's last lines:\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
            node.last_words()
        );
    }
    Ok(())
}

//! A polkadot.js client against a node of all roles.

use anyhow::{bail, ensure, Context, Result};
use counterfoil_tests::node::{Kind, Node, Settings};
use counterfoil_tests::world::SharedWorld;
use std::path::Path;
use tokio::process::Command;

/// Records a signed trade as Alice with no custom types, sees both parties' events, reads the
/// day by runtime API and by storage.
pub async fn polkadot_js_records_and_reads_without_custom_types(_: SharedWorld) -> Result<()> {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("polkadot-js");
    ensure!(
        client.join("node_modules").is_dir(),
        "its packages are not installed: run scripts/setup"
    );
    let folder = tempfile::Builder::new()
        .prefix("counterfoil-dev-")
        .tempdir()?;
    let mut node = Node::start(folder.path(), Settings::new("dev", Kind::Dev)?)?;
    node.connect().await?;
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .current_dir(&client)
        .env("COUNTERFOIL_URL", node.ws())
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

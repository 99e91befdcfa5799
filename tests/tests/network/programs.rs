//! The example programs of the client library, on a running network.

use anyhow::{ensure, Result};
use counterfoil_tests::world::{settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, Wish, SHARED},
    binary,
    cli::Shell,
    clock::day_text,
    trades::{payments, record},
};
use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::process::Command;

/// Runs an example with arguments. Returns what it says.
async fn run(name: &str, arguments: &[&str]) -> Result<String> {
    let example = binary::find(&format!("examples/{name}"))?;
    let output = Command::new(example).args(arguments).output().await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.success(),
        "{name} failed: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(said)
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A program that is written as the examples are records a payment once, reads its day, and verifies
/// a proof that the command line made.
pub async fn the_examples_record_read_and_verify(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: Duration::from_secs(180),
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let client = agreement.client();
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("till.key"), &client.suri)?;
    let (key, journal) = (text(&path("till.key")), text(&path("journal")));
    let (agreement_id, product) = (agreement.id.to_string(), SHARED.to_string());
    let completed_at = SystemTime::now()
        .duration_since(UNIX_EPOCH)?
        .as_millis()
        .to_string();
    let arguments = [
        chain.url(),
        &key,
        &journal,
        &agreement_id,
        &product,
        "2026-0001",
        "C-1042",
        "1250.50",
        &completed_at,
    ];
    for expected in ["recorded as", "recorded before as"] {
        let said = run("record", &arguments).await?;
        ensure!(said.contains(expected), "not {expected}: {said}");
    }
    // The example's payment is of now, which is the day after the one that is reconciled.
    let today = day_text(agreement.day().next());
    let said = run("day", &[chain.url(), &agreement_id, &today]).await?;
    ensure!(
        said.contains("1 payments, 1250.50 CZK"),
        "another day: {said}"
    );

    // A trade of the day that is reconciled, past the example's journal.
    let trades = payments(&agreement, client, 10..13)?;
    record(chain, &agreement, client, &trades).await?;
    settled(chain, &agreement).await?;
    let day = day_text(agreement.day());
    let (id, proof) = (format!("{}/11", client.id), text(&path("proof.json")));
    let words = [
        "trade",
        "proof",
        "--agreement",
        &agreement_id,
        "--day",
        &day,
        "--side",
        "debit",
        "--id",
        &id,
        "--file",
        &proof,
    ];
    Shell::new(chain.url(), client).must(words).await?;
    let said = run("verify_proof", &[&proof]).await?;
    ensure!(
        said.contains(&format!("trade {id}")),
        "another trade: {said}"
    );
    Ok(())
}

//! Clocks that are wrong.

use crate::{
    business::{Business, Nodes},
    check,
};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::Side;
use counterfoil_tests::{network::Network, node::Settings, world::Shared};
use futures::future::try_join;
use std::{path::PathBuf, time::Duration};

/// The bank's node.
const BANK: usize = 2;

/// A library that gives a process another time.
fn library() -> Result<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib")?;
    folders
        .filter_map(|folder| Some(folder.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .find(|path| path.is_file())
        .context("libfaketime is not installed: run scripts/setup")
}

/// Sets a node's clock off by so much, like `+60s`. What it measures, as timeouts, stays right.
fn set_clock(settings: &mut Settings, library: &str, offset: &str) {
    for (name, value) in [
        ("LD_PRELOAD", library),
        ("FAKETIME", offset),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ] {
        settings.environment.push((name.into(), value.into()));
    }
}

/// The bank's clock is a minute ahead: the others do not take its blocks, and the day completes.
pub async fn a_day_completes_while_the_banks_clock_is_ahead() -> Result<()> {
    off_by("+60s", "too far in the future", 0).await
}

/// The bank's clock is a minute behind: it takes the others' blocks late, and the day completes.
pub async fn a_day_completes_while_the_banks_clock_is_behind() -> Result<()> {
    off_by("-60s", "too far in the future", BANK).await
}

/// A day with the bank's clock off. The log of node `at` must say `word`.
async fn off_by(offset: &str, word: &str, at: usize) -> Result<()> {
    let library = library()?.to_string_lossy().into_owned();
    let (network, _links) = Network::start_linked(|index, settings| {
        if index == BANK {
            set_clock(settings, &library, offset);
        }
    })
    .await?;
    let shared = Shared::begin(network).await?;
    let result = day(&shared, offset, word, at).await;
    shared.end(result)
}

async fn day(shared: &Shared, offset: &str, word: &str, at: usize) -> Result<()> {
    let ahead = Duration::from_secs(60);
    let begin = |ledgers| Business::begin(Nodes::own(shared), ledgers, ahead);
    let (received, ledger) = try_join(begin(&[]), begin(&[Side::Credit])).await?;
    let through = |business| async move {
        let done = Business::go_about(business, 0).await?;
        check::day(business, &done).await
    };
    let (first, second) = try_join(through(&received), through(&ledger)).await?;
    println!("a clock off by {offset}: {first}; {second}");
    check::one_chain(shared.nodes()).await?;
    let log = std::fs::read_to_string(shared.network.lock().await.node(at).log())?;
    ensure!(
        log.contains(word),
        "no node refused a block: the clocks agree"
    );
    Ok(())
}

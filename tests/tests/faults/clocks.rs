//! Clocks that are wrong.

use crate::{
    business::{Business, Nodes},
    check,
};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{summary::DayStatus, Side};
use counterfoil_tests::{
    link::Links,
    network::Network,
    world::{day_that, same, Shared},
};
use futures::future::try_join;
use std::{path::PathBuf, time::Duration};

/// The client's node.
const CLIENT: usize = 0;
/// The bank's node.
const BANK: usize = 2;
/// The least time to the cut-off.
const AHEAD: Duration = Duration::from_secs(60);

/// A library that shows a process another time.
fn library() -> Result<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib")?;
    folders
        .filter_map(|folder| Some(folder.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .find(|path| path.is_file())
        .context("libfaketime is not installed: run scripts/setup")
}

/// The variables of a process whose clock is off by so much, like `+60s`. What it measures, as
/// timeouts, stays right.
fn clock(offset: &str) -> Result<Vec<(String, String)>> {
    let library = library()?.to_string_lossy().into_owned();
    Ok(vec![
        ("LD_PRELOAD".into(), library),
        ("FAKETIME".into(), offset.into()),
        ("FAKETIME_DONT_FAKE_MONOTONIC".into(), "1".into()),
    ])
}

/// Starts the bank's node again, with such a clock.
async fn set_clock(shared: &Shared, clock: Vec<(String, String)>) -> Result<()> {
    let mut network = shared.network.lock().await;
    let node = network.node(BANK);
    node.set_environment(clock);
    node.run()?;
    node.connect().await?;
    Ok(())
}

/// Starts a network of its own for each scenario, and sets the bank's clock off.
async fn begin(offset: &str) -> Result<(Shared, Links)> {
    let clock = clock(offset)?;
    let (network, links) = Network::start_linked().await?;
    let shared = Shared::begin(network).await?;
    set_clock(&shared, clock).await?;
    Ok((shared, links))
}

/// What a node says of a block whose time has not come by its clock.
const EARLY: &str = "too far in the future";

async fn refuses_blocks(shared: &Shared, node: usize) -> Result<()> {
    let log = std::fs::read_to_string(shared.network.lock().await.node(node).log())?;
    ensure!(
        log.contains(EARLY),
        "node {node} refused no block: the clocks agree"
    );
    Ok(())
}

/// The bank's clock is a minute ahead: the others do not take its blocks, its votes and its calls
/// count, it is asked for its book and opens it, and the day completes.
pub async fn a_day_completes_while_the_banks_clock_is_ahead() -> Result<()> {
    let (shared, _links) = begin("+60s").await?;
    let result = ahead(&shared).await;
    shared.end(result).await
}

async fn ahead(shared: &Shared) -> Result<()> {
    let begin = |ledgers| Business::begin(Nodes::own(shared), ledgers, AHEAD);
    let (received, ledger) = try_join(begin(&[]), begin(&[Side::Credit])).await?;
    let through = |business| async move {
        let done = Business::go_about(business, 0).await?;
        check::day(business, &done).await
    };
    let (first, second) = try_join(through(&received), through(&ledger)).await?;
    println!("a clock ahead: {first}; {second}");
    check::one_chain(shared.nodes()).await?;
    refuses_blocks(shared, CLIENT).await
}

/// The bank's clock is a minute behind: it takes no blocks, for their time has not come, and soon
/// asks for no more. The others go on, and the bank is overdue. With its clock set right and its
/// node restarted it catches up, and the day ends as if nothing had been.
pub async fn a_node_whose_clock_is_behind_stands_still_alone_and_catches_up_set_right() -> Result<()>
{
    let (shared, _links) = begin("-60s").await?;
    let result = behind(&shared).await;
    shared.end(result).await
}

async fn behind(shared: &Shared) -> Result<()> {
    let business = Business::begin(Nodes::own(shared), &[], AHEAD).await?;
    let agreement = &business.agreement;
    let done = business.go_about(0).await?;
    let day = day_that(
        shared.client(),
        agreement,
        agreement.plan.preset_at(),
        "the bank to be overdue",
        |day| day.credit.overdue,
    )
    .await?;
    same("day", day.status, DayStatus::Sealed)?;
    refuses_blocks(shared, BANK).await?;
    set_clock(shared, Vec::new()).await?;
    println!(
        "a clock behind, set right: {}",
        check::day(&business, &done).await?
    );
    check::one_chain(shared.nodes()).await
}

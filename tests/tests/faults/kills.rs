//! Nodes that are killed at any moment of a day.

use crate::{
    amended,
    business::{Business, Nodes, LONG},
    check,
    table_of_kill_days::KilledDays,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary},
    Side,
};
use counterfoil_tests::{
    network::Network,
    seeded_kills::{self, Fault, Phase, SEED_VARIABLE},
    wait,
    world::{at, Shared},
};
use futures::future::{try_join, try_join_all};
use std::{sync::Arc, time::Duration};

/// The books that are ledgers with breaks, by agreement.
const LEDGERS: [&[Side]; 3] = [&[], &[Side::Debit, Side::Credit], &[Side::Credit]];
/// The least time from the first payment to the cut-off.
const AHEAD: Duration = Duration::from_secs(70);
/// How long before the cut-off the clients stop, in milliseconds, for staff to import ledgers.
const REST: u64 = 25_000;

/// In every phase of a day one or two nodes are killed, by the seed. The clients repeat what they
/// have not seen final, and so do bank and company, who cancel some of it; nobody else does anything.
/// Nothing is lost, nothing is doubled.
pub async fn no_kill_loses_or_doubles_anything(world: Arc<KilledDays>, seed: u64) -> Result<()> {
    let faults = seeded_kills::of_a_day(seed);
    println!("seed {seed} ({SEED_VARIABLE}={seed} chooses the same kills)");
    let (network, _links) = Network::start_linked().await?;
    let shared = Shared::begin(network).await?;
    let result = day(&shared, seed, &faults)
        .await
        .with_context(|| format!("the day of seed {seed}, {SEED_VARIABLE}={seed}"));
    world.note(seed, &faults, &result);
    shared.end(result.map(|_| ()))
}

async fn day(shared: &Shared, seed: u64, faults: &[Fault]) -> Result<String> {
    let begin = LEDGERS.map(|ledgers| Business::begin(Nodes::own(shared), ledgers, AHEAD));
    let all = try_join_all(begin).await?;
    let work = all.iter().map(|business| async move {
        let stop = business.agreement.plan.cut_off_at().saturating_sub(REST);
        let mut done = business.go_about(stop).await?;
        amended::agree(business)
            .await
            .with_context(|| format!("the staff of agreement {}", business.agreement.id))?;
        done.amended = true;
        anyhow::Ok(done)
    });
    let strikes = async {
        for fault in faults {
            phase(shared, &all, fault.phase).await?;
            strike(shared, seed, fault).await?;
        }
        anyhow::Ok(())
    };
    let (done, ()) = try_join(try_join_all(work), strikes).await?;
    shared.network.lock().await.connect().await?;
    let checks = all.iter().zip(&done);
    let checks = checks.map(|(business, done)| check::day(business, done));
    let checked = try_join_all(checks).await?;
    check::one_chain(shared.nodes()).await?;
    Ok(checked.join("\n"))
}

/// Waits until a phase of the day begins.
async fn phase(shared: &Shared, all: &[Business], phase: Phase) -> Result<()> {
    let plans = || all.iter().map(|business| business.agreement.plan);
    let cut_off = plans().map(|plan| plan.cut_off_at()).max().unwrap_or(0);
    let preset = plans().map(|plan| plan.preset_at()).max().unwrap_or(0);
    match phase {
        Phase::Recording => {}
        Phase::Sealing => at(cut_off - 2_000).await,
        Phase::Committed => at(cut_off + 16_000).await,
        Phase::Fetching => at(preset).await,
        Phase::Reporting => {
            seen(shared, all, "a part of a report", |day| {
                day.debit.listed_pages + day.credit.listed_pages > 0
                    || day.status >= DayStatus::Reconciled
            })
            .await?;
        }
        Phase::Paying => {
            seen(shared, all, "a day to be reconciled", |day| {
                day.status >= DayStatus::Reconciled
            })
            .await?;
        }
    }
    Ok(())
}

/// Waits until a node that runs shows a day, final or not, to be as `is` says.
async fn seen(
    shared: &Shared,
    all: &[Business],
    what: &str,
    is: impl Fn(&DaySummary) -> bool,
) -> Result<()> {
    wait::until(what, LONG, || async {
        for node in shared.nodes() {
            for Business { agreement, .. } in all {
                // A node that is away tells nothing.
                if let Ok(Some(day)) = node.day_at_best(agreement.id, agreement.day()).await {
                    if is(&day) {
                        return Ok(Some(()));
                    }
                }
            }
        }
        Ok(None)
    })
    .await
}

/// Kills the fault's nodes, and starts them again after its pause.
async fn strike(shared: &Shared, seed: u64, fault: &Fault) -> Result<()> {
    tokio::time::sleep(fault.after).await;
    println!("seed {seed}: {fault}");
    {
        let mut network = shared.network.lock().await;
        for victim in &fault.victims {
            network.node(*victim).kill();
        }
    }
    tokio::time::sleep(fault.pause).await;
    let mut network = shared.network.lock().await;
    for victim in &fault.victims {
        network.node(*victim).run()?;
    }
    Ok(())
}

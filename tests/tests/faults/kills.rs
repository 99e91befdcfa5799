//! Nodes that are killed at any moment of a day.

use crate::{
    amended,
    business::{Business, Done, Nodes, LONG},
    check, outside,
    table_of_kill_days::KilledDays,
    together::Together,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{
    settlement::Rail,
    summary::{DayStatus, DaySummary},
    Side,
};
use counterfoil_tests::{
    agreement::{TestAgreement, Wish, ASSET},
    network::Network,
    seeded_kills::{self, Fault, Phase, SEED_VARIABLE},
    wait,
    world::{at, Shared},
};
use futures::future::{try_join, try_join3, try_join_all};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// The books that are ledgers with breaks, and how the money moves, by agreement. A further one has two days
/// that are paid together.
const AGREEMENTS: [(&[Side], Rail); 3] = [
    (&[], Rail::External),
    (&[Side::Debit, Side::Credit], Rail::Asset(ASSET)),
    (&[Side::Credit], Rail::Asset(ASSET)),
];
/// The least time from the first payment to the cut-off.
const AHEAD: Duration = Duration::from_secs(85);
/// How long before the cut-off the clients stop, in milliseconds, for staff to import ledgers.
const REST: u64 = 25_000;

/// In every phase of a day one or two nodes are killed, by the seed. The clients repeat what they
/// have not seen final, and so do bank and company, who cancel some of it and, under one agreement, pay
/// outside the chain; nobody else does anything. Nothing is lost, nothing is doubled.
pub async fn no_kill_loses_or_doubles_anything(world: Arc<KilledDays>, seed: u64) -> Result<()> {
    let faults = seeded_kills::of_a_day(seed);
    println!("seed {seed} ({SEED_VARIABLE}={seed} chooses the same kills)");
    let (network, _links) = Network::start_linked().await?;
    let shared = Shared::begin(network).await?;
    let result = day(&shared, seed, &faults)
        .await
        .with_context(|| format!("the day of seed {seed}, {SEED_VARIABLE}={seed}"));
    world.note(seed, &faults, &result);
    shared.end(result.map(|_| ())).await
}

async fn day(shared: &Shared, seed: u64, faults: &[Fault]) -> Result<String> {
    let begin = AGREEMENTS.map(|(ledgers, rail)| {
        let wish = Wish {
            ahead: AHEAD,
            rail,
            ..Wish::default()
        };
        Business::begin_as(Nodes::own(shared), ledgers, wish)
    });
    let together = Together::begin(Nodes::own(shared), AHEAD);
    let (all, together) = try_join(try_join_all(begin), together).await?;
    let days = all.iter().map(|business| &business.agreement);
    let days: Vec<&TestAgreement> = days.chain(together.days()).collect();
    let (struck, is_struck) = watch::channel(false);
    let work = all
        .iter()
        .map(|business| go_about(business, is_struck.clone()));
    let strikes = async {
        for fault in faults {
            phase(shared, &days, fault.phase).await?;
            kill(shared, seed, fault).await;
            if fault.phase == Phase::Declared {
                struck.send_replace(true);
            }
            run_again(shared, fault).await?;
        }
        anyhow::Ok(())
    };
    let (done, sent, ()) = try_join3(try_join_all(work), together.go_about(), strikes).await?;
    shared.network.lock().await.connect().await?;
    let checks = all.iter().zip(&done);
    let checks = checks.map(|(business, done)| check::day(business, done));
    let (mut checked, of_two) = try_join(try_join_all(checks), together.paid_once(&sent)).await?;
    checked.push(of_two);
    check::one_chain(shared.nodes()).await?;
    Ok(checked.join("\n"))
}

/// What client and staff of an agreement do in a day.
async fn go_about(business: &Business, is_struck: watch::Receiver<bool>) -> Result<Done> {
    let stop = business.agreement.plan.cut_off_at().saturating_sub(REST);
    let mut done = business.go_about(stop).await?;
    let staff = || format!("the staff of agreement {}", business.agreement.id);
    amended::agree(business).await.with_context(staff)?;
    done.amended = true;
    if business.rail == Rail::External {
        let outside = outside::pay(business, is_struck).await;
        done.outside = Some(outside.with_context(staff)?);
    }
    Ok(done)
}

/// Waits until a phase of the day begins.
async fn phase(shared: &Shared, days: &[&TestAgreement], phase: Phase) -> Result<()> {
    let plans = || days.iter().map(|agreement| agreement.plan);
    let cut_off = plans().map(|plan| plan.cut_off_at()).max().unwrap_or(0);
    let preset = plans().map(|plan| plan.preset_at()).max().unwrap_or(0);
    match phase {
        Phase::Recording => {}
        Phase::Sealing => at(cut_off - 2_000).await,
        Phase::Committed => at(cut_off + 16_000).await,
        Phase::Fetching => at(preset).await,
        Phase::Reporting => {
            seen(shared, days, "a part of a report", |day| {
                day.debit.listed_pages + day.credit.listed_pages > 0
                    || day.status >= DayStatus::Reconciled
            })
            .await?;
        }
        Phase::Paying => {
            seen(shared, days, "a day to be reconciled", |day| {
                day.status >= DayStatus::Reconciled
            })
            .await?;
        }
        Phase::Declared => declared(shared, days).await?,
    }
    Ok(())
}

/// Waits until a node that runs shows, final or not, the declaration that is held back.
async fn declared(shared: &Shared, days: &[&TestAgreement]) -> Result<()> {
    wait::until("a payment to be declared", LONG, || async {
        for node in shared.nodes() {
            for agreement in days {
                // A node that is away tells nothing.
                let owed = node.obligation_at_best(agreement.id, agreement.day());
                if let Ok(Some(owed)) = owed.await {
                    if outside::is_held(&owed) {
                        return Ok(Some(()));
                    }
                }
            }
        }
        Ok(None)
    })
    .await
}

/// Waits until a node that runs shows a day, final or not, to be as `is` says.
async fn seen(
    shared: &Shared,
    days: &[&TestAgreement],
    what: &str,
    is: impl Fn(&DaySummary) -> bool,
) -> Result<()> {
    wait::until(what, LONG, || async {
        for node in shared.nodes() {
            for agreement in days {
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

/// Kills the fault's nodes, once its time has come.
async fn kill(shared: &Shared, seed: u64, fault: &Fault) {
    tokio::time::sleep(fault.after).await;
    println!("seed {seed}: {fault}");
    let mut network = shared.network.lock().await;
    for victim in &fault.victims {
        network.node(*victim).kill();
    }
}

/// Starts the fault's nodes again after its pause.
async fn run_again(shared: &Shared, fault: &Fault) -> Result<()> {
    tokio::time::sleep(fault.pause).await;
    let mut network = shared.network.lock().await;
    for victim in &fault.victims {
        network.node(*victim).run()?;
    }
    Ok(())
}

//! The day, step by step.

use super::{
    amendment,
    breaks::Party,
    facts::{balances, gather, Facts},
    screen::{money, owes, Screen},
    setup::{argument, command, Setup},
    show::{show, sides},
};
use crate::{
    clock::{day_text, time_text},
    member::{now, CLIENT},
    wait,
};
use anyhow::{bail, ensure, Context, Result};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    Moment,
};
use std::time::Duration;

/// How long a step that is due may take.
const STEP: Duration = Duration::from_secs(120);

/// Plays the day.
pub async fn play(setup: &Setup, screen: &Screen, clean: bool) -> Result<Facts> {
    let since = setup.chain().finalized_number().await?;
    let before = balances(setup).await?;
    let refused = record(setup, screen).await?;
    import_ledgers(setup, screen, clean).await?;
    let amendment = amendment::agree(setup, screen).await?;
    cut_off(setup, screen, clean).await?;
    preset(setup, screen, clean).await?;
    settle(setup, screen).await?;
    let facts = gather(setup, since, refused, before, amendment).await?;
    show(setup, screen, &facts).await?;
    Ok(facts)
}

/// The client's staff imports the file. Returns how many lines were refused.
async fn record(setup: &Setup, screen: &Screen) -> Result<u64> {
    screen.step(format!(
        "The client imports {} as trades of {}",
        setup.files.input.display(),
        day_text(setup.plan.day)
    ));
    let refused = setup.path("refused.csv");
    let arguments = command(
        setup,
        &["trade", "import"],
        &[
            "--file",
            &argument(&setup.files.input),
            "--mapping",
            &argument(&setup.files.mapping),
            "--journal",
            &argument(&setup.path("journal")),
            "--refused",
            &argument(&refused),
        ],
    );
    let output = setup.shell(CLIENT).shown(arguments).await?;
    screen.output(&output.stdout);
    // With refused lines the command fails, though it records the others.
    let lines = match refused.is_file() {
        true => csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(&refused)?
            .records()
            .count() as u64,
        false => 0,
    };
    if !output.success && lines == 0 {
        bail!("the import failed");
    }
    let day = setup
        .chain()
        .day(setup.agreement, setup.plan.day)
        .await?
        .context("the chain has no such day")?;
    for (kind, totals) in [("payments", day.payments), ("refunds", day.refunds)] {
        screen.detail(format!(
            "on chain and final: {} {kind}, gross {}, debit {}, credit {}",
            totals.count,
            money(totals.gross),
            money(totals.debit),
            money(totals.credit)
        ));
    }
    ensure!(
        now() < setup.plan.cut_off_at(),
        "the import took until the cut-off; try again on a machine with less to do"
    );
    Ok(lines)
}

async fn import_ledger(setup: &Setup, screen: &Screen, party: Party, confirm: bool) -> Result<()> {
    let path = setup.write_ledger(party)?;
    let mut further = vec![
        "--side",
        party.side().name(),
        "--file",
        path.to_str().context("a path that is no text")?,
        "--mapping",
        setup
            .files
            .ledger_mapping
            .to_str()
            .context("a path that is no text")?,
    ];
    if confirm {
        further.push("--confirm");
    }
    let arguments = command(setup, &["book", "import"], &further);
    let output = setup.shell(party.member()).shown(arguments).await?;
    screen.output(&output.stdout);
    ensure!(
        output.success,
        "the import of the {}'s ledger failed",
        party.name()
    );
    Ok(())
}

async fn import_ledgers(setup: &Setup, screen: &Screen, clean: bool) -> Result<()> {
    for party in Party::BOTH {
        let ledger = &setup.ledgers[&party];
        // With a day of breaks the bank stands by its ledger too late, to be overdue.
        let confirm = clean || party == Party::Company;
        screen.step(format!(
            "The {} imports its own ledger: {} lines{}",
            party.name(),
            ledger.lines.len(),
            if confirm {
                ", and stands by it"
            } else {
                ", and does not stand by it yet"
            },
        ));
        if !clean {
            let causes: Vec<&str> = ledger.planned.iter().map(|planned| planned.cause).collect();
            screen.detail(format!("put into it: {}", causes.join(", ")));
            let left_out = ledger.left_out();
            if !left_out.is_empty() {
                screen.detail(format!(
                    "no trade of the file takes: {}",
                    left_out.join(", ")
                ));
            }
        }
        import_ledger(setup, screen, party, confirm).await?;
    }
    Ok(())
}

async fn cut_off(setup: &Setup, screen: &Screen, clean: bool) -> Result<()> {
    screen.step(format!(
        "Waiting for the cut-off at {} local time",
        time_text(setup.plan.cut_off)
    ));
    screen
        .count_down("cut-off", until(setup.plan.cut_off_at()))
        .await;
    screen.step("The cut-off has passed: the day is sealed, and the sides commit");
    day_that(setup, "the day to be sealed", |day| {
        day.status >= DayStatus::Sealed
    })
    .await?;
    screen.detail("sealed");
    let committed = |side: &SideSummary| side.commitment.is_some();
    let day = day_that(setup, "the commitments", |day| {
        committed(&day.debit) && (!clean || committed(&day.credit))
    })
    .await?;
    sides(screen, &day);
    Ok(())
}

async fn preset(setup: &Setup, screen: &Screen, clean: bool) -> Result<()> {
    screen
        .count_down("preset time", until(setup.plan.preset_at()))
        .await;
    screen.step(format!(
        "The preset time, {}: the reconciler's task fetches both books and reports",
        time_text(setup.plan.preset)
    ));
    if clean {
        return Ok(());
    }
    let day = day_that(setup, "the bank to be overdue", |day| day.credit.overdue).await?;
    sides(screen, &day);
    screen.step("The bank, overdue, stands by its ledger");
    import_ledger(setup, screen, Party::Bank, true).await?;
    let day = day_that(setup, "the bank's commitment", |day| {
        day.credit.commitment.is_some()
    })
    .await?;
    sides(screen, &day);
    Ok(())
}

async fn settle(setup: &Setup, screen: &Screen) -> Result<()> {
    let day = day_that(setup, "the day to be reconciled", |day| {
        day.status >= DayStatus::Reconciled
    })
    .await?;
    screen.step("The runtime has proven both sides: the day is reconciled");
    sides(screen, &day);
    let owed = day.obligation.unwrap_or_default();
    let debtor = if owed < 0 { "bank" } else { "company" };
    screen.detail(format!("payments less refunds: {}", owes(owed)));
    day_that(setup, "the payment", |day| day.status == DayStatus::Settled).await?;
    screen.step(format!("The {debtor} has paid: the day is settled"));
    let repaired = |side: &SideSummary| {
        matches!(
            side.status,
            SideStatus::Repaired { .. } | SideStatus::Proven { breaks: 0 }
        )
    };
    let day = day_that(setup, "both books repaired", |day| {
        repaired(&day.debit) && repaired(&day.credit)
    })
    .await?;
    screen.step("Both books equal the chain");
    sides(screen, &day);
    Ok(())
}

fn until(moment: Moment) -> Duration {
    Duration::from_millis(moment.saturating_sub(now()))
}

async fn day_that(
    setup: &Setup,
    what: &str,
    is: impl Fn(&DaySummary) -> bool,
) -> Result<DaySummary> {
    wait::until(what, STEP, || async {
        let day = setup.chain().day(setup.agreement, setup.plan.day).await?;
        Ok(day.filter(|day| is(day)))
    })
    .await
}

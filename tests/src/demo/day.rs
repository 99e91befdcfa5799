//! The day, step by step.

use super::{
    breaks::Party,
    screen::{money, Screen},
    stage::{argument, Stage},
};
use crate::{
    agreement::ASSET,
    chain::Chain,
    clock::{day_text, time_text},
    ledger::side_name,
    member::{now, Member, BANK, CLIENT, COMPANY, RECONCILER},
    wait,
};
use anyhow::{bail, ensure, Context, Result};
use counterfoil_primitives::{
    summary::{BreakList, DayStatus, DaySummary, SideStatus, SideSummary},
    Cause, Entry, Moment,
};
use counterfoil_runtime::{Runtime, RuntimeEvent};
use jsonrpsee::rpc_params;
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// How long a step that is due may take.
const STEP: Duration = Duration::from_secs(120);

/// What a party was told and holds at the end of the day.
#[derive(Clone, Debug)]
pub struct PartyFacts {
    /// What the chain proved of its ledger.
    pub breaks: BreakList,
    /// Its node's suspense list.
    pub suspense: Value,
    /// Its node's result of the day.
    pub result: Value,
    /// Breaks, by the event that told the party its result.
    pub told: Option<u32>,
    /// Corrections, as the file for its core ledger has them.
    pub corrections: usize,
    /// By how much its account changed over the day.
    pub balance: (u128, u128),
}

/// What the chain says at the end of the day.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day.
    pub summary: DaySummary,
    /// Lines that the import refused.
    pub refused: u64,
    /// When the day was reconciled.
    pub reconciled_at: Moment,
    /// What the chain says was paid for the day, by its events.
    pub paid: Vec<u128>,
    /// The parties.
    pub parties: BTreeMap<Party, PartyFacts>,
}

/// Plays the day.
pub async fn play(stage: &Stage, screen: &Screen, clean: bool) -> Result<Facts> {
    let since = stage.chain().finalised_number().await?;
    let before = balances(stage).await?;
    let refused = record(stage, screen).await?;
    import_ledgers(stage, screen, clean).await?;
    cut_off(stage, screen, clean).await?;
    preset(stage, screen, clean).await?;
    settle(stage, screen).await?;
    let facts = gather(stage, since, refused, before).await?;
    show(stage, screen, &facts).await?;
    Ok(facts)
}

fn place(stage: &Stage) -> [String; 4] {
    [
        "--agreement".into(),
        stage.agreement.to_string(),
        "--day".into(),
        day_text(stage.plan.day),
    ]
}

fn command(stage: &Stage, words: &[&str], further: &[&str]) -> Vec<String> {
    words
        .iter()
        .map(|word| word.to_string())
        .chain(place(stage))
        .chain(further.iter().map(|word| word.to_string()))
        .collect()
}

/// The client's staff imports the file. Gives how many lines were refused.
async fn record(stage: &Stage, screen: &Screen) -> Result<u64> {
    screen.step(format!(
        "The client imports {} as trades of {}",
        stage.files.input.display(),
        day_text(stage.plan.day)
    ));
    let refused = stage.path("refused.csv");
    let arguments = command(
        stage,
        &["--output", "json", "trade", "import"],
        &[
            "--file",
            &argument(&stage.files.input),
            "--mapping",
            &argument(&stage.files.mapping),
            "--journal",
            &argument(&stage.path("journal")),
            "--refused",
            &argument(&refused),
        ],
    );
    let output = stage.shell(CLIENT).shown(arguments).await?;
    screen.output(&output.stdout);
    // With refused lines the command fails, though it records the others.
    let lines = match refused.is_file() {
        true => csv::Reader::from_path(&refused)?.records().count() as u64,
        false => 0,
    };
    if !output.success && lines == 0 {
        bail!("the import failed");
    }
    let day = stage
        .chain()
        .day(stage.agreement, stage.plan.day)
        .await?
        .context("the chain has no such day")?;
    screen.detail(format!(
        "on chain and final: {} trades, gross {}, debit {}, credit {}",
        day.trades,
        money(day.gross),
        money(day.debit_total),
        money(day.credit_total)
    ));
    ensure!(
        now() < stage.plan.cut_off_at(),
        "the import took until the cut-off; try again on a machine with less to do"
    );
    Ok(lines)
}

async fn import_ledger(stage: &Stage, screen: &Screen, party: Party, confirm: bool) -> Result<()> {
    let path = stage.write_ledger(party)?;
    let mut further = vec![
        "--side",
        side_name(party.side()),
        "--file",
        path.to_str().context("a path that is no text")?,
        "--mapping",
        stage
            .files
            .ledger_mapping
            .to_str()
            .context("a path that is no text")?,
    ];
    if confirm {
        further.push("--confirm");
    }
    let arguments = command(stage, &["book", "import"], &further);
    let output = stage.shell(party.member()).shown(arguments).await?;
    screen.output(&output.stdout);
    ensure!(
        output.success,
        "the import of the {}'s ledger failed",
        party.name()
    );
    Ok(())
}

async fn import_ledgers(stage: &Stage, screen: &Screen, clean: bool) -> Result<()> {
    for party in Party::BOTH {
        let ledger = &stage.ledgers[&party];
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
        }
        import_ledger(stage, screen, party, confirm).await?;
    }
    Ok(())
}

async fn cut_off(stage: &Stage, screen: &Screen, clean: bool) -> Result<()> {
    screen.step(format!(
        "Waiting for the cut-off at {} local time",
        time_text(stage.plan.cut_off)
    ));
    screen
        .count_down("cut-off", until(stage.plan.cut_off_at()))
        .await;
    screen.step("The cut-off has passed: the day is sealed, and the sides commit");
    day_that(stage, "the day to be sealed", |day| {
        day.status >= DayStatus::Sealed
    })
    .await?;
    screen.detail("sealed");
    let committed = |side: &SideSummary| side.commitment.is_some();
    let day = day_that(stage, "the commitments", |day| {
        committed(&day.debit) && (!clean || committed(&day.credit))
    })
    .await?;
    sides(screen, &day);
    Ok(())
}

async fn preset(stage: &Stage, screen: &Screen, clean: bool) -> Result<()> {
    screen
        .count_down("preset time", until(stage.plan.preset_at()))
        .await;
    screen.step(format!(
        "The preset time, {}: the reconciler's task fetches both books and reports",
        time_text(stage.plan.preset)
    ));
    if clean {
        return Ok(());
    }
    let day = day_that(stage, "the bank to be overdue", |day| day.credit.overdue).await?;
    sides(screen, &day);
    screen.step("The bank, overdue, stands by its ledger");
    import_ledger(stage, screen, Party::Bank, true).await?;
    let day = day_that(stage, "the bank's commitment", |day| {
        day.credit.commitment.is_some()
    })
    .await?;
    sides(screen, &day);
    Ok(())
}

async fn settle(stage: &Stage, screen: &Screen) -> Result<()> {
    let day = day_that(stage, "the day to be reconciled", |day| {
        day.status >= DayStatus::Reconciled
    })
    .await?;
    screen.step("The runtime has proven both sides: the day is reconciled");
    sides(screen, &day);
    screen.detail(format!(
        "payable: the company owes the bank {}",
        money(day.payable.unwrap_or_default())
    ));
    day_that(stage, "the payment", |day| day.status == DayStatus::Settled).await?;
    screen.step("The company has paid: the day is settled");
    let repaired = |side: &SideSummary| {
        matches!(
            side.status,
            SideStatus::Repaired { .. } | SideStatus::Proven { breaks: 0 }
        )
    };
    let day = day_that(stage, "both books repaired", |day| {
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
    stage: &Stage,
    what: &str,
    is: impl Fn(&DaySummary) -> bool,
) -> Result<DaySummary> {
    wait::until(what, STEP, || async {
        let day = stage.chain().day(stage.agreement, stage.plan.day).await?;
        Ok(day.filter(|day| is(day)))
    })
    .await
}

/// Shows the two sides' states.
fn sides(screen: &Screen, day: &DaySummary) {
    let row = |party: &str, side: &SideSummary| {
        let status = match side.status {
            SideStatus::Awaited => "awaited".into(),
            SideStatus::Committed => "committed".into(),
            SideStatus::Proven { breaks } => format!("proven, {breaks} breaks"),
            SideStatus::Repaired { breaks } => format!("repaired, {breaks} breaks"),
            SideStatus::Defaulted => "defaulted".into(),
        };
        let equal = match (side.commitment, side.chain) {
            (Some(own), Some(chain)) if own == chain => "equal",
            (Some(_), Some(_)) => "different",
            _ => "-",
        };
        let overdue = if side.overdue { "overdue" } else { "-" };
        vec![party.into(), status, overdue.into(), equal.into()]
    };
    screen.table(
        &["side", "status", "late", "commitment and chain"],
        [row("company", &day.debit), row("bank", &day.credit)],
    );
}

/// What the two parties' accounts hold of the settlement asset.
async fn balances(stage: &Stage) -> Result<BTreeMap<Party, u128>> {
    let mut balances = BTreeMap::new();
    for party in Party::BOTH {
        let account = Member::genesis(party.member()).treasury();
        let key = pallet_assets::Account::<Runtime>::hashed_key_for(ASSET, account);
        let held: Option<pallet_assets::AssetAccountOf<Runtime, ()>> =
            stage.chain().storage(&key).await?;
        balances.insert(party, held.map_or(0, |account| account.balance));
    }
    Ok(balances)
}

async fn gather(
    stage: &Stage,
    since: u32,
    refused: u64,
    before: BTreeMap<Party, u128>,
) -> Result<Facts> {
    let chain = stage.chain();
    let (agreement, day) = (stage.agreement, stage.plan.day);
    // The nodes write down the result when they see the finalised payment.
    for party in Party::BOTH {
        wait::until("the party's node to note the result", STEP, || async {
            let result = own(stage, party, "counterfoil_bookResult").await?;
            Ok((result["paid"] == Value::Bool(true)).then_some(()))
        })
        .await?;
    }
    let events = chain.events_since(since).await?;
    let after = balances(stage).await?;
    let outcome = pallet_reconciliation::Outcomes::<Runtime>::hashed_key_for(agreement, day);
    let outcome: pallet_reconciliation::Outcome = chain
        .storage(&outcome)
        .await?
        .context("the day has no outcome")?;
    let mut parties = BTreeMap::new();
    for party in Party::BOTH {
        parties.insert(
            party,
            PartyFacts {
                breaks: chain.breaks(agreement, day, party.side()).await?,
                suspense: own(stage, party, "counterfoil_bookSuspense").await?,
                result: own(stage, party, "counterfoil_bookResult").await?,
                told: told(&events, stage, party),
                corrections: corrections(stage, party).await?,
                balance: (before[&party], after[&party]),
            },
        );
    }
    Ok(Facts {
        summary: chain
            .day(agreement, day)
            .await?
            .context("the chain has no such day")?,
        refused,
        reconciled_at: outcome.reconciled_at,
        paid: paid(&events, stage),
        parties,
    })
}

/// What a party's own node says of its book.
async fn own(stage: &Stage, party: Party, method: &str) -> Result<Value> {
    let node: &Chain = &stage.chains[party.member() as usize - 1];
    let side = side_name(party.side());
    node.request(method, rpc_params![stage.agreement, stage.plan.day.0, side])
        .await
}

fn told(events: &[RuntimeEvent], stage: &Stage, party: Party) -> Option<u32> {
    use pallet_reconciliation::Event;
    let place = (stage.agreement, stage.plan.day);
    events.iter().find_map(|event| match event {
        RuntimeEvent::Reconciliation(Event::CompanyResult {
            company: COMPANY,
            agreement,
            day,
            breaks,
            ..
        }) if party == Party::Company && (*agreement, *day) == place => Some(*breaks),
        RuntimeEvent::Reconciliation(Event::BankResult {
            bank: BANK,
            agreement,
            day,
            breaks,
            ..
        }) if party == Party::Bank && (*agreement, *day) == place => Some(*breaks),
        _ => None,
    })
}

fn paid(events: &[RuntimeEvent], stage: &Stage) -> Vec<u128> {
    let place = (stage.agreement, stage.plan.day);
    events
        .iter()
        .filter_map(|event| match event {
            RuntimeEvent::Settlement(pallet_settlement::Event::Paid {
                agreement,
                day,
                amount,
                ..
            }) if (*agreement, *day) == place => Some(*amount),
            _ => None,
        })
        .collect()
}

/// Has the corrections written as a file for the party's core ledger; gives how many there are.
async fn corrections(stage: &Stage, party: Party) -> Result<usize> {
    let file = stage.path(&format!("corrections-{}.csv", party.name()));
    let arguments = command(
        stage,
        &["corrections", "export"],
        &[
            "--side",
            side_name(party.side()),
            "--file",
            file.to_str().context("a path that is no text")?,
        ],
    );
    stage.shell(party.member()).must(arguments).await?;
    Ok(csv::Reader::from_path(&file)?.records().count())
}

async fn show(stage: &Stage, screen: &Screen, facts: &Facts) -> Result<()> {
    screen.step("What the staff sees: counterfoil day show, report show");
    let shell = stage.shell(RECONCILER);
    for words in [["day", "show"], ["report", "show"]] {
        screen.output(&shell.must(command(stage, &words, &[])).await?);
    }
    for party in Party::BOTH {
        let found = &facts.parties[&party];
        screen.step(format!(
            "The {}: breaks, corrections, suspense list, result",
            party.name()
        ));
        screen.table(
            &["position", "cause", "its ledger says", "right"],
            rows(found),
        );
        let shell = stage.shell(party.member());
        let side = ["--side", side_name(party.side())];
        screen.output(
            &shell
                .must(command(stage, &["book", "suspense"], &side))
                .await?,
        );
        screen.detail(format!("result: {}", found.result));
    }
    Ok(())
}

fn rows(party: &PartyFacts) -> Vec<Vec<String>> {
    let slots = party.breaks.slots.iter().map(|slot| {
        vec![
            slot.position.to_string(),
            cause_name(slot.cause),
            slot.found
                .map_or("-".into(), |found| entry_text(&found, slot.cause)),
            entry_text(&slot.right, slot.cause),
        ]
    });
    let extras = party.breaks.extras.iter().map(|extra| {
        vec![
            "none".into(),
            cause_name(extra.cause),
            money(extra.entry.amount),
            "to the suspense list".into(),
        ]
    });
    slots.chain(extras).collect()
}

/// What of an entry matters to a cause.
fn entry_text(entry: &Entry, cause: Cause) -> String {
    match cause {
        Cause::WrongUser => entry.user.as_text().unwrap_or("unreadable").into(),
        _ => money(entry.amount),
    }
}

/// A cause by its name in files.
pub fn cause_name(cause: Cause) -> String {
    match serde_json::to_value(cause) {
        Ok(Value::String(name)) => name,
        _ => format!("{cause:?}"),
    }
}

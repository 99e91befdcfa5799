//! Parties that are not there, or will not open their books.

use anyhow::{ensure, Result};
use counterfoil_primitives::{
    summary::{DayStatus, SideStatus},
    Cause, Commitment, Side, SideTotals, Source,
};
use counterfoil_runtime::RuntimeCall;
use counterfoil_tests::world::{
    at, caught_up, causes, day_that, paid_once, same, settled, SharedWorld, STEP,
};
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish},
    ledger::{confirm, import, right_ledger},
    member::now,
    node::Node,
    submit::as_member,
    trades::{owed_for, payments, record, recorded},
    wait,
};
use sp_core::H256;
use std::{collections::BTreeMap, time::Duration};

/// A bank's node that slept through recording, cut-off and preset time catches up by itself.
pub async fn a_bank_stopped_for_the_whole_day_catches_up(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let bank = fresh_member();
    let mut node = {
        let network = shared.network.lock().await;
        Node::start(network.folder(), network.further("sleeping-bank")?)?
    };
    let own = node.connect().await?;
    bank.move_into(&own).await?;
    drop(own);
    node.kill();

    let agreement = make(
        chain,
        Wish {
            bank: Some((bank, node.http())),
            ..Wish::default()
        },
    )
    .await?;
    let trades = payments(&agreement, agreement.client(), 0..400)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let overdue = "the sleeping bank to be overdue";
    let day = day_that(
        chain,
        &agreement,
        agreement.plan.preset_at(),
        overdue,
        |day| day.credit.overdue,
    )
    .await?;
    same("bank", day.credit.status, SideStatus::Awaited)?;
    same("day", day.status, DayStatus::Sealed)?;

    node.run()?;
    node.connect().await?;
    let day = day_that(chain, &agreement, now(), "the day to settle", |day| {
        day.status == DayStatus::Settled
    })
    .await?;
    ensure!(day.credit.overdue, "what was overdue stays so");
    same("bank", day.credit.commitment, day.credit.chain)?;
    same("obligation", day.obligation, Some(owed_for(&trades)))
}

/// The side of a party that imports a ledger and never stands by it defaults at the deadline.
pub async fn a_side_that_never_commits_defaults_at_the_deadline(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(
        chain,
        Wish {
            credit_source: Source::Ledger,
            deadline_minutes: 1,
            ..Wish::default()
        },
    )
    .await?;
    let trades = payments(&agreement, agreement.client(), 0..20)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    import(shared.bank(), &agreement, Side::Credit, &[]).await?;
    let day = settled(chain, &agreement).await?;
    same("bank", day.credit.status, SideStatus::Defaulted)?;
    ensure!(day.credit.overdue, "a side that never committed is overdue");
    same("commitment", day.credit.commitment, None)?;
    ensure!(
        day.paid_at.is_some_and(|at| at >= day.deadline_at),
        "the day closed before the deadline"
    );
    same("obligation", day.obligation, Some(owed_for(&trades)))
}

/// A commitment that its party cannot open stops nothing: only an accepted report would.
pub async fn a_side_that_commits_to_nonsense_defaults_at_the_deadline(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    // Nobody's node holds this bank's key, and nobody answers for it.
    let nowhere = "http://127.0.0.1:9".to_owned();
    let agreement = make(
        chain,
        Wish {
            bank: Some((fresh_member(), nowhere)),
            credit_source: Source::Ledger,
            deadline_minutes: 1,
            ..Wish::default()
        },
    )
    .await?;
    let trades = payments(&agreement, agreement.client(), 0..20)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    at(agreement.plan.cut_off_at()).await;
    wait::until("the day to be sealed", STEP, || async {
        let day = chain.day(agreement.id, agreement.day()).await?;
        Ok(day.filter(|day| day.status == DayStatus::Sealed))
    })
    .await?;
    let nonsense = Commitment {
        slots_root: H256::repeat_byte(7),
        extras_root: H256::repeat_byte(8),
        slots: 20,
        extras: 3,
        totals: SideTotals {
            payments: 99,
            refunds: 7,
        },
    };
    let commit = pallet_books::Call::commit {
        agreement: agreement.id,
        day: agreement.day(),
        side: Side::Credit,
        round: 0,
        replacement: 0,
        commitment: nonsense,
    };
    as_member(chain, &agreement.bank, RuntimeCall::Books(commit)).await?;
    let committed = "the nonsense to stand";
    let day = day_that(
        chain,
        &agreement,
        agreement.plan.preset_at(),
        committed,
        |day| day.credit.commitment.is_some(),
    )
    .await?;
    same("commitment", day.credit.commitment, Some(nonsense))?;
    let day = settled(chain, &agreement).await?;
    same("bank", day.credit.status, SideStatus::Defaulted)?;
    same("obligation", day.obligation, Some(owed_for(&trades)))?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let day = settled(chain, &agreement).await?;
    same("bank, later", day.credit.status, SideStatus::Defaulted)
}

/// A bank stood by its ledger, and its node is down from before the cut-off until after the deadline: its
/// side defaults, and the company pays by the chain's record. Back again, the node commits, and the side is
/// proven late with its break and repaired; what is owed and was paid stays.
pub async fn a_bank_that_comes_back_after_the_deadline_is_proven_late(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let bank = fresh_member();
    let mut node = {
        let network = shared.network.lock().await;
        Node::start(network.folder(), network.further("late-bank")?)?
    };
    let own = node.connect().await?;
    bank.move_into(&own).await?;
    let wish = Wish {
        bank: Some((bank, node.http())),
        credit_source: Source::Ledger,
        deadline_minutes: 1,
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let since = chain.finalized_number().await?;
    let requests = payments(&agreement, agreement.client(), 0..20)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let mut lines = right_ledger(&recorded(chain, &agreement).await?, Side::Credit);
    lines[7].amount += 4_711;
    caught_up(&own, chain).await?;
    import(&own, &agreement, Side::Credit, &lines).await?;
    confirm(&own, &agreement, Side::Credit, &lines).await?;
    drop(own);
    node.kill();
    agreement.before_the_cut_off(chain).await?;

    let closed = settled(chain, &agreement).await?;
    same("bank", closed.credit.status, SideStatus::Defaulted)?;
    let owed = owed_for(&requests);
    same("obligation", closed.obligation, Some(owed))?;

    node.run()?;
    node.connect().await?;
    let what = "the late commitment";
    day_that(chain, &agreement, now(), what, |day| {
        day.credit.commitment.is_some()
    })
    .await?;
    let what = "the late side to be proven and repaired";
    let repaired = SideStatus::Repaired { breaks: 1 };
    let day = day_that(chain, &agreement, now(), what, |day| {
        day.credit.status == repaired
    })
    .await?;
    ensure!(day.credit.defaulted, "a side that defaulted stays so");
    let proven = BTreeMap::from([(Cause::OtherAmount, 1)]);
    let causes = causes(chain, &agreement, Side::Credit).await?;
    same("causes", causes, proven)?;
    let (after, before) = (&day, &closed);
    same("obligation", after.obligation, before.obligation)?;
    same("paid", after.paid_at, before.paid_at)?;
    paid_once(chain, &agreement, since, owed).await
}

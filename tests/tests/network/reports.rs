//! Who may report, and what the chain believes.

use anyhow::{bail, ensure, Context, Result};
use counterfoil_primitives::{
    align::align,
    compare::ReportHeader,
    day::MINUTE,
    report::Report,
    summary::{DayStatus, DaySummary, SideStatus},
    Cause, Entry, LedgerEntry, Side, Source, Trade,
};
use counterfoil_runtime::{Runtime, RuntimeCall};
use counterfoil_tests::world::{at, causes, day_that, repaired, same, settled, SharedWorld, STEP};
use counterfoil_tests::{
    agreement::{fresh_member, make, TestAgreement, Wish},
    book::totals,
    chain::Chain,
    cli::Shell,
    clock::day_text,
    ledger::{confirm, import, right_ledger},
    member::Member,
    submit::as_member,
    trades::{payments, record, recorded},
    wait,
};
use pallet_reconciliation::Call;
use std::collections::BTreeMap;

/// A reconciler that no node acts for.
fn nobody() -> Option<(Member, String)> {
    Some((fresh_member(), "http://127.0.0.1:9".into()))
}

/// A ledger with a wrong amount on the first page and a missing entry on the second.
fn wrong_ledger(trades: &[Trade]) -> Vec<LedgerEntry> {
    let mut lines = right_ledger(trades, Side::Credit);
    lines[10].amount += 4_711;
    lines.remove(270);
    lines
}

/// An agreement without a reconciler, whose bank stands by a wrong ledger.
async fn confirmed(
    world: &SharedWorld,
    wish: Wish,
) -> Result<(TestAgreement, Vec<Trade>, Vec<LedgerEntry>)> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(
        chain,
        Wish {
            reconciler: nobody(),
            credit_source: Source::Ledger,
            ..wish
        },
    )
    .await?;
    let requests = payments(&agreement, agreement.client(), 0..300)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let trades = recorded(chain, &agreement).await?;
    let lines = wrong_ledger(&trades);
    import(shared.bank(), &agreement, Side::Credit, &lines).await?;
    confirm(shared.bank(), &agreement, Side::Credit, &lines).await?;
    Ok((agreement, trades, lines))
}

/// Such an agreement at the preset time, both of whose sides have committed.
async fn prepare(world: &SharedWorld) -> Result<(TestAgreement, Vec<Trade>, Vec<LedgerEntry>)> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let (agreement, trades, lines) = confirmed(world, Wish::default()).await?;
    at(agreement.plan.cut_off_at()).await;
    seal(chain, &agreement).await?;
    let both = "both sides to commit";
    day_that(chain, &agreement, agreement.plan.preset_at(), both, |day| {
        day.debit.commitment.is_some() && day.credit.commitment.is_some()
    })
    .await?;
    at(agreement.plan.preset_at()).await;
    // Reports count by block time, which runs behind the clock.
    wait::until("the preset time on chain", STEP, || async {
        Ok((chain.now().await? >= agreement.plan.preset_at()).then_some(()))
    })
    .await?;
    Ok((agreement, trades, lines))
}

/// Seals the day as staff would: without a reconciler nobody else does before the preset time.
async fn seal(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    wait::until("the day to be sealed", STEP, || async {
        let day = chain.day(agreement.id, agreement.day()).await?;
        if day.is_some_and(|day| day.status >= DayStatus::Sealed) {
            return Ok(Some(()));
        }
        let call = pallet_trades::Call::seal {
            agreement: agreement.id,
            day: agreement.day(),
        };
        // Another scenario may use the company's next nonce, and the cut-off is by block time.
        as_member(chain, &agreement.reconciler, RuntimeCall::Trades(call)).await?;
        Ok(None)
    })
    .await
}

/// With the reconciler down the company reports both sides by itself.
pub async fn a_party_reports_while_the_reconciler_is_down(world: SharedWorld) -> Result<()> {
    let (agreement, _, _) = prepare(&world).await?;
    let shared = world.shared().await?;
    let chain = shared.client();
    let day = chain
        .day(agreement.id, agreement.day())
        .await?
        .context("the day is there")?;
    same("day without reconciler", day.status, DayStatus::Sealed)?;

    let shell = Shell::new(shared.company().url(), &agreement.company);
    let agreement_id = agreement.id.to_string();
    let text = day_text(agreement.day());
    for side in Side::BOTH {
        let place = ["--agreement", &agreement_id, "--day", &text];
        let words = ["report", "submit", "--side", side.name()];
        shell.must(words.into_iter().chain(place)).await?;
    }
    let day = settled(chain, &agreement).await?;
    same(
        "company",
        day.debit.status,
        SideStatus::Proven { breaks: 0 },
    )
    .or_else(|_| {
        same(
            "company",
            day.debit.status,
            SideStatus::Repaired { breaks: 0 },
        )
    })?;
    repaired(chain, &agreement).await?;
    found_both_breaks(chain, &agreement).await
}

/// With the reconciler down and nobody at a keyboard, the parties' own nodes seal the day, commit,
/// and report, all before the deadline.
pub async fn the_parties_stand_in_for_a_reconciler_that_is_down(world: SharedWorld) -> Result<()> {
    let deadline_minutes = 3;
    let wish = Wish {
        deadline_minutes,
        ..Wish::default()
    };
    let (agreement, trades, _) = confirmed(&world, wish).await?;
    let shared = world.shared().await?;
    let chain = shared.client();
    let stand_in = agreement.plan.preset_at() + u64::from(deadline_minutes) * MINUTE / 2;
    let settled = |day: &DaySummary| day.status == DayStatus::Settled;
    let day = day_that(chain, &agreement, stand_in, "the day to settle", settled).await?;
    for (name, side, breaks) in [("company", &day.debit, 0), ("bank", &day.credit, 2)] {
        ensure!(
            [
                SideStatus::Proven { breaks },
                SideStatus::Repaired { breaks }
            ]
            .contains(&side.status),
            "{name}: {:?}, not proven with {breaks} breaks",
            side.status
        );
    }
    same(
        "obligation",
        day.obligation,
        Some(totals(&trades).obligation()),
    )?;
    repaired(chain, &agreement).await?;
    found_both_breaks(chain, &agreement).await
}

/// Makes sure that both breaks of [`wrong_ledger`] have their causes on chain.
async fn found_both_breaks(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let expected = BTreeMap::from([(Cause::Missing, 1), (Cause::OtherAmount, 1)]);
    same(
        "causes",
        causes(chain, agreement, Side::Credit).await?,
        expected,
    )
}

/// False reports leave no trace; the true one, by the same reconciler, is then accepted.
pub async fn a_lying_report_is_refused_and_the_true_one_accepted(world: SharedWorld) -> Result<()> {
    let (agreement, trades, lines) = prepare(&world).await?;
    let shared = world.shared().await?;
    let chain = shared.client();
    let entries: Vec<Entry> = trades
        .iter()
        .map(|trade| trade.entry(Side::Credit))
        .collect();
    let truth = Report::of_book(agreement.day(), &entries, &align(&entries, &[], &lines));
    same("pages that differ", truth.header.dirty.len(), 2)?;
    let before = chain.day(agreement.id, agreement.day()).await?;

    let mut short = truth.header.clone();
    short.dirty.pop();
    let lies = [
        ("that the book is clean", clean(&agreement)),
        ("that only one page differs", header(&agreement, short)),
        (
            "that no page differs",
            header(&agreement, ReportHeader::default()),
        ),
    ];
    for (lie, call) in lies {
        refused(chain, &agreement, lie, call).await?;
    }
    same(
        "the day after the lies",
        chain.day(agreement.id, agreement.day()).await?,
        before,
    )?;

    let call = header(&agreement, truth.header.clone());
    as_member(chain, &agreement.reconciler, call)
        .await
        .context("the true header")?;
    let (page, diffs) = truth.slots[0].clone();
    let mut changed = diffs.clone();
    if let Some(found) = &mut changed[0].found {
        found.amount += 1;
    }
    refused(
        chain,
        &agreement,
        "another amount",
        slots(&agreement, page, changed)?,
    )
    .await?;
    refused(
        chain,
        &agreement,
        "no break on the page",
        slots(&agreement, page, Vec::new())?,
    )
    .await?;
    let (_, other) = truth.slots[1].clone();
    refused(
        chain,
        &agreement,
        "another page's breaks",
        slots(&agreement, page, other)?,
    )
    .await?;

    // In any order, from anyone entitled.
    for (page, diffs) in truth.slots.iter().rev() {
        as_member(
            chain,
            &agreement.reconciler,
            slots(&agreement, *page, diffs.clone())?,
        )
        .await
        .with_context(|| format!("the true page {page}"))?;
    }
    let call = Call::<Runtime>::report_clean {
        agreement: agreement.id,
        day: agreement.day(),
        side: Side::Debit,
    };
    as_member(
        chain,
        &agreement.reconciler,
        RuntimeCall::Reconciliation(call),
    )
    .await?;
    let day = settled(chain, &agreement).await?;
    same(
        "obligation",
        day.obligation,
        Some(totals(&trades).obligation()),
    )?;
    found_both_breaks(chain, &agreement).await?;
    repaired(chain, &agreement).await?;
    Ok(())
}

/// Brings a report that must fail, in the pool or on chain.
async fn refused(
    chain: &Chain,
    agreement: &TestAgreement,
    lie: &str,
    call: RuntimeCall,
) -> Result<()> {
    let before = chain.day(agreement.id, agreement.day()).await?;
    if as_member(chain, &agreement.reconciler, call).await.is_ok() {
        bail!("the chain believes {lie}");
    }
    let after = chain.day(agreement.id, agreement.day()).await?;
    ensure!(
        before == after,
        "{lie} left a trace: {before:?}, then {after:?}"
    );
    Ok(())
}

fn clean(agreement: &TestAgreement) -> RuntimeCall {
    RuntimeCall::Reconciliation(Call::report_clean {
        agreement: agreement.id,
        day: agreement.day(),
        side: Side::Credit,
    })
}

fn header(agreement: &TestAgreement, header: ReportHeader) -> RuntimeCall {
    RuntimeCall::Reconciliation(Call::report_header {
        agreement: agreement.id,
        day: agreement.day(),
        side: Side::Credit,
        round: 0,
        header,
    })
}

fn slots(
    agreement: &TestAgreement,
    page: u32,
    slots: Vec<counterfoil_primitives::compare::SlotDiff>,
) -> Result<RuntimeCall> {
    Ok(RuntimeCall::Reconciliation(Call::report_slots {
        agreement: agreement.id,
        day: agreement.day(),
        side: Side::Credit,
        round: 0,
        page,
        slots: slots
            .try_into()
            .ok()
            .context("more slots than a page has")?,
    }))
}

//! The payment.

use anyhow::{anyhow, ensure, Result};
use counterfoil_primitives::{day::MINUTE, summary::DayStatus};
use counterfoil_tests::world::{day_that, paid_once, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, make, TestAgreement, Wish},
    cli::{on_day, statuses, Shell},
    money::{balance, issue},
    trades::{credit_total, owed_for, payments, record},
};
use serde_json::json;
use std::time::Duration;

/// Without money the obligation stays due, for all to see; with money it is paid, once.
pub async fn a_company_without_money_pays_when_it_has_some(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, shared.own_institutions().await?).await?;
    let (company, bank) = (&agreement.company, &agreement.bank);
    let since = chain.finalized_number().await?;
    let trades = payments(&agreement, agreement.client(), 0..25)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let owed = credit_total(&trades);

    let reconciled = "the day to be reconciled";
    let day = day_that(
        chain,
        &agreement,
        agreement.plan.preset_at(),
        reconciled,
        |day| day.status >= DayStatus::Reconciled,
    )
    .await?;
    same("obligation", day.obligation, Some(owed_for(&trades)))?;
    tokio::time::sleep(Duration::from_secs(15)).await;
    let day = chain
        .day(agreement.id, agreement.day())
        .await?
        .ok_or_else(|| anyhow!("the day is gone"))?;
    same("status without money", day.status, DayStatus::Reconciled)?;
    ensure!(day.paid_at.is_none(), "paid without money");

    // Enough for this day, and something left that keeps the account alive.
    issue(chain, company.treasury(), owed + 1_000_000).await?;
    settled(chain, &agreement).await?;
    paid_once(chain, &agreement, since, owed_for(&trades)).await?;
    same(
        "bank's balance",
        balance(chain, &bank.treasury()).await?,
        owed,
    )?;
    same(
        "company's balance",
        balance(chain, &company.treasury()).await?,
        1_000_000,
    )
}

/// A company whose node is down pays by hand, once the day is reconciled, and once only.
pub async fn a_company_without_a_node_pays_from_a_shell(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    // Nobody's node holds this company's key, so its side defaults.
    let company = fresh_member();
    let nowhere = "http://127.0.0.1:9".to_owned();
    let agreement = make(
        chain,
        Wish {
            company: Some((company.clone(), nowhere)),
            deadline_minutes: 1,
            ..Wish::default()
        },
    )
    .await?;
    let trades = payments(&agreement, agreement.client(), 0..5)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let owed = credit_total(&trades);
    issue(chain, company.treasury(), owed + 1_000_000).await?;

    let shell = Shell::new(chain.url(), &company);
    // Nobody owes for a day before it is reconciled.
    refused(&shell, &agreement, "not free for your member").await?;
    let since = chain.finalized_number().await?;
    let deadline = agreement.plan.preset_at() + MINUTE;
    day_that(
        chain,
        &agreement,
        deadline,
        "the day to be reconciled",
        |day| day.status == DayStatus::Reconciled,
    )
    .await?;
    let client = Shell::new(chain.url(), agreement.client());
    let pending = statuses(&client, &agreement, &["--pending"]).await?;
    same("pending days", pending, json!(["reconciled"]))?;
    refused(&client, &agreement, "not free for your member").await?;
    shell.must(on_day("pay", &agreement)).await?;
    settled(chain, &agreement).await?;
    refused(&shell, &agreement, "AlreadyPaid").await?;
    paid_once(chain, &agreement, since, owed_for(&trades)).await
}

async fn refused(shell: &Shell, agreement: &TestAgreement, why: &str) -> Result<()> {
    let output = shell.run(on_day("pay", agreement)).await?;
    ensure!(
        !output.success && output.stderr.contains(why),
        "not refused for {why}: {}{}",
        output.stdout,
        output.stderr
    );
    Ok(())
}

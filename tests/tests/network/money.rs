//! The payment.

use anyhow::{anyhow, ensure, Result};
use counterfoil_primitives::summary::DayStatus;
use counterfoil_runtime::RuntimeCall;
use counterfoil_tests::world::{day_that, paid_once, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish, ASSET},
    money::balance,
    submit::with_funds_of_the_administrator,
    trades::{credit_total, payments, record},
};
use std::time::Duration;

/// Without money the payable stays due, for all to see; with money it is paid, once.
pub async fn a_company_without_money_pays_when_it_has_some(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    // A company of its own, which the company's node acts for too.
    let company = fresh_member();
    company.move_into(shared.company()).await?;
    let endpoint = shared.company().url().replace("ws://", "http://");
    let bank = fresh_member();
    bank.move_into(shared.bank()).await?;
    let bank_endpoint = shared.bank().url().replace("ws://", "http://");
    let deal = make(
        chain,
        Wish {
            company: Some((company.clone(), endpoint)),
            bank: Some((bank.clone(), bank_endpoint)),
            ..Wish::default()
        },
    )
    .await?;
    let since = chain.finalised_number().await?;
    let trades = payments(&deal, deal.client(), 0..25)?;
    record(chain, deal.id, deal.client(), &trades).await?;
    let owed = credit_total(&trades);

    let reconciled = "the day to be reconciled";
    let day = day_that(chain, &deal, deal.plan.preset_at(), reconciled, |day| {
        day.status >= DayStatus::Reconciled
    })
    .await?;
    same("payable", day.payable, Some(owed))?;
    tokio::time::sleep(Duration::from_secs(15)).await;
    let day = chain
        .day(deal.id, deal.day())
        .await?
        .ok_or_else(|| anyhow!("the day is gone"))?;
    same("status without money", day.status, DayStatus::Reconciled)?;
    ensure!(day.paid_at.is_none(), "paid without money");

    // Enough for this day, and something left that keeps the account alive.
    let mint = pallet_assets::Call::mint {
        id: ASSET,
        beneficiary: company.treasury().into(),
        amount: owed + 1_000_000,
    };
    with_funds_of_the_administrator(chain, RuntimeCall::Assets(mint)).await?;
    settled(chain, &deal).await?;
    paid_once(chain, &deal, since, owed).await?;
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

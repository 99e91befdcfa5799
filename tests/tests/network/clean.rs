//! Days on which both books are right.

use anyhow::{ensure, Result};
use counterfoil_primitives::{summary::SideStatus, KindTotals};
use counterfoil_tests::world::{paid_once, repaired, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, Wish},
    cli::{on_day, statuses, Shell},
    trades::{credit_total, owed_for, payments, record},
};
use serde_json::json;

/// Books that hold what came from the chain commit, are proven and paid by themselves.
pub async fn a_clean_day_settles(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let since = chain.finalized_number().await?;
    // More than a page.
    let trades = payments(&agreement, agreement.client(), 0..300)?;
    record(chain, &agreement, agreement.client(), &trades).await?;

    let day = settled(chain, &agreement).await?;
    let expected = KindTotals {
        count: 300,
        gross: trades.iter().map(|trade| trade.gross).sum(),
        debit: trades.iter().map(|trade| trade.debit).sum(),
        credit: credit_total(&trades),
    };
    same("trades", day.trades, expected.count)?;
    same("payments", day.payments, expected)?;
    same("refunds", day.refunds, KindTotals::default())?;
    let owed = owed_for(&trades);
    same("obligation", day.obligation, Some(owed))?;
    ensure!(
        day.paid_at.is_some_and(|at| at >= day.preset_at),
        "paid too early"
    );
    for side in [day.debit, day.credit] {
        ensure!(!side.overdue, "a side that committed in time is overdue");
        same("commitment", side.commitment, side.chain)?;
    }
    let client = Shell::new(chain.url(), agreement.client());
    let listed = statuses(&client, &agreement, &[]).await?;
    same("days, the latest first", listed, json!(["open", "settled"]))?;
    let pending = statuses(&client, &agreement, &["--pending"]).await?;
    same("pending days", pending, json!([]))?;
    repaired(chain, &agreement).await?;
    paid_once(chain, &agreement, since, owed).await
}

/// Anyone of the agreement may have the whole books compared; a clean side stays clean.
pub async fn a_full_fetch_on_request_changes_nothing(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let trades = payments(&agreement, agreement.client(), 0..40)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let reconciler = Shell::new(chain.url(), &agreement.reconciler);
    reconciler
        .must(on_day("request-full-fetch", &agreement))
        .await?;
    let again = reconciler
        .run(on_day("request-full-fetch", &agreement))
        .await?;
    ensure!(
        !again.success && again.stderr.contains("AlreadyRequested"),
        "asked for twice: {}",
        again.stderr
    );
    let day = settled(chain, &agreement).await?;
    for side in [day.debit, day.credit] {
        ensure!(
            matches!(
                side.status,
                SideStatus::Proven { breaks: 0 } | SideStatus::Repaired { breaks: 0 }
            ),
            "a clean side is {:?}",
            side.status
        );
    }
    same("obligation", day.obligation, Some(owed_for(&trades)))
}

//! Days on which books are wrong.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::SideStatus, Cause, DebitRule, LedgerEntry, Reference, Side, Source, Trade, TradeId,
    UserId,
};
use counterfoil_tests::world::{causes, paid_once, repaired, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, products, TestAgreement, Wish, SHARED, SPLIT},
    book::suspense,
    chain::Chain,
    cli::{exported, Shell},
    ledger::{confirm, import, right_ledger, right_line},
    money::amount_text,
    planted::stranger,
    trades::{owed_for, payments, record, recorded},
};
use std::collections::BTreeMap;

/// Two ledgers with every kind of break: all are found with their causes, both books are
/// repaired, extras go to the suspense list, the day settles on the chain's record.
pub async fn every_kind_of_break_is_found_and_repaired(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(
        chain,
        Wish {
            debit_source: Source::Ledger,
            credit_source: Source::Ledger,
            ..Wish::default()
        },
    )
    .await?;
    let since = chain.finalized_number().await?;
    let requests = payments(&agreement, agreement.client(), 0..300)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    // A trade of the next day, for an entry that is booked a day too early.
    let mut tomorrow = payments(&agreement, agreement.client(), 300..301)?;
    tomorrow[0].occurred_at = agreement.plan.offset.start_of(agreement.day().next()) + 1_000;
    record(chain, &agreement, agreement.client(), &tomorrow).await?;

    let trades = recorded(chain, &agreement).await?;
    same("trades", trades.len(), 300)?;
    let other_day = chain.trades(agreement.id, agreement.day().next()).await?;
    same("trades of the next day", other_day.len(), 1)?;

    for side in Side::BOTH {
        let (lines, _) = broken(&agreement, &trades, &other_day[0], side)?;
        import(shared.of(side), &agreement, side, &lines).await?;
        confirm(shared.of(side), &agreement, side, &lines).await?;
    }
    let day = settled(chain, &agreement).await?;
    same("obligation", day.obligation, Some(owed_for(&requests)))?;
    let day_after = repaired(chain, &agreement).await?;
    for (side, summary) in [
        (Side::Debit, day_after.debit),
        (Side::Credit, day_after.credit),
    ] {
        let (_, expected) = broken(&agreement, &trades, &other_day[0], side)?;
        same(
            "causes",
            causes(chain, &agreement, side).await?,
            expected.clone(),
        )?;
        let breaks = expected.values().sum();
        same("side", summary.status, SideStatus::Repaired { breaks })?;
        every_correction_is_right(chain, &agreement, &trades, side).await?;
        same(
            "suspense",
            suspense(shared.of(side), &agreement, side).await?,
            4,
        )?;
        let shell = Shell::new(shared.of(side).url(), agreement.party(side));
        every_break_is_exported(&shell, &agreement, &trades, side, &expected).await?;
    }
    paid_once(chain, &agreement, since, owed_for(&requests)).await
}

/// No trades, but an entry in the bank's ledger: proven as not on chain, moved to suspense.
pub async fn a_day_without_trades_proves_the_entry_in_the_banks_ledger(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(
        chain,
        Wish {
            credit_source: Source::Ledger,
            ..Wish::default()
        },
    )
    .await?;
    let lines = [stranger(&agreement)?];
    import(shared.bank(), &agreement, Side::Credit, &lines).await?;
    confirm(shared.bank(), &agreement, Side::Credit, &lines).await?;
    let day = settled(chain, &agreement).await?;
    same("trades", day.trades, 0)?;
    same("obligation", day.obligation, Some(0))?;
    let day = repaired(chain, &agreement).await?;
    same(
        "bank",
        day.credit.status,
        SideStatus::Repaired { breaks: 1 },
    )?;
    let expected = BTreeMap::from([(Cause::NotOnChain, 1)]);
    same(
        "causes",
        causes(chain, &agreement, Side::Credit).await?,
        expected,
    )?;
    same(
        "suspense",
        suspense(shared.bank(), &agreement, Side::Credit).await?,
        1,
    )
}

/// A ledger with every kind of break, and how many there are of each.
fn broken(
    agreement: &TestAgreement,
    trades: &[Trade],
    other_day: &Trade,
    side: Side,
) -> Result<(Vec<LedgerEntry>, BTreeMap<Cause, u32>)> {
    let mut lines: Vec<Option<LedgerEntry>> =
        right_ledger(trades, side).into_iter().map(Some).collect();
    let mut counts = BTreeMap::new();
    let mut position = side as usize;
    let mut wrong =
        |cause: Cause, product: u32, change: &dyn Fn(&Trade, &mut LedgerEntry)| -> Result<()> {
            // Apart from each other, and over both pages.
            position += 23;
            while trades[position].product != product {
                position += 1;
            }
            let line = lines[position]
                .as_mut()
                .context("each position is used once")?;
            change(&trades[position], line);
            *counts.entry(cause).or_insert(0) += 1;
            Ok(())
        };
    let beyond = |trade: &Trade| TradeId {
        sequence: trade.id.sequence + 100_000,
        ..trade.id
    };
    wrong(Cause::WrongId, SHARED, &|trade, line| {
        line.id = Some(beyond(trade))
    })?;
    wrong(Cause::WrongReference, SHARED, &|_, line| {
        line.reference = Reference([9; 16])
    })?;
    wrong(Cause::WrongUser, SHARED, &|_, line| {
        line.user = UserId([b'x'; 16])
    })?;
    wrong(Cause::WrongProduct, SHARED, &|_, line| line.product = SPLIT)?;
    wrong(Cause::WrongTime, SHARED, &|_, line| {
        line.occurred_at += 1_000
    })?;
    wrong(Cause::GrossBooked, SHARED, &|trade, line| {
        line.amount = trade.gross
    })?;
    wrong(Cause::OtherSide, SHARED, &|trade, line| {
        line.amount = trade.amount(side.other())
    })?;
    wrong(Cause::OlderTerms, SPLIT, &|trade, line| {
        line.amount = older(trade, side)
    })?;
    wrong(Cause::UnitScale, SHARED, &|_, line| line.amount *= 100)?;
    wrong(Cause::RoundingDifference, SHARED, &|_, line| {
        line.amount += 1
    })?;
    wrong(Cause::OtherAmount, SHARED, &|_, line| line.amount += 4_711)?;
    let missing = 290 + side as usize;
    lines[missing] = None;
    counts.insert(Cause::Missing, 1);

    let mut lines: Vec<LedgerEntry> = lines.into_iter().flatten().collect();
    lines.push(right_line(&trades[5], side));
    counts.insert(Cause::Duplicate, 1);
    lines.push(right_line(other_day, side));
    counts.insert(Cause::OtherDay, 1);
    lines.push(stranger(agreement)?);
    counts.insert(Cause::NotOnChain, 1);
    let mut unmatched = right_line(&trades[6], side);
    unmatched.amount += 77;
    lines.push(unmatched);
    counts.insert(Cause::NotMatched, 1);
    Ok((lines, counts))
}

/// The side's amount of a trade by the older version of its terms.
fn older(trade: &Trade, side: Side) -> u128 {
    let all = products(counterfoil_primitives::BusinessDay(30));
    let terms = all
        .iter()
        .find(|(product, _)| *product == trade.product)
        .map(|(_, versions)| versions[0].1)
        .unwrap_or_default();
    debug_assert!(matches!(terms.debit, DebitRule::Own(_)));
    terms.amounts(trade.gross).of(side)
}

/// For each proven break the chain has recorded what is right by the trade.
async fn every_correction_is_right(
    chain: &Chain,
    agreement: &TestAgreement,
    trades: &[Trade],
    side: Side,
) -> Result<()> {
    let breaks = chain.breaks(agreement.side_id(side)).await?;
    for slot in breaks.slots {
        let trade = &trades[slot.position as usize];
        same("correction", slot.right, trade.entry(side))?;
        ensure!(slot.found != Some(slot.right), "a break that is none");
    }
    Ok(())
}

/// The export of a side's breaks has each of them, with its cause and the right amount; that of the suspense
/// list has its entries.
async fn every_break_is_exported(
    shell: &Shell,
    agreement: &TestAgreement,
    trades: &[Trade],
    side: Side,
    expected: &BTreeMap<Cause, u32>,
) -> Result<()> {
    let rows = exported(shell, "breaks", agreement, side).await?;
    let mut causes = BTreeMap::new();
    for row in &rows {
        let cause: Cause = serde_json::from_value(row["cause"].clone())?;
        *causes.entry(cause).or_insert(0) += 1;
        if let Some(position) = row["position"].as_u64() {
            let right = amount_text(trades[position as usize].amount(side));
            same(
                "right amount",
                row["right_amount"].as_str(),
                Some(right.as_str()),
            )?;
        }
    }
    same("exported causes", &causes, expected)?;
    let suspended = exported(shell, "suspense", agreement, side).await?;
    same("exported suspense", suspended.len(), 4)
}

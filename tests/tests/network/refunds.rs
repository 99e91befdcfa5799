//! Days on which customers get money back.

mod desk;

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    refund::RefundedPayment, summary::SideStatus, Amount, Amounts, BusinessDay, Cause, Kind,
    KindTotals, LedgerEntry, ProductId, Side, Source, Trade,
};
use counterfoil_tests::world::{causes, paid_once, repaired, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{current_terms, Wish, AMEND_DAYS, KEPT, SHARED, SPLIT},
    book,
    cli::{on_day, Shell},
    clock::day_text,
    ledger::{confirm, has_line, import, right_line},
    money::{balance, issue},
    two_days,
};
use desk::{refund, sale, Desk};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};

/// The least time to the cut-off of the day before.
const AHEAD: Duration = Duration::from_secs(75);
/// The same where the agreement is changed once more.
const AHEAD_OF_END: Duration = Duration::from_secs(100);
/// What a company has before it pays.
const FUNDS: Amount = 1_000_000_000;
/// What each payment comes to, in minor units.
const PAID: Amount = 100_003;

/// What a refund of a payment should come to, as the terms of these scenarios say.
fn given_back(product: ProductId, gross: Amount) -> Result<Amounts> {
    if product == KEPT {
        return Ok(Amounts {
            debit: gross,
            credit: 0,
        });
    }
    let terms = current_terms(product)?;
    let (old, new) = (terms.amounts(PAID), terms.amounts(PAID - gross));
    Ok(Amounts {
        debit: old.debit - new.debit,
        credit: old.credit - new.credit,
    })
}

/// The refund of a gross amount for a product.
fn refund_of(trades: &[Trade], product: ProductId, gross: Amount) -> Result<&Trade> {
    let mut refunds = trades.iter().filter(|trade| trade.kind == Kind::Refund);
    refunds
        .find(|trade| (trade.product, trade.gross) == (product, gross))
        .with_context(|| format!("no refund of {gross} for product {product}"))
}

/// A day with payments and refunds: in part and whole, with the fee given back and with the fee kept,
/// and one of a payment of the day before. In the ledgers, lines of refunds have the ids or references
/// of their payments, and the bank's has none where it keeps its fee; one line books a refund as a
/// payment. That is the only break; it is repaired, and the company pays what the day comes to.
pub async fn a_day_with_refunds_is_reconciled_and_its_rest_is_paid(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: AHEAD,
        debit_source: Source::Ledger,
        credit_source: Source::Ledger,
        ..Wish::default()
    };
    let [before, agreement] = two_days::make(chain, wish).await?;
    let since = chain.finalized_number().await?;
    let desk = Desk::new(chain, &before)?;
    desk.record(chain, &before, &[sale("Y-1", SPLIT)]).await?;
    let lines = [
        sale("P-1", SHARED),
        sale("P-2", SPLIT),
        sale("P-3", KEPT),
        sale("P-4", SHARED),
        sale("P-5", KEPT),
        refund("R-1", "P-1", SHARED, 40_001),
        refund("R-2", "P-2", SPLIT, PAID),
        refund("R-3", "P-3", KEPT, 30_000),
        refund("R-4", "P-5", KEPT, PAID),
        refund("R-5", "Y-1", SPLIT, 70_007),
    ];
    let trades = desk.record(chain, &agreement, &lines).await?;
    for line in lines.iter().filter(|line| !line.original.is_empty()) {
        let trade = refund_of(&trades, line.product, line.gross)?;
        let found = Amounts {
            debit: trade.debit,
            credit: trade.credit,
        };
        same(line.id, found, given_back(line.product, line.gross)?)?;
    }
    let refunded = chain
        .refunded_payments(agreement.id, agreement.day(), trades.len())
        .await?;
    same("links", refunded.len(), 5)?;

    let wrong = refund_of(&trades, SHARED, 40_001)?;
    for side in Side::BOTH {
        let mut lines = ledger(&trades, &refunded, side)?;
        if side == Side::Credit {
            // Without its own id or reference it could be a second line of the payment.
            let line = lines
                .iter_mut()
                .find(|line| line.kind == Kind::Refund && line.amount == wrong.credit)
                .context("the bank's ledger lacks the refund")?;
            *line = LedgerEntry {
                kind: Kind::Payment,
                ..right_line(wrong, side)
            };
        }
        import(shared.of(side), &agreement, side, &lines).await?;
        confirm(shared.of(side), &agreement, side, &lines).await?;
    }
    let day = settled(chain, &agreement).await?;
    let totals = book::totals(&trades);
    same("payments", day.payments, totals.payments)?;
    same("refunds", day.refunds, totals.refunds)?;
    let owed = totals.obligation();
    same("obligation", day.obligation, Some(owed))?;
    paid_once(chain, &agreement, since, owed).await?;

    let day = repaired(chain, &agreement).await?;
    let bank = SideStatus::Repaired { breaks: 1 };
    same("bank", day.credit.status, bank)?;
    same("company", day.debit.commitment, day.debit.chain)?;
    for (side, expected) in [
        (Side::Debit, BTreeMap::new()),
        (Side::Credit, BTreeMap::from([(Cause::WrongKind, 1)])),
    ] {
        same("causes", causes(chain, &agreement, side).await?, expected)?;
        book::equals(shared.of(side), &agreement, side, &trades).await?;
    }
    Ok(())
}

/// A side's ledger as core systems have it: nothing where nothing is booked, and the lines of refunds by
/// the ids or the references of their payments.
fn ledger(trades: &[Trade], refunded: &[RefundedPayment], side: Side) -> Result<Vec<LedgerEntry>> {
    let mut lines = Vec::new();
    let booked = (0..).zip(trades).filter(|(_, trade)| has_line(trade, side));
    for (position, trade) in booked {
        let mut line = right_line(trade, side);
        if trade.kind == Kind::Refund {
            let payment = refunded
                .iter()
                .find(|payment| payment.position == position)
                .context("a refund has no payment")?;
            if position % 2 == 0 {
                line.id = Some(payment.id);
            } else {
                line.id = None;
                line.reference = payment.reference;
            }
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The day after an agreement's last takes a refund of what was paid before, and no payment. Staff reads both
/// days: the last one of payments, and the one from which on nothing is taken.
pub async fn an_agreement_that_has_ended_gives_back_and_takes_no_payment(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: AHEAD_OF_END,
        ..Wish::default()
    };
    let [last, after] = two_days::make(chain, wish).await?;
    let desk = Desk::new(chain, &last)?;
    desk.record(chain, &last, &[sale("Y-1", SHARED)]).await?;
    two_days::end_before(chain, &after).await?;
    let why = desk.refused(&after, &[sale("P-1", SHARED)]).await?;
    let last_day = day_text(last.day());
    let says = format!("lies after {last_day}, the agreement's last day");
    ensure!(why.contains(&says), "a payment after the end: {why}");
    let back = refund("R-1", "Y-1", SHARED, PAID);
    let trades = desk.record(chain, &after, &[back]).await?;
    same("kind", trades[0].kind, Kind::Refund)?;
    same("given back", trades[0].gross, PAID)?;
    let shell = Shell::new(chain.url(), after.client());
    let id = after.id.to_string();
    let shown = shell
        .json(["agreement", "show", "--agreement", &id])
        .await?;
    same("last day", &shown["last_day"], &json!(last_day))?;
    let close = BusinessDay(after.day().0 + u32::from(AMEND_DAYS));
    same("close", &shown["closes"], &json!(day_text(close)))
}

/// More is given back on a day than is paid on it: the bank owes the company, and the bank's node pays
/// from what the company paid for the day before.
pub async fn a_bank_pays_for_a_day_with_more_refunds_than_payments(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: AHEAD,
        ..shared.own_institutions().await?
    };
    let [before, agreement] = two_days::make(chain, wish).await?;
    let (company, bank) = (&agreement.company, &agreement.bank);
    let since = chain.finalized_number().await?;
    let desk = Desk::new(chain, &before)?;
    let sales = [sale("Y-1", SHARED), sale("Y-2", SHARED), sale("Y-3", SPLIT)];
    let paid_before = desk.record(chain, &before, &sales).await?;
    let lines = [
        sale("P-1", SPLIT),
        refund("R-1", "Y-1", SHARED, PAID),
        refund("R-2", "Y-2", SHARED, 90_009),
    ];
    let trades = desk.record(chain, &agreement, &lines).await?;
    issue(chain, company.treasury(), FUNDS).await?;

    settled(chain, &before).await?;
    let owed_before = book::totals(&paid_before).obligation();
    paid_once(chain, &before, since, owed_before).await?;
    let day = settled(chain, &agreement).await?;
    let back = [given_back(SHARED, PAID)?, given_back(SHARED, 90_009)?];
    let refunds = KindTotals {
        count: 2,
        gross: PAID + 90_009,
        debit: back.iter().map(|amounts| amounts.debit).sum(),
        credit: back.iter().map(|amounts| amounts.credit).sum(),
    };
    same("refunds", day.refunds, refunds)?;
    let paid = current_terms(SPLIT)?.amounts(PAID);
    let owed = paid.credit as i128 - refunds.credit as i128;
    same("who owes", owed < 0, true)?;
    same("obligation", day.obligation, Some(owed))?;
    paid_once(chain, &agreement, since, owed).await?;
    let shell = Shell::new(chain.url(), agreement.client());
    let shown = shell.json(on_day("show", &agreement)).await?;
    same("payable", &shown["payable"], &json!("0"))?;
    same("owed", &shown["obligation"], &json!(owed.to_string()))?;
    let held = owed_before + owed;
    same(
        "what company and bank hold",
        (
            balance(chain, &company.treasury()).await? as i128,
            balance(chain, &bank.treasury()).await? as i128,
        ),
        (FUNDS as i128 - held, held),
    )?;
    repaired(chain, &agreement).await?;
    for side in Side::BOTH {
        book::equals(shared.of(side), &agreement, side, &trades).await?;
    }
    Ok(())
}

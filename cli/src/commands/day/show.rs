//! `day show`: the state of a business day.

use crate::{
    commands::{Context, DayArguments},
    output::{day_json, list, minor, moment_json, side_json, table, with, Rendered},
};
use anyhow::Result;
use counterfoil_client::{
    chain::views::Agreement,
    report::side_of,
    text::{side_title, status_text},
    time::moment_text,
};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    AgreementId, Side,
};
use serde_json::{json, Value as Json};

pub(super) async fn show(context: &Context, named: DayArguments) -> Result<Rendered> {
    let (at, agreement) = named.final_agreement(context).await?;
    let day = at.day(named.agreement, named.day).await?;
    Ok(Rendered::new(
        to_json(agreement.id, &day),
        to_text(&agreement, &day),
    ))
}

pub(super) const fn status_name(status: DayStatus) -> &'static str {
    match status {
        DayStatus::Open => "open",
        DayStatus::Sealed => "sealed",
        DayStatus::Reconciled => "reconciled",
        DayStatus::Settled => "settled",
    }
}

pub(super) fn to_json(agreement: AgreementId, day: &DaySummary) -> Json {
    with(
        day_json(agreement, day.day),
        json!({
            "status": status_name(day.status),
            "trades": day.trades,
            "gross": minor(day.gross),
            "debit_total": minor(day.debit_total),
            "credit_total": minor(day.credit_total),
            "cut_off_at": moment_json(Some(day.cut_off_at)),
            "preset_at": moment_json(Some(day.preset_at)),
            "deadline_at": moment_json(Some(day.deadline_at)),
            "debit": side_json(&day.debit),
            "credit": side_json(&day.credit),
            "payable": day.payable.map(minor),
            "paid_at": moment_json(day.paid_at),
        }),
    )
}

fn to_text(agreement: &Agreement, day: &DaySummary) -> String {
    let money = &agreement.money;
    let offset = agreement.offset_minutes(day.day.next());
    let when = |moment| moment_text(moment, offset);
    let head = list([
        ("agreement", agreement.id.to_string()),
        ("day", counterfoil_client::time::day_text(day.day)),
        ("status", status_name(day.status).into()),
        ("trades", day.trades.to_string()),
        ("gross", money.show(day.gross)),
        ("debit total", money.show(day.debit_total)),
        ("credit total", money.show(day.credit_total)),
        ("cut-off", when(day.cut_off_at)),
        ("preset time", when(day.preset_at)),
        ("deadline", when(day.deadline_at)),
        ("payable", payable_text(agreement, day)),
    ]);
    let rows = Side::BOTH.map(|side| {
        let found = side_of(day, side);
        let total = found
            .commitment
            .map_or("-".into(), |own| money.show(own.total));
        let remarks = remarks(found);
        vec![
            side_title(side).into(),
            status_text(&found.status),
            if remarks.is_empty() {
                "-".into()
            } else {
                remarks.join(", ")
            },
            total,
            agrees(found).into(),
        ]
    });
    let header = [
        "side",
        "status",
        "remarks",
        "committed total",
        "commitment and chain",
    ];
    format!("{head}\n{}", table(&header, rows))
}

/// What the company owes for a day, and whether it has paid.
pub(super) fn payable_text(agreement: &Agreement, day: &DaySummary) -> String {
    let money = &agreement.money;
    match (day.payable, day.paid_at) {
        (None, _) => "not known before the day is reconciled".into(),
        (Some(payable), None) if day.status == DayStatus::Settled => {
            format!("{}, nothing to pay", money.show(payable))
        }
        (Some(payable), None) => format!("{}, due", money.show(payable)),
        (Some(payable), Some(at)) => {
            let offset = agreement.offset_minutes(day.day.next());
            format!("{}, paid {}", money.show(payable), moment_text(at, offset))
        }
    }
}

/// What is remarkable about a side beside its status.
pub(super) fn remarks(side: &SideSummary) -> Vec<String> {
    let mut remarks = Vec::new();
    if side.overdue {
        remarks.push("overdue".to_owned());
    }
    if side.round > 0 {
        remarks.push("a book was rejected".to_owned());
    }
    if side.accepted_pages < side.listed_pages {
        remarks.push(format!(
            "{} of {} pages reported",
            side.accepted_pages, side.listed_pages
        ));
    }
    remarks
}

fn agrees(side: &SideSummary) -> &'static str {
    match (side.commitment, side.chain) {
        (Some(own), Some(chain)) if own == chain => "equal",
        (Some(_), Some(_)) if matches!(side.status, SideStatus::Repaired { .. }) => {
            "different; the book is equal now"
        }
        (Some(_), Some(_)) => "different",
        _ => "-",
    }
}

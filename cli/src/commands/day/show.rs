//! `day show`: the state of a business day.

use super::printed_day::{agrees, kind_text, owed_text, remarks, status_name};
use crate::{
    commands::{timing_differences::DayTiming, Context, DayArguments},
    output::{
        day_json, kind_totals_json, minor, moment_json, names_and_values, side_json, table, with,
        Rendered,
    },
};
use anyhow::Result;
use counterfoil_client::{
    chain::views::Agreement,
    obligations::words::{days_text, rail_name, rail_text},
    report::side_of,
    text::{side_title, totals_text},
    time::{day_text, moment_text},
};
use counterfoil_primitives::{
    settlement::Rail, summary::DaySummary, timing::status_words, written::due, Amount, Side,
    SignedAmount,
};
use serde_json::{json, Value as Json};

pub(super) async fn show(context: &Context, named: DayArguments) -> Result<Rendered> {
    let (at, agreement) = named.final_agreement(context).await?;
    let day = at.day(named.agreement, named.day).await?;
    let timing = DayTiming::of_day(&at, agreement.id, &day).await?;
    Ok(Rendered::new(
        to_json(&agreement, &day, timing),
        to_text(&agreement, &day, timing),
    ))
}

pub(super) fn to_json(agreement: &Agreement, day: &DaySummary, timing: DayTiming) -> Json {
    let rail = rail_of(agreement, day);
    with(
        day_json(agreement.id, day.day),
        json!({
            "status": status_name(day.status),
            "trades": day.trades,
            "gross": minor(day.payments.gross),
            "debit_total": minor(day.payments.debit),
            "credit_total": minor(day.payments.credit),
            "payments": kind_totals_json(&day.payments),
            "refunds": kind_totals_json(&day.refunds),
            "cut_off_at": moment_json(Some(day.cut_off_at)),
            "due_on": day_text(day.due_with.next()),
            "preset_at": moment_json(Some(day.preset_at)),
            "deadline_at": moment_json(Some(day.deadline_at)),
            "debit": side_json(&day.debit, timing.of(Side::Debit)),
            "credit": side_json(&day.credit, timing.of(Side::Credit)),
            "payable": day.obligation.map(payable).map(minor),
            "obligation": day.obligation.map(|owed| owed.to_string()),
            "period": {
                "first": day_text(day.period.first),
                "last": day_text(day.period.last),
            },
            "rail": rail.map(rail_name),
            "asset": rail.and_then(|rail| rail.asset()),
            "paid_at": moment_json(day.paid_at),
        }),
    )
}

pub(super) fn to_text(agreement: &Agreement, day: &DaySummary, timing: DayTiming) -> String {
    let money = &agreement.money;
    let offset = agreement.offset_minutes(day.day.next());
    let when = |moment| moment_text(moment, offset);
    let due_offset = agreement.offset_minutes(day.due_with.next());
    let when_due = |moment| moment_text(moment, due_offset);
    let head = names_and_values([
        ("agreement", agreement.id.to_string()),
        ("day", day_text(day.day)),
        ("status", status_name(day.status).into()),
        ("payments", kind_text(&day.payments, money)),
        ("refunds", kind_text(&day.refunds, money)),
        ("cut-off", when(day.cut_off_at)),
        ("due", due::words(day.day, day.due_with)),
        ("preset time", when_due(day.preset_at)),
        ("deadline", when_due(day.deadline_at)),
        ("obligation", owed_text(agreement, day)),
        ("paid together", days_text(day.period)),
        (
            "paid how",
            rail_of(agreement, day).map_or_else(|| "-".into(), rail_text),
        ),
    ]);
    let rows = Side::BOTH.map(|side| {
        let found = side_of(day, side);
        let total = found
            .commitment
            .map_or("-".into(), |own| totals_text(&own.totals, money));
        let remarks = remarks(found);
        vec![
            side_title(side).into(),
            status_words(&found.status, timing.of(side)),
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

/// How the money of a day moves; `None` for a day before the agreement's first.
fn rail_of(agreement: &Agreement, day: &DaySummary) -> Option<Rail> {
    let conditions = agreement.view.conditions_on(day.day)?;
    Some(conditions.rail)
}

/// What the company owes: nothing where the bank owes.
fn payable(obligation: SignedAmount) -> Amount {
    Amount::try_from(obligation).unwrap_or_default()
}

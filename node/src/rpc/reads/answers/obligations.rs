//! What is owed for settlement periods.

use super::{
    super::{
        arguments::{Arguments, DAY},
        at::At,
        page,
        refusal::NOT_THERE,
        schema::{Field, Schema},
        written::{date, moment, money, owed, with},
    },
    agreements::{rail, rail_schema},
};
use counterfoil_primitives::{
    awaited_of_day::of_payment,
    settlement::{Declaration, ObligationView, Release, Waiting},
    written::Denomination,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of what is owed and not paid, the oldest first.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let by = agreement.denomination();
    let found = at.source.unpaid_obligations(at.block.hash, of.agreement)?;
    let pages = page::json(found.len(), of);
    let shown = page::of_list(found, of).map(|view| obligation(&view, &by));
    let head = json!({
        "agreement": of.agreement,
        "currency": agreement.currency.as_str(),
        "obligations": shown.collect::<Vec<_>>(),
    });
    Ok(with(head, pages))
}

/// What is owed for the settlement period of a day.
pub fn show(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let found = at.source.obligation(at.block.hash, of.agreement, of.day)?;
    let view = found.ok_or_else(|| {
        NOT_THERE.of(
            Some(DAY.name),
            format!("nothing is known to be owed for {} yet", date(of.day)),
            "ask again once a day of its settlement period is reconciled",
        )
    })?;
    Ok(obligation(&view, &agreement.denomination()))
}

fn obligation(view: &ObligationView, by: &Denomination<'_>) -> Json {
    let of_period = &view.obligation;
    let days = view.days.iter();
    let days =
        days.map(|(day, of_day)| json!({ "day": date(*day), "obligation": owed(*of_day, by) }));
    let declarations = view.declarations.iter();
    let declarations = declarations.map(|declared| declaration(declared, by));
    json!({
        "agreement": view.agreement,
        "first": date(view.period.first),
        "last": date(view.period.last),
        "days": days.collect::<Vec<_>>(),
        "days_missing": view.period.days().saturating_sub(of_period.days),
        "obligation": owed(of_period.amount, by),
        "debtor": view.debtor,
        "creditor": view.creditor,
        "rail": rail(of_period.rail),
        "asset": of_period.rail.asset(),
        "release": release(of_period.release),
        "due_since": of_period.due_since.map(moment),
        "paid": money(of_period.paid, by),
        "left": money(of_period.left(), by),
        "paid_at": of_period.paid_at.map(moment),
        "waiting": view.waiting.map(|why| waiting(&why, by)),
        "declarations": declarations.collect::<Vec<_>>(),
    })
}

fn declaration(declared: &Declaration, by: &Denomination<'_>) -> Json {
    json!({
        "number": declared.number,
        "amount": money(declared.amount, by),
        "value_date": date(declared.value_date),
        "reference": declared.reference.as_str(),
        "declared_at": moment(declared.declared_at),
        "received": declared.received.map(|received| money(received, by)),
        "returned": money(declared.returned, by),
    })
}

/// How the payment for a settlement period stands: what is left, why, and who has to act.
pub(super) fn payment(view: &ObligationView, by: &Denomination<'_>) -> Json {
    json!({
        "left": money(view.obligation.left(), by),
        "due_since": view.obligation.due_since.map(moment),
        "waiting": view.waiting.map(|why| waiting(&why, by)),
        "awaited": of_payment(view),
    })
}

fn waiting(why: &Waiting, by: &Denomination<'_>) -> Json {
    json!({ "reason": why.name(), "amount": why.amount().map(|amount| money(amount, by)) })
}

/// Whether the payment needs a word of the debtor's staff.
const fn release(release: Release) -> &'static str {
    match release {
        Release::NotNeeded => "not_needed",
        Release::Awaited => "awaited",
        Release::Given { .. } => "given",
    }
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        (
            "currency",
            Schema::text(),
            "The ISO 4217 code of all amounts.",
        ),
        (
            "obligations",
            show_schema().list(),
            "The oldest first; at most 512 on all pages.",
        ),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

/// The schema of [`show`].
pub fn show_schema() -> Schema {
    let day = Schema::object([
        ("day", Schema::date(), "A reconciled day of the period."),
        ("obligation", Schema::amount(), "What is owed for it."),
    ]);
    Schema::object([
        ("agreement", Schema::number(), "The agreement's number."),
        ("first", Schema::date(), "The period's first day."),
        ("last", Schema::date(), "The period's last day."),
        ("days", day.list(), "Its days that are reconciled."),
        ("days_missing", Schema::number(), "Its days that are not."),
        (
            "obligation",
            Schema::amount(),
            "What the company owes; below zero, the bank owes.",
        ),
        (
            "debtor",
            Schema::number().or_null(),
            "Who owes; null where nothing is owed.",
        ),
        (
            "creditor",
            Schema::number().or_null(),
            "Who is owed; null where nothing is owed.",
        ),
        ("rail", rail_schema(), "How the money moves."),
        (
            "asset",
            Schema::number().or_null(),
            "The asset, where it moves in one.",
        ),
        (
            "release",
            Schema::names_of(release),
            "Whether the debtor's staff has to release it.",
        ),
        (
            "due_since",
            Schema::moment().or_null(),
            "When its last day was reconciled.",
        ),
        ("paid", Schema::amount(), "What was paid."),
        ("left", Schema::amount(), "What is left to pay."),
        (
            "paid_at",
            Schema::moment().or_null(),
            "When nothing was left to pay.",
        ),
        (
            "waiting",
            waiting_schema().or_null(),
            "Why it is not paid; null where it is or can be.",
        ),
        (
            "declarations",
            declaration_schema().list(),
            "Payments outside the chain.",
        ),
    ])
}

/// The keys of [`payment`].
pub(super) fn payment_fields() -> [Field; 4] {
    [
        ("left", Schema::amount(), "What is left to pay."),
        (
            "due_since",
            Schema::moment().or_null(),
            "When its last day was reconciled.",
        ),
        (
            "waiting",
            waiting_schema().or_null(),
            "Why it is not paid; null where it is or can be.",
        ),
        (
            "awaited",
            Schema::number().or_null(),
            "Who has to act; null where nobody alone can, or nothing is left.",
        ),
    ]
}

/// The schema of [`waiting`].
fn waiting_schema() -> Schema {
    let reasons = Schema::names_of(|why: Waiting| why.name());
    Schema::object([
        ("reason", reasons, "Why."),
        (
            "amount",
            Schema::amount().or_null(),
            "The amount that the reason names.",
        ),
    ])
}

fn declaration_schema() -> Schema {
    Schema::object([
        ("number", Schema::number(), "Its number within the period."),
        (
            "amount",
            Schema::amount(),
            "How much the debtor says it paid.",
        ),
        (
            "value_date",
            Schema::date(),
            "When the money is at the creditor's disposal.",
        ),
        (
            "reference",
            Schema::text(),
            "What the bank's statement names it by.",
        ),
        ("declared_at", Schema::moment(), "When it was declared."),
        (
            "received",
            Schema::amount().or_null(),
            "What the creditor received; null: no answer yet.",
        ),
        ("returned", Schema::amount(), "How much of that came back."),
    ])
}

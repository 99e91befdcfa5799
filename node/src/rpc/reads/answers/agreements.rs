//! Agreements and their conditions.

use super::super::{
    arguments::Arguments,
    at::At,
    page,
    schema::{Field, Schema},
    written::{date, money, with},
};
use counterfoil_primitives::{
    settlement::{Period, Rail},
    written::{time::show_offset, Denomination},
    AgreementId, AgreementView, BusinessDay, CalendarNames, Conditions, MemberId, Source,
    TimeOfDay,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of the agreements, by number.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let mut ids = at.source.agreements(at.block.hash)?;
    ids.sort_unstable();
    let pages = page::json(ids.len(), of);
    let mut agreements = Vec::new();
    for id in page::of_list(ids, of) {
        let found = at.source.agreement(at.block.hash, id)?;
        agreements.extend(found.map(|agreement| head(at, id, &agreement)));
    }
    Ok(with(pages, json!({ "agreements": agreements })))
}

/// An agreement with all that it says.
pub fn show(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let id = of.agreement;
    let agreement = at.agreement(id)?;
    let calendars = at.source.agreement_calendars(at.block.hash, id)?;
    let successors = at.source.successors(at.block.hash, id)?;
    let body = body(&agreement, &calendars, &successors);
    Ok(with(head(at, id, &agreement), body))
}

/// What a list has of an agreement.
fn head(at: &At<'_>, id: AgreementId, agreement: &AgreementView) -> Json {
    json!({
        "agreement": id,
        "bank": agreement.bank,
        "company": agreement.company,
        "currency": agreement.currency.as_str(),
        "decimals": agreement.decimals,
        "first_day": date(agreement.first_day),
        "last_day": agreement.end.map(|end| date(end.previous())),
        "closes": agreement.close().map(date),
        "today": agreement.day_of(at.now).map(date),
    })
}

fn body(
    agreement: &AgreementView,
    calendars: &[(BusinessDay, CalendarNames)],
    successors: &[(MemberId, MemberId)],
) -> Json {
    let by = agreement.denomination();
    let reconcilers = agreement
        .reconcilers
        .iter()
        .map(|(from, member)| json!({ "from": date(*from), "reconciler": member }));
    let conditions = agreement.conditions.iter();
    let conditions = conditions.map(|(from, of_day)| conditions_json(*from, of_day, &by));
    let calendars = calendars.iter().map(|(from, names)| {
        let names: Vec<_> = names.iter().map(|name| name.as_str()).collect();
        json!({ "from": date(*from), "calendars": names })
    });
    let successors = successors
        .iter()
        .map(|(client, successor)| json!({ "client": client, "successor": successor }));
    json!({
        "reconcilers": reconcilers.collect::<Vec<_>>(),
        "clients": agreement.clients,
        "suspended": agreement.suspended,
        "successors": successors.collect::<Vec<_>>(),
        "caps": { "pages": agreement.caps.pages, "extras": agreement.caps.extras },
        "max_gross": agreement.max_gross.map(|most| money(most, &by)),
        "deadline_minutes": agreement.deadline_minutes,
        "max_late_minutes": agreement.max_late_minutes,
        "refund_days": agreement.refund_days,
        "amend_days": agreement.amend_days,
        "answer_days": agreement.answer_days,
        "conditions": conditions.collect::<Vec<_>>(),
        "calendars": calendars.collect::<Vec<_>>(),
    })
}

fn conditions_json(from: BusinessDay, of: &Conditions, by: &Denomination<'_>) -> Json {
    let limits = of.client_limits.map(|limits| {
        json!({ "payments": money(limits.payments, by), "refunds": money(limits.refunds, by) })
    });
    json!({
        "from": date(from),
        "utc_offset": show_offset(of.utc_offset),
        "cut_off": time_of_day(of.cut_off),
        "preset": time_of_day(of.preset),
        "debit_source": of.debit_source.name(),
        "credit_source": of.credit_source.name(),
        "period": of.period.name(),
        "rail": rail(of.rail),
        "asset": of.rail.asset(),
        "client_limits": limits,
    })
}

/// How the money moves.
pub const fn rail(rail: Rail) -> &'static str {
    match rail {
        Rail::Asset(_) => "asset",
        Rail::External => "external",
    }
}

/// The schema of [`rail`].
pub fn rail_schema() -> Schema {
    Schema::names_of(rail)
}

fn time_of_day(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let agreements = [(
        "agreements",
        Schema::object(head_fields()).list(),
        "By number.",
    )];
    Schema::object(page::fields().into_iter().chain(agreements))
}

/// The schema of [`show`].
pub fn show_schema() -> Schema {
    Schema::object(head_fields().into_iter().chain(body_fields()))
}

fn head_fields() -> [Field; 9] {
    [
        ("agreement", Schema::number(), "Its number."),
        ("bank", Schema::number(), "The bank's number."),
        ("company", Schema::number(), "The company's number."),
        (
            "currency",
            Schema::text(),
            "The ISO 4217 code of all its amounts.",
        ),
        (
            "decimals",
            Schema::number(),
            "Decimal places of the minor unit.",
        ),
        (
            "first_day",
            Schema::date(),
            "The first day that reconciles.",
        ),
        (
            "last_day",
            Schema::date().or_null(),
            "The last day of payments, where it ends.",
        ),
        (
            "closes",
            Schema::date().or_null(),
            "From when on it takes no refunds and amendments.",
        ),
        (
            "today",
            Schema::date().or_null(),
            "Today by its clock; null before its first day.",
        ),
    ]
}

fn body_fields() -> [Field; 13] {
    let reconciler = Schema::object([
        ("from", Schema::date(), "The first day."),
        (
            "reconciler",
            Schema::number(),
            "Who reconciles from then on.",
        ),
    ]);
    let successor = Schema::object([
        ("client", Schema::number(), "The client that recorded."),
        ("successor", Schema::number(), "Who gives back, too."),
    ]);
    let caps = Schema::object([
        ("pages", Schema::number(), "Wrong pages."),
        ("extras", Schema::number(), "Entries on no position."),
    ]);
    let calendars = Schema::object([
        ("from", Schema::date(), "The first day."),
        ("calendars", Schema::text().list(), "Their names."),
    ]);
    let minutes = Schema::number;
    [
        (
            "reconcilers",
            reconciler.list(),
            "Who reconciles, by first day.",
        ),
        ("clients", Schema::number().list(), "Who may record trades."),
        (
            "suspended",
            Schema::number().list(),
            "The clients that record nothing.",
        ),
        (
            "successors",
            successor.list(),
            "Who gives back from what a client recorded.",
        ),
        ("caps", caps, "How much of a book may be wrong."),
        (
            "max_gross",
            Schema::amount().or_null(),
            "The largest trade; null: as the chain allows.",
        ),
        (
            "deadline_minutes",
            minutes(),
            "From the preset time to the deadline.",
        ),
        (
            "max_late_minutes",
            minutes(),
            "How long after a cut-off a late trade is taken.",
        ),
        (
            "refund_days",
            Schema::number(),
            "Days in which a payment can be given back.",
        ),
        (
            "amend_days",
            Schema::number(),
            "Days in which a trade can be amended.",
        ),
        (
            "answer_days",
            Schema::number(),
            "Days in which a proposal can be answered.",
        ),
        (
            "conditions",
            conditions_schema().list(),
            "The conditions, by first day.",
        ),
        (
            "calendars",
            calendars.list(),
            "The calendars, by first day.",
        ),
    ]
}

fn conditions_schema() -> Schema {
    let limits = Schema::object([
        ("payments", Schema::amount(), "Of payments."),
        ("refunds", Schema::amount(), "Of refunds."),
    ]);
    let source = || Schema::names_of(Source::name);
    Schema::object([
        ("from", Schema::date(), "The first day."),
        (
            "utc_offset",
            Schema::text(),
            "How local time differs from UTC, like `+01:00`.",
        ),
        (
            "cut_off",
            Schema::text(),
            "The local time on T+1 until which a day takes trades.",
        ),
        (
            "preset",
            Schema::text(),
            "The local time at which a day is reconciled.",
        ),
        ("debit_source", source(), "What the company's book is."),
        ("credit_source", source(), "What the bank's book is."),
        (
            "period",
            Schema::names_of(Period::name),
            "Which days one payment covers.",
        ),
        ("rail", rail_schema(), "How the money moves."),
        (
            "asset",
            Schema::number().or_null(),
            "The asset, where it moves in one.",
        ),
        (
            "client_limits",
            limits.or_null(),
            "A client's daily limits, by the bank's amounts.",
        ),
    ])
}

//! Trades and entries.

use super::super::{
    arguments::Arguments,
    at::At,
    page,
    schema::{Field, Schema},
    written::{date, moment, money, trade_id, with},
};
use counterfoil_primitives::{
    tree::PAGE_SIZE,
    written::{label, Denomination},
    Entry, Kind, Link, Relation, Trade,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;

/// A page of the trades of a day, by position.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let mut trades = Vec::new();
    // Behind the last page the chain is not asked: such a number need not fit its positions.
    if of.page < day.trades.div_ceil(PAGE_SIZE) {
        let (hash, page) = (at.block.hash, of.page);
        let found = at.source.trades(hash, of.agreement, of.day, page)?;
        let linked = match found.iter().any(Trade::may_be_linked) {
            true => at.source.links(hash, of.agreement, of.day, page)?,
            false => Vec::new(),
        };
        let linked: BTreeMap<u32, Link> = linked.into_iter().collect();
        let found = (page * PAGE_SIZE..).zip(&found);
        trades.extend(found.map(|(position, trade)| {
            let links = links(trade, linked.get(&position), &by);
            with(trade_json(position, trade, &by), links)
        }));
    }
    let head = json!({ "agreement": of.agreement, "day": date(of.day), "trades": trades });
    Ok(with(head, page::json(day.trades as usize, of)))
}

pub(super) fn trade_json(position: u32, trade: &Trade, by: &Denomination<'_>) -> Json {
    json!({
        "position": position,
        "id": trade_id(&trade.id),
        "kind": trade.kind.name(),
        "reference": label::show_reference(&trade.reference),
        "user": label::show_user(&trade.user),
        "product": trade.product,
        "gross": money(trade.gross, by),
        "debit": money(trade.debit, by),
        "credit": money(trade.credit, by),
        "occurred_at": moment(trade.occurred_at),
        "terms_version": trade.terms_version,
    })
}

fn links(trade: &Trade, link: Option<&Link>, by: &Denomination<'_>) -> Json {
    let refund = link.filter(|link| link.relation == Relation::Refund);
    json!({
        "relation": link.map(|link| link.relation.name()),
        "original": link.map(|link| original(link, by)),
        "refund_of": refund.map(|link| original(link, by)),
        "amendment": trade.id.is_of_amendment().then_some(trade.id.sequence),
    })
}

fn original(link: &Link, by: &Denomination<'_>) -> Json {
    json!({
        "id": trade_id(&link.original.id),
        "day": date(link.original.day),
        "position": link.original.position,
        "paid": money(link.paid, by),
        "refunded_before": money(link.refunded_before, by),
    })
}

/// A side's half of a trade.
pub fn entry(entry: &Entry, by: &Denomination<'_>) -> Json {
    json!({
        "id": trade_id(&entry.id),
        "kind": entry.kind.name(),
        "reference": label::show_reference(&entry.reference),
        "user": label::show_user(&entry.user),
        "product": entry.product,
        "amount": money(entry.amount, by),
        "occurred_at": moment(entry.occurred_at),
    })
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        ("day", Schema::date(), "The business day."),
        ("trades", trade_schema().list(), "By position."),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

fn trade_schema() -> Schema {
    let relations = Schema::names_of(Relation::name);
    let links: [Field; 4] = [
        (
            "relation",
            relations.or_null(),
            "What it is to the payment it follows from.",
        ),
        ("original", original_schema().or_null(), "That payment."),
        (
            "refund_of",
            original_schema().or_null(),
            "The same, of a client's refund.",
        ),
        (
            "amendment",
            Schema::number().or_null(),
            "Its sequence, where an amendment booked it.",
        ),
    ];
    Schema::object(trade_fields().into_iter().chain(links))
}

/// The keys of [`trade_json`].
pub(super) fn trade_fields() -> [Field; 11] {
    [
        ("position", Schema::number(), "Its position on the day."),
        (
            "id",
            Schema::text(),
            "Its id: `1/42`, or `amendment 17` where an amendment booked it.",
        ),
        (
            "kind",
            kind_schema(),
            "Whether the user paid or got money back.",
        ),
        (
            "reference",
            Schema::text(),
            "What it carries elsewhere: a UUID, a text, or 0x and digits.",
        ),
        ("user", Schema::text(), "The payer."),
        ("product", Schema::number(), "What was bought."),
        ("gross", Schema::amount(), "What the user paid or got back."),
        ("debit", Schema::amount(), "The company's amount."),
        ("credit", Schema::amount(), "The bank's amount."),
        ("occurred_at", Schema::moment(), "When it completed."),
        (
            "terms_version",
            Schema::number(),
            "The version of the terms that gave the amounts.",
        ),
    ]
}

fn original_schema() -> Schema {
    Schema::object([
        ("id", Schema::text(), "The payment's id."),
        ("day", Schema::date(), "Its day."),
        ("position", Schema::number(), "Its position on that day."),
        ("paid", Schema::amount(), "What was paid."),
        (
            "refunded_before",
            Schema::amount(),
            "What had been given back of it before.",
        ),
    ])
}

pub(super) fn kind_schema() -> Schema {
    Schema::names_of(Kind::name)
}

/// The schema of [`entry`].
pub fn entry_schema() -> Schema {
    Schema::object([
        (
            "id",
            Schema::text(),
            "The trade's id; `0/0` in a line that names none.",
        ),
        (
            "kind",
            kind_schema(),
            "Whether it is of a payment or of a refund.",
        ),
        (
            "reference",
            Schema::text(),
            "The reference of the payment or refund.",
        ),
        ("user", Schema::text(), "The payer."),
        ("product", Schema::number(), "What was bought."),
        ("amount", Schema::amount(), "The side's amount."),
        (
            "occurred_at",
            Schema::moment(),
            "When the payment or refund completed.",
        ),
    ])
}

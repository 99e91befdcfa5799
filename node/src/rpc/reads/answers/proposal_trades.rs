//! The trades that a proposal names, and what it states of them.

use super::{
    super::{
        arguments::{Arguments, NUMBER},
        at::At,
        page,
        refusal::NOT_THERE,
        schema::Schema,
        written::{moment, money, with},
    },
    proposals::find,
    trades::{trade_fields, trade_json},
};
use counterfoil_primitives::{
    amendment::{Content, Correction, MissingPayment},
    tree::PAGE_SIZE,
    written::{label, Denomination},
    BusinessDay, Trade,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of what a proposal names. Trades of a day come by its pages: on the nth page of an answer are those
/// of the nth page of the day on which any is named, so a page may have few of them.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let by = agreement.denomination();
    let (proposal, content) = find(at, of)?;
    let content = content.ok_or_else(|| {
        NOT_THERE.of(
            Some(NUMBER.name),
            format!("proposal {} is completed, and its content is gone", of.number),
            "name a block before that; counterfoil_trades shows what it booked, on the days of then",
        )
    })?;
    let count = proposal.stated.count();
    let (pages, named) = match &content {
        Content::Supplement { payments } => {
            let on_page = page::of_list(payments.to_vec(), of);
            let named = on_page.map(|payment| supplement(&payment, &by));
            (count.div_ceil(PAGE_SIZE), named.collect())
        }
        Content::Cancel { day, .. } | Content::Replace { day, .. } => {
            let pages = content
                .selection()
                .map_or_else(Vec::new, |selection| selection.pages());
            let named = match pages.get(of.page as usize) {
                Some(page) => on_day_page(at, of, &content, *day, *page, &by)?,
                None => Vec::new(),
            };
            (pages.len() as u32, named)
        }
    };
    Ok(json!({
        "agreement": of.agreement,
        "number": of.number,
        "count": count,
        "page": of.page,
        "pages": pages,
        "named": named,
    }))
}

/// What is named on a page of a day.
fn on_day_page(
    at: &At<'_>,
    of: &Arguments,
    content: &Content,
    day: BusinessDay,
    page: u32,
    by: &Denomination<'_>,
) -> RpcResult<Vec<Json>> {
    let Some(selection) = content.selection() else {
        return Ok(Vec::new());
    };
    let trades = at.source.trades(at.block.hash, of.agreement, day, page)?;
    let first = page.saturating_mul(PAGE_SIZE);
    let placed = (first..).zip(trades);
    let named = placed.filter(|(position, trade)| selection.names(*position, trade));
    let named = named.map(|(position, trade)| {
        let right = correction_of(content, position);
        let right = right.map(|right| corrected(right, &trade, by));
        json!({ "client": null, "trade": trade_json(position, &trade, by), "right": right })
    });
    Ok(named.collect())
}

/// What a content states of the payment on a position.
fn correction_of(content: &Content, position: u32) -> Option<&Correction> {
    let Content::Replace { corrections, .. } = content else {
        return None;
    };
    let found = corrections.binary_search_by_key(&position, |right| right.position);
    corrections.get(found.ok()?)
}

fn corrected(right: &Correction, trade: &Trade, by: &Denomination<'_>) -> Json {
    json!({
        "reference": label::show_reference(&trade.reference),
        "user": label::show_user(&right.user),
        "product": right.product,
        "gross": money(right.gross, by),
        "occurred_at": moment(right.occurred_at),
    })
}

fn supplement(payment: &MissingPayment, by: &Denomination<'_>) -> Json {
    let right = json!({
        "reference": label::show_reference(&payment.reference),
        "user": label::show_user(&payment.user),
        "product": payment.product,
        "gross": money(payment.gross, by),
        "occurred_at": moment(payment.occurred_at),
    });
    with(
        json!({ "client": payment.client, "trade": null }),
        json!({ "right": right }),
    )
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let right = Schema::object([
        ("reference", Schema::text(), "What it carries elsewhere."),
        ("user", Schema::text(), "The payer."),
        ("product", Schema::number(), "What was bought."),
        (
            "gross",
            Schema::amount(),
            "What the user paid; the other amounts follow by the terms.",
        ),
        ("occurred_at", Schema::moment(), "When it completed."),
    ]);
    let named = Schema::object([
        (
            "client",
            Schema::number().or_null(),
            "For whom a payment never recorded is to be booked.",
        ),
        (
            "trade",
            Schema::object(trade_fields()).or_null(),
            "The trade as it is recorded; null: it never was.",
        ),
        (
            "right",
            right.or_null(),
            "The payment as it is right; null: nothing is left of it.",
        ),
    ]);
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        ("number", Schema::number(), "The proposal's number."),
        ("named", named.list(), "What it names on this page."),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

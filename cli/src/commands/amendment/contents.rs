//! What drafts and proposals want: the trades that they name, and the payments that they state.

use super::printed_proposals::{evidence, evidence_text, ground, Said};
use crate::output::{
    day_totals_json, minor, names_and_values, table, trade_json, trade_row, with, TRADE_COLUMNS,
};
use counterfoil_client::{
    amendments::{words, Draft},
    local_time::Clock,
    text::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{
    amendment::{Content, Selection},
    DayTotals, Trade,
};
use serde_json::{json, Value as Json};

/// The columns of payments as they would be recorded.
const RIGHT_COLUMNS: [&str; 8] = [
    "for",
    "user",
    "product",
    "gross",
    "debit",
    "credit",
    "occurred",
    "reference",
];

impl Said<'_> {
    /// A draft, for programs.
    pub(super) fn draft_json(&self, draft: &Draft) -> Json {
        let why = json!({
            "ground": draft.ground.name(),
            "evidence": evidence(draft.evidence),
            "stated": day_totals_json(&draft.stated),
        });
        with(why, self.content_json(draft))
    }

    /// A draft, for people.
    pub(super) fn draft_text(&self, draft: &Draft) -> String {
        let head = names_and_values([
            ("ground", ground(draft.ground)),
            ("evidence", evidence_text(draft.evidence)),
            ("names", words::totals(&draft.stated, &self.agreement.money)),
        ]);
        format!("{head}\n{}", self.content_text(draft))
    }

    /// What a draft wants, for programs: its first trades and payments, and how many are left.
    pub(super) fn content_json(&self, draft: &Draft) -> Json {
        let trades = draft.named.iter().take(self.first);
        let trades = trades.map(|(position, trade)| trade_json(*position, trade));
        let right = draft.right.iter().enumerate().take(self.first);
        let right = right.map(|(index, trade)| with(place_json(draft, index), payment_json(trade)));
        json!({
            "content": content_json(&draft.content),
            "trades": trades.collect::<Vec<_>>(),
            "trades_left": draft.named.len().saturating_sub(self.first),
            "payments": right.collect::<Vec<_>>(),
            "payments_left": draft.right.len().saturating_sub(self.first),
            "payments_totals": day_totals_json(&totals(draft)),
        })
    }

    /// What a draft wants, for people.
    pub(super) fn content_text(&self, draft: &Draft) -> String {
        let money = &self.agreement.money;
        let offset_on = |day| self.agreement.offset_minutes(day);
        let clock = Clock::new(&offset_on, None);
        let mut text = format!("it {}", words::content(&draft.content));
        if !draft.named.is_empty() {
            let shown = draft.named.iter().take(self.first);
            let rows = shown.map(|(position, trade)| trade_row(*position, trade, money, &clock));
            text += &format!("\n{}", table(&TRADE_COLUMNS, rows));
            text += &left(draft.named.len(), self.first, "trade");
        }
        if !draft.right.is_empty() {
            let rows = draft.right.iter().enumerate().take(self.first);
            let rows = rows.map(|(index, trade)| {
                vec![
                    place_text(draft, index),
                    user_text(&trade.user),
                    trade.product.to_string(),
                    money.show(trade.gross),
                    money.show(trade.debit),
                    money.show(trade.credit),
                    clock.text(trade.occurred_at),
                    reference_text(&trade.reference),
                ]
            });
            text += &format!("\nright is:\n{}", table(&RIGHT_COLUMNS, rows));
            text += &left(draft.right.len(), self.first, "payment");
            text += &format!("\nthese come to: {}", words::totals(&totals(draft), money));
        }
        text
    }
}

/// What the payments that a draft states come to.
fn totals(draft: &Draft) -> DayTotals {
    counterfoil_client::amendments::totals(&draft.right)
}

/// How many are not shown.
fn left(count: usize, first: usize, name: &str) -> String {
    match count.saturating_sub(first) {
        0 => String::new(),
        1 => format!("\nand 1 more {name}"),
        more => format!("\nand {more} more {name}s"),
    }
}

/// What a payment that is right stands for: a position, or a client.
fn place_text(draft: &Draft, index: usize) -> String {
    match &draft.content {
        Content::Cancel { .. } => String::new(),
        Content::Replace { corrections, .. } => corrections
            .get(index)
            .map_or_else(String::new, |right| format!("position {}", right.position)),
        Content::Supplement { payments } => payments
            .get(index)
            .map_or_else(String::new, |payment| format!("client {}", payment.client)),
    }
}

fn place_json(draft: &Draft, index: usize) -> Json {
    match &draft.content {
        Content::Cancel { .. } => json!({}),
        Content::Replace { corrections, .. } => {
            json!({ "position": corrections.get(index).map(|right| right.position) })
        }
        Content::Supplement { payments } => {
            json!({ "client": payments.get(index).map(|payment| payment.client) })
        }
    }
}

/// A payment that is not recorded, for programs.
fn payment_json(trade: &Trade) -> Json {
    json!({
        "reference": reference_text(&trade.reference),
        "user": user_text(&trade.user),
        "product": trade.product,
        "gross": minor(trade.gross),
        "debit": minor(trade.debit),
        "credit": minor(trade.credit),
        "occurred_at": moment_rfc3339(trade.occurred_at),
    })
}

/// What a content does, for programs.
fn content_json(content: &Content) -> Json {
    let act = json!({ "act": words::act(content) });
    let what = match content {
        Content::Cancel { day, selection } => with(
            json!({ "day": day_text(*day) }),
            match selection {
                Selection::Positions(spans) => {
                    let spans = spans.iter().map(|span| json!([span.first, span.last]));
                    json!({ "positions": spans.collect::<Vec<_>>() })
                }
                Selection::Sequences {
                    client,
                    first,
                    last,
                    pages,
                } => json!({
                    "client": client,
                    "sequences": [first, last],
                    "pages": [pages.first, pages.last],
                }),
            },
        ),
        Content::Replace { day, corrections } => {
            json!({ "day": day_text(*day), "count": corrections.len() })
        }
        Content::Supplement { payments } => json!({ "count": payments.len() }),
    };
    with(act, what)
}

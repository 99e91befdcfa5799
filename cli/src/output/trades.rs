//! Trades and entries.

use super::minor;
use counterfoil_client::{
    local_time::Clock,
    mapping::trade_ids::trade_id_text,
    money::Money,
    text::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{Entry, Link, Trade};
use serde_json::{json, Value as Json};

/// The payment from which a trade's amounts follow, for programs.
pub fn link_json(link: &Link) -> Json {
    json!({
        "id": trade_id_text(&link.original.id),
        "day": day_text(link.original.day),
        "position": link.original.position,
        "paid": minor(link.paid),
        "refunded_before": minor(link.refunded_before),
    })
}

/// A trade for programs.
pub fn trade_json(position: u32, trade: &Trade) -> Json {
    json!({
        "position": position,
        "id": trade_id_text(&trade.id),
        "kind": trade.kind.name(),
        "reference": reference_text(&trade.reference),
        "user": user_text(&trade.user),
        "product": trade.product,
        "gross": minor(trade.gross),
        "debit": minor(trade.debit),
        "credit": minor(trade.credit),
        "occurred_at": moment_rfc3339(trade.occurred_at),
        "terms_version": trade.terms_version,
    })
}

/// The columns of [`trade_row`].
pub const TRADE_COLUMNS: [&str; 10] = [
    "position",
    "trade",
    "kind",
    "user",
    "product",
    "gross",
    "debit",
    "credit",
    "occurred",
    "reference",
];

/// A trade for people, its time by the agreement's clock.
pub fn trade_row(position: u32, trade: &Trade, money: &Money, clock: &Clock<'_>) -> Vec<String> {
    vec![
        position.to_string(),
        trade_id_text(&trade.id),
        trade.kind.name().into(),
        user_text(&trade.user),
        trade.product.to_string(),
        money.show(trade.gross),
        money.show(trade.debit),
        money.show(trade.credit),
        clock.text(trade.occurred_at),
        reference_text(&trade.reference),
    ]
}

/// An entry for programs.
pub fn entry_json(entry: &Entry) -> Json {
    json!({
        "id": trade_id_text(&entry.id),
        "kind": entry.kind.name(),
        "reference": reference_text(&entry.reference),
        "user": user_text(&entry.user),
        "product": entry.product,
        "amount": minor(entry.amount),
        "occurred_at": moment_rfc3339(entry.occurred_at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{BusinessDay, Kind, Moment, Reference, Relation, UserId};

    #[test]
    fn programs_read_of_which_payment_a_trade_is() {
        let original = counterfoil_primitives::Original {
            id: Default::default(),
            day: BusinessDay(20_780),
            position: 3,
        };
        let link = Link {
            relation: Relation::Cancellation,
            original,
            paid: 100,
            refunded_before: 20,
        };
        let json = link_json(&link);
        assert_eq!(
            (&json["id"], &json["day"]),
            (&json!("0/0"), &json!("2026-11-23"))
        );
        assert_eq!(
            (&json["paid"], &json["refunded_before"]),
            (&json!("100"), &json!("20"))
        );
    }

    #[test]
    fn a_trade_shows_its_time_by_the_offset_in_force_then() {
        // At the end of a day on which clocks go back, the hour before midnight is winter's.
        let day = counterfoil_client::time::parse_day("2027-10-31").unwrap();
        let offset_on = |at: BusinessDay| if at <= day { 120 } else { 60 };
        let prague = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let clock = Clock::new(&offset_on, None).by(vec![prague]);
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        let trade = Trade {
            id: Default::default(),
            kind: Kind::Refund,
            reference: Reference::default(),
            user: UserId::default(),
            product: 1,
            gross: 100,
            debit: 90,
            credit: 10,
            occurred_at: at("2027-10-31T22:30:00Z") as Moment,
            terms_version: 0,
        };
        let row = trade_row(0, &trade, &Money::of("CZK").unwrap(), &clock);
        assert_eq!(row[8], "2027-10-31 23:30:00 +01:00");
        assert_eq!(row[2], "refund");
        assert_eq!(trade_json(0, &trade)["kind"], "refund");
    }
}

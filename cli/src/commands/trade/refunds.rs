//! What trades have to do with refunds, beside what stands in them.

use crate::output::{minor, refund_link_json};
use anyhow::Result;
use counterfoil_client::{
    chain::read::At, mapping::ledger::trade_id_text, money::Money, time::day_text,
};
use counterfoil_primitives::{AgreementId, Amount, BusinessDay, Kind, RefundLink, Trade};
use serde_json::{json, Value as Json};

/// What a trade has to do with refunds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refunds {
    /// It is a refund: the payment that it gives back from.
    Of(Option<RefundLink>),
    /// It is a payment: what was given back of it so far.
    GivenBack(Amount),
}

impl Refunds {
    /// What the trade on a position of a day has to do with refunds.
    pub(super) async fn of(
        at: &At,
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
        kind: Kind,
    ) -> Result<Self> {
        Ok(match kind {
            Kind::Payment => Self::GivenBack(at.refunded(agreement, day, position).await?),
            Kind::Refund => Self::Of(at.refund_link(agreement, day, position).await?),
        })
    }

    pub(super) fn json(&self) -> Json {
        match self {
            Self::Of(link) => json!({ "refund_of": link.as_ref().map(refund_link_json) }),
            Self::GivenBack(amount) => json!({ "refunded": minor(*amount) }),
        }
    }

    /// A line for people; nothing of a payment of which nothing was given back.
    pub(super) fn text(&self, trade: &Trade, money: &Money) -> String {
        let id = trade_id_text(&trade.id);
        match self {
            Self::Of(Some(link)) => format!(
                "\ntrade {id} gives back {} of the {} of trade {} (position {} of {}), of which {} were given back before",
                money.show(trade.gross),
                money.show(link.paid),
                trade_id_text(&link.original.id),
                link.original.position,
                day_text(link.original.day),
                money.show(link.refunded_before)
            ),
            Self::GivenBack(amount @ 1..) => {
                format!("\nof trade {id}, {} were given back", money.show(*amount))
            }
            Self::Of(None) | Self::GivenBack(0) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Original, Reference, TradeId, UserId};

    fn trade(kind: Kind) -> Trade {
        Trade {
            id: TradeId {
                client: 1,
                sequence: 9,
            },
            kind,
            reference: Reference::default(),
            user: UserId::default(),
            product: 1,
            gross: 4_000,
            debit: 3_900,
            credit: 100,
            occurred_at: 0,
            terms_version: 0,
        }
    }

    fn text(refunds: &Refunds, kind: Kind) -> String {
        refunds.text(&trade(kind), &Money::of("CZK").unwrap())
    }

    #[test]
    fn a_refund_is_shown_with_its_payment() {
        let link = RefundLink {
            original: Original {
                id: TradeId {
                    client: 1,
                    sequence: 4,
                },
                day: BusinessDay(20_780),
                position: 3,
            },
            paid: 10_000,
            refunded_before: 2_000,
        };
        let refunds = Refunds::Of(Some(link));
        assert_eq!(
            text(&refunds, Kind::Refund).trim(),
            "trade 1/9 gives back 40.00 CZK of the 100.00 CZK of trade 1/4 (position 3 of 2026-11-23), of which 20.00 CZK were given back before"
        );
        assert_eq!(refunds.json()["refund_of"]["id"], "1/4");
    }

    #[test]
    fn a_payment_is_shown_with_what_was_given_back_of_it() {
        let refunds = Refunds::GivenBack(1_500);
        assert_eq!(
            text(&refunds, Kind::Payment).trim(),
            "of trade 1/9, 15.00 CZK were given back"
        );
        assert_eq!(refunds.json()["refunded"], "1500");
        assert_eq!(text(&Refunds::GivenBack(0), Kind::Payment), "");
    }
}

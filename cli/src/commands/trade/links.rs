//! What a trade has to do with other trades, beside what stands in it.

use crate::output::{link_json, minor};
use anyhow::Result;
use counterfoil_client::{
    amendments::words, chain::read::At, mapping::trade_ids::trade_id_text, money::Money,
    time::day_text,
};
use counterfoil_primitives::{AgreementId, Amount, BusinessDay, Link, MemberId, Relation, Trade};
use serde_json::{json, Value as Json};

/// What a trade has to do with other trades.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// The payment from which its amounts follow.
    link: Option<Link>,
    /// What was given back of it so far; of a refund, what was put back.
    given_back: Amount,
    /// Where an amendment booked it, the client for whom that was.
    booked_for: Option<MemberId>,
}

impl Links {
    /// What the trade on a position of a day has to do with others.
    pub(super) async fn of(
        at: &At,
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
        trade: &Trade,
    ) -> Result<Self> {
        if !trade.may_be_linked() {
            return Ok(Self {
                given_back: at.refunded(agreement, day, position).await?,
                ..Self::default()
            });
        }
        let link = at.link(agreement, day, position).await?;
        let found = at.found(agreement, day, position).await?;
        let booked_for = found.filter(|_| trade.id.is_of_amendment());
        Ok(Self {
            link,
            given_back: found.map_or(0, |found| found.refunded),
            booked_for: booked_for.map(|found| found.client),
        })
    }

    pub(super) fn json(&self, trade: &Trade) -> Json {
        let link = self.link.as_ref();
        let refund = link.filter(|link| link.relation == Relation::Refund);
        json!({
            "relation": link.map(|link| link.relation.name()),
            "original": link.map(link_json),
            "refund_of": refund.map(link_json),
            "refunded": minor(self.given_back),
            "amendment": trade.id.is_of_amendment().then_some(trade.id.sequence),
            "booked_for": self.booked_for,
        })
    }

    /// Lines for people; nothing of a payment by itself of which nothing was given back.
    pub(super) fn text(&self, trade: &Trade, money: &Money) -> String {
        let id = trade_id_text(&trade.id);
        let mut text = match &self.link {
            Some(link) => format!("\n{}", link_text(&id, trade, link, money)),
            None => match self.booked_for {
                Some(client) => format!(
                    "\ntrade {id} records a payment of client {client} that was never recorded"
                ),
                None => String::new(),
            },
        };
        if self.given_back > 0 {
            let back = trade.kind.pick("given back", "put back");
            text += &format!(
                "\nof trade {id}, {} were {back}",
                money.show(self.given_back)
            );
        }
        text
    }
}

/// A trade, and the payment from which its amounts follow.
fn link_text(id: &str, trade: &Trade, link: &Link, money: &Money) -> String {
    let original = format!(
        "trade {} (position {} of {})",
        trade_id_text(&link.original.id),
        link.original.position,
        day_text(link.original.day)
    );
    let before = money.show(link.refunded_before);
    let (gross, paid) = (money.show(trade.gross), money.show(link.paid));
    match link.relation {
        Relation::Refund => format!(
            "trade {id} gives back {gross} of the {paid} of {original}, of which {before} were given back before"
        ),
        Relation::Replacement => format!(
            "trade {id} {} {original}: {paid} are right, of which {before} were given back before",
            words::relation(link.relation)
        ),
        Relation::Cancellation | Relation::UndoneRefund | Relation::UndoneCancellation => format!(
            "trade {id} {} {original}: {gross} of {paid}",
            words::relation(link.relation)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        amendment::AMENDMENTS, Kind, Original, Reference, TradeId, UserId,
    };

    fn trade(client: MemberId, kind: Kind) -> Trade {
        Trade {
            id: TradeId {
                client,
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

    fn link(relation: Relation) -> Links {
        let original = Original {
            id: TradeId {
                client: 1,
                sequence: 4,
            },
            day: BusinessDay(20_780),
            position: 3,
        };
        let link = Link {
            relation,
            original,
            paid: 10_000,
            refunded_before: 2_000,
        };
        Links {
            link: Some(link),
            ..Links::default()
        }
    }

    fn text(links: &Links, trade: &Trade) -> String {
        let text = links.text(trade, &Money::of("CZK").unwrap());
        text.trim().to_owned()
    }

    #[test]
    fn a_refund_is_shown_with_its_payment() {
        let (links, refund) = (link(Relation::Refund), trade(1, Kind::Refund));
        assert_eq!(
            text(&links, &refund),
            "trade 1/9 gives back 40.00 CZK of the 100.00 CZK of trade 1/4 (position 3 of 2026-11-23), of which 20.00 CZK were given back before"
        );
        let json = links.json(&refund);
        assert_eq!(json["refund_of"]["id"], "1/4");
        assert_eq!(json["relation"], "refund");
        assert_eq!(json["amendment"], Json::Null);
    }

    #[test]
    fn a_trade_of_an_amendment_is_shown_by_its_number_with_what_it_does() {
        let cancellation = trade(AMENDMENTS, Kind::Refund);
        let links = link(Relation::Cancellation);
        assert_eq!(
            text(&links, &cancellation),
            "trade amendment 9 takes back what was left of trade 1/4 (position 3 of 2026-11-23): 40.00 CZK of 100.00 CZK"
        );
        let json = links.json(&cancellation);
        assert_eq!(
            (&json["amendment"], &json["relation"]),
            (&json!(9), &json!("cancellation"))
        );
        assert_eq!(json["original"]["id"], "1/4");
        assert_eq!(json["refund_of"], Json::Null);
    }

    #[test]
    fn a_replacement_is_shown_with_what_is_right() {
        let replacement = trade(AMENDMENTS, Kind::Payment);
        let text = text(&link(Relation::Replacement), &replacement);
        assert!(
            text.starts_with("trade amendment 9 states right trade 1/4"),
            "{text}"
        );
        assert!(text.contains("100.00 CZK are right"), "{text}");
    }

    #[test]
    fn a_supplement_is_shown_with_its_client() {
        let links = Links {
            booked_for: Some(5),
            ..Links::default()
        };
        let supplement = trade(AMENDMENTS, Kind::Payment);
        assert!(text(&links, &supplement).contains("of client 5"));
        assert_eq!(links.json(&supplement)["booked_for"], 5);
    }

    #[test]
    fn a_payment_is_shown_with_what_was_given_back_of_it() {
        let given_back = |given_back| Links {
            given_back,
            ..Links::default()
        };
        let payment = trade(1, Kind::Payment);
        let some = given_back(1_500);
        assert_eq!(
            text(&some, &payment),
            "of trade 1/9, 15.00 CZK were given back"
        );
        assert_eq!(some.json(&payment)["refunded"], "1500");
        assert_eq!(text(&given_back(0), &payment), "");
    }

    #[test]
    fn a_refund_is_shown_with_what_was_put_back_of_it() {
        let links = Links {
            given_back: 4_000,
            ..Links::default()
        };
        let text = text(&links, &trade(1, Kind::Refund));
        assert_eq!(text, "of trade 1/9, 40.00 CZK were put back");
    }
}

//! What amendments make of payments in the chain in memory.

use super::MockWorld;
use counterfoil_primitives::{
    amendment::AMENDMENTS, found_trade::Found, Amount, Link, Moment, Original, Relation, Sequence,
    Trade, TradeId,
};

impl MockWorld {
    /// Lets an amendment take back what is left of a payment, as of a moment.
    pub fn cancel(&mut self, payment: TradeId, at: Moment) {
        let cancelled = self.taken_back(payment, at);
        self.land_of_others(vec![cancelled]);
    }

    /// Lets an amendment put back, as of a moment, what the cancellation of a payment took.
    pub fn put_back(&mut self, payment: TradeId, at: Moment) {
        let (_, found) = self.standing_of(payment);
        let is_cancellation =
            |link: &&Link| link.relation == Relation::Cancellation && link.original.id == payment;
        let cancelled = self.links.values().find(is_cancellation);
        let link = Link {
            relation: Relation::UndoneCancellation,
            ..*cancelled.expect("the payment was cancelled")
        };
        let put_back = self.of_amendment(&found.trade, link, at);
        self.land_of_others(vec![put_back]);
    }

    /// Lets an amendment take back what is left of a payment, and state right what was paid. Both are of the
    /// given moment, by which this chain books. Returns the id of the payment that replaces it.
    pub fn replace(&mut self, payment: TradeId, paid: Amount, at: Moment) -> TradeId {
        let (original, found) = self.standing_of(payment);
        let cancelled = self.taken_back(payment, at);
        let link = Link {
            relation: Relation::Replacement,
            original,
            paid,
            refunded_before: found.refunded,
        };
        let replacement = self.of_amendment(&found.trade, link, at);
        self.land_of_others(vec![cancelled, replacement]);
        replacement.id
    }

    /// The cancellation of a payment.
    fn taken_back(&mut self, payment: TradeId, at: Moment) -> Trade {
        let (original, found) = self.standing_of(payment);
        let link = Link {
            relation: Relation::Cancellation,
            original,
            paid: found.paid,
            refunded_before: found.refunded,
        };
        self.of_amendment(&found.trade, link, at)
    }

    /// Where a payment of the client or of an amendment is, and what counts of it.
    fn standing_of(&self, payment: TradeId) -> (Original, Found) {
        let trades = self.trades();
        let is_it = |trade: &&Trade| trade.id == payment;
        let trade = *trades.iter().find(is_it).expect("the payment is on chain");
        let day = self.booked(&trade).0;
        let mut on_day = trades.iter().filter(|trade| self.booked(trade).0 == day);
        let position = on_day.position(|trade| trade.id == payment);
        let original = Original {
            id: payment,
            day,
            position: position.expect("it is on its day") as u32,
        };
        (original, self.found(&trades, trade))
    }

    /// A trade of an amendment, with its link. It has all that is left by that for its gross amount.
    fn of_amendment(&mut self, payment: &Trade, link: Link, at: Moment) -> Trade {
        let booked = self.links.keys().filter(|id| id.is_of_amendment()).count();
        let id = TradeId {
            client: AMENDMENTS,
            sequence: (booked + self.supplements.len() + 1) as Sequence,
        };
        self.links.insert(id, link);
        Trade {
            id,
            kind: link.relation.kind(),
            gross: link.left(),
            debit: link.left(),
            credit: 0,
            occurred_at: at,
            ..*payment
        }
    }
}

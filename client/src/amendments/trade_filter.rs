//! Which trades of a day: those that all given conditions take.

use counterfoil_primitives::{
    amendment::Span, Amount, Kind, MemberId, Moment, ProductId, Reference, Sequence, Trade, UserId,
};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// Conditions on trades of a day. What is not given takes each trade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The client in the trade's id.
    pub client: Option<MemberId>,
    /// Its sequence.
    pub sequences: Option<RangeInclusive<Sequence>>,
    /// One of these references; each where there are none.
    pub references: BTreeSet<Reference>,
    /// The payer.
    pub user: Option<UserId>,
    /// What was bought.
    pub product: Option<ProductId>,
    /// Whether it is a payment or a refund.
    pub kind: Option<Kind>,
    /// The gross amount, in minor units.
    pub gross: Option<Amount>,
    /// The first moment at which it may have completed.
    pub from: Option<Moment>,
    /// The moment before which it has completed.
    pub before: Option<Moment>,
    /// On one of these positions; each where there are none.
    pub positions: Vec<Span>,
}

impl Filter {
    /// Whether it takes each trade.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it takes the trade on a position.
    pub fn takes(&self, position: u32, trade: &Trade) -> bool {
        let is_given = |span: &Span| (span.first..=span.last).contains(&position);
        is_as(self.client, trade.id.client)
            && is_as(self.user, trade.user)
            && is_as(self.product, trade.product)
            && is_as(self.kind, trade.kind)
            && is_as(self.gross, trade.gross)
            && (self.references.is_empty() || self.references.contains(&trade.reference))
            && self
                .sequences
                .as_ref()
                .is_none_or(|given| given.contains(&trade.id.sequence))
            && self.from.is_none_or(|from| trade.occurred_at >= from)
            && self.before.is_none_or(|before| trade.occurred_at < before)
            && (self.positions.is_empty() || self.positions.iter().any(is_given))
    }

    /// The positions of the trades of a day that it takes, ascending.
    pub fn positions_of(&self, trades: &[Trade]) -> Vec<u32> {
        let placed = (0..).zip(trades);
        let taken = placed.filter(|(position, trade)| self.takes(*position, trade));
        taken.map(|(position, _)| position).collect()
    }
}

/// Whether something is as given, if anything is given.
fn is_as<V: PartialEq>(given: Option<V>, found: V) -> bool {
    given.is_none_or(|given| given == found)
}

//! What a client asks to be recorded: a payment or a refund.

use counterfoil_primitives::{
    Kind, MemberId, Moment, ProductId, Reference, RefundRequest, Sequence, Trade, TradeRequest,
};

/// A payment or a refund as its client forms it.
pub trait Request: Copy {
    /// Which of the two.
    const KIND: Kind;

    /// The client's number for it.
    fn sequence(&self) -> Sequence;

    /// What it carries elsewhere.
    fn reference(&self) -> Reference;

    /// What was bought.
    fn product(&self) -> ProductId;

    /// When it completed.
    fn occurred_at(&self) -> Moment;

    /// The refund; `None` of a payment.
    fn refund(&self) -> Option<&RefundRequest>;

    /// The trade that `client` records, under terms of `terms_version`.
    fn trade(self, client: MemberId, terms_version: u16) -> Trade;
}

impl Request for TradeRequest {
    const KIND: Kind = Kind::Payment;

    fn sequence(&self) -> Sequence {
        self.sequence
    }

    fn reference(&self) -> Reference {
        self.reference
    }

    fn product(&self) -> ProductId {
        self.product
    }

    fn occurred_at(&self) -> Moment {
        self.occurred_at
    }

    fn refund(&self) -> Option<&RefundRequest> {
        None
    }

    fn trade(self, client: MemberId, terms_version: u16) -> Trade {
        self.into_trade(client, terms_version)
    }
}

impl Request for RefundRequest {
    const KIND: Kind = Kind::Refund;

    fn sequence(&self) -> Sequence {
        self.sequence
    }

    fn reference(&self) -> Reference {
        self.reference
    }

    fn product(&self) -> ProductId {
        self.product
    }

    fn occurred_at(&self) -> Moment {
        self.occurred_at
    }

    fn refund(&self) -> Option<&RefundRequest> {
        Some(self)
    }

    fn trade(self, client: MemberId, terms_version: u16) -> Trade {
        self.into_trade(client, terms_version)
    }
}

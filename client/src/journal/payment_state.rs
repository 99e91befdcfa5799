//! What the journal has of a payment or a refund.

use codec::{Decode, Encode, Error, Input};
use counterfoil_primitives::{
    refund::Original, BusinessDay, Kind, RefundRequest, Sequence, Trade, TradeRequest,
};

/// A payment or a refund in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Line {
    /// The trade as it was last sent, or as the chain has it.
    pub trade: TradeRequest,
    /// What became of it.
    pub state: State,
    /// Whether it is a payment or a refund.
    pub kind: Kind,
    /// Of a refund, the payment that it was last sent for, or that the chain links it to. None where that is
    /// not known.
    pub original: Option<Original>,
}

impl Line {
    /// The line of a payment.
    pub const fn of_payment(trade: TradeRequest, state: State) -> Self {
        Self {
            trade,
            state,
            kind: Kind::Payment,
            original: None,
        }
    }

    /// The line of a trade that the chain has, booked to `day`.
    pub fn of_trade(trade: &Trade, day: BusinessDay) -> Self {
        Self {
            trade: request_of(trade),
            state: State::Recorded { day },
            kind: trade.kind,
            original: None,
        }
    }
}

impl Decode for Line {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let trade = TradeRequest::decode(input)?;
        let state = State::decode(input)?;
        // A journal that was written without refunds ends its lines here.
        if input.remaining_len()? == Some(0) {
            return Ok(Self::of_payment(trade, state));
        }
        Ok(Self {
            trade,
            state,
            kind: Kind::decode(input)?,
            original: Decode::decode(input)?,
        })
    }
}

/// What a client sends of a payment or a refund, as a journal notes it.
pub trait Sent: Copy {
    /// The same under a sequence.
    fn numbered(self, sequence: Sequence) -> Self;

    /// Its line in the journal.
    fn line(&self, state: State) -> Line;
}

impl Sent for TradeRequest {
    fn numbered(self, sequence: Sequence) -> Self {
        Self { sequence, ..self }
    }

    fn line(&self, state: State) -> Line {
        Line::of_payment(*self, state)
    }
}

impl Sent for RefundRequest {
    fn numbered(self, sequence: Sequence) -> Self {
        Self { sequence, ..self }
    }

    fn line(&self, state: State) -> Line {
        Line {
            trade: trade_of(self),
            state,
            kind: Kind::Refund,
            original: Some(self.original),
        }
    }
}

/// What became of a payment or a refund.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum State {
    /// It was sent, or the import was killed just before. It may land until its era ends.
    Sent {
        /// The block at which its era ends: from there on it lands in none.
        ends_at: u64,
    },
    /// It is on chain, finalised.
    Recorded {
        /// The day to which it is booked.
        day: BusinessDay,
    },
    /// The chain refused it, and the sequence is still its own.
    Refused {
        /// Why.
        reason: String,
        /// The block at which the era ends of what was sent.
        ends_at: u64,
    },
    /// An amendment recorded it, finalised: its client does not record it again.
    Supplemented {
        /// The day that holds it.
        day: BusinessDay,
        /// Its position on that day.
        position: u32,
    },
}

impl State {
    /// The block at which the era ends of what was sent; none for a payment that is recorded.
    pub const fn ends_at(&self) -> Option<u64> {
        match self {
            Self::Sent { ends_at } | Self::Refused { ends_at, .. } => Some(*ends_at),
            Self::Recorded { .. } | Self::Supplemented { .. } => None,
        }
    }

    /// Lets what was sent land until the block `end`, where that is the later one.
    pub(super) fn extend(&mut self, end: u64) {
        if let Self::Sent { ends_at } | Self::Refused { ends_at, .. } = self {
            *ends_at = (*ends_at).max(end);
        }
    }
}

/// What a client sent for a trade on chain, but for what a refund says of its original.
pub const fn request_of(trade: &Trade) -> TradeRequest {
    TradeRequest {
        sequence: trade.id.sequence,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        gross: trade.gross,
        debit: trade.debit,
        credit: trade.credit,
        occurred_at: trade.occurred_at,
    }
}

/// What a refund has in common with a payment.
pub const fn trade_of(refund: &RefundRequest) -> TradeRequest {
    TradeRequest {
        sequence: refund.sequence,
        reference: refund.reference,
        user: refund.user,
        product: refund.product,
        gross: refund.gross,
        debit: refund.debit,
        credit: refund.credit,
        occurred_at: refund.occurred_at,
    }
}

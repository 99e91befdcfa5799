//! What the journal has of a payment.

use codec::{Decode, Encode};
use counterfoil_primitives::{BusinessDay, Trade, TradeRequest};

/// A payment in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Line {
    /// The trade as it was last sent, or as the chain has it.
    pub trade: TradeRequest,
    /// What became of it.
    pub state: State,
}

/// What became of a payment.
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
}

impl State {
    /// The block at which the era ends of what was sent; none for a payment that is recorded.
    pub const fn ends_at(&self) -> Option<u64> {
        match self {
            Self::Sent { ends_at } | Self::Refused { ends_at, .. } => Some(*ends_at),
            Self::Recorded { .. } => None,
        }
    }

    /// Lets what was sent land until the block `end`, where that is the later one.
    pub(super) fn extend(&mut self, end: u64) {
        if let Self::Sent { ends_at } | Self::Refused { ends_at, .. } = self {
            *ends_at = (*ends_at).max(end);
        }
    }
}

/// What a client sent for a trade on chain.
pub fn request_of(trade: &Trade) -> TradeRequest {
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

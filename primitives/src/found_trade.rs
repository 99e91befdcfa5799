//! A trade on chain as it is found by its place: for whom it was recorded, and what is left of it.

use crate::{Amount, Kind, MemberId, Relation, Trade};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A trade on chain, and what counts of it for refunds of it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Found {
    /// The trade.
    pub trade: Trade,
    /// The client that recorded it; of a payment that an amendment booked, the client that it was booked
    /// for.
    pub client: MemberId,
    /// What its user paid, in minor units: its gross amount, or, of a replacement, what its link says.
    pub paid: Amount,
    /// What was given back of it so far, in minor units; of a refund, what was put back of it.
    pub refunded: Amount,
    /// What it is to another payment, where its amounts follow from that.
    pub relation: Option<Relation>,
}

impl Found {
    /// A trade without a link, recorded by the client of its id, of which `refunded` was given back.
    pub const fn recorded(trade: Trade, refunded: Amount) -> Self {
        Self {
            trade,
            client: trade.id.client,
            paid: trade.gross,
            refunded,
            relation: None,
        }
    }

    /// Whether the trade is a payment by itself: one that only puts back what was given back of another
    /// is not.
    pub const fn is_payment(&self) -> bool {
        matches!(self.trade.kind, Kind::Payment)
            && matches!(self.relation, None | Some(Relation::Replacement))
    }

    /// What is left of it, in minor units.
    pub const fn left(&self) -> Amount {
        self.paid.saturating_sub(self.refunded)
    }
}

//! The trade on chain, and the entry that each side keeps of it.

use crate::{
    terms::Amounts, Amount, Kind, MemberId, Moment, ProductId, Reference, Sequence, Side, TradeId,
    UserId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A payment as its client forms it. The client's member id comes from who records it.
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
pub struct TradeRequest {
    /// The client's number for the trade.
    pub sequence: Sequence,
    /// What the payment carries elsewhere.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What the user paid, in minor units.
    pub gross: Amount,
    /// The company's amount, by the terms of the day of occurrence.
    pub debit: Amount,
    /// The bank's amount, by the same terms.
    pub credit: Amount,
    /// When the payment completed.
    pub occurred_at: Moment,
}

/// A trade on chain (the two-party detail).
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
pub struct Trade {
    /// Its unique id.
    pub id: TradeId,
    /// Whether the user paid or got money back.
    pub kind: Kind,
    /// What the payment or refund carries elsewhere.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What the user paid or got back.
    pub gross: Amount,
    /// The company's amount.
    pub debit: Amount,
    /// The bank's amount.
    pub credit: Amount,
    /// When the payment or refund completed.
    pub occurred_at: Moment,
    /// Which version of the product's terms gave the amounts; of a refund, its payment's.
    pub terms_version: u16,
}

/// A side's half of a trade. Its encoding has a fixed width.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Entry {
    /// The trade's id; all zero in an extra whose party knows none.
    pub id: TradeId,
    /// Whether it is of a payment or of a refund.
    pub kind: Kind,
    /// The reference of the payment or refund.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// The side's amount.
    pub amount: Amount,
    /// When the payment or refund completed.
    pub occurred_at: Moment,
}

impl TradeRequest {
    /// The trade that `client` records, under terms of `terms_version`.
    pub const fn into_trade(self, client: MemberId, terms_version: u16) -> Trade {
        Trade {
            id: TradeId {
                client,
                sequence: self.sequence,
            },
            kind: Kind::Payment,
            reference: self.reference,
            user: self.user,
            product: self.product,
            gross: self.gross,
            debit: self.debit,
            credit: self.credit,
            occurred_at: self.occurred_at,
            terms_version,
        }
    }
}

impl Trade {
    /// The amount of `side`.
    pub const fn amount(&self, side: Side) -> Amount {
        side.pick(self.debit, self.credit)
    }

    /// Both amounts.
    pub const fn amounts(&self) -> Amounts {
        Amounts {
            debit: self.debit,
            credit: self.credit,
        }
    }

    /// Whether its amounts may follow from another trade, so that a link may be kept of it.
    pub const fn may_be_linked(&self) -> bool {
        matches!(self.kind, Kind::Refund) || self.id.is_of_amendment()
    }

    /// The entry that `side` keeps of the trade.
    pub const fn entry(&self, side: Side) -> Entry {
        Entry {
            id: self.id,
            kind: self.kind,
            reference: self.reference,
            user: self.user,
            product: self.product,
            amount: self.amount(side),
            occurred_at: self.occurred_at,
        }
    }
}

impl Amounts {
    /// The amount of `side`.
    pub const fn of(&self, side: Side) -> Amount {
        side.pick(self.debit, self.credit)
    }
}

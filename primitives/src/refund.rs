//! Refunds as their clients form them, and as ledgers name the payments that they give back from.

use crate::{
    Amount, BusinessDay, Kind, MemberId, Moment, ProductId, Reference, Sequence, Trade, TradeId,
    UserId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The payment that a refund is of: by its id, and by its place, where the chain reads it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Original {
    /// The payment's id.
    pub id: TradeId,
    /// The business day that holds it.
    pub day: BusinessDay,
    /// Its position on that day.
    pub position: u32,
}

/// A refund as its client forms it. The client's member id comes from who records it.
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
pub struct RefundRequest {
    /// The client's number for the refund, of the same numbers as payments.
    pub sequence: Sequence,
    /// What the refund carries elsewhere.
    pub reference: Reference,
    /// Who gets the money back; the payer of the original.
    pub user: UserId,
    /// What was bought; the product of the original.
    pub product: ProductId,
    /// The payment.
    pub original: Original,
    /// What was given back of the payment before, in minor units.
    pub refunded_before: Amount,
    /// What the user gets back, in minor units.
    pub gross: Amount,
    /// The company's amount, by the payment's terms.
    pub debit: Amount,
    /// The bank's amount, by the same terms.
    pub credit: Amount,
    /// When the refund completed.
    pub occurred_at: Moment,
}

impl RefundRequest {
    /// The trade that `client` records, under the payment's terms of `terms_version`.
    pub const fn into_trade(self, client: MemberId, terms_version: u16) -> Trade {
        Trade {
            id: TradeId {
                client,
                sequence: self.sequence,
            },
            kind: Kind::Refund,
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

/// A refund of a day and the payment that it is of, as ledgers name it: a line of the refund may
/// carry the payment's id or reference.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct RefundedPayment {
    /// The position of the refund on its day.
    pub position: u32,
    /// The payment's id.
    pub id: TradeId,
    /// What the payment carries elsewhere.
    pub reference: Reference,
}

//! A line of a party's core ledger, as its import reads it.

use crate::{Amount, Entry, Kind, Moment, ProductId, Reference, TradeId, UserId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A line of a party's own core ledger.
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
pub struct LedgerEntry {
    /// The trade's id, where the ledger knows it.
    pub id: Option<TradeId>,
    /// Whether the line books a payment or a refund.
    pub kind: Kind,
    /// The reference of the payment or refund; a refund's line may carry its payment's.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// The booked amount.
    pub amount: Amount,
    /// When the payment or refund completed.
    pub occurred_at: Moment,
}

impl LedgerEntry {
    /// The book's entry, under `id` where the ledger names none.
    pub fn into_entry(self, id: TradeId) -> Entry {
        Entry {
            id: self.id.unwrap_or(id),
            kind: self.kind,
            reference: self.reference,
            user: self.user,
            product: self.product,
            amount: self.amount,
            occurred_at: self.occurred_at,
        }
    }
}

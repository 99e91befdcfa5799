//! What is kept of a trade beside its pages, where its amounts follow from another trade.

use crate::{Amount, Amounts, Original, Relation, Terms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is kept of a trade whose amounts follow from a payment's. The right amounts follow from it,
/// whatever is given back later.
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
pub struct Link {
    /// What the trade is to the payment.
    pub relation: Relation,
    /// The payment.
    pub original: Original,
    /// What the payment's user paid, in minor units; of a replacement, what is right.
    pub paid: Amount,
    /// What was given back of the payment before, in minor units.
    pub refunded_before: Amount,
}

impl Link {
    /// The amounts of the trade, of this gross amount, by the payment's terms. `None` where a fee that
    /// the bank kept is more than is left of the payment.
    pub fn amounts(&self, terms: &Terms, gross: Amount) -> Option<Amounts> {
        match self.relation {
            Relation::Refund | Relation::UndoneRefund => {
                Some(terms.refund_amounts(self.paid, self.refunded_before, gross))
            }
            Relation::Cancellation | Relation::UndoneCancellation | Relation::Replacement => {
                terms.amounts_left(self.paid, self.refunded_before)
            }
        }
    }

    /// What is left of the payment, in minor units: the gross amount of a cancellation or of a
    /// replacement.
    pub const fn left(&self) -> Amount {
        self.paid.saturating_sub(self.refunded_before)
    }
}

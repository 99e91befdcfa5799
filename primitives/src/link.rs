//! What is kept of a trade beside its pages, where its amounts follow from another trade.

use crate::{Amount, Amounts, Kind, Original, Terms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a trade is to the payment that its link names.
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
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// A client gave back a part or all of it.
    #[default]
    Refund,
    /// An amendment took back all that was left of it.
    Cancellation,
    /// An amendment put back what a refund had given back.
    UndoneRefund,
    /// An amendment put back what a cancellation had taken.
    UndoneCancellation,
    /// An amendment states the payment right, less what was given back of it before.
    Replacement,
}

impl Relation {
    /// The kind of such a trade.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Refund | Self::Cancellation => Kind::Refund,
            Self::UndoneRefund | Self::UndoneCancellation | Self::Replacement => Kind::Payment,
        }
    }

    /// What undoes such a trade; `None` where an amendment does not undo it by itself.
    pub const fn undone(self) -> Option<Self> {
        match self {
            Self::Refund => Some(Self::UndoneRefund),
            Self::Cancellation => Some(Self::UndoneCancellation),
            Self::UndoneRefund | Self::UndoneCancellation | Self::Replacement => None,
        }
    }

    /// The name in files, commands and JSON, like `undone_refund`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Cancellation => "cancellation",
            Self::UndoneRefund => "undone_refund",
            Self::UndoneCancellation => "undone_cancellation",
            Self::Replacement => "replacement",
        }
    }
}

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

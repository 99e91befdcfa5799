//! Kinds of trades: payments, and refunds that give back a part or all of one.
//!
//! Amounts are unsigned; the kind says which way the money goes, also of what undoes a refund or replaces a
//! payment.

use crate::Relation;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Which way the money of a trade goes.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A customer paid.
    #[default]
    Payment,
    /// A part or all of an earlier payment went back to the customer.
    Refund,
}

impl Kind {
    /// Both kinds, in the order in which totals hold them.
    pub const BOTH: [Self; 2] = [Self::Payment, Self::Refund];

    /// The other kind.
    pub const fn other(self) -> Self {
        match self {
            Self::Payment => Self::Refund,
            Self::Refund => Self::Payment,
        }
    }

    /// What belongs to this kind, of what belongs to payments and to refunds.
    pub const fn pick<V: Copy>(self, payment: V, refund: V) -> V {
        match self {
            Self::Payment => payment,
            Self::Refund => refund,
        }
    }

    /// The kind's name in files, commands and JSON-RPC: `payment` or `refund`.
    pub const fn name(self) -> &'static str {
        self.pick("payment", "refund")
    }

    /// The kind of this name; `None` where no kind has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|kind| kind.name() == name)
    }
}

impl Relation {
    /// The kind of such a trade. What undoes a refund or a cancellation is a payment.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Refund | Self::Cancellation => Kind::Refund,
            Self::UndoneRefund | Self::UndoneCancellation | Self::Replacement => Kind::Payment,
        }
    }
}

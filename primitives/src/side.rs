//! The two sides of a day, and the id of a side: whose book of which agreement and day.

use crate::{AgreementId, BusinessDay};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A side of a day: the company keeps debit entries, the bank credit entries.
#[derive(
    Clone,
    Copy,
    Debug,
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
pub enum Side {
    /// The company's side.
    Debit,
    /// The bank's side.
    Credit,
}

impl Side {
    /// Both sides, in the order in which tuples hold them.
    pub const BOTH: [Self; 2] = [Self::Debit, Self::Credit];

    /// The other side.
    pub const fn other(self) -> Self {
        match self {
            Self::Debit => Self::Credit,
            Self::Credit => Self::Debit,
        }
    }

    /// What belongs to this side, of what belongs to the debit and to the credit side.
    pub const fn pick<V: Copy>(self, debit: V, credit: V) -> V {
        match self {
            Self::Debit => debit,
            Self::Credit => credit,
        }
    }

    /// The side's name in files, commands and JSON-RPC: `debit` or `credit`.
    pub const fn name(self) -> &'static str {
        self.pick("debit", "credit")
    }

    /// The side of this name; `None` where no side has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|side| side.name() == name)
    }

    /// The party that keeps the side's book.
    const fn party(self) -> &'static str {
        self.pick("company", "bank")
    }
}

/// A side of a day of an agreement: the id of a book.
///
/// SCALE encodes it as its fields in their order.
#[derive(
    Clone,
    Copy,
    Debug,
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
pub struct SideId {
    /// The agreement.
    pub agreement: AgreementId,
    /// The business day.
    pub day: BusinessDay,
    /// The side.
    pub side: Side,
}

impl SideId {
    /// The side `side` of `day` of the agreement.
    pub const fn new(agreement: AgreementId, day: BusinessDay, side: Side) -> Self {
        Self {
            agreement,
            day,
            side,
        }
    }
}

/// For messages and logs: `agreement 7, day 2026-11-22, bank's side`.
impl fmt::Display for SideId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = crate::written::date::show(self.day);
        let party = self.side.party();
        write!(f, "agreement {}, day {day}, {party}'s side", self.agreement)
    }
}

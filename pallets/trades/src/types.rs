//! What the pallet stores and says.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{booking::NotBookable, window::Status, Commitment, Moment, Side};
use scale_info::TypeInfo;

/// Why a trade was not taken.
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
pub enum Refusal {
    /// The client has used the sequence: the trade is there, or another is in its place.
    SequenceUsed,
    /// The sequence is so far below the highest used one that it may have been used.
    SequenceBelowWindow,
    /// The sequence is too far above the highest used one.
    SequenceAboveWindow,
    /// The gross amount is zero.
    ZeroGross,
    /// The time is ahead of the block's by more than the clocks' tolerance.
    InFuture,
    /// The time is before the agreement's first day.
    BeforeFirstDay,
    /// The cut-off of the trade's day is further back than the agreement allows for late trades.
    TooLate,
    /// The agreement has no such product, or the product no terms on the day of the trade.
    UnknownProduct,
    /// The debit amount is not what the terms give.
    WrongDebit,
    /// The credit amount is not what the terms give.
    WrongCredit,
    /// The day takes no more trades: it has the maximum number of pages.
    DayFull,
    /// The gross amount is larger than a day with the maximum of trades can count.
    GrossTooLarge,
    /// The agreement has ended by the day that would take the trade.
    AgreementEnded,
}

impl Refusal {
    /// Why a sequence of this status is refused, if it is.
    pub const fn of_status(status: Status) -> Option<Self> {
        match status {
            Status::Fresh => None,
            Status::Used => Some(Self::SequenceUsed),
            Status::Below => Some(Self::SequenceBelowWindow),
            Status::Above => Some(Self::SequenceAboveWindow),
        }
    }

    /// Whether the same trade can be taken later, at another time or under other terms.
    pub const fn may_pass(self) -> bool {
        !matches!(self, Self::SequenceUsed | Self::SequenceBelowWindow)
    }
}

impl From<NotBookable> for Refusal {
    fn from(reason: NotBookable) -> Self {
        match reason {
            NotBookable::BeforeFirstDay => Self::BeforeFirstDay,
            NotBookable::TooLate => Self::TooLate,
            NotBookable::AgreementEnded => Self::AgreementEnded,
        }
    }
}

/// The end of a day's trades: what a book that equals the chain commits to, for each side.
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
pub struct Seal {
    /// The company's side.
    pub debit: Commitment,
    /// The bank's side.
    pub credit: Commitment,
    /// The time of the block that sealed the day.
    pub sealed_at: Moment,
}

impl Seal {
    /// What a book of `side` that equals the chain commits to.
    pub const fn of(&self, side: Side) -> Commitment {
        side.pick(self.debit, self.credit)
    }
}

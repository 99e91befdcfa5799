//! What the pallet stores and says.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{written::Words, Amount, BusinessDay, Commitment, Moment, Side};
use scale_info::TypeInfo;

/// A payment that was proposed as never recorded.
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
pub enum Supplement {
    /// It is proposed, and its client may still record it.
    Proposed,
    /// It is proposed, and its client recorded it meanwhile: it is not booked.
    TakenOut,
    /// An amendment recorded it here.
    Recorded {
        /// The day.
        day: BusinessDay,
        /// The position.
        position: u32,
    },
}

/// The trades of one kind of a sealed day, as people read them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SealedTotals {
    /// Trades.
    pub count: u32,
    /// The sum of their debit amounts, in minor units.
    pub debit_total: Amount,
    /// The same in the agreement's currency.
    pub debit_total_in_words: Words,
    /// The sum of their credit amounts, in minor units.
    pub credit_total: Amount,
    /// The same in the agreement's currency.
    pub credit_total_in_words: Words,
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

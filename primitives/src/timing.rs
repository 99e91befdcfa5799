//! Timing differences: what the chain has on one day and a ledger on another. They are no errors.
//!
//! The extra of a day that repeats a trade of another day, and the slot of that trade that the book of the
//! other day lacks, are one timing difference, once both are proven. Nothing of it is stored: it is read
//! from proven breaks, so that it does not matter which of the two days is proven first. A preview reads it
//! from a ledger that nobody has committed to yet, by the same functions.

mod pairing;

pub use pairing::{days_that_count, read, Compared, Ends};

use crate::{summary::SideStatus, written::date, BusinessDay, Entry, Witness};
use alloc::{
    format,
    string::{String, ToString},
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// Who was late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Late {
    /// The ledger has the trade on a later day than the chain.
    Ledger,
    /// The chain has the trade on a later day than the ledger: it was recorded late.
    Chain,
}

/// A break of a side of a day.
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
    TypeInfo,
)]
pub enum End {
    /// The book lacks the entry on this position.
    Slot(u32),
    /// The extra with this index among the book's extras repeats a trade of another day.
    Extra(u32),
}

/// The other end of a timing difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum OtherEnd {
    /// It is proven: both ends are one timing difference.
    Found,
    /// The side of the other day defaulted and is not proven late: nobody knows whether its book lacks the
    /// trade.
    NotCompared,
    /// The side of the other day is neither proven nor defaulted.
    NotYetCompared,
    /// The trade is booked more than once: the book of its own day has it, or another extra is the end, or
    /// comes before this one on its day.
    BookedAgain,
}

/// An end of a timing difference; or an extra of another day's trade, of which it is not known, or not
/// true, that it is one; or a missing entry of a trade that was recorded late, of which it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TimingEnd {
    /// The break.
    pub end: End,
    /// What the book has too many, or lacks.
    pub entry: Entry,
    /// Where the chain has the trade.
    pub recorded: Witness,
    /// The day on which the ledger has it; of a missing entry that is not known to be an end, the day on
    /// which it may have it.
    pub booked: BusinessDay,
    /// Who was late.
    pub late: Late,
    /// What is known of the other end.
    pub other: OtherEnd,
}

impl Late {
    /// The name in JSON: `ledger` or `chain`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Chain => "chain",
        }
    }
}

impl OtherEnd {
    /// The name in JSON, like `not_compared`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotCompared => "not_compared",
            Self::NotYetCompared => "not_yet_compared",
            Self::BookedAgain => "booked_again",
        }
    }
}

impl TimingEnd {
    fn new(end: End, entry: Entry, recorded: Witness, booked: BusinessDay) -> Self {
        let late = if recorded.day < booked {
            Late::Ledger
        } else {
            Late::Chain
        };
        Self {
            end,
            entry,
            recorded,
            booked,
            late,
            other: OtherEnd::Found,
        }
    }

    /// Whether it is an end of a timing difference, and no error.
    pub const fn is_difference(&self) -> bool {
        matches!(self.other, OtherEnd::Found)
    }

    /// The day of the other end.
    pub const fn other_day(&self) -> BusinessDay {
        match self.end {
            End::Slot(_) => self.booked,
            End::Extra(_) => self.recorded.day,
        }
    }

    /// For people: the other day, and what there is to do.
    pub fn words(&self) -> String {
        let day = date::show(self.other_day());
        match self.other {
            OtherEnd::Found => format!("booked on {day}: nothing to do"),
            OtherEnd::NotCompared => {
                format!("{day} was not compared: see whether its ledger has the entry too")
            }
            OtherEnd::NotYetCompared => {
                format!("{day} is not yet compared: look again once it is")
            }
            OtherEnd::BookedAgain => {
                format!("booked more than once; the chain has it on {day}")
            }
        }
    }
}

/// How many timing differences have an end among `ends`.
pub fn count(ends: &[TimingEnd]) -> u32 {
    ends.iter().filter(|end| end.is_difference()).count() as u32
}

/// The state of a side without those of its breaks that are ends of timing differences.
pub fn apart(status: &SideStatus, timing: u32) -> SideStatus {
    match *status {
        SideStatus::Proven { breaks } => SideStatus::Proven {
            breaks: breaks.saturating_sub(timing),
        },
        SideStatus::ProvenLate { breaks } => SideStatus::ProvenLate {
            breaks: breaks.saturating_sub(timing),
        },
        SideStatus::Repaired { breaks } => SideStatus::Repaired {
            breaks: breaks.saturating_sub(timing),
        },
        SideStatus::Awaited | SideStatus::Committed | SideStatus::Defaulted => *status,
    }
}

/// The state of a side for people, with timing differences apart from breaks:
/// `proven, 2 breaks, 1 timing difference`.
pub fn status_words(status: &SideStatus, timing: u32) -> String {
    let words = apart(status, timing).to_string();
    match timing {
        0 => words,
        1 => format!("{words}, 1 timing difference"),
        _ => format!("{words}, {timing} timing differences"),
    }
}

//! What staff reads of a day: plain values, also through the runtime API.

use crate::{
    settlement::SettlementPeriod, BusinessDay, Cause, Commitment, Entry, KindTotals, Moment,
    Replacement, Round, SignedAmount, Witness, MAX_ROUNDS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The state of a day. Nothing goes back, but a payment outside the chain that comes back makes a settled
/// day reconciled again.
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
pub enum DayStatus {
    /// Trades are taken.
    #[default]
    Open,
    /// No more trades; the sides commit.
    Sealed,
    /// Both sides are proven or defaulted; the obligation is fixed.
    Reconciled,
    /// The obligation of its settlement period is paid, or zero.
    Settled,
}

/// The state of a side of a day. Nothing goes back, but a rejected book may be committed once more, and a
/// side that defaulted may be proven late.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SideStatus {
    /// No commitment yet.
    #[default]
    Awaited,
    /// The commitment stands; no report was accepted whole.
    Committed,
    /// The difference between chain and book is proven.
    Proven {
        /// Slots and extras that differ.
        breaks: u32,
    },
    /// The party's book took the corrections, and equals the chain.
    Repaired {
        /// Slots and extras that differed.
        breaks: u32,
    },
    /// Never proven before the deadline: the day closes on the chain's record.
    Defaulted,
    /// The difference between chain and book was proven after the side had defaulted. What is owed for the
    /// day does not depend on it.
    ProvenLate {
        /// Slots and extras that differ.
        breaks: u32,
    },
}

impl SideStatus {
    /// The state's name in files, commands and JSON, like `proven`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Awaited => "awaited",
            Self::Committed => "committed",
            Self::Proven { .. } => "proven",
            Self::Repaired { .. } => "repaired",
            Self::Defaulted => "defaulted",
            Self::ProvenLate { .. } => "proven_late",
        }
    }

    /// How many breaks were proven; `None` where nothing was.
    pub const fn breaks(&self) -> Option<u32> {
        match self {
            Self::Proven { breaks } | Self::ProvenLate { breaks } | Self::Repaired { breaks } => {
                Some(*breaks)
            }
            Self::Awaited | Self::Committed | Self::Defaulted => None,
        }
    }
}

/// For people: `proven, 2 breaks`.
impl fmt::Display for SideStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProvenLate { .. } => "proven late",
            other => other.name(),
        })?;
        let is_repaired = matches!(self, Self::Repaired { .. });
        match self.breaks() {
            Some(0) if !is_repaired => f.write_str(", no breaks"),
            Some(breaks) => write!(f, ", {breaks} breaks"),
            None => Ok(()),
        }
    }
}

/// A side of a day.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct SideSummary {
    /// Its state.
    pub status: SideStatus,
    /// Whether it was marked overdue: not committed at the preset time.
    pub overdue: bool,
    /// Whether it was marked defaulted: not proven by the deadline. It stays so where it is proven late.
    pub defaulted: bool,
    /// What the party committed to.
    pub commitment: Option<Commitment>,
    /// How often the party replaced that before the preset time.
    pub replacements: Replacement,
    /// Whether the party may still replace it.
    pub may_replace: bool,
    /// What the chain's own book of the side is; there once the day is sealed.
    pub chain: Option<Commitment>,
    /// The round whose commitment is awaited or stands: one more after each rejection of a whole book
    /// (too many pages or extras, or a false total).
    pub round: Round,
    /// Pages of slots and of extras listed by an accepted header.
    pub listed_pages: u32,
    /// Of those, pages accepted so far.
    pub accepted_pages: u32,
    /// Until when the side may be proven late, should it default.
    pub late_until: Option<Moment>,
    /// Whether that time has come, by the time of the chain.
    pub too_late: bool,
}

impl SideSummary {
    /// Whether the party may still choose what it commits to: it may replace that, or has none in the current
    /// round and may yet commit, in time or late. Until then no node shows it the other book. The time of the
    /// chain decides, since the chain takes commitments by it, and a node's clock may be ahead.
    ///
    /// From the deadline to the mark of default no commitment is taken, but a late one may come after it.
    pub fn may_still_choose(&self) -> bool {
        let is_awaited = match self.status {
            SideStatus::Awaited => true,
            SideStatus::Defaulted => self.commitment.is_none(),
            _ => false,
        };
        self.may_replace || (is_awaited && self.round < MAX_ROUNDS && !self.too_late)
    }
}

/// A day of an agreement.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct DaySummary {
    /// The day.
    pub day: BusinessDay,
    /// Its state.
    pub status: DayStatus,
    /// Trades of both kinds: the positions of the day.
    pub trades: u32,
    /// The payments in numbers.
    pub payments: KindTotals,
    /// The refunds in numbers.
    pub refunds: KindTotals,
    /// When trades stop being taken.
    pub cut_off_at: Moment,
    /// The last of the days that come due together with this one: the day itself, unless the next day is
    /// closed by the agreement's calendars.
    pub due_with: BusinessDay,
    /// When the day is reconciled.
    pub preset_at: Moment,
    /// When a side that is not proven may be marked defaulted.
    pub deadline_at: Moment,
    /// The company's side.
    pub debit: SideSummary,
    /// The bank's side.
    pub credit: SideSummary,
    /// What the company owes the bank, in minor units; below zero, the bank owes the company. There once
    /// the day is reconciled.
    pub obligation: Option<SignedAmount>,
    /// The days that are paid together with this one.
    pub period: SettlementPeriod,
    /// When nothing was left to pay for those days.
    pub paid_at: Option<Moment>,
}

/// A slot that differed from the chain, as proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SlotBreakView {
    /// The position.
    pub position: u32,
    /// Why it differed.
    pub cause: Cause,
    /// What the book held; `None` where it lacked the slot.
    pub found: Option<Entry>,
    /// What is right: the chain's entry, its amount derived again from the terms.
    pub right: Entry,
}

/// An entry that a book held on no position, as proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ExtraBreakView {
    /// The entry.
    pub entry: Entry,
    /// Why it has no place in the book.
    pub cause: Cause,
    /// Where the trade that it repeats stands.
    pub witness: Option<Witness>,
}

/// The proven breaks of a side of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BreakList {
    /// Slots, by position.
    pub slots: Vec<SlotBreakView>,
    /// Extras, in the order of the book.
    pub extras: Vec<ExtraBreakView>,
}

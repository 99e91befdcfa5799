//! Timing differences: what the chain has on one day and a ledger on another. They are no errors.
//!
//! The extra of a day that repeats a trade of another day, and the slot of that trade that the book of the
//! other day lacks, are one timing difference, once both are proven. Nothing of it is stored: it is read
//! from proven breaks, so that it does not matter which of the two days is proven first. A preview reads it
//! from a ledger that nobody has committed to yet, by the same functions.

use crate::{
    summary::{BreakList, SideStatus},
    witness::{is_near, search_days},
    written::date,
    BusinessDay, Cause, Entry, Witness,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString},
    vec::Vec,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// The breaks of a side of a day that may be ends of timing differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The positions that the book lacks, ascending, with what is right there.
    missing: Vec<(u32, Entry)>,
    /// The extras that repeat trades of other days, by their index among the book's extras.
    elsewhere: Vec<(u32, Entry, Witness)>,
}

/// What is known of the book of a side of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The side is proven.
    Proven(Ends),
    /// The side defaulted: nothing was proven of its book.
    Defaulted,
    /// The side is neither proven nor defaulted.
    NotYet,
}

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
    /// The side of the other day defaulted, so that nobody knows whether its book lacks the trade.
    NotCompared,
    /// The side of the other day is neither proven nor defaulted.
    NotYetCompared,
    /// The trade is booked more than once: the book of its own day has it, or another extra is the end.
    BookedAgain,
}

/// An end of a timing difference; or an extra of another day's trade, of which it is not known, or not
/// true, that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TimingEnd {
    /// The break.
    pub end: End,
    /// What the book has too many, or lacks.
    pub entry: Entry,
    /// Where the chain has the trade.
    pub recorded: Witness,
    /// The day on which the ledger has it.
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

impl Ends {
    /// The ends among proven breaks.
    pub fn of_breaks(breaks: &BreakList) -> Self {
        let slots = breaks.slots.iter();
        let extras = breaks.extras.iter();
        Self::new(
            slots.map(|slot| (slot.position, slot.cause, slot.right)),
            extras.map(|extra| (extra.entry, extra.cause, extra.witness)),
        )
    }

    /// The ends among slots that differ, by position with what is right there, and all extras of a book.
    pub fn new(
        slots: impl IntoIterator<Item = (u32, Cause, Entry)>,
        extras: impl IntoIterator<Item = (Entry, Cause, Option<Witness>)>,
    ) -> Self {
        let missing = slots
            .into_iter()
            .filter(|(_, cause, _)| *cause == Cause::Missing)
            .map(|(position, _, right)| (position, right));
        let elsewhere = (0..)
            .zip(extras)
            .filter(|(_, (_, cause, _))| *cause == Cause::OtherDay)
            .filter_map(|(index, (entry, _, witness))| Some((index, entry, witness?)));
        Self {
            missing: missing.collect(),
            elsewhere: elsewhere.collect(),
        }
    }

    /// The other days of the side that [`read`] has to know of, where these are the ends of `day`. None
    /// lies before the agreement's `first` day or after `today`.
    pub fn days_to_read(
        &self,
        day: BusinessDay,
        first: BusinessDay,
        today: BusinessDay,
    ) -> BTreeSet<BusinessDay> {
        let mut days = BTreeSet::new();
        if !self.missing.is_empty() {
            days.extend(search_days(day, first, today).skip(1));
        }
        for recorded_on in self.days_of_trades(day) {
            // A trade that is booked on several other days is late on the nearest of them.
            let nearer = search_days(recorded_on, first, today).take_while(|near| *near != day);
            days.extend(nearer);
        }
        days
    }

    /// The days of the trades that extras of `day` repeat.
    fn days_of_trades(&self, day: BusinessDay) -> BTreeSet<BusinessDay> {
        self.near(day).map(|(_, _, witness)| witness.day).collect()
    }

    /// The extras of `day` whose trades are near enough to be looked for from either end.
    fn near(&self, day: BusinessDay) -> impl Iterator<Item = &(u32, Entry, Witness)> {
        let elsewhere = self.elsewhere.iter();
        elsewhere.filter(move |(_, _, witness)| is_near(witness.day, day))
    }

    fn lacks(&self, position: u32) -> bool {
        let missing = &self.missing;
        missing
            .binary_search_by_key(&position, |(at, _)| *at)
            .is_ok()
    }
}

impl Compared {
    /// What is known of a side in this state, with these proven breaks.
    pub fn of(status: &SideStatus, breaks: &BreakList) -> Self {
        match status {
            SideStatus::Defaulted => Self::Defaulted,
            status if status.breaks().is_some() => Self::Proven(Ends::of_breaks(breaks)),
            _ => Self::NotYet,
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
        SideStatus::Repaired { breaks } => SideStatus::Repaired {
            breaks: breaks.saturating_sub(timing),
        },
        status => status,
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

/// Reads the timing differences that have an end on `day`, whose `ends` these are: slots by position,
/// then extras in the order of the book. `others` are the other days of the side; one that it lacks
/// counts as not yet compared.
///
/// A trade that is booked on several other days, or more than once on one, is late on the nearest of
/// them, of two as near on the earlier one, and there by the first extra. The others are no ends.
pub fn read(
    day: BusinessDay,
    ends: &Ends,
    others: &BTreeMap<BusinessDay, Compared>,
) -> Vec<TimingEnd> {
    let booked = booked_elsewhere(day, None, others);
    let slots = ends.missing.iter().filter_map(|(position, entry)| {
        let recorded = Witness {
            day,
            position: *position,
        };
        let booked = *booked.get(position)?;
        Some(TimingEnd::new(
            End::Slot(*position),
            *entry,
            recorded,
            booked,
        ))
    });
    let days_of_trades = ends.days_of_trades(day).into_iter();
    let nearer: BTreeMap<_, _> = days_of_trades
        .map(|recorded_on| {
            (
                recorded_on,
                booked_elsewhere(recorded_on, Some(day), others),
            )
        })
        .collect();
    let mut seen = BTreeSet::new();
    let extras = ends.near(day).map(|(index, entry, recorded)| {
        let Witness { day: on, position } = *recorded;
        let is_first = seen.insert((on, position));
        let is_nearest = nearer
            .get(&on)
            .is_none_or(|days| !days.contains_key(&position));
        let other = match others.get(&on) {
            Some(Compared::Defaulted) => OtherEnd::NotCompared,
            None | Some(Compared::NotYet) => OtherEnd::NotYetCompared,
            Some(Compared::Proven(ends)) if ends.lacks(position) && is_first && is_nearest => {
                OtherEnd::Found
            }
            Some(Compared::Proven(_)) => OtherEnd::BookedAgain,
        };
        TimingEnd {
            other,
            ..TimingEnd::new(End::Extra(*index), *entry, *recorded, day)
        }
    });
    slots.chain(extras).collect()
}

/// For the trades of a day, by position, the nearest other day whose book is proven to have them; of the
/// days before `until` in the order of the search.
fn booked_elsewhere(
    recorded_on: BusinessDay,
    until: Option<BusinessDay>,
    others: &BTreeMap<BusinessDay, Compared>,
) -> BTreeMap<u32, BusinessDay> {
    let mut booked = BTreeMap::new();
    let days = search_days(recorded_on, BusinessDay(0), BusinessDay(u32::MAX))
        .skip(1)
        .take_while(|near| Some(*near) != until);
    for day in days {
        let Some(Compared::Proven(ends)) = others.get(&day) else {
            continue;
        };
        for (_, _, witness) in &ends.elsewhere {
            if witness.day == recorded_on {
                booked.entry(witness.position).or_insert(day);
            }
        }
    }
    booked
}

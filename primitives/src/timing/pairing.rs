//! Reads timing differences from what is known of the days of a side.

use super::{End, OtherEnd, TimingEnd};
use crate::{
    search_days::{is_near, search_days, SEARCH_DAYS},
    summary::{BreakList, SideStatus},
    BusinessDay, Cause, Entry, Moment, TradeId, Witness,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// The breaks of a side of a day that may be ends of timing differences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Ends {
    /// The positions that the book lacks, ascending, with what is right there.
    missing: Vec<(u32, Entry)>,
    /// The extras that repeat trades of other days, by their index among the book's extras.
    elsewhere: Vec<(u32, Entry, Witness)>,
    /// Of the positions that the book lacks, those whose trades occurred on other days, with these days. They
    /// are known where the book is read, and not sent.
    #[codec(skip)]
    occurred: BTreeMap<u32, BusinessDay>,
}

/// What is known of the book of a side of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Compared {
    /// The side is proven.
    Proven(Ends),
    /// The side defaulted: nothing was proven of its book.
    Defaulted,
    /// The side is neither proven nor defaulted.
    #[default]
    NotYet,
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
            occurred: BTreeMap::new(),
        }
    }

    /// These ends, of `day`, with the days on which trades that the book lacks occurred, by `day_of`. A
    /// ledger that was on time has such a trade on that day.
    pub fn with_days_of(
        mut self,
        day: BusinessDay,
        day_of: impl Fn(Moment) -> Option<BusinessDay>,
    ) -> Self {
        let missing = self.missing.iter();
        let recorded_late = missing.filter_map(|(position, entry)| {
            let occurred = day_of(entry.occurred_at)?;
            (occurred < day && is_near(occurred, day)).then_some((*position, occurred))
        });
        self.occurred = recorded_late.collect();
        self
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

    /// The positions of `other` that extras of this day repeat. Of what the book of `other` lacks, [`read`]
    /// looks at no others.
    pub fn positions_on(&self, other: BusinessDay) -> BTreeSet<u32> {
        let on_other = self.elsewhere.iter().filter(|one| one.2.day == other);
        on_other.map(|(_, _, witness)| witness.position).collect()
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

    /// The day on which the trade of a position that the book lacks occurred, where it was recorded late and
    /// the side of that day is not proven: the ledger may have it there.
    fn unknown(
        &self,
        position: u32,
        others: &BTreeMap<BusinessDay, Compared>,
    ) -> Option<(BusinessDay, OtherEnd)> {
        let occurred = *self.occurred.get(&position)?;
        let other = match others.get(&occurred) {
            Some(Compared::Proven(_)) => return None,
            Some(Compared::Defaulted) => OtherEnd::NotCompared,
            None | Some(Compared::NotYet) => OtherEnd::NotYetCompared,
        };
        Some((occurred, other))
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

/// The days that [`Ends::days_to_read`] picks from, whatever the ends of `day` are: the trade of an extra is
/// near `day`, and whatever else repeats it is near that trade.
pub fn days_that_count(day: BusinessDay) -> impl Iterator<Item = BusinessDay> {
    let furthest = 2 * SEARCH_DAYS;
    let days = day.0.saturating_sub(furthest)..=day.0.saturating_add(furthest);
    days.map(BusinessDay).filter(move |other| *other != day)
}

/// Reads the timing differences that have an end on `day`, whose `ends` these are: slots by position,
/// then extras in the order of the book. `others` are the other days of the side; one that it lacks
/// counts as not yet compared.
///
/// A trade that is booked on several other days, or more than once on one, is late on the nearest of
/// them, of two as near on the earlier one, and there by the first extra. The others are no ends. An extra
/// that names its trade by id, and is not the first of its day, is one too many whatever is known of the
/// trade's own day.
///
/// A missing entry that no other day has is no end. If its trade was recorded late, and the side of the day
/// on which it occurred is not proven, it may be one: see [`Ends::with_days_of`].
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
        let (booked, other) = match booked.get(position) {
            Some(booked) => (*booked, OtherEnd::Found),
            None => ends.unknown(*position, others)?,
        };
        Some(TimingEnd {
            other,
            ..TimingEnd::new(End::Slot(*position), *entry, recorded, booked)
        })
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
        // Lines without ids may be of several trades that are alike.
        let is_again = !is_first && entry.id != TradeId::default();
        let is_nearest = nearer
            .get(&on)
            .is_none_or(|days| !days.contains_key(&position));
        let other = match others.get(&on) {
            _ if is_again => OtherEnd::BookedAgain,
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

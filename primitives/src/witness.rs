//! Witnesses: where an extra of a book is on chain, so that its cause can be checked.
//!
//! [`Search`] decides which days are read, and in which order; whoever drives it reads them. So the
//! reconciler's worker and a client find the same witnesses, and name the same causes.

use crate::{search_days::search_days, tree::PAGE_SIZE, BusinessDay, Entry, TradeId};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The place of the trade that an extra repeats.
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
pub struct Witness {
    /// The day to which the trade is booked: the extra's own, or another.
    pub day: BusinessDay,
    /// The trade's position on that day.
    pub position: u32,
}

/// Whether a trade may have the extra's id, by what the window shows of the id: `None` where it
/// cannot tell. An extra without id is looked for by all else.
pub fn may_be_on_chain(id: TradeId, used: Option<bool>) -> bool {
    id == TradeId::default() || used != Some(false)
}

/// A search for the trades that the extras of a day repeat: on the day itself, then on its
/// neighbours, until none is missing.
#[derive(Clone, Debug)]
pub struct Search {
    witnesses: Witnesses,
    days: alloc::vec::IntoIter<BusinessDay>,
}

impl Search {
    /// A search for the trades equal to `extras` of `day`, on the days of [`search_days`].
    pub fn new<'a>(
        extras: impl IntoIterator<Item = &'a Entry>,
        day: BusinessDay,
        first: BusinessDay,
        today: BusinessDay,
    ) -> Self {
        let days: Vec<BusinessDay> = search_days(day, first, today).collect();
        Self {
            witnesses: Witnesses::wanted_by(extras),
            days: days.into_iter(),
        }
    }

    /// The next day whose pages are to be looked through: the extras' own first. `None` where nothing
    /// is missing any more, or no day is left.
    pub fn next_day(&mut self) -> Option<BusinessDay> {
        self.witnesses.missing().next()?;
        self.days.next()
    }

    /// Looks through `page` of the chain's entries of the side on `day`.
    pub fn look_in(&mut self, day: BusinessDay, page: u32, chain: &[Entry]) {
        self.witnesses.look_in(day, page, chain);
    }

    /// The trade ids of the extras without a witness so far.
    pub fn missing(&self) -> impl Iterator<Item = TradeId> + '_ {
        self.witnesses.missing()
    }

    /// Looks no further for extras whose ids are in no trade, by [`may_be_on_chain`]. `used` returns
    /// what the window shows of an id.
    pub fn leave_out_unused(&mut self, used: impl Fn(TradeId) -> Option<bool>) {
        self.witnesses.wanted.retain(|extra, witness| {
            witness.is_some() || may_be_on_chain(extra.id, used(extra.id))
        });
    }

    /// What was found.
    pub fn finish(self) -> Witnesses {
        self.witnesses
    }
}

/// The witnesses of extras, found page by page over one day or several.
///
/// A trade stands on one position of one day, so an extra has one witness at most.
#[derive(Clone, Debug, Default)]
pub struct Witnesses {
    wanted: BTreeMap<Entry, Option<Witness>>,
}

impl Witnesses {
    /// A search for the trades equal to `extras`.
    pub fn wanted_by<'a>(extras: impl IntoIterator<Item = &'a Entry>) -> Self {
        Self {
            wanted: extras.into_iter().map(|entry| (*entry, None)).collect(),
        }
    }

    /// Looks through `page` of the chain's entries of the side on `day`.
    pub fn look_in(&mut self, day: BusinessDay, page: u32, chain: &[Entry]) {
        if self.wanted.is_empty() {
            return;
        }
        let first = page.saturating_mul(PAGE_SIZE);
        for (offset, entry) in chain.iter().enumerate() {
            // An extra without an id repeats what equals it otherwise.
            let without_id = Entry {
                id: TradeId::default(),
                ..*entry
            };
            for like in [entry, &without_id] {
                if let Some(witness) = self.wanted.get_mut(like) {
                    let position = first.saturating_add(offset as u32);
                    witness.get_or_insert(Witness { day, position });
                }
            }
        }
    }

    /// The trade ids of the extras without a witness so far.
    pub fn missing(&self) -> impl Iterator<Item = TradeId> + '_ {
        self.missing_entries().map(|entry| entry.id)
    }

    /// The extras without a witness so far.
    pub fn missing_entries(&self) -> impl Iterator<Item = &Entry> + '_ {
        self.wanted
            .iter()
            .filter(|(_, witness)| witness.is_none())
            .map(|(entry, _)| entry)
    }

    /// The extras, in their order, each with its witness.
    pub fn attach(&self, extras: &[Entry]) -> Vec<(Entry, Option<Witness>)> {
        extras
            .iter()
            .map(|entry| (*entry, self.wanted.get(entry).copied().flatten()))
            .collect()
    }
}

/// Whether `extra` repeats `entry`, the side's entry of a trade on chain.
///
/// An extra whose party knows no trade id, all zero, repeats what equals it in everything else.
pub fn repeats(extra: &Entry, entry: &Entry) -> bool {
    let id = if extra.id == TradeId::default() {
        entry.id
    } else {
        extra.id
    };
    Entry { id, ..*extra } == *entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn entry() -> Entry {
        Entry {
            id: TradeId {
                client: 1,
                sequence: 7,
            },
            amount: 100,
            ..Default::default()
        }
    }

    #[test]
    fn an_equal_entry_repeats() {
        assert!(repeats(&entry(), &entry()));
    }

    #[test]
    fn an_extra_without_id_repeats_what_equals_it_otherwise() {
        let extra = Entry {
            id: TradeId::default(),
            ..entry()
        };
        assert!(repeats(&extra, &entry()));
    }

    #[test]
    fn another_id_does_not_repeat() {
        let mut extra = entry();
        extra.id.sequence = 8;
        assert!(!repeats(&extra, &entry()));
    }

    #[test]
    fn another_kind_does_not_repeat() {
        let mut extra = entry();
        extra.kind = Kind::Refund;
        assert!(!repeats(&extra, &entry()));
        extra.id = TradeId::default();
        assert!(!repeats(&extra, &entry()));
    }

    #[test]
    fn another_amount_does_not_repeat() {
        let mut extra = entry();
        extra.amount = 101;
        assert!(!repeats(&extra, &entry()));
    }
}

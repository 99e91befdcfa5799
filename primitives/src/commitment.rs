//! What a party puts on chain for its book of a day, before anybody compares.

use crate::{
    ports::CommitRefused, tree, tree::Domain, Entry, Moment, Replacement, Round, SideId,
    SideTotals, MAX_REPLACEMENTS, MAX_ROUNDS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// A party's word on its book of a day.
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
)]
pub struct Commitment {
    /// The root over the page roots of the book's slots.
    pub slots_root: H256,
    /// The root over the page roots of the book's extras.
    pub extras_root: H256,
    /// Positions; the chain's count.
    pub slots: u32,
    /// Entries on no position.
    pub extras: u32,
    /// The sums of all amounts of the book, slots and extras, by kind.
    pub totals: SideTotals,
}

/// Whether the chain still takes a commitment of a side that is in `round` at `now`, and is not proven.
/// `until` is its deadline; where it defaulted, the end of the days for a late proof. A day without such a
/// time takes none.
pub fn may_come(round: Round, until: Option<Moment>, now: Moment) -> Result<(), CommitRefused> {
    if round >= MAX_ROUNDS {
        Err(CommitRefused::NoMoreRounds)
    } else if until.is_some_and(|until| now < until) {
        Ok(())
    } else {
        Err(CommitRefused::TooLate)
    }
}

/// Whether another commitment may take the place of one that stands, after this number of replacements:
/// until the preset time, when the books are opened. A day without a preset time takes none.
pub fn may_be_replaced(replacements: Replacement, preset: Option<Moment>, now: Moment) -> bool {
    replacements < MAX_REPLACEMENTS && preset.is_some_and(|preset| now < preset)
}

/// The place of a book, before its extras are counted.
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
pub struct Place {
    /// The chain.
    pub genesis: H256,
    /// The side.
    pub side_id: SideId,
}

impl Place {
    /// The domain of a book with these counts.
    pub const fn domain(&self, slots: u32, extras: u32) -> Domain {
        Domain {
            format: tree::FORMAT,
            genesis: self.genesis,
            side_id: self.side_id,
            slots,
            extras,
        }
    }
}

impl Commitment {
    /// The commitment to a book given by its page roots, counts and totals.
    pub fn from_page_roots(
        place: &Place,
        slots: u32,
        extras: u32,
        slots_page_roots: impl IntoIterator<Item = H256>,
        extras_page_roots: impl IntoIterator<Item = H256>,
        totals: SideTotals,
    ) -> Self {
        let domain = place.domain(slots, extras);
        Self {
            slots_root: tree::slots_root(&domain, slots_page_roots),
            extras_root: tree::extras_root(&domain, extras_page_roots),
            slots,
            extras,
            totals,
        }
    }

    /// The commitment to a book given by all its slots and extras. The totals saturate.
    pub fn of_book(place: &Place, slots: &[Option<Entry>], extras: &[Entry]) -> Self {
        let roots: Vec<H256> = slots
            .chunks(tree::PAGE_SIZE as usize)
            .map(tree::slots_page_root)
            .collect();
        let mut totals = SideTotals::default();
        for entry in slots.iter().flatten().chain(extras) {
            totals.add_entry(entry);
        }
        Self::from_page_roots(
            place,
            slots.len() as u32,
            extras.len() as u32,
            roots,
            tree::extras_page_roots(extras),
            totals,
        )
    }

    /// Whether these page roots, as many as the counts say, are the ones committed to.
    pub fn has_page_roots(
        &self,
        place: &Place,
        slots_page_roots: &[H256],
        extras_page_roots: &[H256],
    ) -> bool {
        let domain = self.domain(place);
        slots_page_roots.len() as u32 == tree::page_count(self.slots)
            && extras_page_roots.len() as u32 == tree::page_count(self.extras)
            && tree::slots_root(&domain, slots_page_roots.iter().copied()) == self.slots_root
            && tree::extras_root(&domain, extras_page_roots.iter().copied()) == self.extras_root
    }

    /// The domain that the roots are bound to.
    pub const fn domain(&self, place: &Place) -> Domain {
        place.domain(self.slots, self.extras)
    }
}

//! A side of a day: how calls name it, and what the books and staff see of it.

use crate::{
    who_may_report::{due, is_time_for_late_proof, late_until},
    AcceptedHeader, Config, Error, ExtraBreak, ExtraBreaks, Headers, ListedPage, Pallet, Sides,
    SlotBreak, SlotBreaks,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    commitment,
    ports::{CommitRefused, Commitments, DayTrades, SideView},
    summary::{SideStatus, SideSummary},
    written::day_of_input,
    AgreementId, BusinessDay, Cause, Entry, Round, Side, SideId, MAX_ROUNDS,
};
use frame_support::{ensure, traits::Time};

/// The side of a day, which may be given by the digits of its date.
pub(crate) fn of_input<T>(
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
) -> Result<SideId, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDay)?;
    Ok(SideId::new(agreement, day, side))
}

impl<T: Config> Pallet<T> {
    /// The side, for staff.
    pub fn side_summary(side_id: SideId) -> SideSummary {
        let record = Sides::<T>::get(side_id);
        let header = Headers::<T>::get(side_id);
        let due = due::<T>(side_id);
        let due = due.as_ref();
        let commitment = T::Books::commitment(side_id, record.round);
        let replacements = T::Books::replacements(side_id, record.round);
        let preset = due.map(|(_, times)| times.preset);
        let now = T::UnixTime::now();
        let may_replace = commitment::may_be_replaced(replacements, preset, now);
        let late_until =
            due.and_then(|(agreement, times)| late_until::<T>(agreement, side_id.day, times));
        SideSummary {
            status: Self::side_status(side_id),
            overdue: record.overdue,
            defaulted: record.defaulted,
            commitment,
            replacements,
            may_replace: commitment.is_some() && may_replace,
            chain: T::Trades::chain_commitment(side_id),
            round: record.round,
            listed_pages: header.as_ref().map_or(0, |header| header.listed()),
            accepted_pages: header.as_ref().map_or(0, |header| header.accepted()),
            late_until,
            too_late: late_until.is_some_and(|until| now >= until),
        }
    }

    /// Whether the commitment of a side, in its current round, is that of a book equal to the chain:
    /// that alone proves the side, whether or not anybody was handed its pages.
    pub(crate) fn is_chains_own(side_id: SideId) -> bool {
        let commitment = T::Books::commitment(side_id, Self::round(side_id));
        commitment.is_some() && commitment == T::Trades::chain_commitment(side_id)
    }

    /// The breaks on slots of a proven side, with their corrections, by position.
    pub fn proven_slot_breaks(side_id: SideId) -> Vec<SlotBreak> {
        Self::proven_pages(side_id, |header| &header.dirty)
            .flat_map(|page| SlotBreaks::<T>::get(side_id, page))
            .collect()
    }

    /// The extras of a proven side, in the order of the book.
    pub fn proven_extra_breaks(side_id: SideId) -> Vec<ExtraBreak> {
        Self::proven_pages(side_id, |header| &header.extras)
            .flat_map(|page| ExtraBreaks::<T>::get(side_id, page))
            .collect()
    }

    /// The pages that the header of a proven side lists; none where it is not proven.
    fn proven_pages(
        side_id: SideId,
        listed: impl Fn(&AcceptedHeader) -> &Vec<ListedPage>,
    ) -> impl Iterator<Item = u32> {
        let is_proven = Sides::<T>::get(side_id).proven.is_some();
        let header = is_proven.then(|| Headers::<T>::get(side_id)).flatten();
        let pages: Vec<u32> = header
            .iter()
            .flat_map(|header| listed(header).iter().map(|listed| listed.page))
            .collect();
        pages.into_iter()
    }
}

impl<T: Config> SideView for Pallet<T> {
    fn side_status(side_id: SideId) -> SideStatus {
        let record = Sides::<T>::get(side_id);
        match record.proven {
            Some(breaks) if record.repaired => SideStatus::Repaired { breaks },
            Some(breaks) if record.defaulted => SideStatus::ProvenLate { breaks },
            Some(breaks) => SideStatus::Proven { breaks },
            None if record.defaulted => SideStatus::Defaulted,
            None if T::Books::commitment(side_id, record.round).is_some() => SideStatus::Committed,
            None => SideStatus::Awaited,
        }
    }

    fn round(side_id: SideId) -> Round {
        Sides::<T>::get(side_id).round
    }

    fn may_commit(side_id: SideId) -> Result<(), CommitRefused> {
        let record = Sides::<T>::get(side_id);
        let until = due::<T>(side_id).and_then(|(agreement, times)| {
            if record.defaulted {
                late_until::<T>(&agreement, side_id.day, &times)
            } else {
                Some(times.deadline)
            }
        });
        commitment::may_come(record.round, until, T::UnixTime::now())?;
        ensure!(record.proven.is_none(), CommitRefused::TooLate);
        Ok(())
    }

    fn is_before_preset(side_id: SideId) -> bool {
        due::<T>(side_id).is_some_and(|(_, times)| T::UnixTime::now() < times.preset)
    }

    fn has_defaulted(side_id: SideId) -> bool {
        Sides::<T>::get(side_id).defaulted
    }

    fn may_be_proven_late(side_id: SideId) -> bool {
        let record = Sides::<T>::get(side_id);
        let is_open = record.defaulted && record.proven.is_none() && record.round < MAX_ROUNDS;
        is_open
            && due::<T>(side_id).is_some_and(|(agreement, times)| {
                is_time_for_late_proof::<T>(&agreement, side_id.day, &times)
            })
    }

    fn extra_breaks(side_id: SideId) -> Vec<(Entry, Cause)> {
        Self::proven_extra_breaks(side_id)
            .into_iter()
            .map(|one| (one.entry, one.cause))
            .collect()
    }
}

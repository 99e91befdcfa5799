//! A side of a day: who may report it, and what the books and staff see of it.

use crate::{
    AcceptedHeader, Config, Error, Event, ExtraBreak, ExtraBreaks, Headers, ListedPage, Pallet,
    SideKey, SideRecord, Sides, SlotBreak, SlotBreaks, MAX_REJECTIONS,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, Directory, SideView},
    summary::{SideStatus, SideSummary},
    written::{date, day_of_input},
    AgreementId, AgreementView, BusinessDay, Cause, Entry, MemberId, Side,
};
use frame_support::{ensure, traits::Time};
use sp_runtime::DispatchResult;

/// The side of a day, which may be given by the digits of its date.
pub(crate) fn key<T>(
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
) -> Result<SideKey, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDay)?;
    Ok((agreement, day, side))
}

/// The agreement, where `member` is the reconciler of `day`, the company or the bank: these report and
/// mark its sides.
pub(crate) fn ensure_entitled<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> Result<AgreementView, Error<T>> {
    let view = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(view.may_report(member, day), Error::<T>::NotEntitled);
    Ok(view)
}

/// The record of a side that is neither proven nor defaulted.
pub(crate) fn unclosed<T: Config>(key: SideKey) -> Result<SideRecord, Error<T>> {
    let record = Sides::<T>::get(key);
    ensure!(record.proven.is_none(), Error::<T>::AlreadyProven);
    ensure!(!record.defaulted, Error::<T>::AlreadyDefaulted);
    Ok(record)
}

impl<T: Config> Pallet<T> {
    /// The side, for staff.
    pub fn side_summary(agreement: AgreementId, day: BusinessDay, side: Side) -> SideSummary {
        let record = Sides::<T>::get((agreement, day, side));
        let header = Headers::<T>::get((agreement, day, side));
        SideSummary {
            status: Self::side_status(agreement, day, side),
            overdue: record.overdue,
            commitment: T::Books::commitment(agreement, day, side),
            chain: T::Trades::chain_commitment(agreement, day, side),
            rejections: record.rejections,
            listed_pages: header.as_ref().map_or(0, |header| header.listed()),
            accepted_pages: header.as_ref().map_or(0, |header| header.accepted()),
        }
    }

    /// How many books of the side were rejected. A report with breaks names it, so that it serves
    /// for one book: after a rejection nobody can send again what was reported of the rejected one.
    pub fn rejections(key: SideKey) -> u8 {
        Sides::<T>::get(key).rejections
    }

    /// Whether the commitment of a side is that of a book equal to the chain: that alone proves the
    /// side, whether or not anybody was handed its pages.
    pub(crate) fn is_chains_own((agreement, day, side): SideKey) -> bool {
        let commitment = T::Books::commitment(agreement, day, side);
        commitment.is_some() && commitment == T::Trades::chain_commitment(agreement, day, side)
    }

    /// The breaks on slots of a proven side, with their corrections, by position.
    pub fn proven_slot_breaks(key: SideKey) -> Vec<SlotBreak> {
        let (agreement, day, side) = key;
        Self::proven_pages(key, |header| &header.dirty)
            .flat_map(|page| SlotBreaks::<T>::get((agreement, day, side, page)))
            .collect()
    }

    /// The extras of a proven side, in the order of the book.
    pub fn proven_extra_breaks(key: SideKey) -> Vec<ExtraBreak> {
        let (agreement, day, side) = key;
        Self::proven_pages(key, |header| &header.extras)
            .flat_map(|page| ExtraBreaks::<T>::get((agreement, day, side, page)))
            .collect()
    }

    /// The pages that the header of a proven side lists; none where it is not proven.
    fn proven_pages(
        key: SideKey,
        listed: impl Fn(&AcceptedHeader) -> &Vec<ListedPage>,
    ) -> impl Iterator<Item = u32> {
        let is_proven = Sides::<T>::get(key).proven.is_some();
        let header = is_proven.then(|| Headers::<T>::get(key)).flatten();
        let pages: Vec<u32> = header
            .iter()
            .flat_map(|header| listed(header).iter().map(|listed| listed.page))
            .collect();
        pages.into_iter()
    }
}

impl<T: Config> SideView for Pallet<T> {
    fn side_status(agreement: AgreementId, day: BusinessDay, side: Side) -> SideStatus {
        let record = Sides::<T>::get((agreement, day, side));
        match record.proven {
            Some(breaks) if record.repaired => SideStatus::Repaired { breaks },
            Some(breaks) => SideStatus::Proven { breaks },
            None if record.defaulted => SideStatus::Defaulted,
            None if T::Books::commitment(agreement, day, side).is_some() => SideStatus::Committed,
            None => SideStatus::Awaited,
        }
    }

    fn may_commit(agreement: AgreementId, day: BusinessDay, side: Side) -> bool {
        let record = Sides::<T>::get((agreement, day, side));
        let deadline = T::Directory::agreement(agreement).and_then(|view| view.deadline_of(day));
        !record.is_closed()
            && record.rejections < MAX_REJECTIONS
            && deadline.is_some_and(|deadline| T::UnixTime::now() < deadline)
    }

    fn extra_breaks(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<(Entry, Cause)> {
        Self::proven_extra_breaks((agreement, day, side))
            .into_iter()
            .map(|one| (one.entry, one.cause))
            .collect()
    }

    fn on_repaired(agreement: AgreementId, day: BusinessDay, side: Side) -> DispatchResult {
        let key = (agreement, day, side);
        let mut record = Sides::<T>::get(key);
        ensure!(!record.repaired, Error::<T>::AlreadyRepaired);
        ensure!(
            record.proven.is_some_and(|breaks| breaks > 0),
            Error::<T>::NothingToRepair
        );
        record.repaired = true;
        Sides::<T>::insert(key, record);
        Self::deposit_event(Event::SideRepaired {
            agreement,
            day,
            date: date::words(day),
            side,
        });
        Ok(())
    }
}

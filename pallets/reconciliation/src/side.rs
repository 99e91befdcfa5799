//! A side of a day: how calls name it, and what staff sees of it.

use crate::{
    who_may_report::{due, late_until},
    Config, Error, Headers, Pallet, Sides,
};
use counterfoil_primitives::{
    commitment,
    ports::{Commitments, DayTrades, SideView},
    summary::SideSummary,
    written::day_of_input,
    AgreementId, BusinessDay, Side, SideId,
};
use frame_support::traits::Time;

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
}

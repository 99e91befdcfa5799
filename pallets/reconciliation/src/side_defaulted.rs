//! Sides that default at their deadline; and what is left over of their late reports, which is cleared.

use crate::{
    book_rejected::discard_parts, day_outcome::close_day, side_proven::prove, weighing,
    who_may_report, AtDeadline, Config, Error, Event, Headers, Pallet, Sides,
};
use counterfoil_primitives::{
    day_times::DueTimes,
    ports::{DayTrades, Directory},
    written::date,
    AgreementView, MemberId, SideId,
};
use frame_support::{ensure, pallet_prelude::DispatchResultWithPostInfo, traits::Time};

/// Ends a side at its deadline.
pub(crate) fn do_mark_defaulted<T: Config>(
    member: MemberId,
    side_id: SideId,
) -> DispatchResultWithPostInfo {
    let agreement =
        check_defaulted::<T>(member, side_id).map_err(weighing::refused_at_once::<T>)?;
    let end = accept_defaulted::<T>(&agreement, side_id);
    Ok(Some(weighing::mark_defaulted::<T>(end)).into())
}

pub(crate) fn check_defaulted<T: Config>(
    member: MemberId,
    side_id: SideId,
) -> Result<AgreementView, Error<T>> {
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    let agreement = who_may_report::ensure_entitled::<T>(member, agreement_id, day)?;
    let times = T::Directory::due_times(agreement_id, &agreement, day);
    if is_left_over::<T>(&agreement, side_id, times) {
        return Ok(agreement);
    }
    who_may_report::unclosed::<T>(side_id)?;
    ensure!(
        T::Trades::is_sealed(agreement_id, day),
        Error::<T>::NotSealed
    );
    ensure!(
        times.is_some_and(|times| T::UnixTime::now() >= times.deadline),
        Error::<T>::BeforeDeadline
    );
    Ok(agreement)
}

/// Whether a late report of the side is in without all its parts, and the time for them is over.
pub(crate) fn is_left_over<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    times: Option<DueTimes>,
) -> bool {
    let is_too_late = matches!(
        who_may_report::unproven::<T>(agreement, side_id, times),
        Err(Error::<T>::AlreadyDefaulted)
    );
    is_too_late && Headers::<T>::contains_key(side_id)
}

/// Ends a side by its commitment: the chain's own proves it, any other defaults. Of a side that defaulted
/// before, what is left over of a late report goes.
pub(crate) fn accept_defaulted<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
) -> AtDeadline {
    let mut record = Sides::<T>::get(side_id);
    if record.defaulted {
        return AtDeadline::Defaulted(discard_parts::<T>(side_id));
    }
    if Pallet::<T>::is_chains_own(side_id) {
        prove::<T>(agreement, side_id, record, 0);
        return AtDeadline::Proven;
    }
    let discarded = discard_parts::<T>(side_id);
    record.defaulted = true;
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::SideDefaulted {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
    });
    close_day::<T>(agreement, side_id.agreement, side_id.day);
    AtDeadline::Defaulted(discarded)
}

//! Marks that stay until the end: of a side that is overdue, and of a day whose pages are all to be fetched.

use crate::{who_may_report, Config, Error, Event, FullFetch, Outcomes, Pallet, Sides};
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, Directory},
    written::{date, day_of_input},
    AgreementId, BusinessDay, MemberId, Moment, SideId,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};

/// Marks a side that has not committed at the preset time.
pub(crate) fn do_mark_overdue<T: Config>(member: MemberId, side_id: SideId) -> DispatchResult {
    check_overdue::<T>(member, side_id, T::UnixTime::now())?;
    accept_overdue::<T>(side_id);
    Ok(())
}

pub(crate) fn check_overdue<T: Config>(
    member: MemberId,
    side_id: SideId,
    now: Moment,
) -> Result<(), Error<T>> {
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    let agreement = who_may_report::ensure_entitled::<T>(member, agreement_id, day)?;
    let record = who_may_report::unclosed::<T>(side_id)?;
    ensure!(!record.overdue, Error::<T>::AlreadyOverdue);
    ensure!(record.round == 0, Error::<T>::WasRejected);
    ensure!(
        T::Trades::is_sealed(agreement_id, day),
        Error::<T>::NotSealed
    );
    let times = T::Directory::due_times(agreement_id, &agreement, day);
    ensure!(
        times.is_some_and(|times| now >= times.preset),
        Error::<T>::BeforePreset
    );
    ensure!(
        T::Books::commitment(side_id, record.round).is_none(),
        Error::<T>::Committed
    );
    Ok(())
}

pub(crate) fn accept_overdue<T: Config>(side_id: SideId) {
    Sides::<T>::mutate(side_id, |record| record.overdue = true);
    Pallet::<T>::deposit_event(Event::SideOverdue {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
    });
}

/// Notes that all pages of a day, which may be given by the digits of its date, are to be fetched.
pub(crate) fn do_request_full_fetch<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDay)?;
    check_full_fetch::<T>(member, agreement, day)?;
    FullFetch::<T>::insert(agreement, day, ());
    Pallet::<T>::deposit_event(Event::FullFetchRequested {
        agreement,
        day,
        date: date::words(day),
        member,
    });
    Ok(())
}

pub(crate) fn check_full_fetch<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<(), Error<T>> {
    let agreement = who_may_report::ensure_entitled::<T>(member, agreement_id, day)?;
    let today = agreement.day_of(T::UnixTime::now());
    let has_begun = today.is_some_and(|today| day <= today);
    ensure!(agreement.includes(day) && has_begun, Error::<T>::NoSuchDay);
    ensure!(
        !Outcomes::<T>::contains_key(agreement_id, day),
        Error::<T>::AlreadyReconciled
    );
    ensure!(
        !FullFetch::<T>::contains_key(agreement_id, day),
        Error::<T>::AlreadyRequested
    );
    Ok(())
}

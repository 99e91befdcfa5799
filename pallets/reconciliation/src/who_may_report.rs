//! Who may report a side, and until when: before it is closed, or late where the agreement lets it.

use crate::{Config, Error, SideRecord, Sides};
use counterfoil_primitives::{
    day_times::DueTimes, ports::Directory, AgreementId, AgreementView, BusinessDay, MemberId,
    Moment, SideId,
};
use frame_support::{
    ensure,
    traits::{Get, Time},
};

/// The agreement, where `member` is the reconciler of `day`, the company or the bank: these report and
/// mark its sides.
pub(crate) fn ensure_entitled<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<AgreementView, Error<T>> {
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(agreement.may_report(member, day), Error::<T>::NotEntitled);
    Ok(agreement)
}

/// The record of a side of the agreement that may be reported: it is not proven, and has not defaulted or
/// may still be proven late, by the `times` of its day.
pub(crate) fn unproven<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    times: Option<DueTimes>,
) -> Result<SideRecord, Error<T>> {
    let record = Sides::<T>::get(side_id);
    ensure!(record.proven.is_none(), Error::<T>::AlreadyProven);
    let is_in_time =
        times.is_some_and(|times| is_time_for_late_proof::<T>(agreement, side_id.day, &times));
    ensure!(
        !record.defaulted || is_in_time,
        Error::<T>::AlreadyDefaulted
    );
    Ok(record)
}

/// Whether a side of `day` that defaulted may still be proven.
pub(crate) fn is_time_for_late_proof<T: Config>(
    agreement: &AgreementView,
    day: BusinessDay,
    times: &DueTimes,
) -> bool {
    late_until::<T>(agreement, day, times).is_some_and(|until| T::UnixTime::now() < until)
}

/// Until when a side of `day` that defaulted may be proven late, by the `times` of the day.
pub(crate) fn late_until<T: Config>(
    agreement: &AgreementView,
    day: BusinessDay,
    times: &DueTimes,
) -> Option<Moment> {
    agreement.late_until(day, T::LateProofDays::get(), times.deadline)
}

/// The agreement of a side, and when its day comes due.
pub(crate) fn due<T: Config>(side_id: SideId) -> Option<(AgreementView, DueTimes)> {
    let agreement = T::Directory::agreement(side_id.agreement)?;
    let times = T::Directory::due_times(side_id.agreement, &agreement, side_id.day)?;
    Some((agreement, times))
}

/// The record of a side that is neither proven nor defaulted.
pub(crate) fn unclosed<T: Config>(side_id: SideId) -> Result<SideRecord, Error<T>> {
    let record = Sides::<T>::get(side_id);
    ensure!(record.proven.is_none(), Error::<T>::AlreadyProven);
    ensure!(!record.defaulted, Error::<T>::AlreadyDefaulted);
    Ok(record)
}

//! Call weights, put together from what was measured of their parts.
//!
//! A report that closes its side can close the day, and one that shows a false total rejects the
//! book: both are charged before it is known. Whether a part ends its side, and what goes in a
//! rejection, is known afterwards.

use crate::{AtDeadline, Config, Discarded, Error, WeightInfo};
use counterfoil_primitives::compare::ReportHeader;
use frame_support::{
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    traits::Get,
    weights::Weight,
};
use sp_runtime::DispatchError;

/// What a day's close costs, with what follows from it elsewhere.
fn close_day<T: Config>() -> Weight {
    T::WeightInfo::close_day().saturating_add(T::OnReconciledWeight::get())
}

/// What the end of a side adds: the day may close, and `discarded` parts of a book may go.
pub(crate) fn end<T: Config>(discarded: Discarded) -> Weight {
    close_day::<T>().saturating_add(T::WeightInfo::discard(discarded))
}

pub(crate) fn report_clean<T: Config>() -> Weight {
    T::WeightInfo::report_clean().saturating_add(close_day::<T>())
}

/// A header comes before any part, so a rejection by it takes none away.
pub(crate) fn report_header<T: Config>(header: &ReportHeader) -> Weight {
    let (dirty, extras) = lengths(header);
    T::WeightInfo::report_header(dirty, extras).saturating_add(end::<T>(0))
}

pub(crate) fn validate_report_header<T: Config>(header: &ReportHeader) -> Weight {
    let (dirty, extras) = lengths(header);
    T::WeightInfo::validate_report_header(dirty, extras)
}

/// What a part costs beyond itself: nothing where others are still awaited.
fn end_of_parts<T: Config>(discarded: Option<Discarded>) -> Weight {
    discarded.map_or(Weight::zero(), end::<T>)
}

/// `discarded` as [`accept_slots`](crate::report::accept_slots) returns.
pub(crate) fn report_slots<T: Config>(slots: usize, discarded: Option<Discarded>) -> Weight {
    let slots = slots as u32;
    T::WeightInfo::report_slots(slots)
        .saturating_add(links::<T>(slots))
        .saturating_add(end_of_parts::<T>(discarded))
}

pub(crate) fn validate_report_slots<T: Config>(slots: usize) -> Weight {
    let slots = slots as u32;
    T::WeightInfo::validate_report_slots(slots).saturating_add(links::<T>(slots))
}

/// What `slots` of refunds and of amendments' trades read beyond those of payments, which is what was
/// measured: beside the terms of its product, each reads its link. Which slots are of such trades is not
/// known before the page is read.
fn links<T: Config>(slots: u32) -> Weight {
    T::DbWeight::get().reads(slots.into())
}

/// `discarded` as [`accept_extras`](crate::report::accept_extras) returns.
pub(crate) fn report_extras<T: Config>(extras: usize, discarded: Option<Discarded>) -> Weight {
    T::WeightInfo::report_extras(extras as u32).saturating_add(end_of_parts::<T>(discarded))
}

/// A side that is proven by the mark costs what the report of a clean side does.
pub(crate) fn mark_defaulted<T: Config>(end: AtDeadline) -> Weight {
    match end {
        AtDeadline::Proven => report_clean::<T>(),
        AtDeadline::Defaulted(discarded) => {
            T::WeightInfo::mark_defaulted(discarded).saturating_add(close_day::<T>())
        }
    }
}

/// An error of a call that is refused by a look at the caller, the agreement and the side's record,
/// with what that costs: the check of a default does no more.
pub(crate) fn refused_at_once<T: Config>(
    error: impl Into<DispatchError>,
) -> DispatchErrorWithPostInfo {
    error.with_weight(T::WeightInfo::validate_mark_defaulted())
}

/// An error of a report, with what the call costs: where the side may not be reported, or its part is
/// not awaited, a look; else the whole `check`.
pub(crate) fn refused<T: Config>(error: Error<T>, check: Weight) -> DispatchErrorWithPostInfo {
    match error {
        Error::<T>::UnknownAgreement
        | Error::<T>::NotEntitled
        | Error::<T>::NotSealed
        | Error::<T>::BeforePreset
        | Error::<T>::NotCommitted
        | Error::<T>::AlreadyProven
        | Error::<T>::AlreadyDefaulted
        | Error::<T>::OtherBook
        | Error::<T>::HeaderKnown
        | Error::<T>::NoHeader
        | Error::<T>::PageNotListed
        | Error::<T>::PageKnown => refused_at_once::<T>(error),
        _ => error.with_weight(check),
    }
}

fn lengths(header: &ReportHeader) -> (u32, u32) {
    (header.dirty.len() as u32, header.extras.len() as u32)
}

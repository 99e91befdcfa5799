//! The days of an agreement that wait for something, for programs.

use super::day as summary_of;
use crate::{Registry, Timestamp};
use alloc::vec::Vec;
use counterfoil_primitives::{
    awaited_of_day::{of_day, WaitingDay},
    ports::Directory,
    AgreementId, AgreementView, BusinessDay,
};

/// Maximum days that are looked through for an answer: a year.
pub const MAX_DAYS_READ: u32 = 366;

/// Maximum days per answer: two months and some.
pub const MAX_WAITING_DAYS: u32 = 64;

/// The days from `from` to today that wait for something, ascending. With them, the day from which the next
/// answer goes on; `None` where all days to today were looked through.
pub fn waiting_days(id: AgreementId, from: BusinessDay) -> (Vec<WaitingDay>, Option<BusinessDay>) {
    let Some((agreement, last)) = last_day(id) else {
        return (Vec::new(), None);
    };
    from_on(agreement.first_day, last, from, MAX_WAITING_DAYS, |day| {
        let summary = summary_of(id, day)?;
        let awaited = of_day(&agreement, &summary, Timestamp::get());
        (!awaited.is_empty()).then_some(WaitingDay { summary, awaited })
    })
}

/// What `read` finds of the days from `from` to `last`, none before `first`: of a year, at most `limit`. With
/// it, the day from which to go on; `None` where all days were looked through.
pub(crate) fn from_on<T>(
    first: BusinessDay,
    last: BusinessDay,
    from: BusinessDay,
    limit: u32,
    read: impl Fn(BusinessDay) -> Option<T>,
) -> (Vec<T>, Option<BusinessDay>) {
    let mut found = Vec::new();
    let first = from.max(first);
    let end = BusinessDay(first.0.saturating_add(MAX_DAYS_READ));
    for day in (first.0..end.0).map(BusinessDay) {
        if day > last {
            return (found, None);
        }
        if found.len() >= limit as usize {
            return (found, Some(day));
        }
        found.extend(read(day));
    }
    (found, (end <= last).then_some(end))
}

/// The agreement, and the last of its days that has begun: between its end and its close days go on.
pub(crate) fn last_day(id: AgreementId) -> Option<(AgreementView, BusinessDay)> {
    let agreement = Registry::agreement(id)?;
    let today = agreement.day_of(Timestamp::get())?;
    let close = agreement.close();
    let last = close.map_or(today, |close| close.previous().min(today));
    Some((agreement, last))
}

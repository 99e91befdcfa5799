//! Calendars, and which of them an agreement goes by.
//!
//! When a day comes due follows from the days after it. A preset time that has passed must not move, or a
//! side could be taken again that is closed, or be late that was in time. So nothing changes that was said
//! of days that have begun: neither which calendars an agreement goes by for such days, nor whether such
//! days are open. A preset time that lies ahead may move, and only to days that have not begun.

use crate::{
    dates_by_digits::given, versions_by_day::set_version, AgreementCalendars, Agreements,
    Calendars, CalendarsNamedBy, Config, Error, Event, Pallet,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::cell::RefCell;
use counterfoil_primitives::{
    calendar::CalendarDates, conditions::version_on, day_times::begun_anywhere, days_due_together,
    written::date, AgreementId, BusinessDay, Calendar, CalendarName, CalendarNames, Moment,
    WorkingDays,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};
use sp_runtime::Saturating;

/// Maximum calendars.
pub const MAX_CALENDARS: u32 = 64;

/// A calendar as a call names it: its days may be digits of dates.
pub(crate) fn given_calendar<T>(
    weekly: WorkingDays,
    mut dates: CalendarDates,
    filled_until: BusinessDay,
) -> Result<Calendar, Error<T>> {
    for (day, _) in dates.iter_mut() {
        *day = given::<T>(*day)?;
    }
    Ok(Calendar {
        weekly,
        dates,
        filled_until: given::<T>(filled_until)?,
    })
}

/// Sets or replaces a calendar.
pub(crate) fn do_set_calendar<T: Config>(name: CalendarName, calendar: Calendar) -> DispatchResult {
    ensure!(
        !name.is_empty() && calendar.is_valid(),
        Error::<T>::InvalidCalendar
    );
    match Calendars::<T>::get(&name) {
        Some(before) if is_named::<T>(&name) => ensure_past_stays::<T>(&before, &calendar)?,
        Some(_) => (),
        None => ensure!(
            Calendars::<T>::count() < MAX_CALENDARS,
            Error::<T>::TooManyCalendars
        ),
    }
    let (weekly, filled_until) = (calendar.weekly, calendar.filled_until);
    Calendars::<T>::insert(&name, calendar);
    Pallet::<T>::deposit_event(Event::CalendarSet {
        name,
        weekly,
        filled_until,
        filled_until_date: date::words(filled_until),
    });
    Ok(())
}

/// Removes a calendar that no agreement names.
pub(crate) fn do_remove_calendar<T: Config>(name: CalendarName) -> DispatchResult {
    ensure!(
        Calendars::<T>::contains_key(&name),
        Error::<T>::UnknownCalendar
    );
    ensure!(!is_named::<T>(&name), Error::<T>::CalendarIsNamed);
    Calendars::<T>::remove(&name);
    Pallet::<T>::deposit_event(Event::CalendarRemoved { name });
    Ok(())
}

/// Sets the calendars of an agreement from a day that has not begun.
pub(crate) fn do_set_calendars<T: Config>(
    id: AgreementId,
    from: BusinessDay,
    names: CalendarNames,
) -> DispatchResult {
    ensure_usable::<T>(&names)?;
    let agreement = Agreements::<T>::get(id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
    agreement.ensure_not_begun(from)?;
    AgreementCalendars::<T>::try_mutate(id, |versions| -> DispatchResult {
        let replaced = versions.iter().filter(|(day, _)| *day >= from);
        replaced.flat_map(|(_, names)| names).for_each(unname::<T>);
        names.iter().for_each(name::<T>);
        set_version::<T, _>(versions, from, names.clone())
    })?;
    Pallet::<T>::deposit_event(Event::CalendarsSet {
        agreement: id,
        from,
        from_date: date::words(from),
        calendars: names,
    });
    Ok(())
}

/// The last of the days that come due together with `day`, by the calendars that the agreement names for
/// it.
pub(crate) fn due_with<T: Config>(id: AgreementId, day: BusinessDay) -> BusinessDay {
    due_with_of::<T>(id)(day)
}

/// [`due_with`] of any day of an agreement; what storage has of calendars is read once for all days.
pub(crate) fn due_with_of<T: Config>(id: AgreementId) -> impl Fn(BusinessDay) -> BusinessDay {
    let versions = AgreementCalendars::<T>::get(id);
    let read = RefCell::new(BTreeMap::<usize, Vec<Calendar>>::new());
    move |day| {
        let Some(index) = version_on(&versions, day) else {
            return day;
        };
        let mut read = read.borrow_mut();
        let calendars = read.entry(index).or_insert_with(|| {
            let named = versions.get(index).into_iter().flat_map(|(_, names)| names);
            named.filter_map(Calendars::<T>::get).collect()
        });
        days_due_together::due_with(day, |day| {
            calendars.iter().all(|calendar| calendar.is_open(day))
        })
    }
}

/// Whether a day has begun somewhere at `now`: then what a calendar says of it stays.
fn has_begun(day: BusinessDay, now: Moment) -> bool {
    begun_anywhere(day) <= now
}

/// Refuses another week, and other dates of days that have begun: due times that have passed follow from
/// them.
fn ensure_past_stays<T: Config>(before: &Calendar, after: &Calendar) -> DispatchResult {
    ensure!(before.weekly == after.weekly, Error::<T>::WeekStays);
    let now = T::UnixTime::now();
    let begun = |calendar: &Calendar| {
        let dates = &calendar.dates;
        dates.partition_point(|(day, _)| has_begun(*day, now))
    };
    let (kept, given) = (begun(before), begun(after));
    ensure!(
        before.dates.get(..kept) == after.dates.get(..given),
        Error::<T>::PastDatesStay
    );
    Ok(())
}

/// Refuses names of no calendar, a name that is given twice, and weeks of which no day is open in both.
fn ensure_usable<T: Config>(names: &CalendarNames) -> DispatchResult {
    let mut week = WorkingDays::ALL;
    for (index, name) in names.iter().enumerate() {
        let named_before = names.iter().take(index).any(|other| other == name);
        ensure!(!named_before, Error::<T>::CalendarNamedTwice);
        let calendar = Calendars::<T>::get(name).ok_or(Error::<T>::UnknownCalendar)?;
        ensure!(
            week.shares_a_day_with(calendar.weekly),
            Error::<T>::NoCommonWorkingDay
        );
        week = calendar.weekly;
    }
    Ok(())
}

fn is_named<T: Config>(name: &CalendarName) -> bool {
    CalendarsNamedBy::<T>::contains_key(name)
}

fn name<T: Config>(name: &CalendarName) {
    CalendarsNamedBy::<T>::mutate(name, |times| times.saturating_inc());
}

fn unname<T: Config>(name: &CalendarName) {
    CalendarsNamedBy::<T>::mutate_exists(name, |times| {
        *times = times
            .map(|times| times.saturating_sub(1))
            .filter(|times| *times > 0);
    });
}

//! Calendars, which agreements go by them, and when days come due.

use crate::{Registry, Runtime};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use counterfoil_primitives::{
    calendar::CalendarView, day_times::DueTimes, ports::Directory, AgreementId, BusinessDay,
    CalendarName, CalendarNames,
};
use pallet_registry::{AgreementCalendars, Calendars};

/// All calendars, by name.
pub fn calendars() -> Vec<CalendarView> {
    let mut named = BTreeMap::<CalendarName, BTreeSet<AgreementId>>::new();
    for (agreement, versions) in AgreementCalendars::<Runtime>::iter() {
        for name in versions.iter().flat_map(|(_, names)| names) {
            named.entry(name.clone()).or_default().insert(agreement);
        }
    }
    let mut calendars: Vec<_> = Calendars::<Runtime>::iter()
        .map(|(name, calendar)| CalendarView {
            agreements: named
                .remove(&name)
                .unwrap_or_default()
                .into_iter()
                .collect(),
            name,
            calendar,
        })
        .collect();
    calendars.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    calendars
}

/// The calendars that an agreement goes by, by their first day, ascending; none for days before it.
pub fn agreement_calendars(agreement: AgreementId) -> Vec<(BusinessDay, CalendarNames)> {
    AgreementCalendars::<Runtime>::get(agreement).into_inner()
}

/// When a day comes due; `None` where there is no such agreement, or it begins later.
pub fn due_times(agreement_id: AgreementId, day: BusinessDay) -> Option<DueTimes> {
    let agreement = Registry::agreement(agreement_id)?;
    Registry::due_times(agreement_id, &agreement, day)
}

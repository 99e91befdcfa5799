//! The off-chain worker: it warns, once a day, where the dates of a calendar run out.
//!
//! Nothing fails then: later days follow the week alone. So nobody would notice before a holiday that the
//! calendar does not know.

use crate::{AgreementCalendars, Agreements, Calendars, Config, Pallet};
use alloc::{collections::BTreeSet, vec::Vec};
use core::fmt::{Display, Formatter};
use counterfoil_primitives::{
    conditions::version_on, ports::Directory, written::date, AgreementId, BusinessDay,
    CalendarName, UtcOffset,
};
use frame_support::traits::Time;
use sp_runtime::offchain::storage::StorageValueRef;

/// The target of the worker's log lines.
const LOG: &str = "counterfoil::registry";

/// The last day on which the worker looked.
const LOOKED_ON: &[u8] = b"counterfoil/registry/calendars/looked-on";

/// A calendar whose dates run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunningOut {
    /// The agreement that goes by it.
    pub agreement: AgreementId,
    /// The calendar.
    pub name: CalendarName,
    /// The last day whose dates are known.
    pub filled_until: BusinessDay,
}

impl Display for RunningOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let Self {
            agreement,
            name,
            filled_until,
        } = self;
        write!(
            f,
            "The dates of calendar {name} are known until {}, and agreement {agreement} goes by them. Later days \
             follow the week alone. Remedy: let a seat propose the next dates by \
             `counterfoil calendar set {name}`.",
            date::show(*filled_until),
        )
    }
}

/// One run of the worker.
pub(crate) fn run<T: Config>() {
    for found in found_today::<T>() {
        log::warn!(target: LOG, "{found}");
    }
}

/// What the first run of a day warns of; later ones warn of nothing.
pub(crate) fn found_today<T: Config>() -> Vec<RunningOut> {
    let today = UtcOffset(0).day_of(T::UnixTime::now());
    match is_first_look(today) {
        true => running_out::<T>(today),
        false => Vec::new(),
    }
}

/// Whether this is the first run of a day.
pub(crate) fn is_first_look(today: BusinessDay) -> bool {
    let looked_on = StorageValueRef::persistent(LOOKED_ON);
    let is_first = looked_on.get::<BusinessDay>().ok().flatten() != Some(today);
    if is_first {
        looked_on.set(&today);
    }
    is_first
}

/// The calendars that run out, of agreements that name a member for which this node acts: those of `today`
/// and of later days.
pub(crate) fn running_out<T: Config>(today: BusinessDay) -> Vec<RunningOut> {
    let mut found = Vec::new();
    for (agreement, versions) in AgreementCalendars::<T>::iter() {
        let current = version_on(&versions, today).unwrap_or_default();
        let names: BTreeSet<&CalendarName> = versions
            .iter()
            .skip(current)
            .flat_map(|(_, names)| names)
            .collect();
        let ends = names.into_iter().filter_map(|name| {
            let calendar = Calendars::<T>::get(name)?;
            calendar.runs_out(today).then(|| RunningOut {
                agreement,
                name: name.clone(),
                filled_until: calendar.filled_until,
            })
        });
        let ends: Vec<_> = ends.collect();
        if !ends.is_empty() && concerns_this_node::<T>(agreement) {
            found.extend(ends);
        }
    }
    found
}

fn concerns_this_node<T: Config>(agreement: AgreementId) -> bool {
    Agreements::<T>::get(agreement)
        .is_some_and(|agreement| agreement.named().any(Pallet::<T>::acts_for))
}

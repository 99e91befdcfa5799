//! The conditions of an agreement, by the day, and whether they make sense.

use crate::{
    agreements::change,
    currency_and_rail::ensure_rail,
    versions_by_day::{are_ascending, set_version},
    Agreement, Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    conditions::version_on, written::date, AgreementId, BusinessDay, Conditions, UtcOffset,
};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_core::Get;

/// Sets conditions from each of these days on; each version replaces what was set for later days.
pub(crate) fn do_set_conditions<T: Config>(
    id: AgreementId,
    versions: Vec<(BusinessDay, Conditions)>,
) -> DispatchResult {
    ensure!(
        !versions.is_empty() && are_ascending(&versions),
        Error::<T>::InvalidHistory
    );
    change::<T>(id, |agreement| {
        versions
            .iter()
            .try_for_each(|(from, conditions)| set_conditions::<T>(agreement, *from, *conditions))
    })?;
    for (from, conditions) in versions {
        Pallet::<T>::deposit_event(Event::ConditionsSet {
            agreement: id,
            from,
            from_date: date::words(from),
            conditions,
        });
    }
    Ok(())
}

fn set_conditions<T: Config>(
    agreement: &mut Agreement<T>,
    from: BusinessDay,
    conditions: Conditions,
) -> DispatchResult {
    ensure_conditions::<T>(&conditions, agreement.decimals)?;
    ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
    agreement.ensure_not_begun(from)?;
    if agreement.offset_on(from) != Some(conditions.utc_offset) {
        // A new offset moves the end of the day before, and its cut-off and preset time.
        agreement.ensure_not_begun(from.previous())?;
    }
    set_version::<T, _>(&mut agreement.conditions, from, conditions)?;
    ensure!(
        are_days_in_order(&agreement.conditions),
        Error::<T>::OffsetsTooFarApart
    );
    Ok(())
}

/// Whether each version begins after the day before it: offsets more than a day apart would leave
/// that day, and move the end of the one before.
fn are_days_in_order(versions: &[(BusinessDay, Conditions)]) -> bool {
    versions.windows(2).all(|pair| {
        let [(_, old), (from, new)] = pair else {
            return true;
        };
        old.utc_offset.start_of(from.previous()) < new.utc_offset.start_of(*from)
    })
}

/// Whether conditions of themselves make sense.
pub(crate) fn are_valid(conditions: &Conditions) -> bool {
    conditions.utc_offset.is_valid()
        && conditions.cut_off.is_valid()
        && conditions.preset.is_valid()
}

pub(crate) fn ensure_conditions<T: Config>(
    conditions: &Conditions,
    decimals: u8,
) -> DispatchResult {
    ensure!(are_valid(conditions), Error::<T>::InvalidConditions);
    let earliest = conditions.cut_off.0.saturating_add(T::MinPresetGap::get());
    ensure!(conditions.preset.0 >= earliest, Error::<T>::PresetTooSoon);
    ensure_rail::<T>(conditions.rail, decimals)
}

impl<T: Config> Agreement<T> {
    fn offset_on(&self, day: BusinessDay) -> Option<UtcOffset> {
        let index = version_on(&self.conditions, day)?;
        Some(self.conditions.get(index)?.1.utc_offset)
    }
}

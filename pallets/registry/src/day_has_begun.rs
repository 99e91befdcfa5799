//! A day that has begun, or is about to, is refused for what is to hold from it on.

use crate::{Agreement, Config, Error};
use counterfoil_primitives::{day_of_moment::day_of, day_times::LEAD, BusinessDay, Moment};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};

fn soon<T: Config>() -> Moment {
    T::UnixTime::now().saturating_add(LEAD)
}

impl<T: Config> Agreement<T> {
    /// Refuses a day that has begun, or is about to, by the conditions in force.
    pub(crate) fn ensure_not_begun(&self, day: BusinessDay) -> DispatchResult {
        let today = day_of(&self.conditions, soon::<T>());
        ensure!(
            today.is_none_or(|(today, _)| day > today),
            Error::<T>::DayHasBegun
        );
        Ok(())
    }
}

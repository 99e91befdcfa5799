//! Days of calls that may be given by the digits of their dates.

use crate::{Config, Error};
use alloc::vec::Vec;
use counterfoil_primitives::{written::day_of_input, BusinessDay};

/// A day that may be given by the digits of its date.
pub(crate) fn given<T>(day: BusinessDay) -> Result<BusinessDay, Error<T>> {
    day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)
}

/// Versions whose first days may be given by the digits of their dates.
pub(crate) fn given_versions<T: Config, V>(
    versions: Vec<(BusinessDay, V)>,
) -> Result<Vec<(BusinessDay, V)>, Error<T>> {
    versions
        .into_iter()
        .map(|(from, version)| Ok((given::<T>(from)?, version)))
        .collect()
}

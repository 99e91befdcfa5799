//! Versions that are in force from a day on: a new one replaces those of later days, and each begins after
//! the one before it.

use crate::{Config, Error};
use counterfoil_primitives::BusinessDay;
use frame_support::{pallet_prelude::DispatchResult, BoundedVec};

/// Puts a version in force from a day on, in the place of those that were set for this and later days.
pub(crate) fn set_version<T: Config, V>(
    versions: &mut BoundedVec<(BusinessDay, V), T::MaxVersions>,
    from: BusinessDay,
    version: V,
) -> DispatchResult {
    let kept = versions.partition_point(|(day, _)| *day < from);
    versions.truncate(kept);
    versions
        .try_push((from, version))
        .map_err(|_| Error::<T>::TooManyVersions)?;
    Ok(())
}

/// Whether each version begins after the one before it.
pub(crate) fn are_ascending<V>(versions: &[(BusinessDay, V)]) -> bool {
    versions
        .iter()
        .zip(versions.iter().skip(1))
        .all(|((day, _), (next, _))| day < next)
}

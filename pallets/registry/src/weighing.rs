//! Call weights, put together from what was measured of their parts.

use crate::{Config, WeightInfo};
use frame_support::{traits::Get, weights::Weight};

/// Of a member that is removed. What it leaves behind for a post goes too: session keys with the owners of
/// two keys, and how they were set.
pub(crate) fn remove_member<T: Config>() -> Weight {
    T::WeightInfo::remove_member().saturating_add(T::DbWeight::get().reads_writes(4, 5))
}

/// Of conditions from several days on, each of which may name another asset to look up.
pub(crate) fn set_conditions_by_day<T: Config>(versions: u32) -> Weight {
    let lookup = T::DbWeight::get().reads(2);
    T::WeightInfo::set_conditions_by_day(versions)
        .saturating_add(lookup.saturating_mul(versions.into()))
}

/// Of limits. Of an agreement that ends, the time is read, too: once the end has come, the close stays.
pub(crate) fn set_limits<T: Config>() -> Weight {
    T::WeightInfo::set_limits().saturating_add(T::DbWeight::get().reads(1))
}

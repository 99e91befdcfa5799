//! How often agreements name a member: one that is named cannot be removed.

use crate::{Config, NamedBy};
use counterfoil_primitives::MemberId;
use sp_runtime::Saturating;

pub(crate) fn name<T: Config>(member: MemberId) {
    NamedBy::<T>::mutate(member, |times| times.saturating_inc());
}

pub(crate) fn unname<T: Config>(member: MemberId) {
    NamedBy::<T>::mutate_exists(member, |times| {
        *times = times
            .map(|times| times.saturating_sub(1))
            .filter(|times| *times > 0);
    });
}

//! Whether another commitment may take the place of one, and which number it has.

use crate::Config;
use counterfoil_primitives::{ports::SideView, Replacement, Round, SideId, MAX_REPLACEMENTS};

/// The number of the next commitment of a round: 0 where none stands.
pub(crate) fn next_replacement<T: Config>(side_id: SideId, round: Round) -> Replacement {
    if crate::Commitments::<T>::contains_key(side_id, round) {
        crate::Replacements::<T>::get(side_id, round).saturating_add(1)
    } else {
        0
    }
}

/// Whether another commitment may take the place of the one of `round` that stands.
pub(crate) fn may_replace<T: Config>(side_id: SideId, round: Round) -> bool {
    let replacements = crate::Replacements::<T>::get(side_id, round);
    replacements < MAX_REPLACEMENTS && T::Sides::is_before_preset(side_id)
}

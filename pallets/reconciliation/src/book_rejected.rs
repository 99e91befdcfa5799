//! The rejection of a whole book: what was accepted of it goes, and its party may commit once more.

use crate::{
    Config, Discarded, Event, ExtraBreaks, Headers, Pallet, Rejection, SideRecord, Sides,
    SlotBreaks, MAX_ROUNDS,
};
use counterfoil_primitives::{written::date, SideId};

/// The whole book is rejected: what was accepted of it is void, and the next round begins. Returns how
/// many parts went.
pub(crate) fn reject<T: Config>(
    side_id: SideId,
    mut record: SideRecord,
    reason: Rejection,
) -> Discarded {
    let discarded = discard_parts::<T>(side_id);
    record.round = record.round.saturating_add(1);
    let again = record.round < MAX_ROUNDS;
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::BookRejected {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        reason,
        again,
    });
    discarded
}

/// Forgets an accepted header and its parts. Returns how many it lists.
pub(crate) fn discard_parts<T: Config>(side_id: SideId) -> Discarded {
    let Some(header) = Headers::<T>::take(side_id) else {
        return 0;
    };
    let listed = header.listed();
    for listed in header.dirty {
        SlotBreaks::<T>::remove(side_id, listed.page);
    }
    for listed in header.extras {
        ExtraBreaks::<T>::remove(side_id, listed.page);
    }
    listed
}

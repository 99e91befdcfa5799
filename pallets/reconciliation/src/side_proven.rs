//! A side that is proven: in time or late, with its number of breaks.

use crate::{day_outcome::close_day, Config, Event, Pallet, SideRecord, Sides};
use counterfoil_primitives::{written::date, AgreementView, SideId};

/// The side is proven, with `breaks`.
pub(crate) fn prove<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    mut record: SideRecord,
    breaks: u32,
) {
    record.proven = Some(breaks);
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::SideProven {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        breaks,
        late: record.defaulted,
    });
    close_day::<T>(agreement, side_id.agreement, side_id.day);
}

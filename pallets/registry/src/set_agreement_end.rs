//! The end of an agreement: set by the council, and moved until it has come.

use crate::{agreements::change, Agreement, Config, Error, Event, Pallet};
use counterfoil_primitives::{written::date, AgreementId, BusinessDay};
use frame_support::{ensure, pallet_prelude::DispatchResult};

pub(crate) fn do_end<T: Config>(id: AgreementId, from: BusinessDay) -> DispatchResult {
    change::<T>(id, |agreement| {
        ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
        agreement.ensure_not_begun(from)?;
        ensure!(!agreement.end_has_come(), Error::<T>::AgreementEnded);
        agreement.end = Some(from);
        Ok(())
    })?;
    Pallet::<T>::deposit_event(Event::AgreementEnds {
        agreement: id,
        from,
        from_date: date::words(from),
    });
    Ok(())
}

impl<T: Config> Agreement<T> {
    /// Whether the agreement's end has come, or is about to: then it does not move, nor does the close.
    pub(crate) fn end_has_come(&self) -> bool {
        self.end
            .is_some_and(|end| self.ensure_not_begun(end).is_err())
    }
}

//! Books what amendments take back, put back, state right and add.
//!
//! Each item is booked whole or falls out by name, and leaves what it fell out of as it was. What several
//! items have in common is read once, and what they change is written once, at the end.

mod amendment_in_call;
mod items;

use crate::{refund, supplement, Config, Links, Pallet, Supplement, Supplements};
use alloc::vec::Vec;
use amendment_in_call::Step;
use counterfoil_primitives::{
    amendment::{Booked, FallenOut, Item, MissingPayment, NotBooked},
    booking_day::{self, NotBookable},
    found_trade::Found,
    ports::{BookAmendments, Directory},
    AgreementId, BusinessDay, MemberId, Moment, Reference, Trade,
};
use frame_support::{ensure, traits::Time};

/// The most trades that an item comes to: a replacement is two.
const MAX_ITEM_TRADES: u32 = 2;

/// A day and a position on it.
type Place = (BusinessDay, u32);

/// Why an item is not booked.
enum Stopped {
    /// It falls out, and the next one goes on.
    FallenOut(FallenOut),
    /// Nothing goes on today.
    DayFull,
}

impl From<FallenOut> for Stopped {
    fn from(reason: FallenOut) -> Self {
        Self::FallenOut(reason)
    }
}

impl<T: Config> BookAmendments for Pallet<T> {
    fn found(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Found> {
        refund::found_at::<T>(agreement, day, position)
    }

    fn client_of(
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
        trade: &Trade,
    ) -> MemberId {
        let place = (agreement, day, position);
        let link = trade
            .id
            .is_of_amendment()
            .then(|| Links::<T>::get(place))
            .flatten();
        refund::client_of::<T>(place, trade, link.as_ref())
    }

    fn supplemented(
        agreement: AgreementId,
        client: MemberId,
        reference: Reference,
    ) -> Option<(BusinessDay, u32)> {
        match Supplements::<T>::get((agreement, client, reference))? {
            Supplement::Recorded { day, position } => Some((day, position)),
            Supplement::Proposed | Supplement::TakenOut => None,
        }
    }

    fn note_missing(agreement: AgreementId, payments: &[MissingPayment]) -> Result<(), usize> {
        supplement::note::<T>(agreement, payments)
    }

    fn forget_missing(agreement: AgreementId, payments: &[MissingPayment]) {
        supplement::forget::<T>(agreement, payments);
    }

    fn book(agreement_id: AgreementId, at: Moment, items: &[Item]) -> Result<Booked, NotBooked> {
        let agreement = T::Directory::agreement(agreement_id).ok_or(NotBooked::UnknownAgreement)?;
        let now = T::UnixTime::now();
        let today =
            booking_day::book_amendment(&agreement, now).map_err(|reason| match reason {
                NotBookable::AgreementEnded => NotBooked::AgreementEnded,
                // Nothing was agreed on before the first day, and what is of this moment is not late.
                NotBookable::BeforeFirstDay | NotBookable::TooLate => NotBooked::DayFull,
            })?;
        let mut step = Step::<T>::new(agreement_id, &agreement, today, at);
        if items.is_empty() {
            // Who books nothing asks whether anything can be booked, whatever it is.
            let room = step.ensure_room(MAX_ITEM_TRADES, now);
            room.map_err(|_| NotBooked::DayFull)?;
        }
        let mut outcomes = Vec::with_capacity(items.len());
        for item in items {
            match step.take(item) {
                Ok(()) => outcomes.push(Ok(())),
                Err(Stopped::FallenOut(reason)) => outcomes.push(Err(reason)),
                Err(Stopped::DayFull) => break,
            }
        }
        ensure!(items.is_empty() || !outcomes.is_empty(), NotBooked::DayFull);
        Ok(step.store(outcomes))
    }
}

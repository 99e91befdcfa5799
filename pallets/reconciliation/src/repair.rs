//! Books that took the corrections: the party confirms it, and the chain checks it.

use crate::{Config, Error, Event, Pallet, SideRecord, Sides};
use counterfoil_primitives::{ports::DayTrades, written::date, Commitment, MemberId, SideId};
use counterfoil_support::{ensure_party, PartyRefused};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// Confirms that the book of a side with proven breaks equals the chain.
pub(crate) fn do_confirm_repair<T: Config>(
    member: MemberId,
    side_id: SideId,
    commitment: &Commitment,
) -> DispatchResult {
    let record = check_repair::<T>(member, side_id, commitment)?;
    accept_repair::<T>(side_id, record);
    Ok(())
}

/// The record of the side, where `member` keeps its book, its breaks are proven, and `commitment` is the
/// chain's own.
pub(crate) fn check_repair<T: Config>(
    member: MemberId,
    side_id: SideId,
    commitment: &Commitment,
) -> Result<SideRecord, Error<T>> {
    ensure_party::<T::Directory>(member, side_id.agreement, side_id.side)?;
    let record = Sides::<T>::get(side_id);
    ensure!(!record.repaired, Error::<T>::AlreadyRepaired);
    ensure!(
        record.proven.is_some_and(|breaks| breaks > 0),
        Error::<T>::NothingToRepair
    );
    let chain = T::Trades::chain_commitment(side_id).ok_or(Error::<T>::NotSealed)?;
    ensure!(*commitment == chain, Error::<T>::NotRepaired);
    Ok(record)
}

pub(crate) fn accept_repair<T: Config>(side_id: SideId, mut record: SideRecord) {
    record.repaired = true;
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::SideRepaired {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
    });
}

impl<T> From<PartyRefused> for Error<T> {
    fn from(refused: PartyRefused) -> Self {
        match refused {
            PartyRefused::UnknownAgreement => Self::UnknownAgreement,
            PartyRefused::NotTheParty => Self::NotTheParty,
        }
    }
}

//! Commitments and repairs: what is checked before one is taken, and taking it.
//!
//! The party's worker, the pool and the call ask the same checks.

use crate::{Config, Error, Event, Pallet, Rejected, Rejections, MAX_REJECTIONS};
use counterfoil_primitives::{
    ports::{self, DayTrades, Directory, SideView},
    summary::SideStatus,
    written::{date, day_of_input},
    AgreementId, BusinessDay, Commitment, MemberId, Side,
};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// Commits `party` to its book of a day, which may be given by the digits of its date.
pub(crate) fn do_commit<T: Config>(
    party: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: Commitment,
) -> DispatchResult {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    ensure_committable::<T>(party, agreement, day, side, &commitment)?;
    crate::Commitments::<T>::insert((agreement, day, side), commitment);
    Pallet::<T>::deposit_event(Event::Committed {
        party,
        agreement,
        day,
        date: date::words(day),
        side,
        commitment,
    });
    Ok(())
}

/// Confirms that the book of `party` took the corrections of a day, which may be given by the digits of
/// its date.
pub(crate) fn do_confirm_repair<T: Config>(
    party: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> DispatchResult {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    ensure_repaired::<T>(party, agreement, day, side, commitment)?;
    T::Sides::on_repaired(agreement, day, side)?;
    Pallet::<T>::deposit_event(Event::RepairConfirmed {
        party,
        agreement,
        day,
        date: date::words(day),
        side,
    });
    Ok(())
}

/// Whether `member` may commit to `commitment` now.
pub fn ensure_committable<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> Result<(), Error<T>> {
    ensure_party::<T>(member, agreement, side)?;
    let place = (agreement, day, side);
    ensure!(
        !crate::Commitments::<T>::contains_key(place),
        Error::<T>::AlreadyCommitted
    );
    ensure!(
        Rejections::<T>::get(place) < MAX_REJECTIONS,
        Error::<T>::NoMoreCommitments
    );
    let chain = T::Trades::chain_commitment(agreement, day, side).ok_or(Error::<T>::NotSealed)?;
    ensure!(
        T::Sides::may_commit(agreement, day, side),
        Error::<T>::TooLate
    );
    ensure!(commitment.slots == chain.slots, Error::<T>::WrongSlotCount);
    ensure!(
        !is_chain_with_false_total(&chain, commitment),
        Error::<T>::WrongTotal
    );
    Ok(())
}

/// Whether this very commitment was rejected before.
pub fn was_rejected<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> bool {
    Rejected::<T>::get((agreement, day, side)).is_some_and(|rejected| rejected == *commitment)
}

/// Whether the book of `member` was in need of repair, and `commitment` is the chain's own.
pub fn ensure_repaired<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    commitment: &Commitment,
) -> Result<(), Error<T>> {
    ensure_party::<T>(member, agreement, side)?;
    let SideStatus::Proven { breaks: 1.. } = T::Sides::side_status(agreement, day, side) else {
        return Err(Error::<T>::NothingToRepair);
    };
    let chain = T::Trades::chain_commitment(agreement, day, side).ok_or(Error::<T>::NotSealed)?;
    ensure!(*commitment == chain, Error::<T>::NotRepaired);
    Ok(())
}

/// Refuses a member that does not keep the book of a side of the agreement: only its party commits to it
/// and confirms its repair.
pub(crate) fn ensure_party<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    side: Side,
) -> Result<(), Error<T>> {
    let view = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(view.party(side) == member, Error::<T>::NotTheParty);
    Ok(())
}

/// Equal roots mean equal entries, hence an equal total. Where roots differ the total is checked
/// when the breaks are proven.
fn is_chain_with_false_total(chain: &Commitment, commitment: &Commitment) -> bool {
    let equal =
        chain.slots_root == commitment.slots_root && chain.extras_root == commitment.extras_root;
    equal && chain != commitment
}

impl<T: Config> ports::Commitments for Pallet<T> {
    fn commitment(agreement: AgreementId, day: BusinessDay, side: Side) -> Option<Commitment> {
        crate::Commitments::<T>::get((agreement, day, side))
    }

    fn reject(agreement: AgreementId, day: BusinessDay, side: Side) {
        let place = (agreement, day, side);
        // Only a commitment that stands can be rejected, so that a repeated call counts once.
        if let Some(commitment) = crate::Commitments::<T>::take(place) {
            Rejected::<T>::insert(place, commitment);
            Rejections::<T>::mutate(place, |count| *count = count.saturating_add(1));
        }
    }
}

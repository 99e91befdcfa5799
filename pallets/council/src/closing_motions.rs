//! Closes motions.

use crate::{
    motions_ended_with_seats::end_lapsed,
    proposing_motions::{forget_closed, proposer_of},
    types::Outcome,
    votes_on_motions::{ballot_of, is_over},
    weighing, Config, Error, Seats,
};
use codec::Encode;
use frame_support::{
    dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
    ensure,
    weights::Weight,
};
use pallet_collective::{Members, ProposalOf};
use sp_core::H256;

type Collective<T> = pallet_collective::Pallet<T>;

/// Checks whether a motion may be closed, and what becomes of it.
///
/// Once its time is over it runs nothing, even if enough seats approved it: they may think otherwise by now,
/// and a single seat must not choose when it runs.
pub(crate) fn check<T: Config>(
    motion: &H256,
    index: u32,
    weight_bound: Weight,
    length_bound: u32,
) -> Result<Outcome, Error<T>> {
    let ballot = ballot_of::<T>(motion, index)?;
    if is_over::<T>(&ballot) {
        return Ok(Outcome::Dropped);
    }
    if ballot.votes().is_carried() {
        let wrapped = ProposalOf::<T>::get(motion).ok_or(Error::<T>::UnknownMotion)?;
        let length = wrapped.encoded_size() as u32;
        let weight = wrapped.get_dispatch_info().call_weight;
        ensure!(
            length <= length_bound && weight.all_lte(weight_bound),
            Error::<T>::BoundTooLow
        );
        return Ok(Outcome::Carried { length, weight });
    }
    let seats = Members::<T>::decode_len().unwrap_or_default() as u32;
    let proposer = proposer_of::<T>(motion, index)?;
    ensure!(
        ballot.votes().is_rejected(seats, &proposer),
        Error::<T>::NotDecided
    );
    Ok(Outcome::Dropped)
}

/// Closes the motion. What it runs may fail; the close succeeds all the same. Where it changed the seats,
/// what had been carried before can lapse as well: the motion is not running any more.
pub(crate) fn accept<T: Config>(
    outcome: Outcome,
    motion: H256,
    index: u32,
) -> DispatchResultWithPostInfo {
    let actual = match outcome {
        Outcome::Carried { length, weight } => {
            let before = Seats::<T>::get();
            Collective::<T>::do_close(motion, index, weight, length)?;
            if Seats::<T>::get() != before {
                end_lapsed::<T>(&[]);
            }
            weighing::close::<T>(weight, length)
        }
        // The collective itself would run what was carried, however long ago.
        Outcome::Dropped => {
            Collective::<T>::do_disapprove_proposal(motion);
            weighing::close_dropped::<T>()
        }
    };
    forget_closed::<T>();
    Ok(Some(actual).into())
}

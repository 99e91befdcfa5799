//! Which open motions end when the seats change: those of members without a seat, and those that the seats
//! are too few to carry.

use crate::{proposing_motions, votes_on_motions, Config, Motion, Motions, Seats};
use alloc::vec::Vec;
use counterfoil_primitives::MemberId;
use sp_core::H256;

/// Ends the motions of members that are to have no seat, so that those with one find room for theirs.
/// Returns the motions that are carried, which stay.
pub(crate) fn end_motions_of_others<T: Config>(seats: &[MemberId]) -> Vec<H256> {
    let mut carried = Vec::new();
    for Motion {
        motion, proposer, ..
    } in Motions::<T>::get()
    {
        if votes_on_motions::ballot::<T>(&motion).is_none_or(|ballot| ballot.votes().is_carried()) {
            carried.push(motion);
        } else if !seats.contains(&proposer) {
            pallet_collective::Pallet::<T>::do_disapprove_proposal(motion);
        }
    }
    carried
}

/// Ends the motions that lapsed by a change of seats, but for those that are `kept`: the votes that are left
/// do not carry what a member without a seat proposed, or more seats have to approve than there are.
pub(crate) fn end_lapsed<T: Config>(kept: &[H256]) {
    let seats = Seats::<T>::get();
    for Motion {
        motion, proposer, ..
    } in Motions::<T>::get()
    {
        let has_lapsed = votes_on_motions::ballot::<T>(&motion).is_some_and(|ballot| {
            let are_too_few = (seats.len() as u32) < ballot.threshold;
            are_too_few || (!seats.contains(&proposer) && !ballot.votes().is_carried())
        });
        if has_lapsed && !kept.contains(&motion) {
            pallet_collective::Pallet::<T>::do_disapprove_proposal(motion);
        }
    }
    proposing_motions::forget_closed::<T>();
}

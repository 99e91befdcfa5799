//! What staff reads of the council.

use crate::{
    votes_on_motions::ballot_of, weighing, Call, CallOf, Config, Majority, Motion, Motions, Pallet,
    Seats,
};
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    institution::institution_of,
    MemberId,
};
use frame_support::traits::IsSubType;
use pallet_collective::ProposalOf;
use sp_core::crypto::AccountId32;
use sp_runtime::traits::UniqueSaturatedInto;

impl<T: Config> Pallet<T> {
    /// The seats, and the open motions.
    pub fn view() -> CouncilView {
        CouncilView {
            seats: Seats::<T>::get().into_inner(),
            majority: Majority::<T>::get(),
            motions: Motions::<T>::get()
                .into_iter()
                .filter_map(motion::<T>)
                .collect(),
        }
    }
}

/// The motion, where it is open.
fn motion<T: Config>(motion: Motion) -> Option<MotionView> {
    let Motion {
        motion,
        index,
        proposer,
    } = motion;
    let ballot = ballot_of::<T>(&motion, index).ok()?;
    let wrapped = ProposalOf::<T>::get(motion)?;
    let call = run_by::<T>(&wrapped)?;
    Some(MotionView {
        motion,
        index,
        proposer,
        ayes: members(&ballot.ayes),
        nays: members(&ballot.nays),
        threshold: ballot.threshold,
        ends_at_block: ballot.end.unique_saturated_into(),
        call: call.encode(),
        weight: weighing::execute::<T>(call),
        length: wrapped.encoded_size() as u32,
    })
}

/// The call that a motion's stored call runs.
fn run_by<T: Config>(wrapped: &CallOf<T>) -> Option<&CallOf<T>> {
    match wrapped.is_sub_type()? {
        Call::execute { call } => Some(call),
        _ => None,
    }
}

/// The members of these accounts, ascending.
fn members(accounts: &[AccountId32]) -> Vec<MemberId> {
    let mut members: Vec<_> = accounts.iter().filter_map(institution_of).collect();
    members.sort_unstable();
    members
}

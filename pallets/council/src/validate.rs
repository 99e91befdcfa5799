//! For whom a call is free: a seat whose call succeeds.
//!
//! Anybody else's takes room in a block and does nothing, so it costs a fee. To take back an approval is
//! free, since a seat that has no funds must be able to; to approve what the seat rejected costs a fee, so
//! that votes do not change without end. No call comes without a nonce: the state does not show of a vote
//! whether it was counted, changed, and is sent again.

use crate::{closing_motions, proposing_motions, votes_on_motions, CallOf, Config, Error, Pallet};
use counterfoil_primitives::MemberId;
use counterfoil_support::is_signed_by;
use frame_support::weights::Weight;
use frame_system::pallet_prelude::OriginFor;
use sp_core::H256;

/// Whether proposing is free.
pub(crate) fn is_free_to_propose<T: Config>(origin: &OriginFor<T>, call: &CallOf<T>) -> bool {
    of_a_seat::<T>(origin, |seat| {
        proposing_motions::check_propose::<T>(seat, call).map(|_| true)
    })
}

/// Whether voting is free.
pub(crate) fn is_free_to_vote<T: Config>(
    origin: &OriginFor<T>,
    motion: &H256,
    index: u32,
    approve: bool,
) -> bool {
    of_a_seat::<T>(origin, |seat| {
        votes_on_motions::check_vote::<T>(seat, motion, index, approve).map(|vote| vote.is_free)
    })
}

/// Whether closing is free.
pub(crate) fn is_free_to_close<T: Config>(
    origin: &OriginFor<T>,
    motion: &H256,
    index: u32,
    weight_bound: Weight,
    length_bound: u32,
) -> bool {
    of_a_seat::<T>(origin, |_| {
        closing_motions::check::<T>(motion, index, weight_bound, length_bound).map(|_| true)
    })
}

/// Whether a seat signed the call, and what `check` says of it is true.
fn of_a_seat<T: Config>(
    origin: &OriginFor<T>,
    check: impl FnOnce(MemberId) -> Result<bool, Error<T>>,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        Pallet::<T>::has_seat(member) && check(member).unwrap_or(false)
    })
}

//! Proposes motions, and keeps who proposed those that are open.

use crate::{
    types::Proposed, votes_on_motions::ballot_of, weighing, Call, CallOf, Config, Error, Majority,
    Motion, Motions, MAX_CALL,
};
use alloc::boxed::Box;
use codec::Encode;
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_support::{
    dispatch::{extract_actual_weight, DispatchResultWithPostInfo, GetDispatchInfo},
    ensure,
    pallet_prelude::DispatchResult,
    traits::Get,
};
use pallet_collective::{ProposalCount, ProposalOf, Proposals, Voting};
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::traits::Hash;

pub(crate) type Collective<T> = pallet_collective::Pallet<T>;

/// The account of the seat that proposed an open motion.
pub(crate) fn proposer_of<T: Config>(motion: &H256, index: u32) -> Result<AccountId32, Error<T>> {
    Motions::<T>::get()
        .into_iter()
        .find(|open| open.motion == *motion && open.index == index)
        .map(|open| institution_account(open.proposer))
        .ok_or(Error::<T>::UnknownMotion)
}

/// Ends all open motions, which run nothing. Returns how many there were.
pub(crate) fn end_all<T: Config>() -> u32 {
    let open = Proposals::<T>::get();
    for motion in &open {
        Collective::<T>::do_disapprove_proposal(*motion);
    }
    Motions::<T>::kill();
    open.len() as u32
}

/// The call that runs `call` as root: what is stored of a motion.
pub(crate) fn wrapped<T: Config>(call: &CallOf<T>) -> Box<CallOf<T>> {
    let call = Box::new(call.clone());
    Box::new(Call::<T>::execute { call }.into())
}

/// What names the motion that runs `wrapped`.
pub(crate) fn hash_of<T: Config>(wrapped: &CallOf<T>) -> H256 {
    <T as frame_system::Config>::Hashing::hash_of(wrapped)
}

/// Checks a call that a seat proposes.
pub(crate) fn check_propose<T: Config>(
    seat: MemberId,
    call: &CallOf<T>,
) -> Result<Proposed<T>, Error<T>> {
    let bytes = call.encoded_size() as u32;
    ensure!(bytes <= MAX_CALL, Error::<T>::CallTooLong);
    ensure!(
        weighing::execute::<T>(call).all_lte(T::MaxProposalWeight::get()),
        Error::<T>::CallTooHeavy
    );
    ensure!(
        open_of::<T>(seat) < T::MaxOpenPerSeat::get(),
        Error::<T>::TooManyOpenMotions
    );
    ensure!(
        (Proposals::<T>::decode_len().unwrap_or_default() as u32) < T::MaxProposals::get(),
        Error::<T>::TooManyMotions
    );
    let wrapped = wrapped::<T>(call);
    let motion = hash_of::<T>(&wrapped);
    ensure!(
        !ProposalOf::<T>::contains_key(motion),
        Error::<T>::AlreadyProposed
    );
    Ok(Proposed {
        proposer: seat,
        motion,
        wrapped,
        bytes,
    })
}

/// The number of open motions that a member proposed.
fn open_of<T: Config>(proposer: MemberId) -> u32 {
    let is_open = |motion: &Motion| Voting::<T>::contains_key(motion.motion);
    let of_member = Motions::<T>::get()
        .into_iter()
        .filter(|motion| motion.proposer == proposer && is_open(motion));
    of_member.count() as u32
}

/// Runs the call where one seat is enough, else puts it to the vote with the proposer's approval.
pub(crate) fn accept_propose<T: Config>(proposed: Proposed<T>) -> DispatchResultWithPostInfo {
    if Majority::<T>::get() == 1 {
        run_at_once(proposed)
    } else {
        let weight = weighing::put_up::<T>(proposed.bytes);
        put_up(proposed)?;
        Ok(Some(weight).into())
    }
}

fn run_at_once<T: Config>(proposed: Proposed<T>) -> DispatchResultWithPostInfo {
    let info = proposed.wrapped.get_dispatch_info();
    let length = proposed.wrapped.encoded_size() as u32;
    let (_, result) = Collective::<T>::do_propose_execute(proposed.wrapped, length)?;
    let weight = weighing::run_at_once::<T>(proposed.bytes)
        .saturating_add(extract_actual_weight(&result, &info));
    Ok(Some(weight).into())
}

fn put_up<T: Config>(proposed: Proposed<T>) -> DispatchResult {
    let Proposed {
        proposer,
        motion,
        wrapped,
        ..
    } = proposed;
    let (account, index) = (institution_account(proposer), ProposalCount::<T>::get());
    let length = wrapped.encoded_size() as u32;
    Collective::<T>::do_propose_proposed(account.clone(), Majority::<T>::get(), wrapped, length)?;
    Collective::<T>::do_vote(account, motion, index, true)?;
    forget_closed::<T>();
    Motions::<T>::try_append(Motion {
        motion,
        index,
        proposer,
    })
    .map_err(|()| Error::<T>::TooManyMotions)?;
    Ok(())
}

/// Drops what is kept of motions that are not open.
pub(crate) fn forget_closed<T: Config>() {
    Motions::<T>::mutate(|motions| {
        motions.retain(|motion| ballot_of::<T>(&motion.motion, motion.index).is_ok())
    });
}

//! Who has a seat, and what the chain starts with.

use crate::{
    motions, types::NewSeats, Config, Error, Event, Majority, Motions, Pallet, SeatList, Seats,
};
use alloc::vec::Vec;
use counterfoil_primitives::{institution::institution_account, ports::Directory, MemberId};
use counterfoil_support::ensure_member;
use frame_support::{
    ensure,
    traits::{ChangeMembers, Contains},
};
use frame_system::pallet_prelude::OriginFor;
use pallet_collective::Members;
use sp_core::crypto::AccountId32;

impl<T: Config> Pallet<T> {
    /// Whether a member has a seat.
    pub fn has_seat(member: MemberId) -> bool {
        Seats::<T>::get().contains(&member)
    }
}

/// The accounts of operators of seats: those that administer the chain.
impl<T: Config> Contains<AccountId32> for Pallet<T> {
    fn contains(account: &AccountId32) -> bool {
        T::Directory::member_of(account).is_some_and(Self::has_seat)
    }
}

/// The calling seat.
pub(crate) fn acting<T: Config>(origin: OriginFor<T>) -> Result<MemberId, Error<T>> {
    ensure_member::<T, T::Directory>(origin)
        .ok()
        .filter(|member| Pallet::<T>::has_seat(*member))
        .ok_or(Error::<T>::NotASeat)
}

/// Checks who is to have a seat, and how many of them are to approve a motion.
pub(crate) fn check<T: Config>(seats: Vec<MemberId>, majority: u32) -> Result<NewSeats, Error<T>> {
    ensure!(!seats.is_empty(), Error::<T>::NoSeats);
    let seats = SeatList::try_from(seats).map_err(|_| Error::<T>::TooManySeats)?;
    ensure!(
        seats.windows(2).all(|pair| pair[0] < pair[1]),
        Error::<T>::SeatsNotAscending
    );
    ensure!(
        seats
            .iter()
            .all(|member| T::Directory::operator(*member).is_some()),
        Error::<T>::UnknownMember
    );
    ensure!(is_majority(majority, &seats), Error::<T>::NoMajority);
    Ok(NewSeats { seats, majority })
}

/// Whether `majority` is more than half of the seats, and no more than all of them.
pub(crate) fn is_majority(majority: u32, seats: &[MemberId]) -> bool {
    let count = seats.len() as u32;
    majority > count / 2 && majority <= count
}

/// The accounts of seats, as the collective sorts them.
pub(crate) fn accounts(seats: &[MemberId]) -> Vec<AccountId32> {
    let mut accounts: Vec<_> = seats.iter().copied().map(institution_account).collect();
    accounts.sort();
    accounts
}

/// Sets the seats. Votes of those that leave count no more, and their motions end.
pub(crate) fn accept<T: Config>(new: NewSeats) {
    let NewSeats { seats, majority } = new;
    end_motions_of_others::<T>(&seats);
    set::<T>(&seats, majority);
    Pallet::<T>::deposit_event(Event::SeatsSet {
        seats: seats.into_inner(),
        majority,
    });
}

/// Ends the motions that members without a seat proposed, so that those with one find room for theirs. A
/// motion that is carried stays: it may be the one that is running.
fn end_motions_of_others<T: Config>(seats: &[MemberId]) {
    for motion in Motions::<T>::get() {
        let is_carried =
            motions::ballot::<T>(&motion.motion).is_none_or(|ballot| ballot.is_carried());
        if !seats.contains(&motion.proposer) && !is_carried {
            pallet_collective::Pallet::<T>::do_disapprove_proposal(motion.motion);
        }
    }
    motions::forget_closed::<T>();
}

fn set<T: Config>(seats: &SeatList, majority: u32) {
    let old = Members::<T>::get();
    <pallet_collective::Pallet<T> as ChangeMembers<AccountId32>>::set_members_sorted(
        &accounts(seats),
        &old,
    );
    Seats::<T>::put(seats);
    Majority::<T>::put(majority);
}

/// Builds the genesis state, and stops on a wrong one. An empty one is FRAME's default, which has to build;
/// nobody can administer a chain that starts from it.
///
/// It runs while a specification is read, never in a block.
pub(crate) fn build<T: Config>(seats: Vec<MemberId>, majority: u32) {
    if seats.is_empty() && majority == 0 {
        return;
    }
    match check::<T>(seats, majority) {
        Ok(new) => set::<T>(&new.seats, new.majority),
        Err(error) => panic!("the council's genesis is wrong: {error:?}"),
    }
}

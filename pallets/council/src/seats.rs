//! Who has a seat, and setting the seats.

use crate::{
    motions_ended_with_seats::{end_lapsed, end_motions_of_others},
    types::NewSeats,
    Config, Error, Event, Majority, Pallet, SeatList, Seats,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    council::votes::is_majority, institution::institution_account, ports::Directory, MemberId,
};
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
    ensure!(
        is_majority(majority, seats.len() as u32),
        Error::<T>::NoMajority
    );
    Ok(NewSeats { seats, majority })
}

/// The accounts of seats, as the collective sorts them.
pub(crate) fn accounts(seats: &[MemberId]) -> Vec<AccountId32> {
    let mut accounts: Vec<_> = seats.iter().copied().map(institution_account).collect();
    accounts.sort();
    accounts
}

/// Sets the seats. Votes of those that leave count no more, and motions lapse: those of members without a
/// seat, and those that the seats are too few to carry.
///
/// What was carried before stays for the moment: it may be the motion that is running.
pub(crate) fn accept<T: Config>(new: NewSeats) {
    let NewSeats { seats, majority } = new;
    let carried = end_motions_of_others::<T>(&seats);
    set::<T>(&seats, majority);
    end_lapsed::<T>(&carried);
    Pallet::<T>::deposit_event(Event::SeatsSet {
        seats: seats.into_inner(),
        majority,
    });
}

pub(crate) fn set<T: Config>(seats: &SeatList, majority: u32) {
    let old = Members::<T>::get();
    <pallet_collective::Pallet<T> as ChangeMembers<AccountId32>>::set_members_sorted(
        &accounts(seats),
        &old,
    );
    Seats::<T>::put(seats);
    Majority::<T>::put(majority);
}

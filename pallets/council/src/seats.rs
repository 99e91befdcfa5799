//! Who has a seat, and what the chain starts with.

use crate::{
    motions_and_votes, types::NewSeats, Config, Error, Event, Majority, Motion, Motions, Pallet,
    SeatList, Seats,
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
use sp_core::{crypto::AccountId32, H256};

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

/// Ends the motions of members that are to have no seat, so that those with one find room for theirs.
/// Returns the motions that are carried, which stay.
fn end_motions_of_others<T: Config>(seats: &[MemberId]) -> Vec<H256> {
    let mut carried = Vec::new();
    for Motion {
        motion, proposer, ..
    } in Motions::<T>::get()
    {
        if motions_and_votes::ballot::<T>(&motion).is_none_or(|ballot| ballot.votes().is_carried())
        {
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
        let has_lapsed = motions_and_votes::ballot::<T>(&motion).is_some_and(|ballot| {
            let are_too_few = (seats.len() as u32) < ballot.threshold;
            are_too_few || (!seats.contains(&proposer) && !ballot.votes().is_carried())
        });
        if has_lapsed && !kept.contains(&motion) {
            pallet_collective::Pallet::<T>::do_disapprove_proposal(motion);
        }
    }
    motions_and_votes::forget_closed::<T>();
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

//! Storage invariants.

use crate::{
    seats::accounts,
    votes_on_motions::{ballot, ballot_of},
    Config, Majority, Motions, Pallet, Seats, MAX_SEATS,
};
use alloc::collections::BTreeSet;
use counterfoil_primitives::{council::votes::is_majority, ports::Directory};
use frame_support::{ensure, traits::Get};
use pallet_collective::{Members, Proposals};
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::seats_are_members_in_order()?;
        Self::the_collective_consists_of_the_seats()?;
        Self::proposers_of_open_motions_are_known()?;
        Self::seats_keep_to_their_motions()?;
        Self::votes_are_of_seats()
    }

    fn seats_are_members_in_order() -> Check {
        let seats = Seats::<T>::get();
        ensure!(
            seats.windows(2).all(|pair| pair[0] < pair[1]),
            "the seats do not ascend"
        );
        ensure!(
            seats
                .iter()
                .all(|seat| T::Directory::operator(*seat).is_some()),
            "a seat is of no member"
        );
        ensure!(
            is_majority(Majority::<T>::get(), seats.len() as u32),
            "the majority is not one of the seats"
        );
        Ok(())
    }

    fn the_collective_consists_of_the_seats() -> Check {
        ensure!(
            Members::<T>::get() == accounts(&Seats::<T>::get()),
            "the collective has other members than the seats"
        );
        Ok(())
    }

    fn proposers_of_open_motions_are_known() -> Check {
        let motions = Motions::<T>::get();
        for motion in &motions {
            ensure!(
                ballot_of::<T>(&motion.motion, motion.index).is_ok(),
                "a proposer is kept of a motion that is not open"
            );
        }
        let known: BTreeSet<_> = motions.iter().map(|motion| motion.motion).collect();
        let open: BTreeSet<_> = Proposals::<T>::get().into_iter().collect();
        ensure!(
            known == open && known.len() == motions.len(),
            "the proposer of an open motion is not known"
        );
        Ok(())
    }

    fn seats_keep_to_their_motions() -> Check {
        let motions = Motions::<T>::get();
        for seat in Seats::<T>::get() {
            let open = motions.iter().filter(|motion| motion.proposer == seat);
            ensure!(
                open.count() as u32 <= T::MaxOpenPerSeat::get(),
                "a seat has more open motions than it may"
            );
        }
        Ok(())
    }

    fn votes_are_of_seats() -> Check {
        let accounts: BTreeSet<_> = Members::<T>::get().into_iter().collect();
        for motion in Proposals::<T>::get() {
            let ballot = ballot::<T>(&motion).ok_or("an open motion has no votes")?;
            ensure!(
                (2..=MAX_SEATS).contains(&ballot.threshold),
                "a motion has a threshold that is no majority of seats"
            );
            let count = ballot.ayes.len() + ballot.nays.len();
            let voters: BTreeSet<_> = ballot.ayes.into_iter().chain(ballot.nays).collect();
            ensure!(voters.len() == count, "a seat voted twice on a motion");
            ensure!(voters.is_subset(&accounts), "a vote is of no seat");
        }
        Ok(())
    }
}

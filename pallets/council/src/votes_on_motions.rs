//! The votes on open motions: what was voted, whether the time is over, and voting.

use crate::{
    proposing_motions::Collective,
    types::{Ballot, BallotOf, Vote},
    Config, Error, Majority,
};
use counterfoil_primitives::{
    council::votes::{self, Votes},
    institution::institution_account,
    MemberId,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, storage::unhashed};
use pallet_collective::Voting;
use sp_core::{crypto::AccountId32, H256};

impl<BlockNumber> Ballot<BlockNumber> {
    /// The votes, by the accounts of seats.
    pub fn votes(&self) -> Votes<'_, AccountId32> {
        Votes {
            ayes: &self.ayes,
            nays: &self.nays,
            threshold: self.threshold,
        }
    }
}

/// Whether the time of a motion with these votes is over in this block.
pub(crate) fn is_over<T: Config>(ballot: &BallotOf<T>) -> bool {
    votes::is_over(frame_system::Pallet::<T>::block_number(), ballot.end)
}

/// The votes on an open motion. Its threshold is at least the majority that there is.
pub(crate) fn ballot<T: Config>(motion: &H256) -> Option<BallotOf<T>> {
    let ballot: BallotOf<T> = unhashed::get(&Voting::<T>::hashed_key_for(motion))?;
    let threshold = ballot.threshold.max(Majority::<T>::get());
    Some(Ballot {
        threshold,
        ..ballot
    })
}

/// The votes on an open motion of this index.
pub(crate) fn ballot_of<T: Config>(motion: &H256, index: u32) -> Result<BallotOf<T>, Error<T>> {
    ballot::<T>(motion)
        .filter(|ballot| ballot.index == index)
        .ok_or(Error::<T>::UnknownMotion)
}

/// Checks a seat's vote on a motion.
pub(crate) fn check_vote<T: Config>(
    seat: MemberId,
    motion: &H256,
    index: u32,
    approve: bool,
) -> Result<Vote, Error<T>> {
    let ballot = ballot_of::<T>(motion, index)?;
    ensure!(!is_over::<T>(&ballot), Error::<T>::MotionIsOver);
    let voter = institution_account(seat);
    let before = ballot.votes().of(&voter);
    ensure!(before != Some(approve), Error::<T>::AlreadyVoted);
    Ok(Vote {
        voter,
        is_free: before != Some(false),
    })
}

/// Counts the vote.
pub(crate) fn accept_vote<T: Config>(
    vote: Vote,
    motion: H256,
    index: u32,
    approve: bool,
) -> DispatchResult {
    Collective::<T>::do_vote(vote.voter, motion, index, approve)?;
    Ok(())
}

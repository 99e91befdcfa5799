//! Storage invariants.

use crate::{Commitments, Config, Pallet, Replacements, MAX_REPLACEMENTS};
use counterfoil_primitives::{
    ports::{CommitRefused, DayTrades, Directory, SideView},
    SideId,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks the storage.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_commitments_are_for_sealed_days()?;
        Self::check_rounds()?;
        Self::check_replacements()
    }

    /// What was replaced stands, is of the first round, since a later one begins after the preset time, and
    /// was replaced no more often than is allowed.
    fn check_replacements() -> Result<(), TryRuntimeError> {
        for (side_id, round, replacements) in Replacements::<T>::iter() {
            ensure!(
                Commitments::<T>::contains_key(side_id, round),
                "a commitment that is not there was replaced"
            );
            ensure!(
                (1..=MAX_REPLACEMENTS).contains(&replacements),
                "a commitment was replaced too often, or not at all"
            );
            ensure!(round == 0, "a commitment was replaced after a rejection");
        }
        Ok(())
    }

    /// A commitment is of a side of a sealed day of an agreement, and has its positions.
    fn check_commitments_are_for_sealed_days() -> Result<(), TryRuntimeError> {
        for (side_id, _, commitment) in Commitments::<T>::iter() {
            ensure!(
                T::Directory::agreement(side_id.agreement).is_some(),
                "a commitment belongs to no agreement"
            );
            let chain = T::Trades::chain_commitment(side_id)
                .ok_or("a commitment belongs to a day that is not sealed")?;
            ensure!(
                chain.slots == commitment.slots,
                "a commitment has not the chain's positions"
            );
        }
        Ok(())
    }

    /// A side has no commitment of a round to come, and none after its last rejection. The reconciliation,
    /// which counts the rounds, checks that the commitments of earlier rounds are kept.
    fn check_rounds() -> Result<(), TryRuntimeError> {
        for (side_id, round) in Commitments::<T>::iter_keys() {
            let current = T::Sides::round(side_id);
            ensure!(round <= current, "a commitment is of a round to come");
            ensure!(
                round < current || !Self::are_rounds_used_up(side_id),
                "a commitment came after the last rejection"
            );
        }
        Ok(())
    }

    fn are_rounds_used_up(side_id: SideId) -> bool {
        T::Sides::may_commit(side_id) == Err(CommitRefused::NoMoreRounds)
    }
}

//! Storage invariants.

use crate::{Commitments, Config, Pallet, Rejected, Rejections, MAX_REJECTIONS};
use counterfoil_primitives::ports::{DayTrades, Directory};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks the storage.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_commitments_are_for_sealed_days()?;
        Self::check_rejections_are_few()?;
        Self::check_rejected_commitments_are_kept()
    }

    /// A commitment stands for a side of a sealed day of an agreement, and has its positions.
    fn check_commitments_are_for_sealed_days() -> Result<(), TryRuntimeError> {
        for ((agreement, day, side), commitment) in Commitments::<T>::iter() {
            ensure!(
                T::Directory::agreement(agreement).is_some(),
                "a commitment belongs to no agreement"
            );
            let chain = T::Trades::chain_commitment(agreement, day, side)
                .ok_or("a commitment belongs to a day that is not sealed")?;
            ensure!(
                chain.slots == commitment.slots,
                "a commitment has not the chain's positions"
            );
        }
        Ok(())
    }

    /// A side that is noted as rejected was, and no more often than it may be.
    fn check_rejections_are_few() -> Result<(), TryRuntimeError> {
        for (place, count) in Rejections::<T>::iter() {
            ensure!(
                (1..=MAX_REJECTIONS).contains(&count),
                "a side was rejected never or too often"
            );
            ensure!(
                count < MAX_REJECTIONS || !Commitments::<T>::contains_key(place),
                "a commitment came after the last rejection"
            );
        }
        Ok(())
    }

    /// What was rejected last is kept for each side that was rejected, and for no other.
    fn check_rejected_commitments_are_kept() -> Result<(), TryRuntimeError> {
        for place in Rejections::<T>::iter_keys() {
            ensure!(
                Rejected::<T>::contains_key(place),
                "a rejected commitment is not kept"
            );
        }
        for place in Rejected::<T>::iter_keys() {
            ensure!(
                Rejections::<T>::contains_key(place),
                "a commitment is kept as rejected that was not"
            );
        }
        Ok(())
    }
}

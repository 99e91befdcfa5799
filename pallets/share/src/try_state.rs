//! Storage invariants.

use crate::{block_room, usage::WHOLE, Config, Load, Pallet, UsedBy, UsedByWorkers};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

/// The maximum that a member can have used lately, in budgets: half of each block, faded, sums up to
/// less than this.
const MAX_LATELY: u32 = 4;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let budget = block_room::budget::<T>();
        let of_workers = block_room::budget_of_workers::<T>();
        let mut by_workers = Load::default();
        for usage in UsedBy::<T>::iter_values() {
            ensure!(usage.block <= Self::now(), "a use of a block to come");
            ensure!(
                usage.here.fits(budget.half()),
                "a member used more than half of a block"
            );
            ensure!(
                usage.workers.fits(of_workers.half()),
                "a member's workers used more than half of what workers may"
            );
            if usage.block == Self::now() {
                by_workers = by_workers.plus(usage.workers);
            }
            ensure!(
                usage.before <= MAX_LATELY * WHOLE,
                "a member used more lately than blocks had"
            );
        }
        let all = UsedByWorkers::<T>::get();
        ensure!(
            all == by_workers || all == Load::default(),
            "what workers used of a block is not what members' workers did"
        );
        Ok(())
    }
}

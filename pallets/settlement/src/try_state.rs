//! Storage invariants.

use crate::{Config, Due, Pallet, Payables};
use counterfoil_primitives::ports::Directory;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::due_is_what_is_not_paid()?;
        Self::zero_is_never_due()?;
        Self::payables_belong_to_agreements()
    }

    fn due_is_what_is_not_paid() -> Check {
        for (agreement, day, payable) in Payables::<T>::iter() {
            ensure!(
                Due::<T>::contains_key(agreement, day) == payable.paid_at.is_none(),
                "a payable is due and paid, or neither"
            );
        }
        for (agreement, day, ()) in Due::<T>::iter() {
            ensure!(
                Payables::<T>::contains_key(agreement, day),
                "a day is due without a payable"
            );
        }
        Ok(())
    }

    fn zero_is_never_due() -> Check {
        for payable in Payables::<T>::iter_values() {
            ensure!(
                payable.amount > 0 || payable.paid_at == Some(payable.due_since),
                "a payable of zero did not settle itself"
            );
        }
        Ok(())
    }

    fn payables_belong_to_agreements() -> Check {
        for (agreement, _, _) in Payables::<T>::iter() {
            ensure!(
                T::Directory::agreement(agreement).is_some(),
                "a payable of no agreement"
            );
        }
        Ok(())
    }
}

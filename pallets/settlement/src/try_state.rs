//! Storage invariants.

use crate::{Config, Due, Obligations, Pallet};
use counterfoil_primitives::ports::Directory;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::due_is_what_is_not_paid()?;
        Self::zero_is_never_due()?;
        Self::obligations_belong_to_agreements()
    }

    fn due_is_what_is_not_paid() -> Check {
        for (agreement, day, obligation) in Obligations::<T>::iter() {
            ensure!(
                Due::<T>::contains_key(agreement, day) == obligation.paid_at.is_none(),
                "an obligation is due and paid, or neither"
            );
        }
        for (agreement, day, ()) in Due::<T>::iter() {
            ensure!(
                Obligations::<T>::contains_key(agreement, day),
                "a day is due without an obligation"
            );
        }
        Ok(())
    }

    fn zero_is_never_due() -> Check {
        for obligation in Obligations::<T>::iter_values() {
            ensure!(
                obligation.amount != 0 || obligation.paid_at == Some(obligation.due_since),
                "an obligation of zero did not settle itself"
            );
        }
        Ok(())
    }

    fn obligations_belong_to_agreements() -> Check {
        for (agreement, _, _) in Obligations::<T>::iter() {
            ensure!(
                T::Directory::agreement(agreement).is_some(),
                "an obligation of no agreement"
            );
        }
        Ok(())
    }
}

//! Storage invariants.

use crate::{Config, Keep, Pallet, SpentTransactions};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks what always holds between transactions.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        ensure!(
            !Keep::<T>::exists(),
            "a transaction left its mark behind that it is to be kept"
        );
        for (_, of_member) in SpentTransactions::<T>::iter() {
            let ends = || of_member.kept.iter().map(|one| one.ends);
            ensure!(
                ends().zip(ends().skip(1)).all(|(one, next)| one <= next),
                "spent transactions are not in the order of their ends"
            );
            let distinct: BTreeSet<_> = of_member.kept.iter().map(|one| one.digest).collect();
            ensure!(
                distinct.len() == of_member.kept.len(),
                "a transaction was spent twice"
            );
            ensure!(
                ends().all(|end| Some(end) > of_member.floor),
                "a spent transaction is kept that the floor covers"
            );
        }
        Ok(())
    }
}

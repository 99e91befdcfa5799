//! Storage invariants.

use crate::{
    session_keys::keys_of,
    validator_list::{active, is_ascending, queued},
    Config, Pallet, Reports, SessionStart, Validators, MAX_REPORTS,
};
use counterfoil_primitives::{institution::institution_of, ports::Directory};
use frame_support::{ensure, traits::Get};
use pallet_session::{
    historical::{HistoricalSessions, StoredRange},
    ExternallySetKeys, NextKeys, Pallet as Session,
};
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::the_list_can_take_effect()?;
        Self::sessions_have_validators_of_this_pallet()?;
        Self::keys_are_of_institutions()?;
        Self::few_sessions_are_kept()
    }

    fn the_list_can_take_effect() -> Check {
        let list = Validators::<T>::get();
        ensure!(!list.is_empty(), "there are no validators");
        ensure!(is_ascending(&list), "the list does not ascend");
        Ok(())
    }

    fn sessions_have_validators_of_this_pallet() -> Check {
        let (active, queued) = (active::<T>(), queued::<T>());
        ensure!(
            !active.is_empty() && active.len() == Session::<T>::validators().len(),
            "a session has no validators, or one that is no institution"
        );
        ensure!(
            !queued.is_empty() && queued.len() == Session::<T>::queued_keys().len(),
            "the queue has no validators, or one that is no institution"
        );
        let list = Validators::<T>::get();
        for member in active.iter().chain(&queued).chain(&list) {
            ensure!(
                T::Directory::operator(*member).is_some(),
                "a validator is no member"
            );
            ensure!(
                keys_of::<T>(*member).is_some(),
                "a validator has no session keys"
            );
        }
        ensure!(
            SessionStart::<T>::get() <= frame_system::Pallet::<T>::block_number(),
            "the session begins in a block to come"
        );
        Ok(())
    }

    fn keys_are_of_institutions() -> Check {
        for account in NextKeys::<T>::iter_keys() {
            let member = institution_of(&account)
                .ok_or("an account that is no institution has session keys")?;
            ensure!(
                T::Directory::operator(member).is_some(),
                "an institution that is no member has session keys"
            );
            ensure!(
                ExternallySetKeys::<T>::contains_key(account),
                "session keys were set past this pallet"
            );
        }
        Ok(())
    }

    fn few_sessions_are_kept() -> Check {
        let (first, end) = StoredRange::<T>::get().unwrap_or_default();
        // Those that passed, this one, and the next.
        ensure!(
            end - first <= T::ReportLongevity::get() + 2,
            "more sessions are kept than can be proven"
        );
        ensure!(
            HistoricalSessions::<T>::iter_keys().all(|session| (first..end).contains(&session)),
            "a session is kept that was to be forgotten"
        );
        let current = Session::<T>::current_index();
        let provable = current.saturating_sub(T::ReportLongevity::get())..=current;
        ensure!(
            Reports::<T>::iter().all(|(session, _, count)| {
                provable.contains(&session) && (1..=MAX_REPORTS).contains(&count)
            }),
            "reports are counted of a session that was to be forgotten, or too many"
        );
        Ok(())
    }
}

//! When a session ends, and what the next one has.
//!
//! `pallet_session` has the new session's validators in its queue when a session begins, and asks for those
//! of the session after it. It gets the list where validators or keys differ from those queued; else
//! nothing, which leaves GRANDPA's set as it is.

use crate::{
    types::SetChanges, Config, EndNow, Event, NotedStall, Pallet, Reports, SessionStart, Validators,
};
use alloc::vec::Vec;
use counterfoil_primitives::institution::institution_account;
use frame_support::{
    traits::{EstimateNextSessionRotation, Get},
    weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use pallet_session::{historical, Pallet as Session, ShouldEndSession};
use sp_core::crypto::AccountId32;
use sp_runtime::{
    traits::{One, Saturating},
    Permill,
};
use sp_staking::SessionIndex;

/// Lets the session end with the next block.
pub(crate) fn end_now<T: Config>() {
    EndNow::<T>::put(true);
    Pallet::<T>::deposit_event(Event::SessionEnds);
}

/// The block with which the session ends, where nobody ends it before.
pub(crate) fn next_start<T: Config>() -> BlockNumberFor<T> {
    SessionStart::<T>::get().saturating_add(T::SessionLength::get())
}

/// The list, where the session that begins has other validators or other keys.
fn changed_list<T: Config>() -> Option<Vec<AccountId32>> {
    let list: Vec<_> = Validators::<T>::get()
        .into_iter()
        .map(institution_account)
        .collect();
    let with_keys: Vec<_> = list
        .iter()
        .filter_map(|account| Some((account.clone(), Session::<T>::load_keys(account)?)))
        .collect();
    (with_keys != Session::<T>::queued_keys()).then_some(list)
}

/// Notes where the session begins, and forgets keys and reports of one that is too long ago. Tells GRANDPA
/// whether finality stalled, which it has to know before it is told of the session.
fn begin<T: Config>(session: SessionIndex) {
    EndNow::<T>::kill();
    SessionStart::<T>::put(frame_system::Pallet::<T>::block_number());
    let oldest = session.saturating_sub(T::ReportLongevity::get());
    T::SetChanges::set_stall(NotedStall::<T>::take());
    if oldest > 0 {
        let _ = Reports::<T>::clear_prefix(oldest - 1, T::MaxValidators::get(), None);
        historical::Pallet::<T>::prune_up_to(oldest);
    }
}

impl<T: Config> pallet_session::SessionManager<AccountId32> for Pallet<T> {
    fn new_session(_: SessionIndex) -> Option<Vec<AccountId32>> {
        changed_list::<T>()
    }

    fn start_session(session: SessionIndex) {
        begin::<T>(session);
    }

    fn end_session(_: SessionIndex) {}
}

impl<T: Config> historical::SessionManager<AccountId32, AccountId32> for Pallet<T> {
    fn new_session(_: SessionIndex) -> Option<Vec<(AccountId32, AccountId32)>> {
        let list = changed_list::<T>()?;
        // The account says which member it is; there is nothing more to say.
        let with_identity = list.into_iter().map(|account| (account.clone(), account));
        Some(with_identity.collect())
    }

    fn start_session(session: SessionIndex) {
        begin::<T>(session);
    }

    fn end_session(_: SessionIndex) {}
}

impl<T: Config> ShouldEndSession<BlockNumberFor<T>> for Pallet<T> {
    fn should_end_session(now: BlockNumberFor<T>) -> bool {
        !T::SetChanges::is_pending() && (EndNow::<T>::get() || now >= next_start::<T>())
    }
}

impl<T: Config> EstimateNextSessionRotation<BlockNumberFor<T>> for Pallet<T> {
    fn average_session_length() -> BlockNumberFor<T> {
        T::SessionLength::get()
    }

    fn estimate_current_session_progress(now: BlockNumberFor<T>) -> (Option<Permill>, Weight) {
        let blocks = now
            .saturating_sub(SessionStart::<T>::get())
            .saturating_add(One::one());
        let progress = Permill::from_rational(blocks, T::SessionLength::get());
        (Some(progress), T::DbWeight::get().reads(1))
    }

    fn estimate_next_session_rotation(
        now: BlockNumberFor<T>,
    ) -> (Option<BlockNumberFor<T>>, Weight) {
        let weight = T::DbWeight::get().reads(3);
        if T::SetChanges::is_pending() {
            return (None, weight);
        }
        let next = now.saturating_add(One::one());
        let end = if EndNow::<T>::get() {
            next
        } else {
            next_start::<T>().max(next)
        };
        (Some(end), weight)
    }
}

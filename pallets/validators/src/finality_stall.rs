//! A stall of finality that the council notes, so that a change of validators is forced.

use crate::{
    sessions::end_now,
    types::{SetChanges, Stall, MAX_DELAY},
    Config, Error, Event, NotedStall, Pallet, SessionStart,
};
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::One;

/// Checks what the council notes of a stall.
///
/// Nodes take no block any more where a change that is not final yet lies at or below `best_finalized` when
/// the forced one is enacted. The chain does not know what is final. But each change comes with the first
/// block of a session, and finality stalled before this session if its list was queued after the stall. So
/// no block of this session is taken to be final.
pub(crate) fn check_stall<T: Config>(
    delay: BlockNumberFor<T>,
    best_finalized: BlockNumberFor<T>,
) -> Result<Stall<BlockNumberFor<T>>, Error<T>> {
    ensure!(
        delay >= One::one() && delay <= MAX_DELAY.into(),
        Error::<T>::InvalidDelay
    );
    ensure!(
        best_finalized < SessionStart::<T>::get(),
        Error::<T>::FinalizedTooHigh
    );
    let now = frame_system::Pallet::<T>::block_number();
    ensure!(
        !T::SetChanges::is_pending() && T::SetChanges::next_forced().is_none_or(|next| next <= now),
        Error::<T>::ForcedLately
    );
    Ok(Stall {
        delay,
        best_finalized,
    })
}

/// Notes the stall, and ends the session, so that the next one announces the forced change at once.
pub(crate) fn accept_stall<T: Config>(stall: Stall<BlockNumberFor<T>>) {
    NotedStall::<T>::put(stall);
    Pallet::<T>::deposit_event(Event::StallNoted {
        delay: stall.delay,
        best_finalized: stall.best_finalized,
    });
    end_now::<T>();
}

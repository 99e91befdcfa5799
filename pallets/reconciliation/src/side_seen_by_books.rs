//! What the books see of a side: how far it is, and whether its party may commit.

use crate::{
    who_may_report::{due, is_time_for_late_proof, late_until},
    Config, Pallet, Sides,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    commitment,
    ports::{CommitRefused, Commitments, SideView},
    summary::SideStatus,
    Cause, Entry, Round, SideId, MAX_ROUNDS,
};
use frame_support::{ensure, traits::Time};

impl<T: Config> SideView for Pallet<T> {
    fn side_status(side_id: SideId) -> SideStatus {
        let record = Sides::<T>::get(side_id);
        match record.proven {
            Some(breaks) if record.repaired => SideStatus::Repaired { breaks },
            Some(breaks) if record.defaulted => SideStatus::ProvenLate { breaks },
            Some(breaks) => SideStatus::Proven { breaks },
            None if record.defaulted => SideStatus::Defaulted,
            None if T::Books::commitment(side_id, record.round).is_some() => SideStatus::Committed,
            None => SideStatus::Awaited,
        }
    }

    fn round(side_id: SideId) -> Round {
        Sides::<T>::get(side_id).round
    }

    fn may_commit(side_id: SideId) -> Result<(), CommitRefused> {
        let record = Sides::<T>::get(side_id);
        let until = due::<T>(side_id).and_then(|(agreement, times)| {
            if record.defaulted {
                late_until::<T>(&agreement, side_id.day, &times)
            } else {
                Some(times.deadline)
            }
        });
        commitment::may_come(record.round, until, T::UnixTime::now())?;
        ensure!(record.proven.is_none(), CommitRefused::TooLate);
        Ok(())
    }

    fn is_before_preset(side_id: SideId) -> bool {
        due::<T>(side_id).is_some_and(|(_, times)| T::UnixTime::now() < times.preset)
    }

    fn has_defaulted(side_id: SideId) -> bool {
        Sides::<T>::get(side_id).defaulted
    }

    fn may_be_proven_late(side_id: SideId) -> bool {
        let record = Sides::<T>::get(side_id);
        let is_open = record.defaulted && record.proven.is_none() && record.round < MAX_ROUNDS;
        is_open
            && due::<T>(side_id).is_some_and(|(agreement, times)| {
                is_time_for_late_proof::<T>(&agreement, side_id.day, &times)
            })
    }

    fn extra_breaks(side_id: SideId) -> Vec<(Entry, Cause)> {
        Self::proven_extra_breaks(side_id)
            .into_iter()
            .map(|one| (one.entry, one.cause))
            .collect()
    }
}

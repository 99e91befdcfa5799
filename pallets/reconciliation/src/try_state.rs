//! Storage invariants.

use crate::{
    AcceptedHeader, Config, ExtraBreaks, FullFetch, Headers, Outcomes, Pallet, SideRecord, Sides,
    SlotBreaks, MAX_ROUNDS,
};
use counterfoil_primitives::{
    ports::{Commitments, DayTrades},
    tree::PAGE_SIZE,
    Side, SideId,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks everything.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        for (side_id, record) in Sides::<T>::iter() {
            Self::check_repairs_and_rejections(&record)?;
            Self::check_side_is_of_sealed_day(side_id)?;
            Self::check_rejected_commitments_are_kept(side_id, &record)?;
            if record.proven.is_some() {
                Self::check_reported_side_has_a_commitment(side_id)?;
            }
            Self::check_proven_breaks_are_stored(side_id, &record)?;
        }
        for (side_id, header) in Headers::<T>::iter() {
            Self::check_side_is_of_sealed_day(side_id)?;
            Self::check_reported_side_has_a_commitment(side_id)?;
            Self::check_accepted_parts_are_stored(side_id, &header)?;
        }
        Self::check_slot_breaks_are_listed()?;
        Self::check_extra_breaks_are_listed()?;
        Self::check_outcomes_follow_from_sides()?;
        Self::check_no_fetch_of_reconciled_days()
    }

    /// Only proven breaks are repaired, and no side is rejected more often than it has rounds.
    fn check_repairs_and_rejections(record: &SideRecord) -> Result<(), TryRuntimeError> {
        ensure!(
            !record.repaired || record.proven.is_some_and(|breaks| breaks > 0),
            "a side without proven breaks is repaired"
        );
        ensure!(record.round <= MAX_ROUNDS, "a side was rejected too often");
        Ok(())
    }

    /// Nothing is known of the sides of an unsealed day.
    fn check_side_is_of_sealed_day(side_id: SideId) -> Result<(), TryRuntimeError> {
        ensure!(
            T::Trades::is_sealed(side_id.agreement, side_id.day),
            "a side of an unsealed day is recorded"
        );
        Ok(())
    }

    /// A side has a commitment of each round that is over, also where the current one has none yet.
    fn check_rejected_commitments_are_kept(
        side_id: SideId,
        record: &SideRecord,
    ) -> Result<(), TryRuntimeError> {
        ensure!(
            (0..record.round).all(|round| T::Books::commitment(side_id, round).is_some()),
            "a rejected commitment is not kept"
        );
        Ok(())
    }

    /// A side with a header, or with proven breaks or none, has a commitment of its current round.
    fn check_reported_side_has_a_commitment(side_id: SideId) -> Result<(), TryRuntimeError> {
        let round = Sides::<T>::get(side_id).round;
        ensure!(
            T::Books::commitment(side_id, round).is_some(),
            "a side is reported without a commitment"
        );
        Ok(())
    }

    /// A listed page has stored breaks exactly if its part was accepted.
    fn check_accepted_parts_are_stored(
        side_id: SideId,
        header: &AcceptedHeader,
    ) -> Result<(), TryRuntimeError> {
        for listed in &header.dirty {
            ensure!(
                SlotBreaks::<T>::contains_key(side_id, listed.page) == listed.accepted,
                "a page of slots is stored but not accepted, or the other way round"
            );
        }
        for listed in &header.extras {
            ensure!(
                ExtraBreaks::<T>::contains_key(side_id, listed.page) == listed.accepted,
                "a page of extras is stored but not accepted, or the other way round"
            );
        }
        Ok(())
    }

    /// A proven side has all its parts, and as many breaks as it says.
    fn check_proven_breaks_are_stored(
        side_id: SideId,
        record: &SideRecord,
    ) -> Result<(), TryRuntimeError> {
        let Some(breaks) = record.proven else {
            return Ok(());
        };
        ensure!(
            Headers::<T>::get(side_id).is_none_or(|header| header.is_whole()),
            "a proven side lacks parts"
        );
        let stored =
            Self::proven_slot_breaks(side_id).len() + Self::proven_extra_breaks(side_id).len();
        ensure!(
            stored == breaks as usize,
            "a proven side has other breaks than are stored"
        );
        Ok(())
    }

    /// Breaks on slots lie on listed pages, each within its page, ascending.
    fn check_slot_breaks_are_listed() -> Result<(), TryRuntimeError> {
        for (side_id, page, breaks) in SlotBreaks::<T>::iter() {
            let header = Headers::<T>::get(side_id);
            ensure!(
                header.is_some_and(|header| header.dirty.iter().any(|listed| listed.page == page)),
                "breaks lie on a page that no header lists"
            );
            ensure!(
                breaks.iter().all(|one| one.position / PAGE_SIZE == page),
                "a break lies outside its page"
            );
            ensure!(
                breaks
                    .windows(2)
                    .all(|pair| pair[0].position < pair[1].position),
                "breaks of a page are not ascending"
            );
        }
        Ok(())
    }

    /// Extras lie on listed pages.
    fn check_extra_breaks_are_listed() -> Result<(), TryRuntimeError> {
        for (side_id, page) in ExtraBreaks::<T>::iter_keys() {
            let header = Headers::<T>::get(side_id);
            ensure!(
                header.is_some_and(|header| header.extras.iter().any(|listed| listed.page == page)),
                "extras lie on a page that no header lists"
            );
        }
        Ok(())
    }

    /// Nothing is asked for of a day that is reconciled.
    fn check_no_fetch_of_reconciled_days() -> Result<(), TryRuntimeError> {
        for (agreement, day) in FullFetch::<T>::iter_keys() {
            ensure!(
                !Outcomes::<T>::contains_key(agreement, day),
                "all pages of a reconciled day are asked for"
            );
        }
        Ok(())
    }

    /// A day has an outcome exactly if both its sides are closed, and it follows from them.
    fn check_outcomes_follow_from_sides() -> Result<(), TryRuntimeError> {
        for (agreement, day, outcome) in Outcomes::<T>::iter() {
            let [debit, credit] =
                Side::BOTH.map(|side| Sides::<T>::get(SideId::new(agreement, day, side)));
            ensure!(
                debit.is_closed() && credit.is_closed(),
                "a reconciled day has an open side"
            );
            ensure!(
                outcome.debit_breaks == debit.proven_in_time()
                    && outcome.credit_breaks == credit.proven_in_time(),
                "an outcome has other breaks than the sides"
            );
            ensure!(
                outcome.obligation == T::Trades::totals(agreement, day).obligation(),
                "an obligation is not what payments and refunds come to"
            );
        }
        for SideId { agreement, day, .. } in Sides::<T>::iter_keys() {
            let are_closed = Side::BOTH
                .into_iter()
                .all(|side| Sides::<T>::get(SideId::new(agreement, day, side)).is_closed());
            ensure!(
                !are_closed || Outcomes::<T>::contains_key(agreement, day),
                "both sides of a day are closed but it has no outcome"
            );
        }
        Ok(())
    }
}

//! Timing differences among the proven breaks of sides.

use anyhow::Result;
use counterfoil_client::chain::read::At;
use counterfoil_primitives::{
    summary::DaySummary,
    timing::{count, End, TimingEnd},
    AgreementId, Side, SideId,
};
use std::collections::BTreeMap;

/// Which breaks of a side are, or may be, ends of timing differences.
#[derive(Debug, Default)]
pub(super) struct TimingEnds(BTreeMap<End, TimingEnd>);

impl TimingEnds {
    /// Those of a side; it has none where it has no breaks.
    pub(super) async fn of_side(at: &At, side_id: SideId) -> Result<Self> {
        Ok(Self::new(at.timing_differences(side_id).await?))
    }

    pub(super) fn new(ends: Vec<TimingEnd>) -> Self {
        Self(ends.into_iter().map(|end| (end.end, end)).collect())
    }

    /// What is known of the slot on a position.
    pub(super) fn slot(&self, position: u32) -> Option<&TimingEnd> {
        self.0.get(&End::Slot(position))
    }

    /// What is known of the extra with this index.
    pub(super) fn extra(&self, index: u32) -> Option<&TimingEnd> {
        self.0.get(&End::Extra(index))
    }

    /// How many are ends of timing differences.
    pub(super) fn count(&self) -> u32 {
        let ends = self.0.values();
        ends.filter(|end| end.is_difference()).count() as u32
    }
}

/// How many breaks of either side of a day are ends of timing differences.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayTiming {
    debit: u32,
    credit: u32,
}

impl DayTiming {
    /// Those of a day; a side without breaks is not asked for.
    pub(super) async fn of_day(at: &At, agreement: AgreementId, day: &DaySummary) -> Result<Self> {
        let mut counts = [0; 2];
        let states = [day.debit.status, day.credit.status];
        for ((side, status), counted) in Side::BOTH.into_iter().zip(states).zip(&mut counts) {
            if status.breaks().is_some_and(|breaks| breaks > 0) {
                let side_id = SideId::new(agreement, day.day, side);
                *counted = count(&at.timing_differences(side_id).await?);
            }
        }
        let [debit, credit] = counts;
        Ok(Self { debit, credit })
    }

    /// Those of a side.
    pub(super) const fn of(&self, side: Side) -> u32 {
        side.pick(self.debit, self.credit)
    }
}

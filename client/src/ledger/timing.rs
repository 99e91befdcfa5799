//! The timing differences of a ledger: what the chain has proven of the other days of its side.

use super::{Comparison, Difference};
use crate::{
    chain::{read::At, views::Agreement},
    error::Result,
};
use counterfoil_primitives::{
    timing::{read, Compared, End, Ends},
    AgreementView, BusinessDay, Side, SideId,
};
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};

/// Days read side by side.
const PARALLEL: usize = 8;

/// Marks the timing differences of a comparison, by the rule and the days by which the chain reads them.
pub(super) async fn look_up(
    at: &At,
    agreement: &Agreement,
    day: BusinessDay,
    side: Side,
    comparison: &mut Comparison,
) -> Result<()> {
    let today = at.today(agreement.id).await?.unwrap_or(day);
    let ends = comparison.ends(&agreement.view, day);
    let days = ends.days_to_read(day, agreement.view.first_day, today);
    let others: BTreeMap<_, _> = stream::iter(days)
        .map(|other| {
            let positions = ends.positions_on(other);
            compared(at, agreement.side_id(other, side), positions)
        })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    comparison.mark(day, &ends, &others);
    Ok(())
}

/// A day, and what is known of the side on it; of what its book lacks, these `positions` alone.
async fn compared(
    at: &At,
    side_id: SideId,
    positions: BTreeSet<u32>,
) -> Result<(BusinessDay, Compared)> {
    Ok((side_id.day, at.compared(side_id, &positions).await?))
}

impl Comparison {
    /// How many differences are timing differences.
    pub fn timing(&self) -> usize {
        let differences = self.differences.iter();
        differences.filter(|one| one.is_timing()).count()
    }

    /// The differences that are errors: all but timing differences.
    pub fn errors(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|one| !one.is_timing())
    }

    /// What may be ends of timing differences, of a ledger of `day`.
    pub fn ends(&self, agreement: &AgreementView, day: BusinessDay) -> Ends {
        let (slots, extras) = self.differences.split_at(self.slots());
        Ends::new(
            slots
                .iter()
                .filter_map(|one| Some((one.position?, one.cause, one.right?))),
            extras
                .iter()
                .filter_map(|one| Some((one.found?, one.cause, one.witness))),
        )
        .with_days_of(day, |moment| agreement.day_of(moment))
    }

    /// Marks the differences that are, or may be, ends of timing differences, by what the chain answers of
    /// [`Ends::days_to_read`].
    pub fn mark(
        &mut self,
        day: BusinessDay,
        ends: &Ends,
        others: &BTreeMap<BusinessDay, Compared>,
    ) {
        let slots = self.slots();
        let (slots, extras) = self.differences.split_at_mut(slots);
        for end in read(day, ends, others) {
            let marked = match end.end {
                End::Slot(position) => {
                    let at = slots.partition_point(|one| one.position < Some(position));
                    slots.get_mut(at)
                }
                End::Extra(index) => extras.get_mut(index as usize),
            };
            if let Some(difference) = marked {
                difference.timing = Some(end);
            }
        }
    }

    /// How many differences are on positions: these come first.
    fn slots(&self) -> usize {
        self.differences
            .partition_point(|one| one.position.is_some())
    }
}

#[cfg(test)]
mod tests;

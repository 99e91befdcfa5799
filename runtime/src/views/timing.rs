//! Timing differences, read from what is proven of a side on several days.

use super::{
    breaks::{excerpts, extra_breaks, slot_breaks, Excerpt},
    today,
};
use crate::{Reconciliation, Registry};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    ports::{Directory, SideView},
    summary::{BreakList, ExtraBreakView},
    timing::{self, Compared, Ends, TimingEnd},
    SideId,
};

/// How many of the proven breaks of a side are ends of timing differences. No break is read twice.
pub fn timing_count(side_id: SideId) -> u32 {
    let (mut count, mut before) = (0_u32, Vec::new());
    for excerpt in excerpts(side_id) {
        let ends = timing_differences_after(&before, side_id, &excerpt);
        count = count.saturating_add(timing::count(&ends));
        before.extend(excerpt.breaks.extras);
    }
    count
}

/// The ends of timing differences among these proven breaks of a side. Of the other days, only those within
/// the search are read, and only what is proven of them.
pub fn timing_differences(side_id: SideId, excerpt: &Excerpt) -> Vec<TimingEnd> {
    let before = extra_breaks(side_id).take(excerpt.first_extra as usize);
    timing_differences_after(&before.collect::<Vec<_>>(), side_id, excerpt)
}

/// The same, where the extras `before` those of the excerpt are known.
fn timing_differences_after(
    before: &[ExtraBreakView],
    side_id: SideId,
    excerpt: &Excerpt,
) -> Vec<TimingEnd> {
    let (Some(agreement), Some(today)) = (
        Registry::agreement(side_id.agreement),
        today(side_id.agreement),
    ) else {
        return Vec::new();
    };
    let ends =
        ends_until(before, excerpt).with_days_of(side_id.day, |moment| agreement.day_of(moment));
    let days = ends.days_to_read(side_id.day, agreement.first_day, today);
    let others = days.into_iter().map(|day| {
        let other = SideId { day, ..side_id };
        (day, compared(other, &ends.positions_on(day)))
    });
    let mut found = timing::read(side_id.day, &ends, &others.collect());
    found.retain(|end| excerpt.has(end.end));
    found
}

/// The breaks of an excerpt that may be ends, and the extras before it: of several that repeat one trade, the
/// first is the end.
fn ends_until(before: &[ExtraBreakView], excerpt: &Excerpt) -> Ends {
    let slots = excerpt.breaks.slots.iter();
    let extras = before.iter().chain(&excerpt.breaks.extras);
    Ends::new(
        slots.map(|slot| (slot.position, slot.cause, slot.right)),
        extras.map(|extra| (extra.entry, extra.cause, extra.witness)),
    )
}

/// What is known of a side for the timing differences of other days; of what its book lacks, these
/// `positions` alone. A day may lack a whole ledger, and several such days would fill the memory of a call.
pub fn compared(side_id: SideId, positions: &BTreeSet<u32>) -> Compared {
    let slots = if positions.is_empty() {
        Vec::new()
    } else {
        slot_breaks(side_id)
            .filter(|slot| positions.contains(&slot.position))
            .collect()
    };
    let list = BreakList {
        slots,
        extras: extra_breaks(side_id).collect(),
    };
    Compared::of(&Reconciliation::side_status(side_id), &list)
}

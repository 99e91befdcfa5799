//! Timing differences, read from what is proven of a side on several days.

use super::{extra_breaks, slot_breaks, today};
use crate::{Reconciliation, Registry};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    ports::{Directory, SideView},
    summary::BreakList,
    timing::{self, Compared, Ends, TimingEnd},
    SideId,
};

/// The ends of timing differences among `list`, the proven breaks of a side. Of the other days, only
/// those within the search are read, and only what is proven of them.
pub fn timing_differences(side_id: SideId, list: &BreakList) -> Vec<TimingEnd> {
    let ends = Ends::of_breaks(list);
    let (Some(agreement), Some(today)) = (
        Registry::agreement(side_id.agreement),
        today(side_id.agreement),
    ) else {
        return Vec::new();
    };
    let days = ends.days_to_read(side_id.day, agreement.first_day, today);
    let others = days.into_iter().map(|day| {
        let other = SideId { day, ..side_id };
        (day, compared(other, &ends.positions_on(day)))
    });
    timing::read(side_id.day, &ends, &others.collect())
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

//! What histories got to.

use super::Model;
use counterfoil_primitives::{
    summary::{DayStatus, SideStatus},
    Kind,
};

/// What histories got to.
#[derive(Debug, Default)]
pub struct Reached {
    settled: usize,
    unpaid: usize,
    clean: usize,
    broken: usize,
    repaired: usize,
    defaulted: usize,
    late: usize,
    replaced: usize,
    rejected: usize,
    long_days: usize,
    forms: usize,
    refunds: usize,
    amended: usize,
    /// Settlement periods that were paid outside the chain.
    outside: usize,
    released: usize,
    /// Agreements that have closed.
    closed: usize,
}

impl Reached {
    pub fn add(&mut self, model: &Model) {
        let days = || model.days.values().filter(|day| !day.trades.is_empty());
        let count = |status| days().filter(|day| day.status == status).count();
        self.settled += count(DayStatus::Settled);
        self.unpaid += count(DayStatus::Reconciled);
        self.forms += model.forms;
        self.replaced += model.replaced;
        self.closed += model.closed.len();
        self.refunds += days()
            .flat_map(|day| &day.trades)
            .filter(|trade| trade.kind == Kind::Refund)
            .count();
        self.amended += model.amended.trades as usize;
        self.long_days += days().filter(|day| day.trades.len() > 256).count();
        for owed in model.owed.values() {
            self.outside += usize::from(owed.is_settled() && !owed.outside.is_empty());
            self.released += usize::from(owed.was_released());
        }
        for side in model.sides.values() {
            self.rejected += usize::from(side.round);
            match side.status {
                SideStatus::Proven { breaks: 0 } => self.clean += 1,
                SideStatus::Proven { .. } => self.broken += 1,
                SideStatus::Repaired { .. } => self.repaired += 1,
                SideStatus::Defaulted => self.defaulted += 1,
                SideStatus::ProvenLate { .. } => self.late += 1,
                SideStatus::Awaited | SideStatus::Committed => {}
            }
        }
    }

    pub fn everything(&self) -> bool {
        let Self {
            settled,
            unpaid,
            clean,
            broken,
            repaired,
            defaulted,
            late,
            replaced,
            rejected,
            long_days,
            forms,
            refunds,
            amended,
            outside,
            released,
            closed,
        } = *self;
        [
            settled, unpaid, clean, broken, repaired, defaulted, late, replaced, rejected,
            long_days, forms, refunds, amended, outside, released, closed,
        ]
        .iter()
        .all(|count| *count > 0)
    }
}

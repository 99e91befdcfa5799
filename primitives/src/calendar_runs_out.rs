//! When the known dates of a calendar run out soon, so that a node warns.

use crate::{calendar::Calendar, BusinessDay};

/// Days ahead of the end of a calendar's dates from which on a node warns that they run out.
pub const WARNING_DAYS: u32 = 30;

impl Calendar {
    /// Whether the dates run out within [`WARNING_DAYS`] from `today` on.
    pub fn runs_out(&self, today: BusinessDay) -> bool {
        self.filled_until.0 < today.0.saturating_add(WARNING_DAYS)
    }
}

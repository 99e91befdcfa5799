//! Which days come due together: a day waits while the days after it are closed, for a limited number of
//! them.
//!
//! Every calendar day reconciles. Where T+1 is closed, what follows the end of T waits until a day that
//! is open: T comes due together with the last closed day before that one. So days come due in their
//! order, and several of them may do so at one moment.

use crate::BusinessDay;

/// Maximum closed days in a row for which a day waits. It bounds the search for an open day, and keeps a
/// calendar that is closed for ever from holding up a payment for ever.
pub const MAX_CLOSED_DAYS: u32 = 31;

/// The last of the days that come due together with `day`: the day itself where T+1 is open, else the last
/// closed day before one that is open.
pub fn due_with(day: BusinessDay, is_open: impl Fn(BusinessDay) -> bool) -> BusinessDay {
    let after = |closed: u32| BusinessDay(day.0.saturating_add(closed));
    (0..MAX_CLOSED_DAYS)
        .map(after)
        .find(|last| is_open(last.next()))
        .unwrap_or_else(|| after(MAX_CLOSED_DAYS))
}

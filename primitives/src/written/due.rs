//! When a day comes due.

use super::date;
use crate::BusinessDay;
use alloc::{format, string::String};

/// On which date `day` comes due together with `last`, and why that is not the next one:
/// `due on 2026-10-09, since 2026-10-01 to 2026-10-08 are closed`.
pub fn words(day: BusinessDay, last: BusinessDay) -> String {
    let first_closed = day.next();
    let due = format!("due on {}", date::show(last.next()));
    if last < first_closed {
        return due;
    }
    let closed = date::show(first_closed);
    if last == first_closed {
        return format!("{due}, since {closed} is closed");
    }
    format!("{due}, since {closed} to {} are closed", date::show(last))
}

//! Local times: which moment a date with a time of day is, on days on which clocks change too.
//!
//! | module | what it holds |
//! |---|---|
//! | `agreement_clock` | an agreement's local time, by its offsets and by the zones that change with them |
//! | `as_written` | dates and times as files write them |
//! | `hour_24` | 24:00 in files: the next midnight |
//! | `time_format_check` | formats that would read a time of day by half |
//! | `repeated_hour` | which of two moments is meant, where clocks go back and show an hour twice |
//! | `written_zone` | zones that a format writes out as plain text |
//! | `offset_changes` | the conditions of an agreement over the changes of a zone's clocks |
//! | `typed` | moments as people write them |
//! | `no_moment` | why a local time is no moment, and what helps |

mod agreement_clock;
mod as_written;
mod hour_24;
mod no_moment;
mod offset_changes;
mod repeated_hour;
mod time_format_check;
mod typed;
mod written_zone;

pub use agreement_clock::Clock;
pub use as_written::{LocalTime, Zone};
pub use no_moment::NoMoment;
pub use offset_changes::offset_changes;
pub use repeated_hour::Repeated;
pub use time_format_check::check_format;
pub use typed::read_moment;
pub use written_zone::check_zone;

use counterfoil_primitives::Moment;
use jiff::{civil::DateTime, tz::Offset};

/// A local time as `2026-11-23 00:30:00`.
pub fn text(local: DateTime) -> String {
    local.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The moment of a local time at an offset.
pub fn moment_at(local: DateTime, offset: Offset) -> Result<Moment, NoMoment> {
    offset
        .to_timestamp(local)
        .ok()
        .and_then(|stamp| Moment::try_from(stamp.as_millisecond()).ok())
        .ok_or(NoMoment::OutOfRange(local))
}

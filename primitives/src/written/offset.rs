//! Offsets of time from UTC, such as `+01:00` and `Z`, as people write them.

use super::time::{parts, UnreadableTime};
use crate::UtcOffset;
use alloc::{format, string::String};

/// An offset as `+01:00`.
pub fn show_offset(offset: UtcOffset) -> String {
    let minutes = offset.0.unsigned_abs();
    let sign = if offset.0 < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(super) fn read_offset(text: &str) -> Result<UtcOffset, UnreadableTime> {
    let (sign, ahead) = match text.split_at(1) {
        ("Z", "") => return Ok(UtcOffset(0)),
        ("+", ahead) => (1, ahead),
        ("-", ahead) => (-1, ahead),
        _ => return Err(UnreadableTime::NotATime),
    };
    // Two numbers of two digits: at most 6,039 minutes.
    let [hours, minutes] = parts(ahead).ok_or(UnreadableTime::NotATime)?;
    let offset = UtcOffset(sign * (hours * 60 + minutes) as i16);
    match minutes < 60 && offset.is_valid() {
        true => Ok(offset),
        false => Err(UnreadableTime::NoSuchTime),
    }
}

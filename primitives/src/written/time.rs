//! Moments: dates and times of day by a UTC offset.

pub use super::offset::show_offset;

use super::{
    date::{self, UnreadableDate},
    number,
    offset::read_offset,
};
use crate::{
    conditions::version_on,
    day::{DAY, MINUTE},
    BusinessDay, Conditions, Moment, UtcOffset,
};
use alloc::{format, string::String};

/// Seconds in a moment's unit.
const SECOND: Moment = 1_000;
/// 9999-12-31T00:00:00Z: by no offset does the year before it have five digits.
const END: Moment = 2_932_896 * DAY;

/// What is wrong with a written time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableTime {
    /// It is written neither like `2026-11-28` nor like `2026-11-28 14:30`.
    NotATime,
    /// No calendar or no clock shows it, or it lies before 1970 or near the year 10000.
    NoSuchTime,
    /// The agreement's clock changes at the end of that day, so that a time of day without its offset
    /// could be one or the other. Written with it, like `2026-03-29 14:30+02:00`, it is read.
    OffsetMissing,
    /// It lies before the agreement's first day.
    BeforeFirstDay,
}

impl From<UnreadableDate> for UnreadableTime {
    fn from(error: UnreadableDate) -> Self {
        match error {
            UnreadableDate::NotADate => Self::NotATime,
            UnreadableDate::NoSuchDate => Self::NoSuchTime,
        }
    }
}

/// Reads a date with or without a time of day: `2026-11-28`, `2026-11-28 14:30`, `2026-11-28T14:30:05`,
/// and any of the latter with an offset behind it, `+01:00` or `Z`.
///
/// A date alone is its noon, as in files. Without an offset the agreement's own counts, of which
/// `conditions` are the versions by their first day, ascending.
pub fn read(
    text: &str,
    conditions: &[(BusinessDay, Conditions)],
) -> Result<Moment, UnreadableTime> {
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => (date::read(&text[..at])?, Some(&text[at + 1..])),
        None => (date::read(text)?, None),
    };
    let own_offset = || offset_on(conditions, day).ok_or(UnreadableTime::BeforeFirstDay);
    let (since_midnight, offset) = match time.map(split_offset).transpose()? {
        None => (DAY / 2, own_offset()?),
        Some((time, Some(offset))) => (time_of_day(time)?, offset),
        Some((time, None)) => {
            let since_midnight = time_of_day(time)?;
            let offset = own_offset()?;
            if offset_on(conditions, day.next()) != Some(offset) {
                return Err(UnreadableTime::OffsetMissing);
            }
            (since_midnight, offset)
        }
    };
    moment(day, since_midnight, offset)
        .filter(|moment| *moment < END)
        .ok_or(UnreadableTime::NoSuchTime)
}

/// A moment by `offset`, with seconds, and with milliseconds where it has some:
/// `2026-11-28T14:30:00+01:00`.
pub fn show(moment: Moment, offset: UtcOffset) -> String {
    let offset = match local(moment, offset) {
        Some(_) => offset,
        // What lies before 1970 by the offset is shown by UTC.
        None => UtcOffset(0),
    };
    let local = local(moment, offset).unwrap_or(moment);
    let day = date::show(UtcOffset(0).day_of(local));
    let minutes = local % DAY / MINUTE;
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (seconds, millis) = (local % MINUTE / SECOND, local % SECOND);
    let fraction = match millis {
        0 => String::new(),
        _ => format!(".{millis:03}"),
    };
    let offset = show_offset(offset);
    format!("{day}T{hours:02}:{minutes:02}:{seconds:02}{fraction}{offset}")
}

/// A moment by the agreement's own offset, of which `conditions` are the versions.
pub fn show_by(moment: Moment, conditions: &[(BusinessDay, Conditions)]) -> String {
    let offset = crate::day_of_moment::day_of(conditions, moment)
        .and_then(|(_, version)| conditions.get(version))
        .map(|(_, version)| version.utc_offset)
        .unwrap_or_default();
    show(moment, offset)
}

fn offset_on(conditions: &[(BusinessDay, Conditions)], day: BusinessDay) -> Option<UtcOffset> {
    let version = version_on(conditions, day)?;
    Some(conditions.get(version)?.1.utc_offset)
}

/// A time of day and the offset behind it, with or without a blank between them.
fn split_offset(text: &str) -> Result<(&str, Option<UtcOffset>), UnreadableTime> {
    let (time, offset) = match text.find(['+', '-', 'Z']) {
        Some(at) => (&text[..at], Some(read_offset(&text[at..])?)),
        None => return Ok((text, None)),
    };
    Ok((time.strip_suffix(' ').unwrap_or(time), offset))
}

/// The time after midnight that `14:30`, `14:30:05` or `14:30:05.250` writes. `24:00` is the end of the day.
fn time_of_day(text: &str) -> Result<Moment, UnreadableTime> {
    let (clock, millis) = match text.split_once('.') {
        Some((clock, fraction)) if clock.len() == 8 => {
            (clock, millis(fraction).ok_or(UnreadableTime::NotATime)?)
        }
        _ => (text, 0),
    };
    let [hours, minutes, seconds] = match clock.len() {
        5 => parts(clock).map(|[hours, minutes]| [hours, minutes, 0]),
        _ => parts(clock),
    }
    .ok_or(UnreadableTime::NotATime)?;
    if minutes > 59 || seconds > 59 {
        return Err(UnreadableTime::NoSuchTime);
    }
    let time = (Moment::from(hours) * 60 + Moment::from(minutes)) * MINUTE
        + Moment::from(seconds) * SECOND
        + millis;
    match time <= DAY {
        true => Ok(time),
        false => Err(UnreadableTime::NoSuchTime),
    }
}

/// Up to three digits behind a second's point.
fn millis(fraction: &str) -> Option<Moment> {
    let scale = match fraction.len() {
        1 => 100,
        2 => 10,
        3 => 1,
        _ => return None,
    };
    Some(Moment::from(number(fraction)?) * scale)
}

/// Numbers of two digits with colons between them.
pub(super) fn parts<const N: usize>(text: &str) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut split = text.split(':');
    for slot in &mut numbers {
        *slot = split
            .next()
            .filter(|part| part.len() == 2)
            .and_then(number)?;
    }
    split.next().is_none().then_some(numbers)
}

fn moment(day: BusinessDay, since_midnight: Moment, offset: UtcOffset) -> Option<Moment> {
    let local = Moment::from(day.0) * DAY + since_midnight;
    let ahead = Moment::from(offset.0.unsigned_abs()) * MINUTE;
    match offset.0 < 0 {
        true => local.checked_add(ahead),
        false => local.checked_sub(ahead),
    }
}

/// What the clock shows at `moment`, counted as a moment is; `None` where that is before 1970.
fn local(moment: Moment, offset: UtcOffset) -> Option<Moment> {
    let ahead = Moment::from(offset.0.unsigned_abs()) * MINUTE;
    match offset.0 < 0 {
        true => moment.checked_sub(ahead),
        false => moment.checked_add(ahead),
    }
}

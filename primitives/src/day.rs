//! Business days: the local calendar day, by a UTC offset, on which a trade occurred.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, as `pallet-timestamp` counts.
pub type Moment = u64;

/// Minutes in a moment's unit.
pub const MINUTE: Moment = 60_000;

/// A day in a moment's unit.
pub const DAY: Moment = 24 * 60 * MINUTE;

/// Minutes in a day.
pub const MINUTES_PER_DAY: u16 = 24 * 60;

/// A local calendar day, counted from 1970-01-01.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct BusinessDay(pub u32);

impl BusinessDay {
    /// The following calendar day (T+1).
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The preceding calendar day.
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// Minutes that local time is ahead of UTC; between -14:00 and +14:00.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct UtcOffset(pub i16);

impl UtcOffset {
    /// The widest offset in use on Earth, in minutes.
    pub const LIMIT: i16 = 14 * 60;

    /// Whether the offset is one that a place on Earth can have.
    pub const fn is_valid(self) -> bool {
        self.0 >= -Self::LIMIT && self.0 <= Self::LIMIT
    }

    /// The local calendar day at `moment`. Days before 1970 count as the first.
    pub const fn day_of(self, moment: Moment) -> BusinessDay {
        let shift = self.0.unsigned_abs() as Moment * MINUTE;
        let local = if self.0 < 0 {
            moment.saturating_sub(shift)
        } else {
            moment.saturating_add(shift)
        };
        let day = local / DAY;
        BusinessDay(if day > u32::MAX as u64 {
            u32::MAX
        } else {
            day as u32
        })
    }

    /// The moment at which `day` begins, by this offset.
    pub const fn start_of(self, day: BusinessDay) -> Moment {
        let local = day.0 as Moment * DAY;
        let shift = self.0.unsigned_abs() as Moment * MINUTE;
        if self.0 < 0 {
            local.saturating_add(shift)
        } else {
            local.saturating_sub(shift)
        }
    }
}

/// Minutes after local midnight; less than a day.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct TimeOfDay(pub u16);

impl TimeOfDay {
    /// Whether the time lies within a day.
    pub const fn is_valid(self) -> bool {
        self.0 < MINUTES_PER_DAY
    }

    /// The moment of this local time on the day after `day` (T+1).
    pub const fn on_next_day(self, day: BusinessDay, offset: UtcOffset) -> Moment {
        offset
            .start_of(day.next())
            .saturating_add(self.0 as Moment * MINUTE)
    }
}

//! Calendars: on which days members have to act.

use crate::{AgreementId, BusinessDay, Text};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};

/// The name of a calendar.
pub type CalendarName = Text<16>;

/// The calendars of an agreement, by name. A day is open if it is open in each of them.
pub type CalendarNames = BoundedVec<CalendarName, ConstU32<MAX_NAMES>>;

/// The dates of a calendar that do not follow its week: whether each is a working day.
pub type CalendarDates = BoundedVec<(BusinessDay, bool), ConstU32<MAX_DATES>>;

/// Maximum calendars per agreement and day.
pub const MAX_NAMES: u32 = 2;

/// Maximum dates per calendar.
pub const MAX_DATES: u32 = 512;

/// Days in a week.
const WEEK: u32 = 7;

/// The day of the week of 1970-01-01, a Thursday, counted from Monday.
const FIRST_DAY_OF_WEEK: u32 = 3;

/// The days of a week that are working days: a bit for each, Monday's the lowest. Monday to Friday are 31.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct WorkingDays(pub u8);

impl WorkingDays {
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);
    /// All days.
    pub const ALL: Self = Self(0b111_1111);

    /// Whether there is a working day, and no day beside the seven.
    pub const fn is_valid(self) -> bool {
        self.0 > 0 && self.0 <= Self::ALL.0
    }

    /// Whether `day` is a working day by the week alone.
    pub const fn includes(self, day: BusinessDay) -> bool {
        (self.0 >> ((day.0 % WEEK + FIRST_DAY_OF_WEEK) % WEEK)) & 1 == 1
    }

    /// Whether some day of the week is a working day in both.
    pub const fn shares_a_day_with(self, other: Self) -> bool {
        self.0 & other.0 > 0
    }
}

/// A calendar: a week, and the dates that do not follow it.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Calendar {
    /// The days of the week that are working days.
    pub weekly: WorkingDays,
    /// The dates that do not follow the week, ascending: holidays are `false`, and days on which work is
    /// made up for are `true`.
    pub dates: CalendarDates,
    /// The last day whose dates are known; later days follow the week.
    pub filled_until: BusinessDay,
}

impl Calendar {
    /// Whether the week has a working day, and the dates ascend and do not go beyond the last known day.
    pub fn is_valid(&self) -> bool {
        let mut pairs = self.dates.iter().zip(self.dates.iter().skip(1));
        self.weekly.is_valid()
            && pairs.all(|((day, _), (next, _))| day < next)
            && self
                .dates
                .last()
                .is_none_or(|(last, _)| *last <= self.filled_until)
    }

    /// Whether `day` is a working day.
    pub fn is_open(&self, day: BusinessDay) -> bool {
        match self.dates.binary_search_by_key(&day, |(date, _)| *date) {
            Ok(index) => self.dates.get(index).is_some_and(|(_, is_open)| *is_open),
            Err(_) => self.weekly.includes(day),
        }
    }
}

/// A calendar as staff reads it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CalendarView {
    /// Its name.
    pub name: CalendarName,
    /// What it says.
    pub calendar: Calendar,
    /// The agreements that name it, for whichever days, ascending.
    pub agreements: Vec<AgreementId>,
}

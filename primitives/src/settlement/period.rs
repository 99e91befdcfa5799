//! Which days one payment covers.
//!
//! A settlement period is a run of days, named by the first of them. Whether a day goes on with the period
//! of the day before follows from what is fixed when it begins: the conditions of both days, the month, and
//! the calendars. A period goes on beyond the agreement's end, and never beyond its close.

use crate::{
    days_due_together::MAX_CLOSED_DAYS, written::date::calendar_date, AgreementView, BusinessDay,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Maximum days of a settlement period: as many as can come due together, which is one more than the longest
/// month has. A day and as many closed days as a day waits for come due at one moment.
pub const MAX_PERIOD_DAYS: u32 = MAX_CLOSED_DAYS + 1;

/// Which days one payment covers.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One day.
    #[default]
    Day,
    /// All days that come due together: those until the next working day.
    WorkingDay,
    /// The days of a calendar month.
    Month,
}

impl Period {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Day, Self::WorkingDay, Self::Month];

    /// The name in files, commands and JSON: `day`, `working_day` or `month`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::WorkingDay => "working_day",
            Self::Month => "month",
        }
    }

    /// What has this name; `None` where nothing has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }
}

/// The days that one payment covers.
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
)]
pub struct SettlementPeriod {
    /// The first of them, which names the period.
    pub first: BusinessDay,
    /// The last of them.
    pub last: BusinessDay,
}

impl SettlementPeriod {
    /// How many days they are.
    pub const fn days(&self) -> u32 {
        self.last.0.saturating_sub(self.first.0).saturating_add(1)
    }

    /// Whether `day` is one of them.
    pub fn includes(&self, day: BusinessDay) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// The settlement period of `day`; `None` where the agreement does not include the day. `due_with` is the
/// last of the days that come due together with a day.
pub fn period_of(
    agreement: &AgreementView,
    day: BusinessDay,
    due_with: impl Fn(BusinessDay) -> BusinessDay,
) -> Option<SettlementPeriod> {
    if !agreement.includes(day) {
        return None;
    }
    let goes_on = |day: BusinessDay| goes_on(agreement, day, &due_with);
    let steps = || 1..MAX_PERIOD_DAYS;
    let before = steps()
        .map_while(|step| {
            let later = BusinessDay(day.0.checked_sub(step - 1)?);
            goes_on(later).then(|| later.previous())
        })
        .last();
    let after = steps()
        .map(|step| BusinessDay(day.0.saturating_add(step)))
        .take_while(|later| goes_on(*later))
        .last();
    Some(SettlementPeriod {
        first: before.unwrap_or(day),
        last: after.unwrap_or(day),
    })
}

/// Whether `day` belongs to the settlement period of the day before.
fn goes_on(
    agreement: &AgreementView,
    day: BusinessDay,
    due_with: impl Fn(BusinessDay) -> BusinessDay,
) -> bool {
    let before = day.previous();
    if before == day || !agreement.includes(before) || !agreement.includes(day) {
        return false;
    }
    let (Some(of_before), Some(of_day)) = (
        agreement.conditions_on(before),
        agreement.conditions_on(day),
    ) else {
        return false;
    };
    (of_before.period, of_before.rail) == (of_day.period, of_day.rail)
        && match of_day.period {
            Period::Day => false,
            Period::WorkingDay => due_with(before) == due_with(day),
            Period::Month => month_of(before) == month_of(day),
        }
}

/// Year and month of a day.
fn month_of(day: BusinessDay) -> (u32, u32) {
    let (year, month, _) = calendar_date(day);
    (year, month)
}

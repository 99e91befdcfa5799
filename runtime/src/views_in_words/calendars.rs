//! The calendars in words.

use crate::{views, Timestamp};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    calendar::{Calendar, CalendarView},
    written::date,
    AgreementId, UtcOffset, WorkingDays,
};
use scale_info::TypeInfo;

/// The days of a week, in the order of their bits.
const WEEK: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CalendarInWords {
    /// Its name.
    pub name: String,
    /// The days of the week that are working days.
    pub working_days: Vec<String>,
    /// The dates that are no working days, against the week. With those of `open`, at most 512.
    pub closed: Vec<String>,
    /// The dates on which work is made up for.
    pub open: Vec<String>,
    /// The last day whose dates are known; later days follow the week.
    pub known_until: String,
    /// Whether its dates run out within thirty days from today, by UTC.
    pub runs_out: bool,
    /// The agreements that name it, for whichever days.
    pub agreements: Vec<AgreementId>,
}

/// All calendars, by name.
pub fn calendars() -> Vec<CalendarInWords> {
    views::calendars().into_iter().map(in_words).collect()
}

fn in_words(view: CalendarView) -> CalendarInWords {
    let CalendarView {
        name,
        calendar,
        agreements,
    } = view;
    let today = UtcOffset(0).day_of(Timestamp::get());
    CalendarInWords {
        name: name.as_str().into(),
        working_days: working_days(calendar.weekly),
        closed: dates(&calendar, false),
        open: dates(&calendar, true),
        known_until: date::show(calendar.filled_until),
        runs_out: calendar.runs_out(today),
        agreements,
    }
}

fn working_days(WorkingDays(days): WorkingDays) -> Vec<String> {
    let is_one = |index: &usize| (days >> *index) & 1 == 1;
    let indices = (0..WEEK.len()).filter(is_one);
    indices.map(|index| WEEK[index].into()).collect()
}

/// The dates that do not follow the week, of this kind.
fn dates(calendar: &Calendar, open: bool) -> Vec<String> {
    let dates = calendar.dates.iter();
    let such = dates.filter(|(_, is_open)| *is_open == open);
    such.map(|(day, _)| date::show(*day)).collect()
}

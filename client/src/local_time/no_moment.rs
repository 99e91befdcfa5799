//! Why a local time is no moment, and what helps.

use super::text;
use crate::time::{day_text, offset_text};
use counterfoil_primitives::{BusinessDay, UtcOffset};
use jiff::civil::DateTime;

/// Why a local time is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMoment {
    /// Clocks go forward over it.
    Skipped(DateTime),
    /// Clocks go back over it, and it is not said which of the two is meant.
    Repeated(DateTime),
    /// Clocks change on the day, and it is not known whether before it or after.
    Unsure(BusinessDay, UtcOffset, UtcOffset),
    /// It lies outside the time that is counted.
    OutOfRange(DateTime),
}

impl NoMoment {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Skipped(_) => {
                "correct it; or, where its source keeps one offset all year, name that under [time] in the mapping, like zone = \"+01:00\""
            }
            Self::Repeated(_) => {
                "say under [time] in the mapping which is meant, by repeated_hour = \"first\" or \"second\"; or have the file carry the offset, and read it by %z"
            }
            Self::Unsure(..) => {
                "name the zone under [time] in the mapping, like zone = \"Europe/Prague\"; or have the file carry the offset, read it by %z, and put the line on no other day"
            }
            Self::OutOfRange(_) => "correct the time, or the format under [time] in the mapping",
        }
    }
}

impl std::fmt::Display for NoMoment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Skipped(local) => {
                write!(f, "{} is on no clock: clocks go forward over it", text(*local))
            }
            Self::Repeated(local) => {
                write!(f, "{} is there twice: clocks go back over it", text(*local))
            }
            Self::Unsure(day, before, after) => write!(
                f,
                "on {} the agreement's offset goes from {} to {}, and it is not known whether before this time or after",
                day_text(*day),
                offset_text(*before),
                offset_text(*after)
            ),
            Self::OutOfRange(local) => write!(f, "{} lies before 1970-01-01", text(*local)),
        }
    }
}

impl std::error::Error for NoMoment {}

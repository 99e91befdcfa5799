//! The hour that clocks show twice, where they go back: which of its two moments a time is.
//!
//! Nothing is guessed: the mapping says which one is meant, or the time is refused.

use super::no_moment::NoMoment;
use jiff::civil::DateTime;
use serde::Deserialize;

/// Which of two is meant, where clocks go back and show an hour twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeated {
    /// The one before the clocks go back.
    First,
    /// The one after.
    Second,
}

/// The first or the second reading of a time that clocks show twice, as `repeated` says.
pub(super) const fn choose<T: Copy>(
    local: DateTime,
    first: T,
    second: T,
    repeated: Option<Repeated>,
) -> Result<T, NoMoment> {
    match repeated {
        Some(Repeated::First) => Ok(first),
        Some(Repeated::Second) => Ok(second),
        None => Err(NoMoment::Repeated(local)),
    }
}

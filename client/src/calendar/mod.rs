//! Calendars between files and the chain.
//!
//! | module | what it holds |
//! |---|---|
//! | `week` | the working days of a week as text: `mon-fri` |
//! | `dates` | files of dates that do not follow the week |

mod dates;
mod week;

pub use dates::load;
pub use week::{parse_week, week_text};

//! The statement of the account on which a party is paid, beside what was declared to it.
//!
//! A line is of a declaration where it has the bank's reference of it, or the name of its settlement period,
//! like `CF-7-20261101`. What could be of several declarations, or is not what was declared, is left to
//! people.
//!
//! | module | what it holds |
//! |---|---|
//! | `reference` | whether a text has a reference |
//! | `matching` | which line is of which declaration |
//! | `sums` | control sums of a statement |

mod matching;
mod reference;
mod sums;

pub use crate::mapping::{StatementLine, StatementMapping, StatementReading};
pub use matching::{
    declared_to, match_lines, Acknowledgement, Declared, Difference, Matching, NoMatch, Outcome,
};
pub use sums::{ControlSums, Sum};

#[cfg(test)]
mod tests;

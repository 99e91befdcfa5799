//! The statement of the account on which a party is paid, beside what was declared to it.
//!
//! A line is of a declaration where it has the bank's reference of it, or the name of its settlement period,
//! like `CF-7-20261101`. What could be of several declarations, or is not what was declared, is left to
//! people.
//!
//! | module | what it holds |
//! |---|---|
//! | `reference_in_text` | whether a text has a reference |
//! | `line_of_declaration` | which line is of which declaration |
//! | `control_sums` | control sums of a statement |

mod control_sums;
mod line_of_declaration;
mod reference_in_text;

pub use crate::mapping::{StatementLine, StatementMapping, StatementReading};
pub use control_sums::{ControlSums, Sum};
pub use line_of_declaration::{
    declared_to, match_lines, Acknowledgement, Declared, Difference, Matching, NoMatch, Outcome,
};

#[cfg(test)]
mod tests;

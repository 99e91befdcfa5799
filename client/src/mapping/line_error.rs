//! What is wrong with a line, and the line that was not taken for it.

use crate::{local_time::NoMoment, printable_text::printable};
use std::fmt;

/// What is wrong with a line, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The line in the file, from 1.
    pub line: u64,
    /// The column, where one is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// Why its time is no moment, where that is what is wrong.
    pub no_moment: Option<NoMoment>,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {}", printable(column))?;
        }
        write!(f, ": {} ({})", self.problem, self.remedy)
    }
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its index among the file's records.
    pub record: usize,
    /// Why.
    pub error: LineError,
}

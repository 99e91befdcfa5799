//! A line of a sheet, and what is wrong with it.

use super::{
    records::Record,
    sheet::Sheet,
    text::{invisible, odd_space, spoilt},
};
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
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
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

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct Column {
    pub(super) name: String,
    pub(super) index: usize,
}

/// A record of a sheet.
pub struct Row<'a> {
    pub(super) sheet: &'a Sheet,
    /// Its index among the records.
    pub index: usize,
    /// Its line in the file.
    pub line: u64,
    pub(super) record: &'a Record,
}

impl<'a> Row<'a> {
    /// Whether the record has as many fields as the header, no field runs over into other lines,
    /// and the columns that each line must fill are not blank together, as on the line of a total.
    pub fn check_shape(&self, needed: &[&Column]) -> Result<(), LineError> {
        if let Some((problem, remedy)) = self.sheet.shape_error(self.record) {
            return Err(self.error(problem, remedy.into()));
        }
        let blank: Vec<&str> = needed
            .iter()
            .filter(|column| self.record.text(column.index).is_empty())
            .map(|column| column.name.as_str())
            .collect();
        if blank.len() < 2 {
            return Ok(());
        }
        Err(self.error(
            format!("has nothing in the columns {}", blank.join(", ")),
            "where it is a total or a remark, take the line out; else complete it".into(),
        ))
    }

    /// The text of a column, without the white space around it. Marks that nobody sees are refused.
    pub fn text(&self, column: &Column) -> Result<&'a str, LineError> {
        let text = self.record.text(column.index);
        match invisible(text) {
            Some((mark, name)) => Err(self.at(
                column,
                format!("{text:?} holds {name} (U+{:04X})", mark as u32),
                mark_remedy(mark).into(),
            )),
            None => Ok(text),
        }
    }

    /// The text of a column that names somebody or something. What a spreadsheet made of it is
    /// refused.
    pub fn id(&self, column: &Column) -> Result<&'a str, LineError> {
        let id = self.text(column)?;
        if let Some(space) = odd_space(id) {
            return Err(self.at(
                column,
                format!(
                    "{id:?} holds a space that is not the usual one (U+{:04X})",
                    space as u32
                ),
                "write the usual space in its place, or none".into(),
            ));
        }
        match spoilt(id) {
            Some(spoilt) => Err(self.at(column, spoilt.problem(id), spoilt.remedy().into())),
            None => Ok(id),
        }
    }

    /// What is wrong with a column of the line.
    pub fn at(&self, column: &Column, problem: String, remedy: String) -> LineError {
        LineError {
            column: Some(column.name.clone()),
            ..self.error(problem, remedy)
        }
    }

    /// What is wrong with the line.
    pub fn error(&self, problem: String, remedy: String) -> LineError {
        LineError {
            line: self.line,
            column: None,
            problem,
            remedy,
        }
    }

    /// The line, refused.
    pub fn refuse(&self, error: LineError) -> Refused {
        Refused {
            record: self.index,
            error,
        }
    }
}

/// What to do about a mark that nobody sees.
const fn mark_remedy(mark: char) -> &'static str {
    match mark {
        '\n' | '\r' => "take the line end out of the field, or close the quotation mark before it",
        '\u{fffc}' | '\u{fffd}' => {
            "export the file again, in an encoding that has its characters: from this file they cannot be got back"
        }
        _ => "take it out of the field, or export the file without it",
    }
}

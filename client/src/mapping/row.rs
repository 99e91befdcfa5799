//! A line of a sheet: what it has in a column, or what is wrong with it.

use super::{
    layout::Column,
    line_error::{LineError, Refused},
    records::Record,
    sheet::Sheet,
    spoilt_ids::spoilt,
    toml_text::toml_text,
    totals::{self, is_total},
};
use crate::{
    invisible_characters::{invisible, joined, odd_space},
    printable_text::quoted,
};

/// A record of a sheet.
pub struct Row<'a> {
    sheet: &'a Sheet,
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
            return Err(self.error(problem, remedy));
        }
        if let Some(doubt) = self.sheet.doubt(self.index) {
            let (problem, remedy) = (doubt.problem.clone(), doubt.remedy.clone());
            return Err(self.at(&doubt.column, problem, remedy));
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
            self.sheet.remark_remedy(self.record),
        ))
    }

    /// Refuses the line of a total, by the columns that name a payment or its payer.
    pub(super) fn check_no_total<'b>(
        &self,
        names: impl IntoIterator<Item = &'b Column>,
    ) -> Result<(), LineError> {
        if self.sheet.has_no_totals() {
            return Ok(());
        }
        for column in names {
            let text = self.record.text(column.index);
            if is_total(text) {
                let problem = format!("{} looks like the name of a total", quoted(text));
                return Err(self.at(
                    column,
                    problem,
                    totals::remedy(Some((column.name.as_str(), text))),
                ));
            }
        }
        Ok(())
    }

    /// Whether a column that says nothing calls the line a total.
    pub(super) fn says_total(&self) -> bool {
        self.sheet.unread_texts(self.record).any(is_total)
    }

    /// The text of a column of amounts or times. Marks that guard it are refused.
    pub(super) fn value(&self, column: &Column) -> Result<&'a str, LineError> {
        let text = self.text(column)?;
        match self.sheet.guard_remedy(text, column) {
            Some(remedy) => {
                let problem = format!("{} has marks around it", quoted(text));
                Err(self.at(column, problem, remedy))
            }
            None => Ok(text),
        }
    }

    /// The text of a column, without the white space around it. Marks that nobody sees are refused.
    pub fn text(&self, column: &Column) -> Result<&'a str, LineError> {
        let text = self.record.text(column.index);
        match invisible(text) {
            Some((mark, name)) => Err(self.at(
                column,
                format!("{} holds {name} (U+{:04X})", quoted(text), mark as u32),
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
                    "{} holds a space that is not the usual one (U+{:04X})",
                    quoted(id),
                    space as u32
                ),
                "write the usual space in its place, or none".into(),
            ));
        }
        if let Some(mark) = joined(id) {
            return Err(self.at(
                column,
                format!(
                    "{} holds a letter and its accent as two characters (U+{:04X}), which look like one character and make another name",
                    quoted(id),
                    mark as u32
                ),
                "export the file with letters and accents as one character, which Unicode calls NFC".into(),
            ));
        }
        if let Some(was) = self.sheet.lost_zeros(self.record, column) {
            return Err(self.at(
                column,
                format!(
                    "{} was {} when the line was refused: a spreadsheet removed its zeros",
                    quoted(id),
                    quoted(was)
                ),
                "correct the file in a text editor, not in a spreadsheet; or write the zeros again"
                    .into(),
            ));
        }
        self.check_not_unguarded(column)?;
        match spoilt(id) {
            Some(spoilt) => {
                let remedy = self.sheet.guard_remedy(id, column);
                let remedy = remedy.unwrap_or_else(|| spoilt.remedy().into());
                Err(self.at(column, spoilt.problem(id), remedy))
            }
            None => Ok(id),
        }
    }

    /// Refuses a name of which a guarding mark was taken that may be its own.
    fn check_not_unguarded(&self, column: &Column) -> Result<(), LineError> {
        let written = self.record.written(column.index);
        if !self.sheet.format().may_unguard_name(written) {
            return Ok(());
        }
        Err(self.at(
            column,
            format!(
                "{} has a guarding mark at one end, which may be part of the name",
                quoted(written)
            ),
            format!(
                "list the columns with guarding marks as guards_in under [file] in the mapping: with {} if the mark is no part of \
                 the name, without it otherwise",
                toml_text(&column.name)
            ),
        ))
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
            no_moment: None,
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

impl Sheet {
    /// The records, each with its index and its line.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(move |index| self.row(index))
    }

    /// The record of an index.
    pub(super) fn row(&self, index: usize) -> Row<'_> {
        let record = self.record(index);
        Row {
            sheet: self,
            index,
            record,
            line: record.line,
        }
    }
}

/// What to do about a mark that nobody sees.
const fn mark_remedy(mark: char) -> &'static str {
    match mark {
        '\n' | '\r' => "take the line end out of the field, or close the quotation mark before it",
        '\u{fffc}' | '\u{fffd}' => {
            "export the file again, in an encoding that has its characters: they cannot be recovered from this file"
        }
        _ => "take it out of the field, or export the file without it",
    }
}

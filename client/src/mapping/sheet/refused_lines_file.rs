//! The file of refused lines, which can be corrected and imported again.

use super::Sheet;
use crate::{
    formula_injection::inert,
    mapping::{
        header::{self, REFUSAL},
        line_error::Refused,
        lost_leading_zeros,
        records::trim,
    },
    printable_text::printable,
};
use anyhow::{Context, Result};
use csv::{StringRecord, WriterBuilder};
use std::path::Path;

/// A line of a file of refused lines.
struct RefusedLine {
    number: u64,
    why: String,
    zeros: String,
    cells: StringRecord,
}

impl Sheet {
    /// Writes refused lines to a file that can be corrected and imported again: its first columns say
    /// which line it was and why, the others are as they were. Lines that a quotation mark swallowed
    /// are lines there. Where ids begin with zeros, another column says so, for a spreadsheet takes
    /// them.
    pub fn write_refused(&self, path: &Path, refused: &[Refused]) -> Result<()> {
        // A corrected file may be refused again: its first columns are then the earlier reasons.
        let skip = header::own_columns(&self.names);
        let lines: Vec<RefusedLine> = refused
            .iter()
            .flat_map(|refused| self.refused_lines(refused, skip))
            .collect();
        let tells_zeros = lines.iter().any(|line| !line.zeros.is_empty());
        let own = REFUSAL
            .into_iter()
            .chain(tells_zeros.then_some(lost_leading_zeros::COLUMN));
        let names = self.names.iter().skip(skip).map(String::as_str);
        let mut writer = WriterBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_writer(Vec::new());
        writer.write_record(own.chain(names))?;
        for line in &lines {
            let number = line.number.to_string();
            let own = [number.as_str(), line.why.as_str()].into_iter();
            let own = own.chain(tells_zeros.then_some(line.zeros.as_str()));
            let own: Vec<&[u8]> = own.map(str::as_bytes).collect();
            let cells: Vec<_> = line.cells.iter().map(inert).collect();
            let cells = cells.iter().map(|cell| cell.as_bytes());
            writer.write_record(own.into_iter().chain(cells))?;
        }
        let text = String::from_utf8(writer.into_inner()?)?;
        std::fs::write(path, self.encoding().encode(&text))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// The lines of a refused record, without `skip` columns that an earlier refusal put before it.
    fn refused_lines(&self, Refused { record, error }: &Refused, skip: usize) -> Vec<RefusedLine> {
        let record = &self.records[*record];
        if record.is_torn(self.names.len()) {
            let why = "a quotation mark swallowed lines (they are separate lines here: check that each is complete)";
            return record
                .lines(self.delimiter)
                .into_iter()
                .map(|(number, fields)| RefusedLine {
                    number,
                    why: why.into(),
                    zeros: self.zeros_of(&fields),
                    cells: fields.iter().skip(skip).collect(),
                })
                .collect();
        }
        let column = error
            .column
            .as_deref()
            .map(|column| format!("{}: ", printable(column)))
            .unwrap_or_default();
        let fields = &record.fields;
        // Blank fields beyond the columns say nothing.
        let width = match record.texts().skip(self.names.len()).all(str::is_empty) {
            true => self.names.len(),
            false => fields.len(),
        };
        // What was told of a line's zeros stays until they are there again.
        let told = self.told_zeros(record).filter(|told| !told.is_empty());
        vec![RefusedLine {
            number: error.line,
            why: format!("{column}{} ({})", error.problem, error.remedy),
            zeros: told.map_or_else(|| self.zeros_of(fields), Into::into),
            cells: fields.iter().take(width).skip(skip).collect(),
        }]
    }

    /// What there is to say of the ids of a record that begin with zeros.
    fn zeros_of(&self, fields: &StringRecord) -> String {
        let ids = self.ids.iter();
        let cells = ids.filter_map(|index| {
            let name = self.names.get(*index)?;
            Some((name.as_str(), trim(fields.get(*index)?)))
        });
        lost_leading_zeros::told(cells)
    }
}

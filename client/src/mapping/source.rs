//! What kind of file the bytes are, and the table in it: the line of column names, and the records below.
//!
//! Each kind of file ends in records, whose first names the columns. What they mean is the sheet's.

use super::{
    beginnings::Beginnings,
    header,
    layout::Layout,
    lines,
    records::{self, first_text, Record},
};
use anyhow::{bail, Result};

/// A table in a file.
pub(super) struct Table {
    /// Its records. The first names the columns.
    pub records: Vec<Record>,
    /// How many lines above the column names were not read.
    pub above: u64,
    /// The lines from the end of the table on, each as a record of its own.
    pub below: Vec<Record>,
    /// How the texts were read, where there is something to say of it.
    pub note: Option<String>,
}

/// The table in the bytes of a file. All files are CSV.
pub(super) fn table(bytes: &[u8], layout: &impl Layout) -> Result<Table> {
    csv_table(bytes, layout)
}

fn csv_table(bytes: &[u8], layout: &impl Layout) -> Result<Table> {
    let file = layout.file();
    let delimiter = file.delimiter()?;
    let columns = layout.columns();
    let fits = |text: &str| header::is_in(text, delimiter, &columns);
    let text = file.encoding.decode(bytes, &fits)?;
    // A file of refused lines is the table alone.
    let is_framed = !header::is_of_refused_lines(&text, delimiter);
    let row = file.row_of_names()?.filter(|_| is_framed);
    let mut records = match row {
        None => records::read(&text, delimiter)?,
        Some(row) => records::read_from(&text, delimiter, row)?,
    };
    if records.is_empty() && row.is_none() {
        bail!("line 1: the file is empty; export it again, with a line of column names");
    }
    header::check_place(bytes, &text, &records, delimiter, row, layout)?;
    let below = match file.stop_at.as_ref().filter(|_| is_framed) {
        None => Vec::new(),
        Some(stop_at) => {
            let end = end_of(&records, delimiter, stop_at)?;
            let start = lines::start_of(&text, end).unwrap_or(text.len());
            let first = records.first().map_or(1, |header| header.line);
            records = records::read_from(&text[..start], delimiter, first)?;
            records::read_each(&text, delimiter, end)?
        }
    };
    Ok(Table {
        above: row.map_or(0, |row| row - 1),
        records,
        below,
        note: file.encoding.note(&text),
    })
}

/// The line with which what is below the table begins. A quotation mark that nobody closed may have
/// swallowed it.
fn end_of(records: &[Record], delimiter: u8, stop_at: &Beginnings) -> Result<u64> {
    let width = records.first().map_or(0, Record::width);
    let end = records.iter().skip(1).find_map(|record| {
        if stop_at.of(first_text(&record.fields)).is_some() {
            return Some(record.line);
        }
        if !record.is_torn(width) {
            return None;
        }
        let mut lines = record.lines(delimiter).into_iter().skip(1);
        let end = lines.find(|(_, fields)| stop_at.of(first_text(fields)).is_some());
        end.map(|(line, _)| line)
    });
    match end {
        Some(line) => Ok(line),
        None => bail!(
            "no line below the column names begins with {}, where the table ends by stop_at under [file] in the mapping; if the \
             file was cut off, export it again; if the table ends with the file, take stop_at out of the mapping",
            stop_at.shown()
        ),
    }
}

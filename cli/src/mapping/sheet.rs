//! A CSV file as lines that may each be wrong by themselves.

use super::{
    header,
    records::{self, trim, Record},
    row::{Column, Refused, Row},
    text::{is_long_number, lost_digits},
    Encoding, FileFormat,
};
use anyhow::{bail, Context, Result};
use csv::{StringRecord, WriterBuilder};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The columns that a file of refused lines has before its own.
pub(super) const REFUSAL: [&str; 2] = ["refused_line", "refused_because"];

/// Zeros in the place of lost digits, in all ids of a column, that are hardly there by chance.
const TOO_MANY_ZEROS: usize = 4;

/// Values of columns, by the columns' names.
pub type Values = BTreeMap<String, Vec<String>>;

/// What a mapping says of a file's columns as a whole.
pub trait Layout {
    /// How the file is written.
    fn file(&self) -> &FileFormat;
    /// The columns that the mapping reads.
    fn columns(&self) -> Vec<&str>;
    /// The columns that tell nothing of what the mapping reads.
    fn ignore(&self) -> &[String];
    /// The values of the lines that count.
    fn only(&self) -> &Values;
}

/// A CSV file in memory.
#[derive(Debug)]
pub struct Sheet {
    format: FileFormat,
    delimiter: u8,
    /// The column names, without nameless columns at the end.
    names: Vec<String>,
    /// The line of the column names.
    line: u64,
    /// How many fields a record may have: what is beyond the columns is blank.
    lengths: BTreeSet<usize>,
    records: Vec<Record>,
    left_out: BTreeMap<(String, String), usize>,
    encoding_note: Option<String>,
}

impl Sheet {
    /// Reads a file by its mapping.
    pub fn load(path: &Path, layout: &impl Layout) -> Result<Self> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&bytes, layout).with_context(|| path.display().to_string())
    }

    /// Reads bytes. Only what is wrong with the file as a whole is an error here: its encoding, the
    /// place and the names of its columns, columns of which the mapping says nothing.
    pub fn parse(bytes: &[u8], layout: &impl Layout) -> Result<Self> {
        let format = layout.file().clone();
        let delimiter = format.delimiter()?;
        let columns = layout.columns();
        let fits = |text: &str| header::is_in(text, delimiter, &columns);
        let text = format.encoding.decode(bytes, &fits)?;
        let encoding_note = format.encoding.note(&text);
        let mut records = records::read(&text, delimiter)?;
        if records.is_empty() {
            bail!("line 1: the file is empty; export it again, with a line of column names");
        }
        header::check_place(bytes, &text, &records, delimiter, layout)?;
        let header = records.remove(0);
        let mut names: Vec<String> = header.texts().map(Into::into).collect();
        header::check_all_named(header.line, &names, &records, layout)?;
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let mut sheet = Self {
            format,
            delimiter,
            lengths: [names.len(), header.fields.len()].into(),
            line: header.line,
            names,
            records,
            left_out: BTreeMap::new(),
            encoding_note,
        };
        sheet.lengths.extend(sheet.longer_lines());
        sheet.leave_out(layout.only())?;
        Ok(sheet)
    }

    /// How many fields the lines have, where all have more than there are columns, and nothing in
    /// them: each then ends with delimiters. Of a single line one cannot tell: a delimiter in a
    /// text may have moved the fields.
    fn longer_lines(&self) -> Option<usize> {
        let width = self.names.len();
        let whole = |record: &&Record| !record.is_torn(width) && !self.is_header(record);
        let lengths: Vec<usize> = self
            .records
            .iter()
            .filter(whole)
            .map(|record| record.fields.len())
            .filter(|length| *length >= width)
            .collect();
        let length = *lengths.first()?;
        let is_blank = |record: &Record| record.texts().skip(width).all(str::is_empty);
        let fits = lengths.len() > 1
            && lengths.iter().all(|other| *other == length)
            && self.records.iter().filter(whole).all(is_blank);
        (fits && length > width).then_some(length)
    }

    /// Whether a record is the line of column names once more.
    fn is_header(&self, record: &Record) -> bool {
        let first = self.names.first().map(String::as_str);
        if first != Some(record.text(0)) {
            return false;
        }
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        header::is_same(record, &names)
    }

    /// What is wrong with the shape of a record.
    pub(super) fn shape_error(&self, record: &Record) -> Option<(String, &'static str)> {
        let (has, wants) = (record.fields.len(), self.names.len());
        if record.is_torn(wants) {
            return Some((
                "a field runs over the end of the line".into(),
                "close the quotation mark; the lines up to the next one were not read",
            ));
        }
        if self.is_header(record) {
            return Some((
                format!("has the column names of line {} again", self.line),
                "take the line out",
            ));
        }
        let is_blank = record.texts().skip(wants).all(str::is_empty);
        if self.lengths.contains(&has) && is_blank {
            return None;
        }
        if has == 1 {
            let text = header::some(&[record.text(0)]);
            return Some((
                format!("has {text} alone, and no other field"),
                "where that is a remark or a total, take the line out; else complete it",
            ));
        }
        Some((
            format!("has {has} fields instead of {wants}"),
            "add or take out delimiters, or quote the field that holds one",
        ))
    }

    /// Leaves out the lines that do not count. A line without the shape of one is refused later.
    fn leave_out(&mut self, only: &Values) -> Result<()> {
        if only.is_empty() {
            return Ok(());
        }
        let mut columns = Vec::new();
        for (name, values) in only {
            if values.is_empty() {
                bail!("[only] names no value of the column {name:?}, so no line would count; name the values of lines that do");
            }
            columns.push((self.column(name)?, values));
        }
        let had_lines = !self.records.is_empty();
        for record in std::mem::take(&mut self.records) {
            let other = columns.iter().find_map(|(column, values)| {
                let value = record.text(column.index);
                let counts = values.iter().any(|counting| counting == value);
                (!counts).then(|| (column.name.clone(), value.to_owned()))
            });
            match other {
                Some(other) if self.shape_error(&record).is_none() => {
                    *self.left_out.entry(other).or_default() += 1;
                }
                _ => self.records.push(record),
            }
        }
        if had_lines && self.records.is_empty() {
            bail!(
                "[only] leaves every line out, for {}; name the values of lines that count",
                self.left_out_text().unwrap_or_default()
            );
        }
        Ok(())
    }

    /// The lines that were left out, by what stands in them.
    fn left_out_text(&self) -> Option<String> {
        let parts: Vec<String> = self
            .left_out
            .iter()
            .map(|((column, value), count)| {
                let value = header::some(&[value.as_str()]);
                format!("{column} {value} ({count})")
            })
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What the user should know: how the file was read, and which lines were left out.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let left_out = self.left_out_text();
        let left_out = left_out.map(|text| format!("lines left out by [only]: {text}"));
        self.encoding_note.clone().into_iter().chain(left_out)
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether the file holds lines that were refused before.
    pub fn holds_refused_lines(&self) -> bool {
        header::own_columns(&self.names) > 0
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Result<Column> {
        let mut at = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, column)| *column == name);
        let (index, _) = at
            .next()
            .with_context(|| format!("line {}: the column {name:?} is missing", self.line))?;
        if at.next().is_some() {
            bail!(
                "line {}: the column {name:?} stands there twice; rename one",
                self.line
            );
        }
        Ok(Column {
            name: name.into(),
            index,
        })
    }

    /// The texts of a column, with their lines.
    pub(super) fn texts(&self, column: &Column) -> impl Iterator<Item = (u64, &str)> {
        let index = column.index;
        self.records
            .iter()
            .filter(move |record| self.lengths.contains(&record.fields.len()))
            .map(move |record| (record.line, record.text(index)))
    }

    /// Refuses ids of which a spreadsheet kept the first digits alone, and wrote zeros for the others.
    pub(super) fn check_long_ids(&self, column: &Column) -> Result<()> {
        let mut zeros = BTreeMap::new();
        for (line, id) in self.texts(column).filter(|(_, id)| is_long_number(id)) {
            match lost_digits(id) {
                Some(count) => zeros.entry(id).or_insert((count, line)),
                None => return Ok(()),
            };
        }
        let count: usize = zeros.values().map(|(count, _)| count).sum();
        if self.format.ids_end_in_zeros || count < TOO_MANY_ZEROS {
            return Ok(());
        }
        let Some((id, (_, line))) = zeros.first_key_value() else {
            return Ok(());
        };
        bail!(
            "line {line}, {}: {id} and all other ids of more than 15 digits end in zeros from the 16th on, as where a spreadsheet lost the digits; \
             export ids as text, and import the file as it was exported, not as a spreadsheet saved it. Where they end so at their \
             source too, say ids_end_in_zeros = true under [file] in the mapping",
            column.name
        )
    }

    /// The records, each with its index and its line.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let records = self.records.iter().enumerate();
        records.map(|(index, record)| Row {
            sheet: self,
            index,
            record,
            line: record.line,
        })
    }

    /// Writes refused lines to a file that can be corrected and imported again: two columns say
    /// which line it was and why, the others are as they were.
    pub fn write_refused(&self, path: &Path, refused: &[Refused]) -> Result<()> {
        let mut writer = WriterBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_writer(Vec::new());
        // A corrected file may be refused again: its first columns are then the earlier reasons.
        let skip = header::own_columns(&self.names);
        let mut row = StringRecord::from(REFUSAL.to_vec());
        self.names
            .iter()
            .skip(skip)
            .for_each(|name| row.push_field(name));
        writer.write_record(&row)?;
        for Refused { record, error } in refused {
            let column = error
                .column
                .as_deref()
                .map(|c| format!("{c}: "))
                .unwrap_or_default();
            let why = format!("{column}{} ({})", error.problem, error.remedy);
            let mut row = StringRecord::from(vec![error.line.to_string(), why]);
            let fields = &self.records[*record].fields;
            // Blank fields beyond the columns say nothing.
            let width = match fields
                .iter()
                .skip(self.names.len())
                .any(|f| !trim(f).is_empty())
            {
                true => fields.len(),
                false => self.names.len(),
            };
            fields
                .iter()
                .take(width)
                .skip(skip)
                .for_each(|field| row.push_field(field));
            writer.write_record(&row)?;
        }
        let text = String::from_utf8(writer.into_inner()?)?;
        std::fs::write(path, self.encoding().encode(&text))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn encoding(&self) -> Encoding {
        self.format.encoding
    }
}

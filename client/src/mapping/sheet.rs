//! A CSV file as lines that may each be wrong by themselves.

mod refused_lines_file;

use super::{
    header::{self, REFUSAL},
    layout::{Column, Layout, Values},
    lost_leading_zeros,
    only_filter::{Doubt, Standing},
    records::{self, Record},
    spoilt_ids::{is_long_number, lost_digits},
    Encoding, FileFormat,
};
use crate::printable_text::printable;
use anyhow::{bail, Context, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Zeros in the place of lost digits, in all ids of a column, that are hardly there by chance.
const TOO_MANY_ZEROS: usize = 4;

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
    /// Where the columns stand that the mapping reads.
    read: BTreeSet<usize>,
    /// Where those stand that name a payment or somebody.
    ids: BTreeSet<usize>,
    left_out: BTreeMap<(String, String), usize>,
    /// The records of which `[only]` cannot tell whether they count.
    doubts: BTreeMap<usize, Doubt>,
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
        let at = |columns: &[&str]| {
            let named = names.iter().enumerate();
            let named = named.filter(|(_, name)| columns.contains(&name.as_str()));
            named.map(|(index, _)| index).collect()
        };
        let mut sheet = Self {
            read: at(&columns),
            ids: at(&layout.ids()),
            format,
            delimiter,
            lengths: [names.len(), header.fields.len()].into(),
            line: header.line,
            names,
            records,
            left_out: BTreeMap::new(),
            doubts: BTreeMap::new(),
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
                "close the quotation mark; the lines up to the next quotation mark were not read",
            ));
        }
        if self.is_header(record) {
            return Some((
                format!("repeats the column names of line {}", self.line),
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
                format!("has only the field {text}"),
                "if it is a remark or a total, take the line out; otherwise complete it",
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
                bail!("[only] names no value of the column {name:?}, so no line would count; name the values of lines that count");
            }
            columns.push((self.column(name)?, values));
        }
        let had_lines = !self.records.is_empty();
        for record in std::mem::take(&mut self.records) {
            let (mut left_out, mut doubted) = (None, None);
            if self.shape_error(&record).is_none() {
                for (column, values) in &columns {
                    let value = record.text(column.index);
                    match Standing::of(column, value, values) {
                        Standing::Counts => {}
                        Standing::LeftOut => {
                            left_out.get_or_insert_with(|| (column.name.clone(), value.to_owned()));
                        }
                        Standing::InDoubt(doubt) => {
                            doubted.get_or_insert(doubt);
                        }
                    }
                }
            }
            // By one value that does not count, a line does not, whatever the others are.
            if let Some(other) = left_out {
                *self.left_out.entry(other).or_default() += 1;
                continue;
            }
            if let Some(doubt) = doubted {
                self.doubts.insert(self.records.len(), doubt);
            }
            self.records.push(record);
        }
        self.check_some_count(had_lines)
    }

    /// Refuses a mapping by whose values no line counts.
    fn check_some_count(&self, had_lines: bool) -> Result<()> {
        let values: Vec<(&Column, &String)> = self
            .doubts
            .values()
            .filter_map(|doubt| Some((&doubt.column, doubt.value.as_ref()?)))
            .collect();
        if !had_lines || values.len() < self.records.len() {
            return Ok(());
        }
        let mut left_out = self.left_out.clone();
        for (column, value) in values {
            *left_out
                .entry((column.name.clone(), value.clone()))
                .or_default() += 1;
        }
        bail!(
            "[only] leaves every line out, because of {}; name the values of lines that count",
            counted(&left_out)
        );
    }

    /// What the user should know: how the file was read, and which lines were left out.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let has_left_out = !self.left_out.is_empty();
        let left_out =
            has_left_out.then(|| format!("lines left out by [only]: {}", counted(&self.left_out)));
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

    /// Whether the mapping says that no line is a total.
    pub(super) const fn has_no_totals(&self) -> bool {
        self.format.has_no_totals
    }

    /// What separates the fields.
    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Why [only] cannot tell whether a record counts.
    pub(super) fn doubt(&self, index: usize) -> Option<&Doubt> {
        self.doubts.get(&index)
    }

    /// What an id was when its line was refused, where a spreadsheet took zeros from it since.
    pub(super) fn lost_zeros<'a>(&self, record: &'a Record, column: &Column) -> Option<&'a str> {
        let told = self.told_zeros(record)?;
        let is_id = self.ids.contains(&column.index);
        is_id
            .then(|| lost_leading_zeros::lost(told, &column.name, record.text(column.index)))
            .flatten()
    }

    /// What a file of refused lines says of a record's zeros.
    fn told_zeros<'a>(&self, record: &'a Record) -> Option<&'a str> {
        let has_column = header::own_columns(&self.names) > REFUSAL.len();
        has_column.then(|| record.text(REFUSAL.len()))
    }

    /// The column behind another, where the mapping does not read it.
    pub(super) fn unread_after(&self, column: &Column) -> Option<Column> {
        let index = column.index + 1;
        let name = self.names.get(index)?.clone();
        (!self.read.contains(&index)).then_some(Column { name, index })
    }

    /// The texts of a record in the columns that the mapping does not read.
    pub(super) fn unread_texts<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a str> {
        let own = header::own_columns(&self.names);
        let texts = record.texts().enumerate().skip(own);
        let unread = texts.filter(move |(index, _)| !self.read.contains(index));
        unread.map(|(_, text)| text)
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
                "line {}: the column {name:?} is there twice; rename one",
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
            "line {line}, {}: {id} and all other ids of more than 15 digits end in zeros from the 16th digit on, as when a spreadsheet has lost the digits; \
             export ids as text, and import the file as it was exported, not as a spreadsheet saved it. If they end in zeros at their \
             source too, set ids_end_in_zeros = true under [file] in the mapping",
            column.name
        )
    }

    /// The record of an index.
    pub(super) fn record(&self, index: usize) -> &Record {
        &self.records[index]
    }

    fn encoding(&self) -> Encoding {
        self.format.encoding
    }
}

/// Values of columns, each with the number of its lines.
fn counted(values: &BTreeMap<(String, String), usize>) -> String {
    let parts: Vec<String> = values
        .iter()
        .map(|((column, value), count)| {
            let value = header::some(&[value.as_str()]);
            format!("{} {value} ({count})", printable(column))
        })
        .collect();
    parts.join(", ")
}

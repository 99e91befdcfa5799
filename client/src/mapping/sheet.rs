//! The table of a file as lines that may each be wrong by themselves.

mod frame;
mod refused_lines_file;

use super::{
    filter::{Doubt, Filter, LeftOut, Standing},
    header::{self, REFUSAL},
    layout::{Column, Layout},
    lost_leading_zeros,
    records::Record,
    source::{self, Table},
    spoilt_ids::{guard_of, is_long_number, lost_digits},
    Encoding, FileFormat,
};
use anyhow::{bail, Context, Result};
use frame::Frame;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Zeros in the place of lost digits, in all ids of a column, that are hardly there by chance.
const TOO_MANY_ZEROS: usize = 4;

/// The table of a file in memory.
#[derive(Debug)]
pub struct Sheet {
    format: FileFormat,
    /// Whether a mapping says how the file is read.
    has_mapping: bool,
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
    /// Where those stand that no line leaves blank.
    needed: BTreeSet<usize>,
    frame: Frame,
    left_out: LeftOut,
    /// The records of which `[only]` or `[except]` cannot tell whether they count.
    doubts: BTreeMap<usize, Doubt>,
    /// What there is to say of the values that `[except]` leaves in.
    left_in: Option<String>,
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
    /// place and the names of its columns, columns of which the mapping says nothing, the end of the table.
    pub fn parse(bytes: &[u8], layout: &impl Layout) -> Result<Self> {
        let table = source::table(bytes, layout)?;
        let mut sheet = Self::of_table(&table, layout)?;
        sheet.frame.check_below(&sheet, &table.below)?;
        sheet.records = table.records;
        let header = sheet.records.remove(0);
        sheet.leave_out_repeated_names();
        sheet.unguard(layout)?;
        sheet.leave_out_remarks();
        // Columns without a name at the end may hold something too.
        let names: Vec<String> = header.texts().map(Into::into).collect();
        header::check_all_named(header.line, &names, &sheet.records, layout)?;
        sheet.lengths.extend(sheet.longer_lines());
        sheet.leave_out(layout)?;
        Ok(sheet)
    }

    /// A sheet with the columns of a table, and no lines yet.
    fn of_table(table: &Table, layout: &impl Layout) -> Result<Self> {
        let format = layout.file().clone();
        let header = table.records.first().context("the file is empty")?;
        let mut names: Vec<String> = header.texts().map(Into::into).collect();
        names.truncate(header.width());
        let at = |columns: &[&str]| {
            let named = names.iter().enumerate();
            let named = named.filter(|(_, name)| columns.contains(&name.as_str()));
            named.map(|(index, _)| index).collect()
        };
        Ok(Self {
            has_mapping: layout.is_of_mapping(),
            read: at(&layout.columns()),
            ids: at(&layout.ids()),
            needed: at(&layout.needed()),
            delimiter: format.delimiter()?,
            frame: Frame::of(table, &format),
            format,
            lengths: [names.len(), header.fields.len()].into(),
            line: header.line,
            names,
            records: Vec::new(),
            left_out: LeftOut::default(),
            doubts: BTreeMap::new(),
            left_in: None,
            encoding_note: table.note.clone(),
        })
    }

    /// Takes the marks off the values that are read which the mapping says are no part of them.
    fn unguard(&mut self, layout: &impl Layout) -> Result<()> {
        if let Some(columns) = &self.format.guards_in {
            let read = layout.columns();
            if let Some(other) = columns.iter().find(|name| !read.contains(&name.as_str())) {
                bail!("guards_in names the column {other:?}, which the mapping does not read; take it out of guards_in under [file] in the mapping, or correct it");
            }
        }
        if self.format.guards.is_empty() {
            return Ok(());
        }
        let guarded = self.read.iter().copied();
        let guarded = guarded.filter(|index| self.format.is_guarded(&self.names[*index]));
        let guarded: BTreeSet<usize> = guarded.collect();
        for record in &mut self.records {
            record.unguard(&self.format.guards, &guarded);
        }
        Ok(())
    }

    /// How many fields the lines have, where all have more than there are columns, and nothing in
    /// them: each then ends with delimiters. Of a single line one cannot tell: a delimiter in a
    /// text may have moved the fields.
    fn longer_lines(&self) -> Option<usize> {
        let width = self.names.len();
        let whole = |record: &&Record| !record.is_torn(width);
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
        if first != Some(header::bare(record.text(0))) {
            return false;
        }
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        header::is_same(record, &names)
    }

    /// Leaves out the lines that are the column names once more, as in files that were put together.
    fn leave_out_repeated_names(&mut self) {
        let records = std::mem::take(&mut self.records);
        let (repeated, records): (Vec<Record>, Vec<Record>) =
            records.into_iter().partition(|one| self.is_header(one));
        self.frame.repeated = repeated.len();
        self.records = records;
    }

    /// What is wrong with the shape of a record.
    pub(super) fn shape_error(&self, record: &Record) -> Option<(String, String)> {
        let (has, wants) = (record.fields.len(), self.names.len());
        if record.is_torn(wants) {
            return Some((
                "a field runs over the end of the line".into(),
                "close the quotation mark; the lines up to the next quotation mark were not read"
                    .into(),
            ));
        }
        let is_blank = record.texts().skip(wants).all(str::is_empty);
        if self.lengths.contains(&has) && is_blank {
            return None;
        }
        if has == 1 {
            let text = header::some(&[record.text(0)]);
            let problem = format!("has only the field {text}");
            return Some((problem, self.remark_remedy(record)));
        }
        let remedy = match has < wants && self.is_remark(record) {
            true => self.remark_remedy(record),
            false => "add or take out delimiters, or quote the field that holds one".into(),
        };
        Some((format!("has {has} fields instead of {wants}"), remedy))
    }

    /// Leaves out the lines that do not count. A line without the shape of one is refused later.
    fn leave_out(&mut self, layout: &impl Layout) -> Result<()> {
        let filter = Filter::new(layout, self)?;
        if filter.is_empty() {
            return Ok(());
        }
        let mut counting = Vec::new();
        for record in std::mem::take(&mut self.records) {
            if self.shape_error(&record).is_none() {
                match filter.standing(&record) {
                    Standing::Counts => counting.push(self.records.len()),
                    Standing::LeftOut(table, column, value) => {
                        self.left_out.add(table, column, value);
                        continue;
                    }
                    Standing::InDoubt(doubt) => {
                        self.doubts.insert(self.records.len(), doubt);
                    }
                }
            }
            self.records.push(record);
        }
        self.left_in = filter.counting(counting.iter().map(|index| &self.records[*index]));
        self.left_out
            .check_some_count(self.records.len(), self.doubts.values())
    }

    /// What the user should know: how the file was read, what of it was not, and which lines were left
    /// out.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> + '_ {
        let encoding = self.encoding_note.clone().into_iter();
        let frame = self.frame.notes();
        let left = self.left_out.notes().chain(self.left_in.clone());
        encoding.chain(frame).chain(left)
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

    /// How the file is written.
    pub(super) const fn format(&self) -> &FileFormat {
        &self.format
    }

    /// The setting by which the marks around a text of a column are taken off, where a mapping can have it.
    pub(super) fn guard_remedy(&self, text: &str, column: &Column) -> Option<String> {
        let mark = guard_of(text).filter(|_| self.has_mapping)?;
        self.format.guard_remedy(&mark, &column.name)
    }

    /// What separates the fields.
    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Why no table of the mapping can tell whether a record counts.
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

    /// The texts of a record in the columns that the mapping does not read, without guarding marks.
    pub(super) fn unread_texts<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a str> {
        let own = header::own_columns(&self.names);
        let texts = record.texts().enumerate().skip(own);
        let unread = texts.filter(move |(index, _)| !self.read.contains(index));
        unread.map(move |(_, text)| self.format.guards.off(text))
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

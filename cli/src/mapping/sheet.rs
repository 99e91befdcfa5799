//! A CSV file as lines that may each be wrong by themselves.

use super::{Encoding, FileFormat};
use anyhow::{anyhow, bail, Context, Result};
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use encoding_rs::WINDOWS_1252;
use std::{borrow::Cow, fmt, path::Path};

/// The columns that a file of refused lines has before its own.
const REFUSAL: [&str; 2] = ["refused_line", "refused_because"];

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

/// A CSV file in memory.
#[derive(Debug)]
pub struct Sheet {
    encoding: Encoding,
    delimiter: u8,
    header: ByteRecord,
    records: Vec<ByteRecord>,
    lines: Vec<u64>,
}

impl Sheet {
    /// Reads a file.
    pub fn load(path: &Path, format: &FileFormat) -> Result<Self> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&bytes, format).with_context(|| path.display().to_string())
    }

    /// Reads bytes. Only what is wrong with the file as a whole is an error here.
    pub fn parse(bytes: &[u8], format: &FileFormat) -> Result<Self> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            bail!("line 1: the file is in UTF-16; save it as UTF-8");
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            bail!("line 1: the file is empty; export it again, with a line of column names");
        }
        let delimiter = format.delimiter()?;
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(bytes);
        let mut records = reader.byte_records().collect::<Result<Vec<_>, _>>()?;
        let lines = lines_of(bytes, &records);
        let header = records.remove(0);
        Ok(Self {
            encoding: format.encoding,
            delimiter,
            header,
            records,
            lines: lines[1..].to_vec(),
        })
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Where a column stands. The error names the columns that there are.
    pub fn column(&self, name: &str) -> Result<Column> {
        let names: Vec<Cow<'_, str>> = self
            .header
            .iter()
            .map(|field| decode(field, self.encoding).unwrap_or(Cow::Borrowed("(unreadable)")))
            .map(|name| Cow::Owned(name.trim().to_owned()))
            .collect();
        let mut at = names
            .iter()
            .enumerate()
            .filter(|(_, column)| *column == name);
        let index = at.next().map(|(index, _)| index).ok_or_else(|| {
            anyhow!(
                "line 1: the column {name:?} is missing; there are: {}. Correct the mapping, its delimiter, or the file",
                names.join(", ")
            )
        })?;
        if at.next().is_some() {
            bail!("line 1: the column {name:?} stands there twice; rename one");
        }
        Ok(Column {
            name: name.into(),
            index,
        })
    }

    /// The records, each with its index and its line.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let records = self.records.iter().zip(&self.lines).enumerate();
        records.map(|(index, (record, line))| Row {
            sheet: self,
            index,
            record,
            line: *line,
        })
    }

    /// Writes refused lines to a file that can be corrected and imported again: two columns say
    /// which line it was and why, the others are as they were.
    pub fn write_refused(&self, path: &Path, refused: &[Refused]) -> Result<()> {
        let mut writer = WriterBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_path(path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        // A corrected file may be refused again: its first columns are then the earlier reasons.
        let old = REFUSAL.iter().map(|name| name.as_bytes());
        let skip = if self.header.iter().take(REFUSAL.len()).eq(old) {
            REFUSAL.len()
        } else {
            0
        };
        let mut row = ByteRecord::from(REFUSAL.to_vec());
        self.header
            .iter()
            .skip(skip)
            .for_each(|field| row.push_field(field));
        writer.write_byte_record(&row)?;
        for Refused { record, error } in refused {
            let line = error.line.to_string();
            let column = error
                .column
                .as_deref()
                .map(|c| format!("{c}: "))
                .unwrap_or_default();
            let why = format!("{column}{} ({})", error.problem, error.remedy);
            let mut row = ByteRecord::new();
            row.push_field(line.as_bytes());
            row.push_field(&encode(&why, self.encoding));
            self.records[*record]
                .iter()
                .skip(skip)
                .for_each(|field| row.push_field(field));
            writer.write_byte_record(&row)?;
        }
        writer
            .flush()
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

/// The line on which each record begins. The reader's own count begins a record where the one
/// before it ends, which is before line ends of two bytes and empty lines.
fn lines_of(bytes: &[u8], records: &[ByteRecord]) -> Vec<u64> {
    let (mut line, mut at) = (1, 0);
    let mut lines = Vec::with_capacity(records.len());
    for record in records {
        let mut start = record.position().map_or(0, csv::Position::byte) as usize;
        while bytes
            .get(start)
            .is_some_and(|byte| matches!(byte, b'\r' | b'\n'))
        {
            start += 1;
        }
        let passed = bytes.get(at..start).unwrap_or_default();
        line += line_ends(passed);
        at = start.max(at);
        lines.push(line);
    }
    lines
}

/// Line ends of each kind: `\n`, `\r\n`, and `\r` alone, as the reader takes them.
fn line_ends(bytes: &[u8]) -> u64 {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes
        .iter()
        .zip(next)
        .filter(|(byte, next)| match byte {
            b'\n' => true,
            b'\r' => *next != Some(&b'\n'),
            _ => false,
        })
        .count() as u64
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct Column {
    name: String,
    index: usize,
}

/// A record of a sheet.
pub struct Row<'a> {
    sheet: &'a Sheet,
    /// Its index among the records.
    pub index: usize,
    /// Its line in the file.
    pub line: u64,
    record: &'a ByteRecord,
}

impl Row<'_> {
    /// Whether the record has as many fields as the header, and no field runs over a line.
    pub fn check_shape(&self) -> Result<(), LineError> {
        let (has, wants) = (self.record.len(), self.sheet.header.len());
        if self.record.iter().any(|field| field.contains(&b'\n')) {
            return Err(self.error(
                "a field runs over the end of the line".into(),
                "close the quotation mark; the lines up to the next one were not read".into(),
            ));
        }
        if has != wants {
            return Err(self.error(
                format!("has {has} fields instead of {wants}"),
                "add or take out delimiters, or quote the field that holds one".into(),
            ));
        }
        Ok(())
    }

    /// The text of a column, without the white space around it.
    pub fn text(&self, column: &Column) -> Result<Cow<'_, str>, LineError> {
        let field = self.record.get(column.index).unwrap_or_default();
        let text = decode(field, self.sheet.encoding).ok_or_else(|| {
            self.at(
                column,
                "is not UTF-8".into(),
                "say encoding = \"latin-1\" under [file] in the mapping, or save the file as UTF-8"
                    .into(),
            )
        })?;
        Ok(match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        })
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

fn decode(field: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(field).ok().map(Cow::Borrowed),
        Encoding::Latin1 => WINDOWS_1252.decode_without_bom_handling_and_without_replacement(field),
    }
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Latin1 => WINDOWS_1252.encode(text).0.into_owned(),
    }
}

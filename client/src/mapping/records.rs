//! The records of a CSV text, each with its line.

use super::{guards::Guards, lines};
use anyhow::{bail, Result};
use csv::{Reader, ReaderBuilder, StringRecord};
use std::collections::BTreeSet;

/// A record of a file.
#[derive(Debug)]
pub(super) struct Record {
    /// Its fields, as they are written.
    pub fields: StringRecord,
    /// The same without guarding marks, where some were taken off.
    unguarded: Option<StringRecord>,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Whether its quotation marks do not pair.
    is_unpaired: bool,
    /// The delimiters in those of its fields that run over a line end.
    swallowed: usize,
    runs_over: bool,
    /// As it stands in the file, where its quotation marks may have swallowed lines.
    raw: Option<String>,
}

impl Record {
    /// The fields without the white space and the guarding marks around them.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.values().iter().map(trim)
    }

    /// The text of a field.
    pub fn text(&self, index: usize) -> &str {
        trim(self.values().get(index).unwrap_or_default())
    }

    /// The text of a field as it is written, with marks around it.
    pub fn written(&self, index: usize) -> &str {
        trim(self.fields.get(index).unwrap_or_default())
    }

    fn values(&self) -> &StringRecord {
        self.unguarded.as_ref().unwrap_or(&self.fields)
    }

    /// Takes guarding marks off the fields of some columns.
    pub fn unguard(&mut self, guards: &Guards, columns: &BTreeSet<usize>) {
        let fields = self.fields.iter().enumerate();
        let bare = fields.map(|(index, field)| match columns.contains(&index) {
            true => guards.off(field),
            false => field,
        });
        self.unguarded = Some(bare.collect());
    }

    /// The number of its fields, without blank ones at the end.
    pub fn width(&self) -> usize {
        let fields = self.fields.iter().enumerate();
        let filled = fields.filter(|(_, field)| !trim(field).is_empty());
        filled.map(|(index, _)| index + 1).max().unwrap_or(0)
    }

    /// Whether it may be several lines that a quotation mark made one of a table with `width`
    /// columns: each line that was swallowed has as many delimiters as any other.
    pub fn is_torn(&self, width: usize) -> bool {
        self.is_unpaired || (self.runs_over && self.swallowed + 1 >= width)
    }

    /// Its lines as they stand in the file, each with its number and its fields, as if each quotation
    /// mark that is open at a line's end were closed there.
    pub fn lines(&self, delimiter: u8) -> Vec<(u64, StringRecord)> {
        let raw = self.raw.as_deref().unwrap_or_default();
        let text = raw.replace("\r\n", "\n").replace('\r', "\n");
        let lines = (self.line..).zip(text.split('\n'));
        lines
            .filter_map(|(line, text)| {
                let mut reader = reader(text, delimiter);
                let fields = reader.records().next()?.ok()?;
                Some((line, fields))
            })
            .collect()
    }
}

/// White space around a field, which is never part of it.
fn is_padding(c: char) -> bool {
    c == '\t' || (c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A field without the white space around it.
pub(super) fn trim(field: &str) -> &str {
    field.trim_matches(is_padding)
}

/// The first text of some fields that are not blank.
pub(super) fn first_text(fields: &StringRecord) -> Option<&str> {
    fields.iter().map(trim).find(|text| !text.is_empty())
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

/// The records that hold something, from the first line on; a line `sep=;` is none.
pub(super) fn read(text: &str, delimiter: u8) -> Result<Vec<Record>> {
    read_on(&text[after_sep_line(text, delimiter)?..], delimiter, 1)
}

/// The records that hold something, from a line of the text on; none where the text lacks that line.
pub(super) fn read_from(text: &str, delimiter: u8, line: u64) -> Result<Vec<Record>> {
    match lines::start_of(text, line) {
        Some(start) => read_on(&text[start..], delimiter, line),
        None => Ok(Vec::new()),
    }
}

/// The records that hold something of a part of a text that begins in a line.
pub(super) fn read_part(text: &str, delimiter: u8, line: u64) -> Vec<Record> {
    read_on(text, delimiter, line).unwrap_or_default()
}

/// The lines that hold something, from a line of the text on, each as a record of its own.
pub(super) fn read_each(text: &str, delimiter: u8, line: u64) -> Result<Vec<Record>> {
    let starts: Vec<usize> = lines::starts(text).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut records = Vec::new();
    for (number, (start, end)) in (1..).zip(starts.iter().zip(ends)) {
        if number >= line {
            records.extend(read_on(&text[*start..end], delimiter, number)?);
        }
    }
    Ok(records)
}

/// The records that hold something of a text that begins in a line.
fn read_on(text: &str, delimiter: u8, line: u64) -> Result<Vec<Record>> {
    let mut reader = reader(text, delimiter);
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    let starts: Vec<usize> = records
        .iter()
        .map(|record| record.position().map_or(0, csv::Position::byte) as usize)
        .collect();
    let lines = lines_of(text.as_bytes(), &starts, line);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let records = records.into_iter().zip(lines).zip(starts.iter().zip(ends));
    Ok(records
        .map(|((fields, line), (start, end))| {
            let raw = text.get(*start..end).unwrap_or_default();
            let raw = raw.trim_matches(['\r', '\n']);
            let quoting = Quoting::of(raw, delimiter.into());
            let may_be_torn = quoting.is_unpaired || quoting.runs_over;
            Record {
                raw: may_be_torn.then(|| raw.to_owned()),
                fields,
                unguarded: None,
                line,
                is_unpaired: quoting.is_unpaired,
                swallowed: quoting.swallowed,
                runs_over: quoting.runs_over,
            }
        })
        .filter(|record| record.texts().any(|text| !text.is_empty()))
        .collect())
}

/// Where the table begins after a line that names the delimiter to spreadsheets.
fn after_sep_line(text: &str, delimiter: u8) -> Result<usize> {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let Some(named) = trim(line).trim_matches('"').strip_prefix("sep=") else {
        return Ok(0);
    };
    let mut named = named.chars();
    let Some(first) = named.next() else {
        return Ok(0);
    };
    // A spreadsheet that saves the file again fills the line up with delimiters.
    if named.any(|c| c != first && c != char::from(delimiter)) {
        return Ok(0);
    }
    if first != char::from(delimiter) {
        bail!(
            "line 1: the file says that {first:?} separates its fields, but the mapping says {:?}; set delimiter = {:?} under [file] in the mapping",
            char::from(delimiter),
            first.to_string()
        );
    }
    Ok(line.len())
}

/// How a record is quoted, as it stands in the file.
#[derive(Default)]
struct Quoting {
    is_unpaired: bool,
    runs_over: bool,
    swallowed: usize,
}

impl Quoting {
    fn of(raw: &str, delimiter: char) -> Self {
        let mut quoting = Self::default();
        let mut rest = raw;
        loop {
            let end = if rest.starts_with('"') {
                let Some(length) = quoted(rest) else {
                    quoting.is_unpaired = true;
                    quoting.runs_over |= rest.contains(['\r', '\n']);
                    return quoting;
                };
                let field = &rest[..length];
                if field.contains(['\r', '\n']) {
                    quoting.runs_over = true;
                    quoting.swallowed += field.matches(delimiter).count();
                }
                length
            } else {
                0
            };
            let tail = &rest[end..];
            let next = tail.find(delimiter).unwrap_or(tail.len());
            // After the closing mark the field must end; else the mark was not meant to close it.
            quoting.is_unpaired |= end > 0 && quoting.runs_over && next > 0;
            match tail.get(next + delimiter.len_utf8()..) {
                Some(further) if next < tail.len() => rest = further,
                _ => return quoting,
            }
        }
    }
}

/// The length of a quoted field with its marks, where it is closed.
fn quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        at += text.get(at..)?.find('"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// The line on which each record begins, of a text that begins in `line`. The reader's own count begins a
/// record where the one before it ends, which is before line ends of two bytes and empty lines.
fn lines_of(bytes: &[u8], starts: &[usize], mut line: u64) -> Vec<u64> {
    let mut at = 0;
    let mut lines = Vec::with_capacity(starts.len());
    for start in starts {
        let mut start = *start;
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
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
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

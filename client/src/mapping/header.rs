//! The line of column names: where it stands, and whether the mapping speaks of all of it.

use super::{
    encoding::columns_elsewhere,
    layout::Layout,
    lines, lost_leading_zeros,
    records::{self, Record},
};
use crate::printable_text::quoted;
use anyhow::{bail, Result};
use std::{collections::BTreeSet, fmt::Write};

/// The columns that a file of refused lines has before its own.
pub(super) const REFUSAL: [&str; 2] = ["refused_line", "refused_because"];

/// Values of a column that are shown.
const VALUES: usize = 5;
/// The most of a value that is shown.
const LENGTH: usize = 40;
/// Columns that are listed.
const COLUMNS: usize = 40;
/// Lines among which the column names are looked for.
const SEARCHED: usize = 200;
/// Lines over which they may run, each name in quotation marks.
const OVER: usize = 8;
/// What separates the fields of most files.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A column's name. Where files are put together, the byte order mark stays with which the second began.
pub(super) fn bare(name: &str) -> &str {
    match name.strip_prefix('\u{feff}') {
        Some(name) => name.trim_matches('"'),
        None => name,
    }
}

/// Whether a record has all of some columns.
fn has_all(record: &Record, columns: &[&str]) -> bool {
    let has = |column: &&str| record.texts().any(|name| bare(name) == *column);
    columns.iter().all(has)
}

/// The first of some lines on which a record begins that has all columns. A quotation mark that is open
/// above it does not hide it.
fn line_of_names(text: &str, delimiter: u8, columns: &[&str], searched: usize) -> Option<u64> {
    let starts = lines::starts(text).take(searched.saturating_add(OVER));
    let starts: Vec<usize> = starts.collect();
    let mut searched = (1..).zip(starts.iter().enumerate().take(searched));
    let found = searched.find(|(line, (at, start))| {
        let end = starts.get(at + OVER).copied().unwrap_or(text.len());
        let records = records::read_part(&text[**start..end], delimiter, *line);
        let first = records.first().filter(|record| record.line == *line);
        first.is_some_and(|record| has_all(record, columns))
    });
    found.map(|(line, _)| line)
}

/// Whether a text has a line with all columns near its beginning.
pub(super) fn is_in(text: &str, delimiter: u8, columns: &[&str]) -> bool {
    line_of_names(text, delimiter, columns, SEARCHED).is_some()
}

/// Whether a text is that of a file of refused lines.
pub(super) fn is_of_refused_lines(text: &str, delimiter: u8) -> bool {
    let end = lines::start_of(text, 2).unwrap_or(text.len());
    let records = records::read_part(&text[..end], delimiter, 1);
    records.first().is_some_and(|record| {
        let names: Vec<String> = record.texts().map(Into::into).collect();
        own_columns(&names) > 0
    })
}

/// Refuses a file whose column names are not on the line on which they are read, or that has others.
/// `row` is what the mapping says of that line.
pub(super) fn check_place(
    bytes: &[u8],
    text: &str,
    records: &[Record],
    delimiter: u8,
    row: Option<u64>,
    layout: &impl Layout,
) -> Result<()> {
    let columns = layout.columns();
    let first = records.first();
    let first = first.filter(|record| row.is_none_or(|row| record.line == row));
    if first.is_some_and(|record| has_all(record, &columns)) {
        check_none_above(text, delimiter, row, &columns)?;
        return check_one_order(records, &columns);
    }
    let named = row.map(|row| format!("line {row}, which header_row names"));
    let place = named.as_deref().unwrap_or("the first line");
    match (line_of_names(text, delimiter, &columns, SEARCHED), records.first()) {
        (Some(line), _) => bail!(
            "line {line}: the column names are here, and not on {place}; set header_row = {line} under [file] in the mapping"
        ),
        (None, Some(header)) => bail!(missing(bytes, text, header, delimiter, row, layout)),
        (None, None) => bail!(
            "the file ends before {place}; set header_row under [file] in the mapping to the line of the column names"
        ),
    }
}

/// Refuses a file with column names above those that the mapping names, too: payments may stand between
/// them.
fn check_none_above(text: &str, delimiter: u8, row: Option<u64>, columns: &[&str]) -> Result<()> {
    let Some(row) = row else {
        return Ok(());
    };
    let above = usize::try_from(row - 1)?;
    match line_of_names(text, delimiter, columns, above) {
        None => Ok(()),
        Some(line) => bail!(
            "line {line}: the column names are here too, above line {row}, which header_row names; set header_row = {line} under [file] in the mapping"
        ),
    }
}

/// Refuses a file in which other columns begin somewhere below.
fn check_one_order(records: &[Record], columns: &[&str]) -> Result<()> {
    let first: Vec<&str> = records[0].texts().collect();
    for record in &records[1..] {
        if has_all(record, columns) && !is_same(record, &first) {
            bail!(
                "line {}: the column names are repeated here in another order; import the part from this line on as a file of its own",
                record.line
            );
        }
    }
    Ok(())
}

/// Whether a record is the line of column names once more.
pub(super) fn is_same(record: &Record, names: &[&str]) -> bool {
    let end = |texts: &[&str]| {
        texts
            .iter()
            .rposition(|text| !text.is_empty())
            .map_or(0, |at| at + 1)
    };
    let texts: Vec<&str> = record.texts().map(bare).collect();
    texts[..end(&texts)] == names[..end(names)]
}

/// What to say of columns that are not there.
fn missing(
    bytes: &[u8],
    text: &str,
    header: &Record,
    delimiter: u8,
    row: Option<u64>,
    layout: &impl Layout,
) -> String {
    let columns = layout.columns();
    let line = header.line;
    let other = DELIMITERS
        .into_iter()
        .find(|other| *other != delimiter && is_in(text, *other, &columns));
    if let Some(other) = other {
        return format!(
            "line {line}: the fields of the file are separated by {:?}; set delimiter = {:?} under [file] in the mapping",
            char::from(other),
            char::from(other).to_string()
        );
    }
    let fits = |text: &str| is_in(text, delimiter, &columns);
    let encoding = layout.file().encoding;
    if let Some(advice) = columns_elsewhere(bytes, encoding, &fits) {
        return format!(
            "line {line}: read as {}, the file lacks columns that it has in another encoding. {advice}",
            encoding.name()
        );
    }
    let names: Vec<&str> = header.texts().collect();
    let lacking = columns.iter().find(|column| !names.contains(column));
    let listed: Vec<String> = names.iter().take(COLUMNS).map(|name| shown(name)).collect();
    let elsewhere = match row {
        None if header.width() < columns.len() => {
            ". If the column names are on another line, name it by header_row under [file]"
        }
        _ => "",
    };
    format!(
        "line {line}: the column {:?} is missing; the file has: {}{}. Correct the mapping, its delimiter, or the file{elsewhere}",
        lacking.copied().unwrap_or_default(),
        listed.join(", "),
        more(names.len(), COLUMNS)
    )
}

/// Refuses a file with columns of which the mapping says nothing. `line` has the names.
pub(super) fn check_all_named(
    line: u64,
    names: &[String],
    records: &[Record],
    layout: &impl Layout,
) -> Result<()> {
    let (columns, ignored) = (layout.columns(), layout.ignore());
    if let Some(both) = ignored.iter().find(|name| columns.contains(&name.as_str())) {
        bail!("the mapping reads the column {both:?} and lists it under ignore; keep one");
    }
    let own = own_columns(names);
    let mut unknown = String::new();
    let mut example = None;
    for (index, name) in names.iter().enumerate().skip(own) {
        if columns.contains(&name.as_str()) || ignored.contains(name) {
            continue;
        }
        let mut seen = BTreeSet::new();
        // As they are once the column is read.
        let file = layout.file();
        let read = |text| match file.is_guarded(name) {
            true => file.guards.off(text),
            false => text,
        };
        let values = records.iter().map(|record| read(record.text(index)));
        let values: Vec<&str> = values.filter(|value| seen.insert(*value)).collect();
        if name.is_empty() {
            if values.iter().all(|value| value.is_empty()) {
                continue;
            }
            bail!(
                "line {line}: the column {} has no name, and holds {}; give it a name in the file",
                index + 1,
                some(&values)
            );
        }
        let _ = write!(unknown, "\n  {}: {}", shown(name), some(&values));
        // A column that tells lines apart has few values, and more than one.
        let tells = (2..=VALUES).contains(&values.len());
        let value = values.iter().find(|value| !value.is_empty());
        let (value, tells) = (value.copied().unwrap_or("…"), tells && value.is_some());
        match example {
            Some((_, _, true)) => {}
            Some(_) if !tells => {}
            _ => example = Some((name, value, tells)),
        }
    }
    let Some((name, value, _)) = example else {
        return Ok(());
    };
    bail!(
        "line {line}: the file has columns that the mapping does not mention, with these values:{unknown}\n\
         If a column shows which lines are completed payments in the agreement's currency, name it with the values of such lines \
         in a table [only], like {} = [{}]; the other lines are left out. List columns that do not show this above the \
         mapping's first table, like ignore = [\"note\"]",
        shown(name),
        shown(value)
    )
}

/// The columns that a file of refused lines has in front.
pub(super) fn own_columns(names: &[String]) -> usize {
    let own = REFUSAL.len();
    if names.len() < own || names.iter().zip(REFUSAL).any(|(name, own)| name != own) {
        return 0;
    }
    own + usize::from(
        names
            .get(own)
            .is_some_and(|name| name == lost_leading_zeros::COLUMN),
    )
}

fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(LENGTH).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    quoted(&short)
}

fn more(count: usize, shown: usize) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}

/// The first of some values.
pub(super) fn some(values: &[&str]) -> String {
    let first: Vec<String> = values.iter().take(VALUES).map(|v| shown(v)).collect();
    match first.is_empty() {
        true => "nothing".into(),
        false => first.join(", ") + &more(values.len(), VALUES),
    }
}

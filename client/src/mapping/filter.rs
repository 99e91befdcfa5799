//! Values of `[only]` and `[except]`: which lines count, which do not, and which nobody can tell.

use super::{
    guards::bare,
    header,
    layout::{Column, Layout},
    records::Record,
    sheet::Sheet,
};
use crate::{
    invisible_characters::{invisible, odd_space},
    printable_text::{printable, quoted},
};
use anyhow::{bail, Result};
use std::collections::BTreeMap;

/// Values of a column of `[except]` that are shown, where it has no more: so a status is shown that
/// nobody has seen before, and ids are not.
const SHOWN: usize = 12;

/// The tables of a mapping by which lines are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// It lists what counts.
    Only,
    /// It lists what does not.
    Except,
}

impl Rule {
    const BOTH: [Self; 2] = [Self::Only, Self::Except];

    const fn name(self) -> &'static str {
        match self {
            Self::Only => "[only]",
            Self::Except => "[except]",
        }
    }

    /// What to do about a value that reads like one that it lists.
    const fn remedy(self) -> &'static str {
        match self {
            Self::Only => "if such lines count too, name the value under [only] in the mapping; otherwise take the line out",
            Self::Except => "if such lines do not count either, name the value under [except] in the mapping; otherwise correct it in the file",
        }
    }
}

/// Why a line is neither taken nor left out.
#[derive(Debug)]
pub(super) struct Doubt {
    /// The table that cannot tell.
    pub table: Rule,
    /// The column whose value is in doubt.
    pub column: Column,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// The value, where a mapping can name it.
    pub value: Option<String>,
}

/// Where a line stands by its values.
pub(super) enum Standing<'a> {
    Counts,
    /// A value of a column leaves it out by a table.
    LeftOut(Rule, &'a str, &'a str),
    InDoubt(Doubt),
}

/// What a table says of a column.
struct Condition<'a> {
    table: Rule,
    column: Column,
    values: &'a [String],
}

/// All conditions that a line must meet.
pub(super) struct Filter<'a>(Vec<Condition<'a>>);

impl<'a> Filter<'a> {
    pub(super) fn new(layout: &'a impl Layout, sheet: &Sheet) -> Result<Self> {
        let (only, except) = (layout.only(), layout.except());
        if let Some(both) = only.keys().find(|name| except.contains_key(*name)) {
            bail!("[only] and [except] both name the column {both:?}; keep the one whose values are known");
        }
        let mut conditions = Vec::new();
        for (table, listed) in [(Rule::Only, only), (Rule::Except, except)] {
            for (name, values) in listed {
                if values.is_empty() {
                    bail!(no_values(table, name));
                }
                let column = sheet.column(name)?;
                conditions.push(Condition {
                    table,
                    column,
                    values,
                });
            }
        }
        Ok(Self(conditions))
    }

    /// Whether all lines count.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a line stands. By one value that does not count, a line does not, whatever the others are.
    pub(super) fn standing<'b>(&'b self, record: &'b Record) -> Standing<'b> {
        let mut doubted = None;
        for condition in &self.0 {
            match condition.standing(record) {
                Standing::Counts => {}
                Standing::InDoubt(doubt) => {
                    doubted.get_or_insert(doubt);
                }
                left_out @ Standing::LeftOut(..) => return left_out,
            }
        }
        doubted.map_or(Standing::Counts, Standing::InDoubt)
    }

    /// What there is to say of the values of `[except]`'s columns that count, by the lines that do.
    pub(super) fn counting<'b>(
        &self,
        records: impl Iterator<Item = &'b Record> + Clone,
    ) -> Option<String> {
        let mut shown = Values::new();
        for condition in self.0.iter().filter(|one| one.table == Rule::Except) {
            let mut values = Values::new();
            for record in records.clone() {
                let value = record.text(condition.column.index).to_owned();
                *values
                    .entry((condition.column.name.clone(), value))
                    .or_default() += 1;
                if values.len() > SHOWN {
                    break;
                }
            }
            if values.len() <= SHOWN {
                shown.append(&mut values);
            }
        }
        (!shown.is_empty()).then(|| format!("lines that [except] leaves in: {}", counted(&shown)))
    }
}

fn no_values(table: Rule, name: &str) -> String {
    match table {
        Rule::Only => format!("[only] names no value of the column {name:?}, so no line would count; name the values of lines that count"),
        Rule::Except => format!("[except] names no value of the column {name:?}; name the values of lines that do not count, or take the column out of [except]"),
    }
}

impl Condition<'_> {
    fn standing<'b>(&'b self, record: &'b Record) -> Standing<'b> {
        let value = record.text(self.column.index);
        let is_listed = self.values.iter().any(|one| one == value);
        match (self.table, is_listed) {
            (Rule::Only, true) => return Standing::Counts,
            (Rule::Except, true) => return self.left_out(value),
            _ => {}
        }
        match (self.doubt(value), self.table) {
            (Some(doubt), _) => Standing::InDoubt(doubt),
            (None, Rule::Only) => self.left_out(value),
            (None, Rule::Except) => Standing::Counts,
        }
    }

    fn left_out<'b>(&'b self, value: &'b str) -> Standing<'b> {
        Standing::LeftOut(self.table, &self.column.name, value)
    }

    /// What is in doubt of a value that is not listed: it may read like one that is.
    fn doubt(&self, value: &str) -> Option<Doubt> {
        let doubt = |problem, remedy: &str, value: Option<&str>| Doubt {
            table: self.table,
            column: self.column.clone(),
            problem,
            remedy: remedy.into(),
            value: value.map(Into::into),
        };
        let unseen = invisible(value).map(|(mark, _)| mark);
        if let Some(mark) = unseen.or_else(|| odd_space(value)) {
            let problem = format!(
                "{} holds an invisible character (U+{:04X})",
                quoted(value),
                mark as u32
            );
            let remedy = "take it out of the field, or export the file without it";
            return Some(doubt(problem, remedy, None));
        }
        let (folded, alike) = (value.to_lowercase(), bare(value).to_lowercase());
        let mut values = self.values.iter();
        let one = values.find(|one| bare(one).to_lowercase() == alike)?;
        let problem = format!(
            "{} differs from {} only in {}",
            quoted(value),
            quoted(one),
            match one.to_lowercase() == folded {
                true => "capital letters",
                false => "marks around it",
            }
        );
        Some(doubt(problem, self.table.remedy(), Some(value)))
    }
}

/// Values of columns, each with the number of its lines.
type Values = BTreeMap<(String, String), usize>;

fn counted(values: &Values) -> String {
    let parts: Vec<String> = values
        .iter()
        .map(|((column, value), count)| {
            let value = header::some(&[value.as_str()]);
            format!("{} {value} ({count})", printable(column))
        })
        .collect();
    parts.join(", ")
}

/// How many lines were left out, by table, column and value.
#[derive(Debug, Default)]
pub(super) struct LeftOut(BTreeMap<Rule, Values>);

impl LeftOut {
    /// Takes in a line.
    pub(super) fn add(&mut self, table: Rule, column: &str, value: &str) {
        let values = self.0.entry(table).or_default();
        *values.entry((column.into(), value.into())).or_default() += 1;
    }

    /// What there is to say of them.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> + '_ {
        let tables = Rule::BOTH.into_iter();
        tables.filter_map(move |table| {
            let values = self.0.get(&table)?;
            Some(format!(
                "lines left out by {}: {}",
                table.name(),
                counted(values)
            ))
        })
    }

    /// Refuses an `[only]` by whose values no line counts. `left` is how many lines are not left out, and
    /// `doubts` are those of them that are in doubt.
    pub(super) fn check_some_count<'a>(
        &self,
        left: usize,
        doubts: impl Iterator<Item = &'a Doubt>,
    ) -> Result<()> {
        let mut values = self.0.get(&Rule::Only).cloned().unwrap_or_default();
        let mut doubted = 0;
        for doubt in doubts.filter(|doubt| doubt.table == Rule::Only) {
            let Some(value) = &doubt.value else {
                continue;
            };
            doubted += 1;
            *values
                .entry((doubt.column.name.clone(), value.clone()))
                .or_default() += 1;
        }
        // What [except] leaves out, [only] does not.
        if values.is_empty() || doubted < left || self.0.contains_key(&Rule::Except) {
            return Ok(());
        }
        bail!(
            "[only] leaves every line out, because of {}; name the values of lines that count",
            counted(&values)
        );
    }
}

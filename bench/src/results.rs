//! Tables, and the document that shows them.
//!
//! The document is written by hand but for the tables: each stands between `<!-- table NAME -->`
//! and `<!-- end -->`, and a run puts in those that it measured.

use anyhow::{Context, Result};
use std::{
    fmt::Write as _,
    path::Path,
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

/// What was measured.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table, under the name that the document knows it by.
    pub fn new<C: Into<String>>(name: &'static str, columns: impl IntoIterator<Item = C>) -> Self {
        Self {
            name,
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as Markdown.
    pub fn text(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = line(&self.columns);
        text += &format!("|{}\n", "---|".repeat(self.columns.len()));
        for row in &self.rows {
            text += &line(row);
        }
        text
    }
}

/// All that a run measured.
pub struct Results {
    tables: Vec<Table>,
    stamp: String,
}

impl Results {
    /// No results yet, of this machine and commit.
    pub fn new() -> Self {
        Self {
            tables: Vec::new(),
            stamp: stamp(),
        }
    }

    /// Adds a table.
    pub fn add(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// Puts the tables into a document.
    pub fn write_into(&self, path: &Path) -> Result<()> {
        let old = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let mut new = old;
        for table in &self.tables {
            let content = format!("{}\n{}\n", table.text(), self.stamp);
            new = replaced(&new, table.name, &content).with_context(|| {
                format!(
                    "{} has no place for the table {}: add the lines <!-- table {} --> and <!-- end -->",
                    path.display(),
                    table.name,
                    table.name
                )
            })?;
        }
        std::fs::write(path, new).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// `text` with `content` in the place of a table.
fn replaced(text: &str, name: &str, content: &str) -> Option<String> {
    let begin = format!("<!-- table {name} -->\n");
    let start = text.find(&begin)? + begin.len();
    let end = start + text[start..].find("<!-- end -->")?;
    Some(format!("{}{content}{}", &text[..start], &text[end..]))
}

/// Where and of what this was measured.
fn stamp() -> String {
    let mut text = String::from("*Measured");
    // Writing to a string does not fail.
    if let Some(date) = today() {
        write!(text, " on {date}").ok();
    }
    write!(text, ", {}", machine()).ok();
    if let Some(commit) = commit() {
        write!(text, ", at {commit}").ok();
    }
    text + ".*"
}

fn today() -> Option<String> {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() / 86_400;
    let day = counterfoil_primitives::BusinessDay(days.try_into().ok()?);
    Some(counterfoil_tests::clock::day_text(day))
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".into());
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kib| kib.div_ceil(1024 * 1024));
    format!("{cores} cores of {model}, {memory} GiB")
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn commit() -> Option<String> {
    let git = |arguments: &[&str]| -> Option<String> {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let hash = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    // The document itself changes while it is written.
    let changed = changed
        .lines()
        .any(|line| !line.ends_with("docs/performance.md"));
    Some(if changed {
        format!("{hash} with changes")
    } else {
        hash
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_goes_to_its_place_and_leaves_the_rest() {
        let text = "a\n<!-- table x -->\nold\n<!-- end -->\nb\n<!-- table y -->\n<!-- end -->\n";
        let new = replaced(text, "x", "new\n").unwrap();
        assert_eq!(
            new,
            "a\n<!-- table x -->\nnew\n<!-- end -->\nb\n<!-- table y -->\n<!-- end -->\n"
        );
    }

    #[test]
    fn a_table_without_a_place_is_not_lost_in_silence() {
        assert_eq!(replaced("<!-- table y -->\n<!-- end -->", "x", "new"), None);
        assert_eq!(replaced("<!-- table x -->\n", "x", "new"), None);
    }

    #[test]
    fn a_table_is_markdown() {
        let mut table = Table::new("t", ["a", "b"]);
        table.row(["1", "2"]);
        assert_eq!(table.text(), "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}

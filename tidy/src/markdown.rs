//! Lines, tables and headings of Markdown.

use crate::tree::File;

/// A line of Markdown outside blocks of code.
pub struct Line<'a> {
    /// Its number.
    pub number: usize,
    /// What it says, without the blanks around it.
    pub text: &'a str,
    /// Its characters, with the blanks before it.
    pub width: usize,
}

impl<'a> Line<'a> {
    /// The title, if the line is a heading.
    pub fn heading(&self) -> Option<&'a str> {
        let title = self.text.trim_start_matches('#');
        (title.len() < self.text.len() && title.starts_with(' ')).then(|| title.trim())
    }

    /// The cells, if the line is a row of a table.
    pub fn cells(&self) -> Option<Vec<&'a str>> {
        let row = self.text.strip_prefix('|')?;
        let row = row.strip_suffix('|').unwrap_or(row);
        Some(row.split('|').map(str::trim).collect())
    }

    /// Whether the line is the rule between a table's head and its rows.
    pub fn is_rule(&self) -> bool {
        self.text.starts_with('|') && self.text.chars().all(|c| "|-: ".contains(c))
    }
}

/// The lines of numbered Markdown, without those of blocks of code.
pub fn lines<'a>(numbered: impl IntoIterator<Item = (usize, &'a str)>) -> Vec<Line<'a>> {
    let mut in_code = false;
    numbered
        .into_iter()
        .map(|(number, text)| Line {
            number,
            text: text.trim(),
            width: text.trim_end().chars().count(),
        })
        .filter(|line| {
            let is_fence = line.text.starts_with("```");
            in_code ^= is_fence;
            !in_code && !is_fence
        })
        .collect()
}

/// The name by which a link names a heading, before a count sets equal ones apart.
fn slug(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// The names by which links name the headings of a file.
pub fn anchors(file: &File) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    let mut anchors = Vec::new();
    for line in lines(file.lines()) {
        if let Some(title) = line.heading() {
            let slug = slug(title);
            anchors.push(
                match slugs.iter().filter(|before| **before == slug).count() {
                    0 => slug.clone(),
                    before => format!("{slug}-{before}"),
                },
            );
            slugs.push(slug);
        }
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Tree;

    #[test]
    fn headings_have_names_as_on_the_web() {
        let tree = Tree::of(&[(
            "a.md",
            "# `tidy`, in Rust\n```\n# not one\n```\n## A day's end\n## A day's end\n#nor this\n",
        )]);
        let anchors = anchors(tree.get("a.md").unwrap());
        assert_eq!(anchors, ["tidy-in-rust", "a-days-end", "a-days-end-1"]);
    }

    #[test]
    fn a_row_has_cells() {
        let lines = lines([(1, "| `a` | b |"), (2, "|---|:-:|"), (3, "a | b")]);
        assert_eq!(lines[0].cells().unwrap(), ["`a`", "b"]);
        assert!(lines[1].is_rule() && !lines[0].is_rule());
        assert!(lines[2].cells().is_none());
    }
}

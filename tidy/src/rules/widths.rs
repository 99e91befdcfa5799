//! The width of lines: in Rust, and of prose in Markdown.
//!
//! rustfmt does not reach into attributes, macros and comments. What one literal makes long may
//! stay so: a message is found by searching for it. Tables, code and links alone on their line do
//! not wrap in Markdown.

use super::Rule;
use crate::{
    markdown,
    rust::Rust,
    tree::{File, Finding, Tree},
};
use regex::Regex;

/// This rule.
pub const RULE: Rule = Rule {
    name: "widths",
    says: "Lines of Rust and of prose in Markdown have at most 110 characters",
    find,
};

/// The most characters of a line.
const WIDTH: usize = 110;

fn find(tree: &Tree) -> Vec<Finding> {
    let link = Regex::new(r"^\W*(\[[^\]]*\]\([^)]*\)|\[[^\]]*\]:\s+\S+|https?://\S+)\W*$").unwrap();
    let mut findings = Vec::new();
    for (file, rust) in tree.rust() {
        findings.extend(in_rust(file, rust));
    }
    for file in tree.markdown() {
        for line in markdown::lines(file.lines()) {
            if line.cells().is_none() && !link.is_match(line.text) {
                findings.extend(wide(file, line.number, line.width, "wrap the paragraph"));
            }
        }
    }
    findings
}

/// The wide lines of a Rust file, without those that a literal makes wide.
fn in_rust(file: &File, rust: &Rust) -> Vec<Finding> {
    let mut start = 0;
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.split_inclusive('\n')) {
        let limit = line.char_indices().nth(WIDTH).map(|(at, _)| start + at);
        let is_literal = limit.is_some_and(|limit| {
            rust.literals
                .iter()
                .any(|literal| literal.start < limit && limit < literal.end)
        });
        if !is_literal {
            let remedy = "break it by hand where rustfmt does not reach, else by cargo fmt";
            let width = line.trim_end().chars().count();
            findings.extend(wide(file, number, width, remedy));
        }
        start += line.len();
    }
    findings
}

fn wide(file: &File, number: usize, width: usize, remedy: &str) -> Option<Finding> {
    (width > WIDTH).then(|| {
        let wrong = format!("the line has {width} characters, more than {WIDTH}");
        file.finding(number, wrong, remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    fn widths(path: &str, text: &str) -> Vec<String> {
        printed(find(&Tree::of(&[(path, text)])))
    }

    #[test]
    fn what_cannot_wrap_passes() {
        let long = "x".repeat(200);
        let markdown = format!(
            "{}\n| {long} |\n```\n{long}\n```\n- [a](https://{long}).\n",
            "ä".repeat(110)
        );
        assert_eq!(widths("a.md", &markdown), [""; 0]);
        let rust = format!(
            "fn a() {{\n    say(\"{long}\");\n    {};\n}}\n",
            "x".repeat(105)
        );
        assert_eq!(widths("a.rs", &rust), [""; 0]);
    }

    #[test]
    fn long_prose_is_found() {
        assert_eq!(
            widths("a.md", &format!("\n{}\n", "x".repeat(111))),
            ["a.md:2: the line has 111 characters, more than 110: wrap the paragraph"]
        );
    }

    #[test]
    fn long_comments_and_attributes_are_found() {
        let long = "x".repeat(120);
        let text = format!("#[allow({long})]\nfn a() {{\n    // {long}\n}}\n");
        let found = widths("a.rs", &text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("a.rs:1: the line has 130 characters"));
        assert!(found[1].starts_with("a.rs:3: "));
    }
}

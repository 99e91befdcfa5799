//! What is left over from writing: notes of unfinished work, and blanks that nobody sees.

use super::Rule;
use crate::{
    prose,
    tree::{Finding, Tree},
};
use regex::Regex;

/// This rule.
pub const RULE: Rule = Rule {
    name: "leftovers",
    says: "No notes of unfinished work; no tabs and trailing blanks in Markdown",
    find,
};

fn find(tree: &Tree) -> Vec<Finding> {
    let note = Regex::new(r"\b(TODO|FIXME|XXX|HACK)\b").unwrap();
    let mut findings = Vec::new();
    for file in tree.files() {
        for paragraph in prose::paragraphs(file) {
            for found in note.find_iter(&paragraph.text) {
                findings.push(file.finding(
                    paragraph.line_of(found.start()),
                    format!("{} is a note of unfinished work", found.as_str()),
                    "do it, or say why it is not done",
                ));
            }
        }
    }
    for file in tree.markdown() {
        for (line, text) in file.lines() {
            if text.contains('\t') {
                let wrong = "the line has a tab";
                findings.push(file.finding(line, wrong, "write blanks"));
            }
            if text.ends_with(char::is_whitespace) {
                let wrong = "the line ends with blanks";
                findings.push(file.finding(line, wrong, "remove them"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    #[test]
    fn finished_files_pass() {
        let files = [
            ("a.md", "What `TODO` means.\n"),
            ("a.rs", "fn a() {\n\tsay(\"TODO\"); \n}\n"),
        ];
        assert!(find(&Tree::of(&files)).is_empty());
    }

    #[test]
    fn notes_of_unfinished_work_are_found() {
        assert_eq!(
            printed(find(&Tree::of(&[("a.rs", "fn a() {} // FIXME: b\n")]))),
            ["a.rs:1: FIXME is a note of unfinished work: do it, or say why it is not done"]
        );
    }

    #[test]
    fn blanks_that_nobody_sees_are_found() {
        assert_eq!(
            printed(find(&Tree::of(&[("a.md", "a\tb\nc \n")]))),
            [
                "a.md:1: the line has a tab: write blanks",
                "a.md:2: the line ends with blanks: remove them",
            ]
        );
    }
}

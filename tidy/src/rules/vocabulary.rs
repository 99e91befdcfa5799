//! The vocabulary of CONTRIBUTING.md: one word for one thing.
//!
//! Its section *Vocabulary* has a table `| say | not | where |`. `not` holds the words that are
//! replaced, each in backquotes; `*` in one stands for any letters. `where` is `prose`,
//! `identifiers` or `both`. In prose a word counts whatever its capitals, as an identifier only as
//! a whole.

use super::Rule;
use crate::{
    markdown,
    prose::{self, Paragraph},
    rust::Rust,
    tree::{File, Finding, Tree},
};
use regex::Regex;
use std::collections::BTreeMap;

/// This rule.
pub const RULE: Rule = Rule {
    name: "vocabulary",
    says: "Nothing is called by a word that the vocabulary in CONTRIBUTING.md replaces",
    find,
};

/// The document with the table.
const DOCUMENT: &str = "CONTRIBUTING.md";

/// The section with the table.
const SECTION: &str = "Vocabulary";

/// The head of the table.
const HEAD: [&str; 3] = ["say", "not", "where"];

fn find(tree: &Tree) -> Vec<Finding> {
    let Some(document) = tree.get(DOCUMENT) else {
        let wrong = "there is no such document";
        let remedy = format!("write it, with a section \"{SECTION}\"");
        return vec![Finding::new(DOCUMENT, 1, wrong, remedy)];
    };
    let (words, mut findings) = read(document);
    for file in tree.files() {
        let paragraphs = prose::paragraphs(file);
        for word in &words {
            findings.extend(word.in_prose(file, &paragraphs));
        }
        if let Some(rust) = &file.rust {
            findings.extend(in_identifiers(file, rust, &words));
        }
    }
    findings
}

/// A word that is replaced.
struct Replaced {
    /// What to say instead.
    say: String,
    /// Finds the word in prose; none if prose may have it.
    prose: Option<Regex>,
    /// Matches the identifier; none if identifiers may be called that.
    identifier: Option<Regex>,
}

impl Replaced {
    fn in_prose(&self, file: &File, paragraphs: &[Paragraph]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for paragraph in paragraphs {
            let found = self
                .prose
                .iter()
                .flat_map(|word| word.find_iter(&paragraph.text));
            findings.extend(found.map(|found| {
                let line = paragraph.line_of(found.start());
                self.finding(file, line, found.as_str())
            }));
        }
        findings
    }

    fn finding(&self, file: &File, line: usize, found: &str) -> Finding {
        let found = found.replace('\n', " ");
        file.finding(
            line,
            format!("the vocabulary replaces \"{found}\""),
            format!("say {}", self.say),
        )
    }
}

/// The replaced identifiers of a file, each at its first place.
fn in_identifiers(file: &File, rust: &Rust, words: &[Replaced]) -> Vec<Finding> {
    let mut first = BTreeMap::new();
    for word in &rust.words {
        first.entry(word.text.as_str()).or_insert(word.line);
    }
    let mut findings = Vec::new();
    for (identifier, line) in first {
        for word in words {
            let is_it = |of: &Regex| of.is_match(identifier);
            if word.identifier.as_ref().is_some_and(is_it) {
                findings.push(word.finding(file, line, identifier));
            }
        }
    }
    findings
}

/// The words of the table, and what is wrong with it.
fn read(document: &File) -> (Vec<Replaced>, Vec<Finding>) {
    let quoted = Regex::new("`([^`]+)`").unwrap();
    let mut words = Vec::new();
    let mut findings = Vec::new();
    let mut section = "";
    let mut in_table = false;
    for line in markdown::lines(document.lines()) {
        section = line.heading().unwrap_or(section);
        let cells = line.cells().unwrap_or_default();
        if section != SECTION || cells.is_empty() {
            in_table = false;
            continue;
        }
        if cells == HEAD {
            in_table = true;
            continue;
        }
        if !in_table || line.is_rule() {
            continue;
        }
        match cells[..] {
            [say, not, place @ ("prose" | "identifiers" | "both")] if quoted.is_match(not) => {
                for word in quoted.captures_iter(not) {
                    let pattern = regex::escape(&word[1]).replace(r"\*", r"\w*");
                    let in_prose = format!(r"(?i)\b{}\b", pattern.replace(' ', r"\s+"));
                    let whole = format!("^{pattern}$");
                    let compiled = |pattern: &str| Regex::new(pattern).unwrap();
                    words.push(Replaced {
                        say: say.to_owned(),
                        prose: (place != "identifiers").then(|| compiled(&in_prose)),
                        identifier: (place != "prose").then(|| compiled(&whole)),
                    });
                }
            }
            _ => findings.push(Finding::new(
                DOCUMENT,
                line.number,
                "the row of the vocabulary cannot be read",
                "write | word | `replaced`, `replaced` | prose, identifiers or both |",
            )),
        }
    }
    if words.is_empty() && findings.is_empty() {
        findings.push(Finding::new(
            DOCUMENT,
            1,
            format!("there is no section \"{SECTION}\" with a table"),
            "write it with the head | say | not | where |",
        ));
    }
    (words, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    const TABLE: &str = "\
# Contributing

## Vocabulary

| say | not | where |
|---|---|---|
| agreement | `deal`, `contract` | both |
| maximum | `most_*` | identifiers |
| is rebuilt | `comes again` | prose |
";

    fn with(path: &str, text: &str) -> Vec<String> {
        printed(find(&Tree::of(&[(DOCUMENT, TABLE), (path, text)])))
    }

    #[test]
    fn other_words_pass() {
        let text = "/// An agreement; `deal` in code. Most_of them.\n\
            fn dealt(ideal: Ideal) { say(\"no deal\", almost_all) }\n";
        assert_eq!(with("a.rs", text), [""; 0]);
    }

    #[test]
    fn a_replaced_word_is_found_in_prose() {
        assert_eq!(
            with("a.md", "Deal\nor no deal.\n\nIt comes\nagain.\n"),
            [
                "a.md:1: the vocabulary replaces \"Deal\": say agreement",
                "a.md:2: the vocabulary replaces \"deal\": say agreement",
                "a.md:4: the vocabulary replaces \"comes again\": say is rebuilt",
            ]
        );
    }

    #[test]
    fn a_replaced_identifier_is_found_once() {
        assert_eq!(
            with("a.rs", "fn most_trades(deal: u8) {\n    deal + deal\n}\n"),
            [
                "a.rs:1: the vocabulary replaces \"deal\": say agreement",
                "a.rs:1: the vocabulary replaces \"most_trades\": say maximum",
            ]
        );
    }

    #[test]
    fn a_vocabulary_that_cannot_be_read_is_found() {
        let of = |text: &str| printed(find(&Tree::of(&[(DOCUMENT, text)])));
        assert_eq!(printed(find(&Tree::of(&[]))).len(), 1);
        assert_eq!(
            of("# Vocabulary\n\nNone.\n"),
            [
                "CONTRIBUTING.md:1: there is no section \"Vocabulary\" with a table: \
              write it with the head | say | not | where |"
            ]
        );
        assert_eq!(
            of("# Vocabulary\n| say | not | where |\n|---|---|---|\n| a | `b` | code |\n"),
            [
                "CONTRIBUTING.md:4: the row of the vocabulary cannot be read: \
              write | word | `replaced`, `replaced` | prose, identifiers or both |"
            ]
        );
    }
}

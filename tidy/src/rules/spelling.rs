//! Spelling: identifiers as FRAME spells them, which is American; prose in British English.

use super::Rule;
use crate::{
    prose,
    tree::{File, Finding, Tree},
};
use regex::Regex;
use std::collections::BTreeSet;

/// This rule.
pub const RULE: Rule = Rule {
    name: "spelling",
    says:
        "Identifiers are spelled as FRAME spells (authorize), prose in British English (authorise)",
    find,
};

/// The beginnings of verbs that end in `-ize` in FRAME, and in `-ise` in prose.
const VERBS: &str = "author|custom|emphas|equal|final|general|initial|local|maxim|minim|normal|\
    optim|organ|priorit|random|recogn|serial|special|summar|symbol|synchron|token|util";

/// The endings of such verbs, after `iz` or `is`.
const ENDINGS: &str = "e|es|ed|er|ers|ing|able|ation|ations";

/// Other words: American, British.
const WORDS: &[(&str, &str)] = &[
    ("analyze", "analyse"),
    ("behavior", "behaviour"),
    ("center", "centre"),
    ("color", "colour"),
    ("favor", "favour"),
    ("honor", "honour"),
    ("neighbor", "neighbour"),
];

fn find(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let frame = Speller::new("is", "iz", |(american, british)| (british, american));
    for (file, rust) in tree.rust() {
        let mut seen = BTreeSet::new();
        for word in rust.words.iter().filter(|word| seen.insert(&word.text)) {
            if let Some(right) = frame.identifier(&word.text) {
                findings.push(file.finding(
                    word.line,
                    format!(
                        "the identifier `{}` is not spelled as FRAME spells",
                        word.text
                    ),
                    format!("rename it to `{right}`"),
                ));
            }
        }
    }
    let british = Speller::new("iz", "is", |words| words);
    let word = Regex::new(r"\w+").unwrap();
    for file in tree.files() {
        findings.extend(in_prose(file, &british, &word));
    }
    findings
}

/// The American words of a file's prose.
fn in_prose(file: &File, british: &Speller, word: &Regex) -> Vec<Finding> {
    let mut findings = Vec::new();
    for paragraph in prose::paragraphs(file) {
        for found in word.find_iter(&paragraph.text) {
            let is_identifier = |c: char| c.is_uppercase() || c == '_';
            if found.as_str().chars().skip(1).any(is_identifier) {
                continue;
            }
            if let Some(right) = british.word(found.as_str()) {
                findings.push(file.finding(
                    paragraph.line_of(found.start()),
                    format!("\"{}\" is American", found.as_str()),
                    format!("write \"{right}\", or quote an identifier in backquotes"),
                ));
            }
        }
    }
    findings
}

/// Corrects words towards one of the two spellings.
struct Speller {
    verb: Regex,
    /// The letters between a verb's beginning and its ending.
    right: &'static str,
    /// Wrong words, and right ones.
    words: Vec<(&'static str, &'static str)>,
}

impl Speller {
    fn new(
        wrong: &str,
        right: &'static str,
        words: impl Fn((&'static str, &'static str)) -> (&'static str, &'static str),
    ) -> Self {
        Self {
            verb: Regex::new(&format!("^(.*(?:{VERBS})){wrong}({ENDINGS})$")).unwrap(),
            right,
            words: WORDS.iter().copied().map(words).collect(),
        }
    }

    /// The word as it should be; none if it is right.
    fn word(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let right = match self.verb.captures(&lower) {
            Some(parts) => format!("{}{}{}", &parts[1], self.right, &parts[2]),
            None => {
                let (wrong, right) = self.words.iter().find(|(of, _)| lower.contains(*of))?;
                lower.replace(*wrong, right)
            }
        };
        Some(as_written(word, &right))
    }

    /// The identifier as it should be; none if it is right.
    fn identifier(&self, identifier: &str) -> Option<String> {
        let mut is_wrong = false;
        let words = words_of(identifier).into_iter().map(|word| {
            let right = self.word(word);
            is_wrong |= right.is_some();
            right.unwrap_or_else(|| word.to_owned())
        });
        let spelled: String = words.collect();
        is_wrong.then_some(spelled)
    }
}

/// The words of an identifier, those of `CamelCase` too, and what lies between them.
fn words_of(identifier: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = '_';
    for (at, c) in identifier.char_indices() {
        let is_hump = c.is_uppercase() && before.is_lowercase();
        if at > start && (is_hump || c == '_' || before == '_') {
            words.push(&identifier[start..at]);
            start = at;
        }
        before = c;
    }
    words.push(&identifier[start..]);
    words
}

/// A word in lower case with capitals as the sample has them.
fn as_written(sample: &str, word: &str) -> String {
    let capitals = sample.chars().filter(|c| c.is_uppercase()).count();
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    match capitals {
        0 => word.to_owned(),
        1 => first.to_uppercase() + rest,
        _ => word.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    fn spelling(text: &str) -> Vec<String> {
        printed(find(&Tree::of(&[("a.rs", text)])))
    }

    #[test]
    fn american_identifiers_and_british_prose_pass() {
        let text = "/// Finalises colours; `finalize_color` is optimistic, at a final size.\n\
            fn finalize_color(ON_SERIALIZED: OnFinalized) { say(\"finalised\") }\n";
        assert_eq!(spelling(text), [""; 0]);
    }

    #[test]
    fn british_identifiers_are_found_once() {
        let renamed = |name: &str, right: &str| {
            format!(
                "a.rs:1: the identifier `{name}` is not spelled as FRAME spells: \
                 rename it to `{right}`"
            )
        };
        assert_eq!(
            spelling("fn on_finalised(a: Neighbours) { on_finalised(RECOGNISED) }"),
            [
                renamed("on_finalised", "on_finalized"),
                renamed("Neighbours", "Neighbors"),
                renamed("RECOGNISED", "RECOGNIZED"),
            ]
        );
    }

    #[test]
    fn american_prose_is_found() {
        assert_eq!(
            spelling("// One\n// behavior of on_finalize and InitializedPallets."),
            ["a.rs:2: \"behavior\" is American: \
              write \"behaviour\", or quote an identifier in backquotes"]
        );
    }
}

//! English: phrases that have to be read twice, and what is plainer.

use super::Rule;
use crate::{
    prose,
    tree::{Finding, Tree},
};
use regex::Regex;

/// This rule.
pub const RULE: Rule = Rule {
    name: "english",
    says: "Prose has no phrases that have to be read twice",
    find,
};

/// Phrases, whatever their capitals; `^` is the beginning of a paragraph. And what is plainer.
const PHRASES: &[(&str, &str)] = &[
    (
        r"\bso many\b",
        "give the number or name it; \"very many\" is what it reads as",
    ),
    (
        r"^gives\b",
        "write \"Returns\" of a result; of a change another verb, as \"Sets\"",
    ),
    (
        r"^what always holds\b",
        "write a noun, as \"Storage invariants\"",
    ),
    (
        r"^what the calls cost\b",
        "write a noun, as \"Call weights\"",
    ),
    (
        r"\bhalf as long again\b",
        "write the product, as \"1.5 × the deadline\"",
    ),
    (
        r"\b(that|which) (is|are) none\b",
        "say what it is not, as \"lines that are not payments\"",
    ),
    (r"\bcannot have a book\b", "write \"cannot fetch a book\""),
    (r"\bknows? no id\b", "write \"has no id\""),
    (r"\bstands? on chain\b", "write \"is on chain\""),
];

fn find(tree: &Tree) -> Vec<Finding> {
    let phrases: Vec<(Regex, &str)> = PHRASES
        .iter()
        .map(|(phrase, plainer)| {
            let pattern = format!("(?i){}", phrase.replace(' ', r"\s+"));
            (Regex::new(&pattern).unwrap(), *plainer)
        })
        .collect();
    let mut findings = Vec::new();
    for file in tree.files() {
        for paragraph in prose::paragraphs(file) {
            for (phrase, plainer) in &phrases {
                for found in phrase.find_iter(&paragraph.text) {
                    let wrong =
                        format!("\"{}\" is hard to read", found.as_str().replace('\n', " "));
                    let line = paragraph.line_of(found.start());
                    findings.push(file.finding(line, wrong, *plainer));
                }
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
    fn plain_prose_passes() {
        let text = "/// Returns how many pages a run gives, and says so; many do not.\n\
            fn so_many() -> &'static str { \"so many\" }\n";
        assert!(find(&Tree::of(&[("a.rs", text)])).is_empty());
    }

    #[test]
    fn phrases_are_found_over_the_end_of_a_line() {
        let text =
            "//! What always holds of it.\n\n/// Gives pages; so\n/// many.\nfn pages() {}\n";
        assert_eq!(
            printed(find(&Tree::of(&[("a.rs", text)]))),
            [
                "a.rs:1: \"What always holds\" is hard to read: \
                 write a noun, as \"Storage invariants\"",
                "a.rs:3: \"so many\" is hard to read: \
                 give the number or name it; \"very many\" is what it reads as",
                "a.rs:3: \"Gives\" is hard to read: \
                 write \"Returns\" of a result; of a change another verb, as \"Sets\"",
            ]
        );
    }
}

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

/// A phrase, whatever its capitals; `^` is the beginning of a paragraph. And what is plainer.
type Phrase = (&'static str, &'static str);

/// Phrases of comments in Rust: a function returns, it does not give.
const IN_RUST: &[Phrase] = &[(
    r"\bgives\b",
    "write \"returns\" of a function, \"yields\" of a rule, \"refunds\" of a payment; else another verb",
)];

/// Phrases of everything else: people may give.
const ELSEWHERE: &[Phrase] = &[(
    r"^gives\b",
    "write \"Returns\" of a result; of a change another verb, as \"Sets\"",
)];

/// Phrases of all prose.
const PHRASES: &[Phrase] = &[
    (
        r"\bso many\b",
        "give the number or name it; \"very many\" is what it reads as",
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
    let [phrases, in_rust, elsewhere] = [PHRASES, IN_RUST, ELSEWHERE].map(patterns);
    let mut findings = Vec::new();
    for file in tree.files() {
        let own = if file.rust.is_some() {
            &in_rust
        } else {
            &elsewhere
        };
        for paragraph in prose::paragraphs(file) {
            for (phrase, plainer) in phrases.iter().chain(own) {
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

/// Phrases as patterns; one may go over the end of a line.
fn patterns(phrases: &[Phrase]) -> Vec<(Regex, &'static str)> {
    let pattern = |(phrase, plainer): &Phrase| {
        let pattern = format!("(?i){}", phrase.replace(' ', r"\s+"));
        (Regex::new(&pattern).unwrap(), *plainer)
    };
    phrases.iter().map(pattern).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    #[test]
    fn plain_prose_passes() {
        let text = "/// Returns how many pages a run turns, and says so; many do not.\n\
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
                 write \"returns\" of a function, \"yields\" of a rule, \"refunds\" of a payment; \
                 else another verb",
            ]
        );
    }

    #[test]
    fn comments_in_rust_do_not_say_that_something_gives() {
        let text = "/// What the rule\n/// gives.\nfn one() {}\n\n// It gives\n// way: `gives`.\n\
            fn gives() -> &'static str { \"gives\" }\n";
        let findings = printed(find(&Tree::of(&[("a.rs", text)])));
        let places = findings
            .iter()
            .filter_map(|finding| finding.get(.."a.rs:0".len()));
        assert_eq!(places.collect::<Vec<_>>(), ["a.rs:2", "a.rs:5"]);
    }

    #[test]
    fn elsewhere_people_may_give_and_no_sentence_begins_with_it() {
        let of = |text| find(&Tree::of(&[("a.md", text)])).len();
        assert_eq!(of("A client gives the money back.\n"), 0);
        assert_eq!(of("Gives the money back.\n"), 1);
    }
}

//! Tests that documents cite: a path in backquotes, and after it the names of tests.
//!
//! A document explains short forms of paths as in "`net/` is `tests/tests/network/`"; they hold in
//! all documents. `trades/sealing` is a module of tests of the pallet `trades`. Other paths begin at
//! the root, or at the folder of the path that the paragraph cites before.

use super::Rule;
use crate::{
    prose,
    tree::{File, Finding, Tree},
};
use regex::Regex;
use std::collections::BTreeSet;

/// This rule.
pub const RULE: Rule = Rule {
    name: "cited-tests",
    says: "Tests that documents cite exist where they say",
    find,
};

fn find(tree: &Tree) -> Vec<Finding> {
    let short_forms = ShortForms::of(tree);
    // Addresses of links are passed over; code is told from what may be a test's name.
    let part = Regex::new(r"\]\([^)]*\)|`([^`]*)`|\b([a-z0-9]+(?:_[a-z0-9]+)+)\b").unwrap();
    let mut findings = Vec::new();
    for file in tree.markdown() {
        for paragraph in prose::written(file) {
            let mut module: Option<Module> = None;
            for parts in part.captures_iter(&paragraph.text) {
                if let Some(code) = parts.get(1) {
                    if short_forms.is_path(code.as_str()) {
                        let before = module.take();
                        module = Some(short_forms.module(tree, code.as_str(), before));
                    }
                } else if let Some(name) = parts.get(2) {
                    let line = paragraph.line_of(name.start());
                    findings.extend(missing(file, line, name.as_str(), module.as_ref()));
                }
            }
        }
    }
    findings
}

/// What is wrong with a name that is cited as a test of a module.
fn missing(file: &File, line: usize, name: &str, module: Option<&Module>) -> Option<Finding> {
    let (wrong, remedy) = match module {
        None => (
            format!("`{name}` is cited without a path"),
            "name its file before it, in backquotes; or, if it is not a test, quote it".to_owned(),
        ),
        Some(module) if module.folder.is_none() => (
            format!("`{}`, before `{name}`, is not a file", module.cited),
            "write its path out".to_owned(),
        ),
        Some(module) if !module.functions.contains(name) => (
            format!("`{}` has no test `{name}`", module.cited),
            "cite it by its present name and file".to_owned(),
        ),
        Some(_) => return None,
    };
    Some(file.finding(line, wrong, remedy))
}

/// A module that is cited.
struct Module {
    /// What the document calls it.
    cited: String,
    /// The folder that its file is in; none if there is no such file.
    folder: Option<String>,
    /// Its functions, and those of the modules within it.
    functions: BTreeSet<String>,
}

/// Short forms of paths, each with what it stands for.
struct ShortForms(Vec<(String, String)>);

impl ShortForms {
    fn of(tree: &Tree) -> Self {
        let explained = Regex::new(r"`([^`\s]+)` is\s+`([^`\s]+/[^`\s]*)`").unwrap();
        let mut forms = Vec::new();
        for paragraph in tree.markdown().flat_map(prose::written) {
            for form in explained.captures_iter(&paragraph.text) {
                forms.push((form[1].to_owned(), form[2].to_owned()));
            }
        }
        Self(forms)
    }

    fn is_path(&self, code: &str) -> bool {
        let is_one_word = !code.contains(char::is_whitespace);
        let is_short = self.0.iter().any(|(short, _)| short == code);
        is_one_word && (code.contains('/') || code.ends_with(".rs") || is_short)
    }

    /// The module that a path means; `before` is the module that the paragraph cited before it.
    fn module(&self, tree: &Tree, cited: &str, before: Option<Module>) -> Module {
        let mut meant: Vec<String> = self
            .0
            .iter()
            .filter_map(|(short, path)| {
                let rest = cited.strip_prefix(short.as_str())?;
                (rest.is_empty() || short.ends_with('/')).then(|| format!("{path}{rest}"))
            })
            .collect();
        if let Some((pallet, module)) = cited.split_once('/') {
            meant.push(format!("pallets/{pallet}/src/tests/{module}"));
        }
        meant.push(cited.to_owned());
        if let Some(folder) = before.and_then(|module| module.folder) {
            meant.push(format!("{folder}/{cited}"));
        }
        let mut module = Module {
            cited: cited.to_owned(),
            folder: None,
            functions: BTreeSet::new(),
        };
        for path in meant {
            let path = path.trim_end_matches(".rs").trim_end_matches('/');
            let own = tree.get(&format!("{path}.rs"));
            for file in tree.under(&format!("{path}/")).chain(own) {
                let functions = file.rust.iter().flat_map(|rust| rust.functions());
                module.functions.extend(functions.map(str::to_owned));
                module.folder = Some(file.folder().to_owned());
            }
            if module.folder.is_some() {
                break;
            }
        }
        module
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    fn cited(text: &str) -> Vec<String> {
        printed(find(&Tree::of(&[
            ("docs/a.md", text),
            ("pallets/trades/src/tests/days.rs", "fn a_day_ends() {}"),
            (
                "tests/tests/network/calls.rs",
                "m! { fn a_call_comes() {} }",
            ),
            ("cli/src/import/tests.rs", "fn one_is_one() {}"),
            ("cli/src/import/tests/more.rs", "fn two_are_two() {}"),
        ])))
    }

    #[test]
    fn tests_that_exist_pass() {
        let text = "- `net/` is\n  `tests/tests/network/`: nodes.\n\n\
            | a | `trades/days` a_day_ends; `net/calls` a_call_comes; \
            `cli/src/import/tests.rs` one_is_one, two_are_two, `tests/more.rs` two_are_two |\n";
        assert_eq!(cited(text), [""; 0]);
    }

    #[test]
    fn a_test_that_is_not_there_is_found() {
        assert_eq!(
            cited("See\n`trades/days` a_day_ends, a_day_began."),
            ["docs/a.md:2: `trades/days` has no test `a_day_began`: \
              cite it by its present name and file"]
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_found() {
        assert_eq!(
            cited("`trades/weeks` a_week_ends"),
            [
                "docs/a.md:1: `trades/weeks`, before `a_week_ends`, is not a file: \
              write its path out"
            ]
        );
    }

    #[test]
    fn a_test_without_a_file_is_found() {
        assert_eq!(
            cited("Shown by a_day_ends; not [by](a_b.md) or `c_d`."),
            ["docs/a.md:1: `a_day_ends` is cited without a path: \
              name its file before it, in backquotes; or, if it is not a test, quote it"]
        );
    }
}

//! Tables of modules in the documentation of a file: each module that the file declares has a row,
//! and each row names a module.
//!
//! A link may say that it means the module: `mod@day`, where a function has the same name.
//! A module that only some builds have beside tests, such as a mock, may be left out.

use super::Rule;
use crate::{
    markdown,
    rust::Rust,
    tree::{Finding, Tree},
};
use regex::Regex;
use syn::{Attribute, Item, ItemMod, Meta};

/// This rule.
pub const RULE: Rule = Rule {
    name: "module-tables",
    says: "Tables of modules name the modules that there are, and all of them",
    find,
};

fn find(tree: &Tree) -> Vec<Finding> {
    let name = Regex::new(r"`(?:mod@)?(\w+)`").unwrap();
    let mut findings = Vec::new();
    for (file, rust) in tree.rust() {
        let rows = rows(rust, &name);
        let Some((head, _)) = rows.first() else {
            continue;
        };
        let modules: Vec<&ItemMod> = rust
            .syntax
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Mod(module) => Some(module),
                _ => None,
            })
            .collect();
        for module in &modules {
            let is_inline = module.content.is_some();
            let is_listed = rows.iter().any(|(_, row)| module.ident == row);
            if !is_inline && !is_listed && !module.attrs.iter().any(is_for_tests) {
                findings.push(file.finding(
                    *head,
                    format!("the table of modules has no `{}`", module.ident),
                    "add a row that says what it holds",
                ));
            }
        }
        for (line, row) in &rows {
            if !modules.iter().any(|module| module.ident == row) {
                findings.push(file.finding(
                    *line,
                    format!("there is no module `{row}`"),
                    "name one that is declared here, or remove it",
                ));
            }
        }
    }
    findings
}

/// The names in the tables of modules of a file, each with its line.
fn rows(rust: &Rust, name: &Regex) -> Vec<(usize, String)> {
    let documentation = rust.documentation();
    let lines = documentation
        .iter()
        .map(|(line, text)| (*line, text.as_str()));
    let mut in_table = false;
    let mut rows = Vec::new();
    for line in markdown::lines(lines) {
        let cells = line.cells().unwrap_or_default();
        let first = cells.first().copied();
        in_table = first == Some("module") || in_table && first.is_some();
        for found in name.captures_iter(first.filter(|_| in_table).unwrap_or_default()) {
            rows.push((line.number, found[1].to_owned()));
        }
    }
    rows
}

/// Whether an attribute limits a module to tests, or to some builds and tests.
fn is_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else {
        return false;
    };
    let condition = list.tokens.to_string();
    attribute.path().is_ident("cfg")
        && condition
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "test")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    const TABLE: &str = "\
//! Days.
//!
//! | module | what it holds |
//! |---|---|
//! | [`mod@day`], `night` | both halves |
//!
//! | `call` | event |
//! |---|---|
//! | `seal` | `Sealed` |
";

    fn with(modules: &str) -> Vec<String> {
        let text = format!("{TABLE}{modules}");
        printed(find(&Tree::of(&[("a.rs", text.as_str())])))
    }

    #[test]
    fn a_complete_table_passes() {
        assert_eq!(with("mod day;\nmod night;\n"), [""; 0]);
        assert_eq!(
            with("mod day;\nmod night {}\n#[cfg(any(fuzzing, test))]\nmod mock;\nmod inner {}\n"),
            [""; 0]
        );
        assert!(find(&Tree::of(&[("a.rs", "//! No table.\nmod day;\n")])).is_empty());
    }

    #[test]
    fn a_module_without_a_row_is_found() {
        assert_eq!(
            with("mod day;\nmod night;\n#[cfg(feature = \"std\")]\nmod noon;\n"),
            ["a.rs:5: the table of modules has no `noon`: add a row that says what it holds"]
        );
    }

    #[test]
    fn a_row_without_a_module_is_found() {
        assert_eq!(
            with("mod day;\n"),
            ["a.rs:5: there is no module `night`: name one that is declared here, or remove it"]
        );
    }
}

//! Scripts: each is executable, begins with its usage, and is named in a document.

use super::Rule;
use crate::tree::{Finding, Tree};

/// This rule.
pub const RULE: Rule = Rule {
    name: "scripts",
    says: "Scripts are executable, state their usage, and are named in a document",
    find,
};

/// The script that others source. It is not run by itself.
const SOURCED: &str = "scripts/env";

fn find(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for script in tree.under("scripts/") {
        let path = script.path.as_str();
        let mut wrong = |line, wrong: &str, remedy: String| {
            findings.push(Finding::new(path, line, wrong, remedy));
        };
        if path != SOURCED {
            if !script.executable {
                wrong(
                    1,
                    "the script is not executable",
                    format!("chmod +x {path}"),
                );
            }
            let usage = format!("# Usage: {path}");
            if !script.text.lines().any(|line| line.starts_with(&usage)) {
                let remedy = format!("add a line \"{usage} …\" to the comment it begins with");
                wrong(1, "the script does not state its usage", remedy);
            }
        }
        let names_it = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric() && !"/-_".contains(c))
                .any(|word| word == path)
        };
        if !tree.markdown().any(|document| names_it(&document.text)) {
            let remedy = "say in a document what it is for".to_owned();
            wrong(1, "no document names the script", remedy);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{printed, File};

    fn scripts(path: &str, text: &str, executable: bool) -> Vec<String> {
        let readme = "`scripts/test NAME` tests; scripts/env is sourced.\n";
        printed(find(&Tree::new([
            File::new("README.md", readme.to_owned(), false).unwrap(),
            File::new(path, text.to_owned(), executable).unwrap(),
        ])))
    }

    #[test]
    fn a_script_with_usage_and_a_document_passes() {
        let text = "#!/usr/bin/env bash\n# Tests.\n#\n# Usage: scripts/test [NAME]\n";
        assert_eq!(scripts("scripts/test", text, true), [""; 0]);
        assert_eq!(scripts("scripts/env", "", false), [""; 0]);
    }

    #[test]
    fn a_script_without_them_is_found() {
        assert_eq!(
            scripts("scripts/tes", "", false),
            [
                "scripts/tes:1: the script is not executable: chmod +x scripts/tes",
                "scripts/tes:1: the script does not state its usage: \
                 add a line \"# Usage: scripts/tes …\" to the comment it begins with",
                "scripts/tes:1: no document names the script: \
                 say in a document what it is for",
            ]
        );
    }
}

//! The length of Rust files: one idea each, which fits into few screens.

use super::Rule;
use crate::tree::{Finding, Tree};

/// This rule.
pub const RULE: Rule = Rule {
    name: "sizes",
    says: "Rust files have at most 400 lines, unless listed with a reason",
    find,
};

/// The most lines of a file.
const LINES: usize = 400;

/// The files that may be longer, each with the reason.
const LONG: &[(&str, &str)] = &[
    ("pallets/amendments/src/lib.rs", FRAME),
    ("pallets/reconciliation/src/lib.rs", FRAME),
    ("pallets/registry/src/benchmarking/calls.rs", BENCHMARKS),
    ("pallets/registry/src/lib.rs", FRAME),
    ("pallets/settlement/src/lib.rs", FRAME),
    ("pallets/trades/src/lib.rs", FRAME),
    ("runtime/src/apis.rs", APIS),
];

/// Why a pallet's `lib.rs` may be long.
const FRAME: &str = "FRAME takes storage, events, errors and calls from one module";

/// Why a pallet's benchmarks may be long.
const BENCHMARKS: &str = "FRAME takes all benchmarks of a pallet from one module";

/// Why the file of the runtime APIs may be long.
const APIS: &str = "one macro takes all runtime APIs' implementations";

fn find(tree: &Tree) -> Vec<Finding> {
    find_except(tree, LONG)
}

fn find_except(tree: &Tree, long: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, _) in tree.rust() {
        let lines = file.lines().count();
        let may_be_long = long.iter().any(|(path, _)| *path == file.path);
        if lines > LINES && !may_be_long {
            findings.push(file.finding(
                LINES + 1,
                format!("the file has {lines} lines, more than {LINES}"),
                "split it by what its parts are about, or list it with a reason in sizes.rs",
            ));
        } else if lines <= LINES && may_be_long {
            findings.push(file.finding(
                1,
                format!("the file has {lines} lines and is listed as longer than {LINES}"),
                "remove it from the list in sizes.rs",
            ));
        }
    }
    for (path, _) in long.iter().filter(|(path, _)| tree.get(path).is_none()) {
        findings.push(Finding::new(
            path,
            1,
            "the file is listed as long and is not there",
            "remove it from the list in sizes.rs",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    fn sizes(lines: usize, long: &[(&str, &str)]) -> Vec<String> {
        let text = "//\n".repeat(lines);
        printed(find_except(&Tree::of(&[("a.rs", text.as_str())]), long))
    }

    #[test]
    fn short_files_and_listed_ones_pass() {
        assert_eq!(sizes(400, &[]), [""; 0]);
        assert_eq!(sizes(401, &[("a.rs", "reason")]), [""; 0]);
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(
            sizes(401, &[]),
            ["a.rs:401: the file has 401 lines, more than 400: \
              split it by what its parts are about, or list it with a reason in sizes.rs"]
        );
    }

    #[test]
    fn a_list_that_is_out_of_date_is_found() {
        assert_eq!(
            sizes(400, &[("a.rs", "reason"), ("b.rs", "reason")]),
            [
                "a.rs:1: the file has 400 lines and is listed as longer than 400: \
                 remove it from the list in sizes.rs",
                "b.rs:1: the file is listed as long and is not there: \
                 remove it from the list in sizes.rs",
            ]
        );
    }
}

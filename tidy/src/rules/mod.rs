//! The rules: each a pure function from the tree to findings, in a file of its own.
//!
//! | module | what it holds |
//! |---|---|
//! | [`pallets`] | the same file names for the same jobs, and short calls |
//! | [`cited_tests`] | tests that documents cite |
//! | [`module_tables`] | tables of modules |
//! | [`links`] | links between documents |
//! | [`widths`] | the width of lines |
//! | [`dependencies`] | the workspace's dependencies and lints |
//! | [`spelling`] | American identifiers, British prose |
//! | [`vocabulary`] | words that CONTRIBUTING.md replaces |
//! | [`english`] | phrases that have to be read twice |
//! | [`sizes`] | the length of files |
//! | [`leftovers`] | notes of unfinished work, tabs, trailing blanks |
//! | [`scripts`] | usage and documentation of scripts |

mod cited_tests;
mod dependencies;
mod english;
mod leftovers;
mod links;
mod module_tables;
mod pallets;
mod scripts;
mod sizes;
mod spelling;
mod vocabulary;
mod widths;

use crate::tree::{Finding, Tree};

/// A rule.
pub struct Rule {
    /// What the command line calls it.
    pub name: &'static str,
    /// What it demands.
    pub says: &'static str,
    /// Finds what does not keep to it.
    pub find: fn(&Tree) -> Vec<Finding>,
}

/// All rules.
pub const RULES: &[Rule] = &[
    pallets::RULE,
    cited_tests::RULE,
    module_tables::RULE,
    links::RULE,
    widths::RULE,
    dependencies::RULE,
    spelling::RULE,
    vocabulary::RULE,
    english::RULE,
    sizes::RULE,
    leftovers::RULE,
    scripts::RULE,
];

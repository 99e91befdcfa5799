//! Checks what neither compiler nor clippy sees of the sources: one line for each finding, with its
//! remedy.
//!
//! | module | what it holds |
//! |---|---|
//! | [`rules`] | the rules, each in a file of its own |
//! | [`tree`] | the files of the repository, and findings in them |
//! | [`rust`] | identifiers, comments and texts of a Rust file |
//! | [`prose`] | what a file says to people: Markdown, and comments |
//! | [`markdown`] | lines, tables and headings of Markdown |

mod markdown;
mod prose;
mod rules;
mod rust;
mod tree;

use anyhow::{ensure, Context, Result};
use clap::{
    builder::{PossibleValue, PossibleValuesParser},
    Parser,
};
use rules::RULES;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, ExitCode},
};
use tree::{File, Tree};

/// Checks the sources of the repository in the current folder.
///
/// Prints one line for each finding, `path:line: what is wrong: remedy`, and exits with 1 if there
/// is any. New files that git does not ignore are read, too.
#[derive(Parser)]
#[command(name = "tidy")]
struct Options {
    /// The rules to check; all unless named.
    #[arg(value_name = "RULE", value_parser = PossibleValuesParser::new(listed()))]
    rules: Vec<String>,
}

/// The rules as the help lists them.
fn listed() -> Vec<PossibleValue> {
    RULES
        .iter()
        .map(|rule| PossibleValue::new(rule.name).help(rule.says))
        .collect()
}

fn main() -> ExitCode {
    match run(&Options::parse().rules) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(findings) => {
            eprintln!("tidy: {findings} to mend");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what the named rules find; all rules, if `names` is empty. Returns the number of
/// findings.
fn run(names: &[String]) -> Result<usize> {
    let tree = read()?;
    let mut findings: Vec<_> = RULES
        .iter()
        .filter(|rule| names.is_empty() || names.iter().any(|name| name == rule.name))
        .flat_map(|rule| (rule.find)(&tree))
        .collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    Ok(findings.len())
}

/// The files that git tracks, or would add, as they are on disk.
fn read() -> Result<Tree> {
    let listed = Command::new("git")
        // Where continuous integration checks out as another user, git refuses the folder else.
        .args(["-c", "safe.directory=*"])
        .args(["ls-files", "-z", "--cached", "--others"])
        .arg("--exclude-standard")
        .output()
        .context("git is not installed: apt-get install git")?;
    ensure!(
        listed.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&listed.stderr).trim()
    );
    let mut files = Vec::new();
    for path in String::from_utf8(listed.stdout)?.split_terminator('\0') {
        // A file that was moved or removed is tracked until that is staged.
        let Ok(metadata) = fs::metadata(path) else {
            continue;
        };
        if metadata.is_file() {
            let bytes = fs::read(path).with_context(|| path.to_owned())?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let executable = metadata.permissions().mode() & 0o111 != 0;
            files.push(File::new(path, text, executable)?);
        }
    }
    Ok(Tree::new(files))
}

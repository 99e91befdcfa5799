//! The files of the repository, as the rules see them, and what a rule finds in them.

use crate::rust::Rust;
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fmt};

/// A file of the repository.
pub struct File {
    /// From the root of the repository.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// Whether it has the right to be executed.
    pub executable: bool,
    /// What is in it as Rust; none if it is another kind of file.
    pub rust: Option<Rust>,
}

impl File {
    /// A file with this text, read as Rust if its name ends in `.rs`. Fails if it is not Rust then.
    pub fn new(path: &str, text: String, executable: bool) -> Result<Self> {
        let rust = path
            .ends_with(".rs")
            .then(|| Rust::read(&text))
            .transpose()
            .with_context(|| path.to_owned())?;
        Ok(Self {
            path: path.to_owned(),
            text,
            executable,
            rust,
        })
    }

    /// The lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether it is Markdown.
    pub fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// What is wrong on a line, counted from 1, and what to do about it.
    pub fn finding(
        &self,
        line: usize,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding::new(&self.path, line, wrong, remedy)
    }

    /// The folder that the file is in; empty for the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The files of the repository.
pub struct Tree(BTreeMap<String, File>);

impl Tree {
    /// The tree of these files.
    pub fn new(files: impl IntoIterator<Item = File>) -> Self {
        Self(
            files
                .into_iter()
                .map(|file| (file.path.clone(), file))
                .collect(),
        )
    }

    /// The file of that path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    /// All files, by path.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.0.values()
    }

    /// The files whose path begins so, by path.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a File> {
        self.0
            .range(prefix.to_owned()..)
            .map(|(_, file)| file)
            .take_while(move |file| file.path.starts_with(prefix))
    }

    /// The Markdown files, by path.
    pub fn markdown(&self) -> impl Iterator<Item = &File> {
        self.files().filter(|file| file.is_markdown())
    }

    /// The Rust files, by path, with what is in them.
    pub fn rust(&self) -> impl Iterator<Item = (&File, &Rust)> {
        self.files()
            .filter_map(|file| file.rust.as_ref().map(|rust| (file, rust)))
    }
}

/// Something that a rule finds wrong.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    wrong: String,
    remedy: String,
}

impl Finding {
    /// What is wrong on a line of the file that is, or should be, at a path.
    pub fn new(
        path: &str,
        line: usize,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            line,
            wrong: wrong.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self {
            path,
            line,
            wrong,
            remedy,
        } = self;
        write!(f, "{path}:{line}: {wrong}: {remedy}")
    }
}

#[cfg(test)]
impl Tree {
    /// The tree of these paths and texts; none is executable.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self::new(
            files
                .iter()
                .map(|(path, text)| File::new(path, (*text).to_owned(), false).unwrap()),
        )
    }
}

/// Findings as they are printed.
#[cfg(test)]
pub fn printed(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

//! What a mapping says of a file's columns as a whole, and where one of them stands.

use super::FileFormat;
use std::collections::BTreeMap;

/// Values of columns, by the columns' names.
pub type Values = BTreeMap<String, Vec<String>>;

/// What a mapping says of a file's columns as a whole.
pub trait Layout {
    /// How the file is written.
    fn file(&self) -> &FileFormat;
    /// Whether this is of a mapping, which people can change. Some files have none.
    fn is_of_mapping(&self) -> bool {
        true
    }
    /// The columns that the mapping reads.
    fn columns(&self) -> Vec<&str>;
    /// Those of them that name a payment or somebody.
    fn ids(&self) -> Vec<&str>;
    /// Those of them that no line leaves blank.
    fn needed(&self) -> Vec<&str>;
    /// The columns that tell nothing of what the mapping reads.
    fn ignore(&self) -> &[String];
    /// The values of the lines that count.
    fn only(&self) -> &Values;
    /// The values of the lines that do not count.
    fn except(&self) -> &Values;
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct Column {
    pub(super) name: String,
    pub(super) index: usize,
}

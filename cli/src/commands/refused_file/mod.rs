//! The file that refused lines go to. A person corrects it by hand: so nothing that stands there is
//! written over, and no other file is taken for one.

mod apart_from_inputs;
mod kept_aside;
mod known_by_its_head;

pub(crate) use apart_from_inputs::check_apart;
pub(crate) use kept_aside::{kept_note, put_aside, replace};

use super::Context;
use anyhow::{bail, Result};
use known_by_its_head::{has_lines, is_one};
use std::path::Path;

/// Refuses a path for refused lines that the command line names for something else, be it one of `inputs` or
/// the operator's key; and, if the command writes such lines, one that holds another file. To be called
/// before a command sends or writes anything.
pub(crate) fn check(context: &Context, path: &Path, inputs: &[&Path], writes: bool) -> Result<()> {
    let mut named = inputs.to_vec();
    named.extend(context.global.key_file.as_deref());
    check_apart(path, &named)?;
    if writes {
        check_free(path)?;
    }
    Ok(())
}

/// Refuses a path that holds another file.
fn check_free(path: &Path) -> Result<()> {
    if has_lines(path) && !is_one(path)? {
        bail!(
            "the refused lines would go to {}, which exists already and is not a file of refused lines; name another file with --refused",
            path.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    /// The content of the file in [`desk`].
    pub(super) const OLD: &str = "refused_line,refused_because,id\n2,wrong,corrected\n";

    /// A folder with a file of refused lines in it.
    pub(super) fn desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("payments.refused.csv");
        fs::write(&file, OLD).unwrap();
        (folder, file)
    }

    #[test]
    fn another_file_is_refused_and_stays() {
        let (folder, _) = desk();
        let journal = folder.path().join("journal");
        fs::write(&journal, "redb\u{1}\u{2}").unwrap();
        let error = check_free(&journal).unwrap_err().to_string();
        assert!(
            error.contains("name another file with --refused"),
            "{error}"
        );
        assert_eq!(put_aside(&journal).unwrap(), None);
        assert!(journal.exists());
    }

    #[test]
    fn a_file_of_refused_lines_or_none_is_no_hindrance() {
        let (folder, file) = desk();
        check_free(&file).unwrap();
        check_free(&folder.path().join("none.csv")).unwrap();
        check_free(folder.path()).unwrap();
    }
}

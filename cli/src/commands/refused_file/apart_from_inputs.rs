//! The file of refused lines must lie apart from the files that a command works with.

use anyhow::{bail, Result};
use std::{
    ffi::OsString,
    fs,
    os::unix::fs::MetadataExt,
    path::{absolute, Path, PathBuf},
};

/// Refuses a file of refused lines that is one of `inputs`, under any name: writing it would destroy
/// that file. To be called before a command sends or writes anything.
pub(crate) fn check_apart(refused: &Path, inputs: &[&Path]) -> Result<()> {
    let identity = FileIdentity::of(refused);
    let Some(input) = inputs
        .iter()
        .find(|input| FileIdentity::of(input) == identity)
    else {
        return Ok(());
    };
    bail!(
        "the refused lines would go to {}, which is {}, a file that this command works with; name another file with --refused",
        refused.display(),
        input.display()
    )
}

/// What shows whether two paths lead to the same file.
#[derive(PartialEq, Eq)]
enum FileIdentity {
    /// Device and inode: links of either kind have their file's own.
    File(u64, u64),
    /// Where a file would be made: its folder, and its name there.
    Free(PathBuf, Option<OsString>),
}

impl FileIdentity {
    fn of(path: &Path) -> Self {
        if let Ok(file) = fs::metadata(path) {
            return Self::File(file.dev(), file.ino());
        }
        let full = absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = full.parent().unwrap_or(&full);
        Self::Free(
            fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()),
            full.file_name().map(ToOwned::to_owned),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A folder with an input in it.
    fn desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("payments.csv");
        fs::write(&input, "id\n1\n").unwrap();
        (folder, input)
    }

    #[test]
    fn a_file_of_its_own_is_apart() {
        let (folder, input) = desk();
        check_apart(&folder.path().join("refused.csv"), &[&input]).unwrap();
    }

    #[test]
    fn an_old_file_of_refused_lines_is_apart() {
        let (folder, input) = desk();
        let old = folder.path().join("refused.csv");
        fs::write(&old, "old").unwrap();
        check_apart(&old, &[&input]).unwrap();
    }

    #[test]
    fn an_input_is_refused_and_named() {
        let (_folder, input) = desk();
        let error = check_apart(&input, &[Path::new("other"), &input])
            .unwrap_err()
            .to_string();
        assert!(error.contains("payments.csv"), "{error}");
        assert!(error.contains("--refused"), "{error}");
    }

    #[test]
    fn an_input_by_another_path_is_refused() {
        let (folder, input) = desk();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let way_round = folder.path().join("sub/../payments.csv");
        assert!(check_apart(&way_round, &[&input]).is_err());
    }

    #[test]
    fn an_input_by_a_symbolic_link_is_refused() {
        let (folder, input) = desk();
        let link = folder.path().join("link.csv");
        symlink(&input, &link).unwrap();
        assert!(check_apart(&link, &[&input]).is_err());
    }

    #[test]
    fn an_input_by_a_hard_link_is_refused() {
        let (folder, input) = desk();
        let link = folder.path().join("link.csv");
        fs::hard_link(&input, &link).unwrap();
        assert!(check_apart(&link, &[&input]).is_err());
    }

    #[test]
    fn a_file_that_is_yet_to_be_made_is_refused_by_another_path() {
        let (folder, _) = desk();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let journal = folder.path().join("journal");
        let way_round = folder.path().join("sub/../journal");
        assert!(check_apart(&way_round, &[&journal]).is_err());
    }
}

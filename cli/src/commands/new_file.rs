//! A file that a command makes: it appears under its name once it is whole, and takes no other file's place
//! unasked.

use anyhow::{bail, Context as _, Result};
use std::{
    fs::{self, Permissions},
    io::{BufWriter, IntoInnerError},
    os::unix::fs::PermissionsExt,
    path::Path,
};
use tempfile::{Builder, NamedTempFile};

/// Who may read and write a new file, but for what the user's mask takes away.
const ALL: u32 = 0o666;

/// A file without its name yet, in the folder of `path`. It is removed where it is not kept.
pub(super) fn begin(path: &Path, force: bool) -> Result<BufWriter<NamedTempFile>> {
    if !force && fs::symlink_metadata(path).is_ok() {
        bail!(
            "{} exists already; name another file, or write over it with --force",
            path.display()
        );
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let made = Builder::new()
        .prefix(".counterfoil-")
        .suffix(".part")
        .permissions(Permissions::from_mode(ALL))
        .tempfile_in(folder);
    let file = made.with_context(|| format!("cannot write to the folder {}", folder.display()))?;
    Ok(BufWriter::new(file))
}

/// Names the file, which is whole now.
pub(super) fn keep(file: BufWriter<NamedTempFile>, path: &Path, force: bool) -> Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    let whole = file.into_inner().map_err(IntoInnerError::into_error);
    let whole = whole.with_context(cannot)?;
    whole.as_file().sync_all().with_context(cannot)?;
    let kept = match force {
        true => whole.persist(path),
        // Another program may have made such a file meanwhile.
        false => whole.persist_noclobber(path),
    };
    kept.map_err(|error| error.error).with_context(cannot)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn write(path: &Path, force: bool) -> Result<()> {
        let mut file = begin(path, force)?;
        file.write_all(b"new")?;
        keep(file, path, force)
    }

    #[test]
    fn a_file_is_there_once_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("breaks.csv");
        let mut file = begin(&path, false).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!path.exists());
        keep(file, &path, false).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn of_a_file_that_is_not_finished_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = begin(&folder.path().join("breaks.csv"), false).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_exists_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("breaks.csv");
        fs::write(&path, "old").unwrap();
        let error = write(&path, false).unwrap_err().to_string();
        assert!(error.contains("--force"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[test]
    fn a_file_that_another_program_made_meanwhile_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("breaks.csv");
        let file = begin(&path, false).unwrap();
        fs::write(&path, "old").unwrap();
        assert!(keep(file, &path, false).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_exists_is_written_over_by_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("breaks.csv");
        fs::write(&path, "old").unwrap();
        write(&path, true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = begin(Path::new("no-such-folder/breaks.csv"), false).unwrap_err();
        assert!(error.to_string().contains("no-such-folder"), "{error}");
    }
}

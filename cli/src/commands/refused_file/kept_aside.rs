//! An older file of refused lines is kept under another name: it may hold corrections.

use super::known_by_its_head::{has_lines, is_one};
use anyhow::{Context as _, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Lets `write` write refused lines to `path`. Returns the name that an older file of other content has
/// from then on.
pub(crate) fn replace(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<()>,
) -> Result<Option<PathBuf>> {
    let old = put_aside(path)?;
    write(path)?;
    let Some(old) = old else {
        return Ok(None);
    };
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    if read(path)? == read(&old)? {
        fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        return Ok(None);
    }
    Ok(Some(old))
}

/// Renames an older file of refused lines, if there is one. Returns its new name.
pub(crate) fn put_aside(path: &Path) -> Result<Option<PathBuf>> {
    if !has_lines(path) || !is_one(path)? {
        return Ok(None);
    }
    let aside = free_name(path);
    fs::rename(path, &aside)
        .with_context(|| format!("cannot rename {} to {}", path.display(), aside.display()))?;
    Ok(Some(aside))
}

/// What is said of an older file of refused lines that was at `path` and is kept as `old`.
pub(crate) fn kept_note(path: &Path, old: &Path) -> String {
    format!(
        "{} existed already, from an earlier run and perhaps with corrections; it is kept as {}",
        path.display(),
        old.display()
    )
}

/// `payments.refused.1.csv` beside `payments.refused.csv`, or the next number that is free.
fn free_name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default();
    let name = |number: u32| {
        let mut name = stem.to_os_string();
        name.push(format!(".{number}"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        path.with_file_name(name)
    };
    (1..)
        .map(name)
        .find(|name| fs::symlink_metadata(name).is_err())
        .unwrap_or_else(|| name(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::refused_file::tests::{desk, OLD};

    fn write(text: &'static str) -> impl FnOnce(&Path) -> Result<()> {
        move |path: &Path| Ok(fs::write(path, text)?)
    }

    #[test]
    fn corrections_are_kept_under_another_name() {
        let (folder, file) = desk();
        let first = replace(&file, write("refused_line,a")).unwrap();
        let second = replace(&file, write("refused_line,b")).unwrap();
        let named = |name: &str| folder.path().join(name);
        assert_eq!(first, Some(named("payments.refused.1.csv")));
        assert_eq!(second, Some(named("payments.refused.2.csv")));
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        assert_eq!(read(&file), "refused_line,b");
        assert_eq!(read(&first.unwrap()), OLD);
        assert_eq!(read(&second.unwrap()), "refused_line,a");
    }

    #[test]
    fn a_file_that_stays_as_it_is_gets_no_second_one() {
        let (folder, file) = desk();
        assert_eq!(replace(&file, write(OLD)).unwrap(), None);
        assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_not_there_or_empty_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("refused.csv");
        for _ in 0..2 {
            assert_eq!(replace(&file, write("")).unwrap(), None);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_old_file_is_put_aside() {
        let (_folder, file) = desk();
        let aside = put_aside(&file).unwrap().unwrap();
        assert!(!file.exists());
        assert_eq!(fs::read_to_string(aside).unwrap(), OLD);
        assert_eq!(put_aside(&file).unwrap(), None);
    }
}

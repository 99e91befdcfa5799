//! The file that refused lines go to. A person corrects it by hand: so nothing that stands there is
//! written over, and no other file is taken for one.

mod apart;

pub(crate) use apart::check_apart;

use super::Context;
use anyhow::{bail, Context as _, Result};
use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

/// The beginning of a file of refused lines, in any encoding.
const MARK: &[u8] = b"refused_line";

/// How much of a file is read to know what it is.
const HEAD: u64 = 64;

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

/// Whether the path holds a file that is not empty. Anything other than a file, like a terminal, holds
/// no corrections.
fn has_lines(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() > 0)
}

/// Whether a file is a file of refused lines.
fn is_one(path: &Path) -> Result<bool> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .with_context(|| format!("cannot read {}", path.display()))?;
    // Encodings with two bytes a character have zeros between these, and a mark may stand before them.
    head.retain(u8::is_ascii_graphic);
    head.retain(|byte| *byte != b'"');
    Ok(head.starts_with(MARK))
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
    use counterfoil_client::{
        mapping::{payments, PaymentMapping, Sheet},
        money::Money,
    };

    const OLD: &str = "refused_line,refused_because,id\n2,wrong,corrected\n";

    /// A folder with a file of refused lines in it.
    fn desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("payments.refused.csv");
        fs::write(&file, OLD).unwrap();
        (folder, file)
    }

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

    #[test]
    fn what_an_import_writes_is_known_in_every_encoding() {
        for encoding in ["utf-8", "windows-1250", "utf-16le", "gb18030"] {
            let mapping: PaymentMapping = toml::from_str(&format!(
                r#"
                payment_id = "id"
                user = "user"
                product = {{ id = 1 }}
                file = {{ encoding = "{encoding}" }}
                time = {{ column = "date", format = "%Y-%m-%d" }}
                amount = {{ column = "amount" }}
                "#
            ))
            .unwrap();
            let text = "id,user,date,amount\n1,a,2026-11-22,-3.00\n";
            let bytes = mapping.file.encoding.encode(text);
            let sheet = Sheet::parse(&bytes, &mapping).unwrap();
            let context = payments::Context {
                client: 1,
                money: Money::of("CZK").unwrap(),
                offset_on: &|_| 0,
                day: None,
            };
            let refused = mapping.read(&sheet, &context).unwrap().refused;
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("refused.csv");
            replace(&file, |path| sheet.write_refused(path, &refused)).unwrap();
            assert!(is_one(&file).unwrap(), "{encoding}");
        }
    }
}

//! How a file of refused lines is told from other files: by its beginning.

use anyhow::{Context as _, Result};
use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

/// The beginning of a file of refused lines, in any encoding.
const MARK: &[u8] = b"refused_line";

/// How much of a file is read to know what it is.
const HEAD: u64 = 64;

/// Whether the path holds a file that is not empty. Anything other than a file, like a terminal, holds
/// no corrections.
pub(super) fn has_lines(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() > 0)
}

/// Whether a file is a file of refused lines.
pub(super) fn is_one(path: &Path) -> Result<bool> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .with_context(|| format!("cannot read {}", path.display()))?;
    // Encodings with two bytes a character have zeros between these, and a mark may stand before them.
    head.retain(u8::is_ascii_graphic);
    head.retain(|byte| *byte != b'"');
    Ok(head.starts_with(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::refused_file::replace;
    use counterfoil_client::{
        mapping::{payments, PaymentMapping, Sheet},
        money::Money,
    };

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

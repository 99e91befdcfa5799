//! Text that a command writes to a file.

use anyhow::{Context as _, Result};

/// Writes text to a file.
pub(crate) fn write(path: &std::path::Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

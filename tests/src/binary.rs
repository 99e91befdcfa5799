//! Where the built programs are.

use anyhow::{bail, Result};
use std::path::PathBuf;

/// Names the folder of the built programs where it is not the one that this program lies in.
pub const DIR_VARIABLE: &str = "COUNTERFOIL_BIN_DIR";

/// The program `name` of this workspace, as `scripts/build` leaves it.
pub fn find(name: &str) -> Result<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os(DIR_VARIABLE)
        .map(PathBuf::from)
        .into_iter()
        .collect();
    // Programs lie in the profile's folder, test programs in `deps` below it.
    let me = std::env::current_exe()?;
    folders.extend(me.ancestors().skip(1).take(2).map(PathBuf::from));
    for folder in &folders {
        let path = folder.join(name);
        if path.is_file() {
            return Ok(path);
        }
    }
    bail!("{name} is in none of {folders:?}: run scripts/build first, or set {DIR_VARIABLE}")
}

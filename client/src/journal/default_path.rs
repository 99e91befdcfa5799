//! Where the journal of a client lies, unless another place is named.

use super::Journal;
use anyhow::{Context, Result};
use counterfoil_primitives::MemberId;
use sp_core::H256;
use std::{ffi::OsString, path::PathBuf};

/// Where a user's programs keep their state: where `XDG_STATE_HOME` says, else below the home folder.
pub(super) fn state_folder(state: Option<OsString>, home: Option<OsString>) -> Option<PathBuf> {
    let state = state.filter(|folder| !folder.is_empty());
    let below_home = || Some(PathBuf::from(home?).join(".local/state"));
    state.map(PathBuf::from).or_else(below_home)
}

impl Journal {
    /// Where the journal of `client` on the chain of `genesis` lies unless another place is named.
    pub fn default_path(genesis: H256, client: MemberId) -> Result<PathBuf> {
        let [state, home] = ["XDG_STATE_HOME", "HOME"].map(std::env::var_os);
        let folder = state_folder(state, home).context(
            "there is no home folder to keep the journal in; name a file for the journal",
        )?;
        let chain = hex::encode(&genesis[..4]);
        Ok(folder.join(format!("counterfoil/client-{client}-{chain}.journal")))
    }
}

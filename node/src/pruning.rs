//! How long a node can show what the chain's state was.
//!
//! Staff reads a day's events and balances on the days after it, and a month is closed within the
//! next one. So a node keeps the states of thirty days of blocks unless it is told otherwise. The
//! blocks themselves stay for ever by the SDK's own default.
//!
//! A database keeps its kind from its first start on: all states, or those of a number of blocks.
//! The number may change at each start, the kind may not.

use counterfoil_runtime::{constants::HOURS, BlockNumber};
use sc_service::{Error, PruningMode};

/// The days whose states a node keeps unless it is told otherwise.
pub const DAYS: BlockNumber = 30;

/// The blocks of these days, where no slot is missed.
pub const BLOCKS: BlockNumber = DAYS * 24 * HOURS;

/// What `--help` says of the states that are kept.
pub fn help() -> String {
    format!(
        "Which blocks' states the node keeps: chosen at the first start\n\n\
         - NUMBER: those of the last NUMBER finalised blocks. The number may change at each start; \
         what is gone does not come back.\n\n\
         - archive-canonical: those of all finalised blocks.\n\n\
         - archive: those of all blocks.\n\n\
         Left out, a database keeps what it was made for: a new one the last {BLOCKS} blocks, \
         {DAYS} days.\n\n\
         [default: {BLOCKS}]"
    )
}

/// Opens a database by `open`, which is told the states to keep: those that were `asked` for, or
/// those of [`BLOCKS`] blocks. A database of another kind, for which nothing was asked, opens as
/// what it is: `open` is told its kind, on which methods of the RPC depend.
pub fn open<R>(
    asked: Option<PruningMode>,
    mut open: impl FnMut(Option<PruningMode>) -> Result<R, Error>,
) -> Result<R, Error> {
    if asked.is_some() {
        return open(asked);
    }
    let usual = PruningMode::blocks_pruning(BLOCKS);
    let mut opened = open(Some(usual));
    for kind in [PruningMode::ArchiveCanonical, PruningMode::ArchiveAll] {
        match &opened {
            Err(error) if is_of_another_kind(error) => opened = open(Some(kind)),
            _ => break,
        }
    }
    opened
}

/// Whether a database was not opened because it keeps states of another kind. The SDK says so in
/// words only.
fn is_of_another_kind(error: &Error) -> bool {
    matches!(
        error,
        Error::Client(sp_blockchain::Error::StateDatabase(why))
            if why.starts_with("Incompatible pruning modes")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;
    use counterfoil_runtime::{constants::SLOT_MILLIS, opaque::Block};
    use sc_client_db::{Backend, BlocksPruning, DatabaseSettings, DatabaseSource};
    use std::{cell::RefCell, path::Path};

    /// Opens the database in a folder, or makes it.
    fn database(folder: &Path, states: Option<PruningMode>) -> Result<Backend<Block>, Error> {
        let settings = DatabaseSettings {
            trie_cache_maximum_size: None,
            state_pruning: states,
            source: DatabaseSource::ParityDb {
                path: folder.to_owned(),
            },
            blocks_pruning: BlocksPruning::KeepFinalized,
            pruning_filters: Vec::new(),
            metrics_registry: None,
        };
        Backend::new(settings, 0).map_err(Error::Client)
    }

    /// What [`open`] asked the database for, in turn, and whether it opened.
    fn opened(folder: &Path, asked: Option<PruningMode>) -> (Vec<Option<PruningMode>>, bool) {
        let tries = RefCell::new(Vec::new());
        let opened = open(asked, |states| {
            tries.borrow_mut().push(states.clone());
            database(folder, states)
        });
        (tries.into_inner(), opened.is_ok())
    }

    #[test]
    fn states_of_thirty_days_are_kept_when_nothing_is_said() {
        assert_eq!(u64::from(BLOCKS) * SLOT_MILLIS, 30 * 86_400_000);
        let folder = tempfile::tempdir().expect("a folder");
        let usual = Some(PruningMode::blocks_pruning(BLOCKS));
        assert_eq!(opened(folder.path(), None), (vec![usual.clone()], true));
        // At the next start too: the database itself knows no number.
        assert_eq!(opened(folder.path(), None), (vec![usual], true));
    }

    #[test]
    fn what_is_asked_for_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let few = Some(PruningMode::blocks_pruning(256));
        assert_eq!(
            opened(folder.path(), few.clone()),
            (vec![few.clone()], true)
        );
        let more = Some(PruningMode::blocks_pruning(1_000));
        assert_eq!(opened(folder.path(), more.clone()), (vec![more], true));
    }

    #[test]
    fn a_database_with_few_states_opens_and_keeps_thirty_days_from_then_on() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(database(folder.path(), None).expect("a new database"));
        let usual = Some(PruningMode::blocks_pruning(BLOCKS));
        assert_eq!(opened(folder.path(), None), (vec![usual], true));
    }

    #[test]
    fn a_database_with_all_states_stays_one_unless_it_is_told_otherwise() {
        let usual = Some(PruningMode::blocks_pruning(BLOCKS));
        let canonical = Some(PruningMode::ArchiveCanonical);
        let all = Some(PruningMode::ArchiveAll);
        for (kind, tries) in [
            (&canonical, vec![usual.clone(), canonical.clone()]),
            (&all, vec![usual.clone(), canonical.clone(), all.clone()]),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            drop(database(folder.path(), kind.clone()).expect("a new database"));
            // The last one that was tried is what the RPC goes by.
            assert_eq!(opened(folder.path(), None), (tries, true));

            let few = Some(PruningMode::blocks_pruning(256));
            assert_eq!(opened(folder.path(), few.clone()), (vec![few], false));
        }
    }

    #[test]
    fn a_database_that_fails_otherwise_is_tried_once() {
        let tries = RefCell::new(0);
        let opened = open(None, |_| -> Result<(), Error> {
            *tries.borrow_mut() += 1;
            Err(Error::Other("the disk is gone".into()))
        });
        assert!(opened.is_err());
        assert_eq!(tries.into_inner(), 1);
    }

    #[test]
    fn the_help_says_what_is_kept() {
        let help = Cli::command().render_long_help().to_string();
        assert!(help.contains(&format!("[default: {BLOCKS}]")), "{help}");
        assert!(!help.contains("[default: 256]"), "{help}");
    }
}

//! The note to whoever waits for finality while the newest final block is far behind the best.

use anyhow::Result;
use counterfoil_client::{
    chain::Chain,
    doctor::{
        blocks::{Newest, LAG},
        fetches_blocks,
    },
};

/// What whoever waits for finality should know of the node; `None` where the newest final block is not far
/// behind the best.
pub(super) async fn stall_note(chain: &Chain) -> Result<Option<String>> {
    let newest = Newest {
        finalized: chain.finalized().await?.number().await?,
        best: chain.best().await?.number().await?,
    };
    if !lags(&newest) {
        return Ok(None);
    }
    let is_fetching = fetches_blocks(chain).await;
    Ok(Some(note(&newest, is_fetching)))
}

/// Whether the newest final block is far behind the best.
const fn lags(newest: &Newest) -> bool {
    newest.best.saturating_sub(newest.finalized) > LAG
}

/// The note of a lag. A node that fetches blocks learns only of some of them that they are final, so its lag
/// says nothing of the network.
fn note(newest: &Newest, is_fetching: bool) -> String {
    let Newest { finalized, best } = newest;
    let what_helps = if is_fetching {
        "The node is fetching the chain's blocks: wait until it has them all, or connect by --url to a node \
         that has."
    } else {
        "If no block becomes final, --best works on the best blocks, which other blocks may still replace."
    };
    format!("note: the newest final block is {finalized}, the best {best}. {what_helps}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const STALLED: Newest = Newest {
        finalized: 100,
        best: 141,
    };

    #[test]
    fn a_lag_of_two_minutes_is_no_stall_of_finality() {
        let is_stall = |finalized, best| lags(&Newest { finalized, best });
        assert!(!is_stall(100, 140));
        assert!(!is_stall(140, 100));
        assert!(lags(&STALLED));
    }

    #[test]
    fn a_stall_of_finality_is_noted_with_what_helps() {
        let note = note(&STALLED, false);
        assert!(
            note.contains("newest final block is 100, the best 141"),
            "{note}"
        );
        assert!(note.contains("--best"), "{note}");
        assert!(!note.contains("fetching"), "{note}");
    }

    #[test]
    fn a_node_that_fetches_blocks_is_to_be_waited_for_and_its_best_blocks_are_no_help() {
        let note = note(&STALLED, true);
        assert!(
            note.contains("newest final block is 100, the best 141"),
            "{note}"
        );
        assert!(note.contains("wait until it has them all"), "{note}");
        assert!(!note.contains("--best"), "{note}");
    }
}

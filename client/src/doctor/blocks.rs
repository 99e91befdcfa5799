//! Whether the node is in step: its peers, whether it fetches blocks, and how far finality lags.

use super::{
    asking::{found_of, Asked},
    finding::Finding,
};
use serde::Deserialize;

/// Blocks by which finality may lag before that is worth a note: two minutes.
pub const LAG: u64 = 40;

/// A node's answer to `system_health`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Nodes that it is connected to.
    pub peers: u64,
    /// Whether it fetches blocks.
    pub is_syncing: bool,
    /// Whether it needs peers.
    pub should_have_peers: bool,
}

/// A node's answer to `system_syncState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fetched {
    /// Its best block.
    pub current_block: u64,
    /// The highest block that its peers have.
    pub highest_block: u64,
}

/// The newest blocks of a node, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The newest final block.
    pub finalized: u64,
    /// The best block.
    pub best: u64,
}

/// What is known of how the node is in step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocks {
    /// Its peers.
    pub health: Asked<Health>,
    /// How far it has fetched the chain.
    pub sync: Asked<Fetched>,
    /// Its newest blocks.
    pub newest: Asked<Newest>,
}

/// What is found of that.
pub(super) fn findings(blocks: &Blocks) -> Vec<Finding> {
    let is_fetching = is_fetching(&blocks.health, &blocks.sync);
    [
        found_of("peers", &blocks.health, |health| vec![peers(health)]),
        found_of("sync", &blocks.sync, |sync| vec![synced(sync, is_fetching)]),
        found_of("finality", &blocks.newest, |newest| {
            vec![finality(newest, is_fetching)]
        }),
    ]
    .concat()
}

/// Whether the node fetches blocks: its numbers say so, too, where it does not say so itself.
pub(super) fn is_fetching(health: &Asked<Health>, sync: &Asked<Fetched>) -> bool {
    let says_so = health.as_ref().is_ok_and(|health| health.is_syncing);
    let is_behind = |sync: &Fetched| sync.highest_block.saturating_sub(sync.current_block) > LAG;
    says_so || sync.as_ref().is_ok_and(is_behind)
}

fn peers(health: &Health) -> Finding {
    match (health.peers, health.should_have_peers) {
        (0, true) => Finding::fault(
            "peers",
            "the node is connected to no other node",
            "Name one by --bootnodes, and let its peer-to-peer port through the firewall.",
        ),
        (0, false) => Finding::ok("peers", "none, and this chain needs none"),
        (count, _) => Finding::ok("peers", count.to_string()),
    }
}

fn synced(sync: &Fetched, is_fetching: bool) -> Finding {
    let Fetched {
        current_block,
        highest_block,
    } = sync;
    if is_fetching {
        return Finding::warning(
            "sync",
            format!("the node is fetching blocks: {current_block} of {highest_block}"),
            "Wait until it has all of them; what it says of days and members is old until then.",
        );
    }
    Finding::ok("sync", format!("in step, at block {current_block}"))
}

fn finality(newest: &Newest, is_fetching: bool) -> Finding {
    let Newest { finalized, best } = newest;
    if best.saturating_sub(*finalized) > LAG {
        let found = format!("the newest final block is {finalized}, the best {best}");
        // What is fetched becomes final by justifications, of which there is one every 512 blocks.
        if is_fetching {
            return Finding::warning(
                "finality",
                format!("{found}; the node is fetching blocks"),
                "Wait until it has all blocks, and ask again.",
            );
        }
        return Finding::fault(
            "finality",
            found,
            "Start enough of the chain's validators: more than two thirds of them have to run. If a third \
             or more are lost for good, see \"A third or more are lost\" in docs/network.md.",
        );
    }
    Finding::ok(
        "finality",
        format!("block {finalized} is final, the best is {best}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{State, Unanswered};

    fn health(peers: u64, should_have_peers: bool) -> Health {
        Health {
            peers,
            is_syncing: false,
            should_have_peers,
        }
    }

    #[test]
    fn a_node_without_peers_is_a_fault_where_it_needs_some() {
        assert_eq!(peers(&health(0, true)).state, State::Fault);
        assert_eq!(peers(&health(0, false)).state, State::Ok);
        assert_eq!(peers(&health(3, true)).state, State::Ok);
    }

    /// A node at a block of 90, with the newest final one at 3.
    fn at(current_block: u64, is_syncing: bool) -> Blocks {
        Blocks {
            health: Ok(Health {
                is_syncing,
                ..health(3, true)
            }),
            sync: Ok(Fetched {
                current_block,
                highest_block: 90,
            }),
            newest: Ok(Newest {
                finalized: 3,
                best: current_block,
            }),
        }
    }

    #[test]
    fn a_node_fetches_blocks_where_it_says_so_or_its_numbers_do() {
        let fetches = |blocks: Blocks| is_fetching(&blocks.health, &blocks.sync);
        assert!(fetches(at(90, true)));
        assert!(fetches(at(89 - LAG, false)));
        assert!(!fetches(at(90 - LAG, false)));
    }

    #[test]
    fn a_node_that_answers_neither_question_is_not_taken_to_fetch_blocks() {
        let away = || Unanswered("away".into());
        assert!(!is_fetching(&Err(away()), &Err(away())));
    }

    #[test]
    fn a_node_that_fetches_blocks_is_to_be_waited_for() {
        let sync = Fetched {
            current_block: 5,
            highest_block: 90,
        };
        let found = synced(&sync, true);
        assert_eq!(found.state, State::Warning);
        assert!(found.found.contains("5 of 90"));
        assert_eq!(synced(&sync, false).state, State::Ok);
    }

    #[test]
    fn a_stall_of_finality_is_a_fault_and_a_lag_of_two_minutes_is_not() {
        let state = |finalized, best| finality(&Newest { finalized, best }, false).state;
        assert_eq!(state(100, 140), State::Ok);
        assert_eq!(state(100, 141), State::Fault);
        assert_eq!(state(140, 100), State::Ok);
    }

    #[test]
    fn a_lag_of_finality_is_to_be_waited_for_while_blocks_are_fetched_and_a_fault_otherwise() {
        let state = |blocks: &Blocks| findings(blocks).last().map(|found| found.state);
        assert_eq!(state(&at(80, true)), Some(State::Warning));
        assert_eq!(state(&at(80, false)), Some(State::Fault));
    }

    #[test]
    fn finality_that_does_not_lag_is_in_order_while_blocks_are_fetched() {
        let newest = Newest {
            finalized: 100,
            best: 140,
        };
        assert_eq!(finality(&newest, true).state, State::Ok);
    }

    #[test]
    fn what_one_question_does_not_answer_another_may() {
        let blocks = Blocks {
            health: Err(Unanswered("away".into())),
            sync: Ok(Fetched {
                current_block: 5,
                highest_block: 5,
            }),
            newest: Ok(Newest {
                finalized: 3,
                best: 5,
            }),
        };
        let states: Vec<State> = findings(&blocks).iter().map(|found| found.state).collect();
        assert_eq!(states, [State::Fault, State::Ok, State::Ok]);
    }

    #[test]
    fn a_nodes_own_words_are_read() {
        let text = r#"{"peers":3,"isSyncing":false,"shouldHavePeers":true}"#;
        let read: Health = serde_json::from_str(text).unwrap();
        assert_eq!(read, health(3, true));
        let text = r#"{"startingBlock":0,"currentBlock":5,"highestBlock":90}"#;
        let read: Fetched = serde_json::from_str(text).unwrap();
        assert_eq!((read.current_block, read.highest_block), (5, 90));
    }
}
